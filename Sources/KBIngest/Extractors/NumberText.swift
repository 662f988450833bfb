/// Numbers as people write them.
public enum NumberText {
  /// The number that makes up the whole text: `12`, `-3.5`, `1,234`, `1_000`, `1e6`. Nil for words,
  /// dates, versions, units, and digits with a leading zero, which name rather than count (`007`).
  public static func parse(_ text: String) -> Double? {
    let trimmed = text.trimmed
    var digits = Array(trimmed.utf8)
    guard digits.count <= 40 else { return nil }
    var sign = 1.0
    if digits.first == 0x2D || digits.first == 0x2B {
      sign = digits[0] == 0x2D ? -1 : 1
      digits.removeFirst()
    }
    guard let first = digits.first, first.isDigit || first == 0x2E else { return nil }
    if first == 0x30, digits.count > 1, digits[1].isDigit { return nil }
    if let exponent = exponential(digits) { return sign * exponent }
    guard let value = written(digits[...], decimalComma: false) else { return nil }
    return sign * value
  }

  private static func exponential(_ digits: [UInt8]) -> Double? {
    let isPlain = digits.allSatisfy {
      $0.isDigit || $0 == 0x2E || $0 == 0x65 || $0 == 0x45 || $0 == 0x2D || $0 == 0x2B
    }
    guard isPlain, digits.contains(where: { $0 == 0x65 || $0 == 0x45 }) else { return nil }
    return Double(String(decoding: digits, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Digits with separators. A dot or comma before exactly three digits separates groups where it
  /// occurs again, where `decimalComma` says that the other sign is the decimal one, or where it
  /// is a comma; else it is the decimal sign. Nil for anything else (`1.2.3`, `12,34,5`).
  static func written(_ digits: ArraySlice<UInt8>, decimalComma: Bool) -> Double? {
    var groups: [ArraySlice<UInt8>] = []
    var signs: [UInt8] = []
    var start = digits.startIndex
    var index = digits.startIndex
    while index < digits.endIndex {
      if digits[index].isDigit {
        index += 1
        continue
      }
      guard isSeparator(digits, index) else { return nil }
      groups.append(digits[start..<index])
      signs.append(digits[index] == 0xE2 ? 0x27 : digits[index])
      index += digits[index] == 0xE2 ? 3 : 1
      start = min(index, digits.endIndex)
    }
    groups.append(digits[start..<digits.endIndex])
    return combine(groups, signs, decimalComma: decimalComma)
  }

  private static func isSeparator(_ digits: ArraySlice<UInt8>, _ index: Int) -> Bool {
    switch digits[index] {
    case 0x2C, 0x2E, 0x27, 0x5F: true
    case 0xE2:
      index + 2 < digits.endIndex && digits[index + 1] == 0x80 && digits[index + 2] == 0x99
    default: false
    }
  }

  private static func combine(
    _ groups: [ArraySlice<UInt8>], _ signs: [UInt8], decimalComma: Bool
  ) -> Double? {
    guard let last = signs.last else { return value(groups, decimals: nil) }
    let isDecimal: Bool
    if last == 0x27 || last == 0x5F {
      isDecimal = false
    } else if signs.dropLast().contains(last) {
      isDecimal = false
    } else if signs.dropLast().contains(where: { $0 != last }) {
      isDecimal = true
    } else if groups[groups.count - 1].count != 3 || groups[0].count > 3 {
      isDecimal = true
    } else {
      isDecimal = last == 0x2E ? !decimalComma : false
    }
    let whole = isDecimal ? Array(groups.dropLast()) : groups
    guard areGroups(whole, signs: isDecimal ? Array(signs.dropLast()) : signs) else { return nil }
    return value(whole, decimals: isDecimal ? groups[groups.count - 1] : nil)
  }

  /// Groups of three, or of two before the last three as in India.
  private static func areGroups(_ groups: [ArraySlice<UInt8>], signs: [UInt8]) -> Bool {
    guard groups.count > 1 else { return true }
    guard Set(signs).count == 1 else { return false }
    guard groups[0].count <= 3, groups[groups.count - 1].count == 3 else { return false }
    let middle = groups[1..<(groups.count - 1)]
    return middle.allSatisfy { $0.count == 3 } || middle.allSatisfy { $0.count == 2 }
  }

  private static func value(_ groups: [ArraySlice<UInt8>], decimals: ArraySlice<UInt8>?) -> Double?
  {
    let digits = groups.joined()
    guard digits.count <= 18 else { return nil }
    var whole: Double = 0
    for digit in digits { whole = whole * 10 + Double(digit - 0x30) }
    guard let decimals else { return whole }
    var scale = 1.0
    var part = 0.0
    for digit in decimals.prefix(15) {
      part = part * 10 + Double(digit - 0x30)
      scale *= 10
    }
    return whole + part / scale
  }
}
