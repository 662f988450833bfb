// KBEngine
