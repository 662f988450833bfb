// The same as the standard library has for strings of any kind; that one belongs to its regular
// expressions, which a single call links into a program and loads at each start.

extension String {
  /// Whether `other` stands in the text, sign by sign.
  package func contains(_ other: String) -> Bool { Substring(self).contains(other) }
}

extension Substring {
  /// Whether `other` stands in the text, sign by sign.
  package func contains(_ other: String) -> Bool {
    if other.isEmpty { return true }
    var rest = self
    while !rest.isEmpty {
      if rest.starts(with: other) { return true }
      rest.removeFirst()
    }
    return false
  }
}
