extension [String] {
  /// The texts in one, with a separator between them. `joined(separator:)` of the library is generic code that looks for
  /// what it needs at run time, a twentieth of a search: what every search runs has this one.
  public func joined(by separator: String) -> String {
    var result = ""
    for (place, text) in enumerated() {
      if place > 0 { result += separator }
      result += text
    }
    return result
  }
}
