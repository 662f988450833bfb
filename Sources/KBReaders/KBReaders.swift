// KBReaders
