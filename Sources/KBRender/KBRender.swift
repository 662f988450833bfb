// KBRender
