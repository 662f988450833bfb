// KBText
