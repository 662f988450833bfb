// KBSearchKit
