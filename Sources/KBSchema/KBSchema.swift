// KBSchema
