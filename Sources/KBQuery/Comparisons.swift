internal import KBSchema

/// The signs of comparison in UTF-8 text.
enum Comparisons {
  /// The ASCII spelling of `≤`, `≥` or `≠` at `index`.
  static func wide(_ bytes: [UInt8], at index: Int) -> String? {
    guard index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x89 else {
      return nil
    }
    switch bytes[index + 2] {
    case 0xA4: return "<="
    case 0xA5: return ">="
    case 0xA0: return "!="
    default: return nil
    }
  }

  /// The end of the run of signs that begins at `start`; `start` where none does.
  static func end(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case 0x3A, 0x3C, 0x3D, 0x3E: index += 1
      case 0x21 where index + 1 < bytes.count && bytes[index + 1] == 0x3D: index += 2
      default:
        guard wide(bytes, at: index) != nil else { return index }
        index += 3
      }
    }
    return index
  }

  /// The operator that a run of signs is.
  static func read(_ run: ArraySlice<UInt8>) -> SyntaxOperator {
    let bytes = Array(run)
    var plain = ""
    var index = 0
    while index < bytes.count {
      if let wide = wide(bytes, at: index) {
        plain += wide
        index += 3
      } else {
        plain.unicodeScalars.append(Unicode.Scalar(bytes[index]))
        index += 1
      }
    }
    let sign = plain.count > 1 && plain.hasPrefix(":") ? String(plain.dropFirst()) : plain
    let isRepeated = plain.count > 1 && sign == ":"
    return SyntaxOperator(
      sign: isRepeated ? nil : SyntaxOperator.Sign(rawValue: sign),
      text: String(decoding: run, as: UTF8.self))
  }

  /// What was probably meant by a run of signs that is no operator.
  static func mended(_ text: String) -> String {
    if text.contains("!") || text.contains("<>") { return "!=" }
    if text.contains(">") { return text.contains("=") ? ">=" : ">" }
    if text.contains("<") { return text.contains("=") ? "<=" : "<" }
    return text.contains("=") ? "=" : ":"
  }
}

/// The limits of the language, each an error where it is passed.
enum Limits {
  /// Nested brackets and negations.
  static let depth = 128
  /// `~n` and `NEAR/n`.
  static let distance = 0...10_000
  /// Reported problems of one query.
  static let problems = 20
  /// Words, filters and so on of one query, as `BoundNode.cost` counts them.
  static let cost = 2000
  /// What a beginning of words counts: it stands for many.
  static let prefixCost = 40
  /// Combinations of filters that one AND group may tie to one fact.
  static let sameFact = 64

  /// The factor of a boost: 0 to 1000, decimal digits with at most one point.
  static func boost(_ text: ArraySlice<UInt8>) -> Double? {
    guard text.count <= 12, let number = NumberText.decimal(text), number <= 1000 else {
      return nil
    }
    return number
  }
}

/// Plain numbers in ASCII.
enum NumberText {
  /// Digits alone, up to nine of them.
  static func integer(_ text: ArraySlice<UInt8>) -> Int? {
    guard !text.isEmpty, text.count <= 9, text.allSatisfy(Bytes.isDigit) else { return nil }
    return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Digits with at most one point, which digits follow.
  static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let last = parts.last, !last.isEmpty,
      parts.allSatisfy({ $0.allSatisfy(Bytes.isDigit) }), text.count <= 40
    else { return nil }
    return Double(
      (text.first == UInt8(ascii: ".") ? "0" : "") + String(decoding: text, as: UTF8.self))
  }
}
