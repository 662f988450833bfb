/// Untrusted text made fit for a terminal: what would steer it becomes visible instead.
public enum VisibleText {
  /// `text` with every control character, and every character that reorders or hides text, as a
  /// visible escape: `\u{1B}`. A tab becomes a space.
  public static func escape(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\t" || isHidden($0) }) else {
      return String(text)
    }
    var result = ""
    for scalar in text.unicodeScalars { result += visible(scalar) }
    return result
  }

  /// One scalar as `escape` writes it.
  static func visible(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\t" { return " " }
    guard isHidden(scalar) else { return String(Character(scalar)) }
    return "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }

  /// Whether a scalar steers a terminal (C0, DEL, C1), breaks a line, or reorders or hides text.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xE0000...0xE0FFF:
      true
    default:
      false
    }
  }

  /// The columns that a terminal gives to `text`, which is free of control characters: 2 for wide
  /// East Asian characters and emoji, 0 for combining marks, 1 for the rest.
  public static func width(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
  }

  /// A line broken between words, so that each part fits in that many columns; all but the first
  /// begin with `indent` blanks. A word that is wider than a line stays whole.
  public static func wrapped(_ line: String, columns: Int, indent: Int) -> [String] {
    guard width(line) > columns else { return [line] }
    let blank = String(repeating: " ", count: indent)
    var result: [String] = []
    var current = ""
    var used = 0
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    for (index, word) in words.enumerated() {
      let needed = width(word)
      if used > indent, used + 1 + needed > columns {
        result.append(current)
        (current, used) = (blank + word, indent + needed)
      } else {
        current += index == 0 ? String(word) : " " + word
        used += needed + (index == 0 ? 0 : 1)
      }
    }
    result.append(current)
    return result
  }

  /// The columns of one scalar.
  static func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    if value == 0x200C || value == 0x200D { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    return isWide(value) ? 2 : 1
  }

  /// East Asian Wide and Fullwidth (Unicode Standard Annex 11), in blocks.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE,
      0x2614...0x2615, 0x2648...0x2653, 0x26A1, 0x26BD...0x26BE, 0x2705, 0x270A...0x270B,
      0x2728, 0x274C, 0x2753...0x2755, 0x2757, 0x2795...0x2797, 0x2B1B...0x2B1C, 0x2B50,
      0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x16FE0...0x18AFF, 0x1B000...0x1B2FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      true
    default:
      false
    }
  }
}
