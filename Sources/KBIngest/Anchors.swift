/// Anchors of headings as GitHub makes them: lower case, punctuation dropped, spaces as `-`, and
/// `-1`, `-2` after a name that is taken. Ids that the document gives win over made ones.
struct Anchors {
  /// Names in use, with the last number that was put behind each.
  private var taken: [String: Int] = [:]

  /// Anchors for a document whose headings carry these ids themselves.
  init(explicit: [String] = []) {
    for id in explicit { taken[id] = 0 }
    unclaimed = Set(explicit)
  }

  /// Explicit ids that no heading has claimed yet: the first that does has the id unchanged.
  private var unclaimed: Set<String>

  /// The anchor of the next heading.
  mutating func next(for heading: String, id: String?) -> String {
    if let id, !id.isEmpty {
      if unclaimed.remove(id) != nil { return id }
      return unused(id)
    }
    let slug = Anchors.slug(heading)
    return unused(slug.isEmpty ? "section" : slug)
  }

  private mutating func unused(_ name: String) -> String {
    var result = name
    while taken[result] != nil {
      let number = (taken[name] ?? 0) + 1
      taken[name] = number
      result = "\(name)-\(number)"
    }
    taken[result] = 0
    return result
  }

  /// The name alone, without regard to other headings.
  static func slug(_ heading: String) -> String {
    if heading.utf8.allSatisfy({ $0 < 0x80 }) { return slug(ascii: heading.utf8) }
    var result = ""
    for scalar in heading.lowercased().unicodeScalars {
      if scalar == " " {
        result.append("-")
      } else if keeps(scalar) {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func slug(ascii heading: String.UTF8View) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(heading.count)
    for byte in heading {
      if byte == 0x20 {
        result.append(0x2D)
      } else if byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x5F {
        result.append(byte.lowered)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func keeps(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      let letter = (0x61...0x7A).contains(scalar.value) || (0x30...0x39).contains(scalar.value)
      return letter || scalar == "-" || scalar == "_"
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
      .connectorPunctuation:
      return true
    default:
      return false
    }
  }
}
