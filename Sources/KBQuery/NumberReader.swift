internal import KBSchema

/// A number as a query writes it, with its signs apart.
struct WrittenNumber: Equatable {
  /// The number without sign of currency, unit and period.
  var value: Double
  /// Its digits and magnitude as written: `1.5m`.
  var core: String
  /// A currency's code, or `$` for the field's own dollar.
  var currency: String?
  /// Letters or `%` behind it that are no currency.
  var unit: String?
  /// What it is paid for.
  var period: Period?
  /// Whether a magnitude (`k`, `m`, `b`) was written.
  var hasMagnitude = false
}

/// Why a text is no number.
enum NumberProblem: Error, Equatable {
  case notANumber
  /// A comma that groups no digits.
  case comma
  /// `150k+`, with what stands before the sign.
  case plus(String)
  /// `120k-150k`, with both sides.
  case dashRange(String, String)
}

/// Numbers, money and quantities: `150,000`, `1.5m`, `$75/hr`, `60000GBP`, `40%`, `5yrs`.
struct NumberReader {
  private let bytes: [UInt8]
  private var index = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// Reads a whole text.
  static func read(_ text: String) throws(NumberProblem) -> WrittenNumber {
    guard text.utf8.count <= 64 else { throw .notANumber }
    var reader = NumberReader(text)
    return try reader.run()
  }

  private mutating func run() throws(NumberProblem) -> WrittenNumber {
    let isNegative = take(UInt8(ascii: "-"))
    var number = WrittenNumber(value: 0, core: "", currency: prefixCurrency())
    let start = index
    number.value = try digits() * (isNegative ? -1 : 1)
    try suffixes(of: &number, from: start)
    number.core = (isNegative ? "-" : "") + number.core
    try end()
    return number
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// A currency's sign at the current place.
  private mutating func currencySign() -> String? {
    let rest = bytes[index...]
    guard let first = rest.first, !Bytes.isDigit(first) else { return nil }
    guard let match = Currencies.signs.first(where: { rest.starts(with: $0.sign) }) else {
      return nil
    }
    index += match.sign.count
    return match.code
  }

  private mutating func prefixCurrency() -> String? {
    if let code = currencySign() { return code }
    guard index + 3 < bytes.count, Bytes.isDigit(bytes[index + 3]),
      let code = Currencies.code(bytes[index..<index + 3])
    else { return nil }
    index += 3
    return code
  }

  // MARK: Digits

  private mutating func digits() throws(NumberProblem) -> Double {
    let start = index
    while index < bytes.count, Bytes.isDigit(bytes[index]) || [0x2C, 0x5F].contains(bytes[index]) {
      index += 1
    }
    var plain = try ungrouped(bytes[start..<index])
    if index < bytes.count, bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count,
      Bytes.isDigit(bytes[index + 1])
    {
      let point = index
      index += 1
      while index < bytes.count, Bytes.isDigit(bytes[index]) { index += 1 }
      plain += bytes[point..<index]
    }
    guard let value = NumberText.decimal(plain[...]) else { throw .notANumber }
    return value
  }

  /// Digits without their separators; commas stand before groups of three (of two, in lakhs).
  private func ungrouped(_ text: ArraySlice<UInt8>) throws(NumberProblem) -> [UInt8] {
    let groups = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if groups.count > 1 {
      let inner = groups.dropFirst().dropLast()
      let width = inner.first?.count ?? 3
      guard groups.first.map({ (1...3).contains($0.count) }) ?? false, groups.last?.count == 3,
        width == 3 || width == 2, inner.allSatisfy({ $0.count == width })
      else { throw .comma }
    }
    let parts = text.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.allSatisfy({ !$0.isEmpty }) else { throw .notANumber }
    return text.filter(Bytes.isDigit)
  }

  // MARK: What follows the digits

  private mutating func suffixes(of number: inout WrittenNumber, from start: Int)
    throws(NumberProblem)
  {
    number.core = Bytes.string(bytes, start..<index)
    let letters = takeLetters()
    if !letters.isEmpty, !accept(unit: letters, of: &number) {
      guard let (length, factor) = NumberReader.magnitude(letters) else { throw .notANumber }
      number.value *= factor
      number.hasMagnitude = true
      number.core += String(decoding: letters[..<length], as: UTF8.self)
      let rest = Array(letters[length...])
      if !rest.isEmpty, !accept(unit: rest, of: &number) { throw .notANumber }
    }
    if number.currency == nil { number.currency = currencySign() }
    if take(UInt8(ascii: "%")) { number.unit = "%" }
    if index < bytes.count, bytes[index] == UInt8(ascii: "/") { number.period = try period() }
  }

  private mutating func takeLetters() -> [UInt8] {
    let start = index
    while index < bytes.count, Bytes.isLetter(bytes[index]) { index += 1 }
    return Bytes.lowercased(bytes[start..<index])
  }

  /// Takes letters as a currency's code or a unit of time.
  private func accept(unit letters: [UInt8], of number: inout WrittenNumber) -> Bool {
    if number.currency == nil, let code = Currencies.code(letters) {
      number.currency = code
      return true
    }
    let name = String(decoding: letters, as: UTF8.self)
    guard NumberReader.magnitude(letters)?.length != letters.count, number.currency == nil,
      Units.isKnown(name) || letters.count > 2
    else { return false }
    guard NumberReader.magnitude(letters) == nil || Units.isKnown(name) else { return false }
    number.unit = name
    return true
  }

  private static let magnitudes: [(name: String, factor: Double)] = [
    ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("mio", 1e6), ("mn", 1e6), ("bn", 1e9),
    ("k", 1e3), ("m", 1e6), ("b", 1e9),
  ]

  /// The magnitude that letters begin with: all of the letters, or what stands before a currency.
  private static func magnitude(_ letters: [UInt8]) -> (length: Int, factor: Double)? {
    for (name, factor) in magnitudes where letters.starts(with: name.utf8) {
      let rest = letters[name.utf8.count...]
      if rest.isEmpty || Currencies.code(rest) != nil { return (name.utf8.count, factor) }
    }
    return nil
  }

  private mutating func period() throws(NumberProblem) -> Period {
    index += 1
    switch String(decoding: takeLetters(), as: UTF8.self) {
    case "h", "hr", "hrs", "hour": return .hour
    case "d", "day": return .day
    case "w", "wk", "week": return .week
    case "mo", "mth", "month": return .month
    case "y", "yr", "year", "a", "annum": return .year
    default: throw .notANumber
    }
  }

  /// In `150-190k` the magnitude that the first number means too; empty where it has its own.
  static func sharedMagnitude(_ low: String, _ high: String) -> String {
    guard let first = try? read(low), let second = try? read(high), !first.hasMagnitude,
      second.hasMagnitude, first.value < 1000
    else { return "" }
    return String(second.core.drop { !$0.isLetter })
  }

  /// Nothing may be left; some endings have a better spelling.
  private func end() throws(NumberProblem) {
    guard index < bytes.count else { return }
    let before = Bytes.string(bytes, 0..<index)
    if bytes[index...].elementsEqual([UInt8(ascii: "+")]) { throw .plus(before) }
    for dash in ["-", "–", "—"] where bytes[index...].starts(with: dash.utf8) {
      let after = Bytes.string(bytes, index + dash.utf8.count..<bytes.count)
      if let first = after.utf8.first, first != UInt8(ascii: "-") {
        throw .dashRange(before, after)
      }
    }
    throw bytes[index] == UInt8(ascii: ",") ? .comma : .notANumber
  }
}

/// Units of quantities that are no currency.
enum Units {
  private static let years: Set<String> = ["y", "yr", "yrs", "year", "years"]
  private static let months: Set<String> = ["mo", "mos", "month", "months"]

  /// Whether a name is a unit of this table.
  static func isKnown(_ name: String) -> Bool { years.contains(name) || months.contains(name) }

  /// What a number in the `written` unit is to be multiplied by for a field in unit `own`; nil
  /// where the two measure different things.
  static func factor(written: String, own: String) -> Double? {
    let own = own.lowercased()
    if years.contains(own) {
      return years.contains(written) ? 1 : months.contains(written) ? 1.0 / 12 : nil
    }
    if own == "%" || own.hasPrefix("percent") {
      return ["%", "percent", "pct"].contains(written) ? 1 : nil
    }
    return own == written || own == written + "s" || own + "s" == written ? 1 : nil
  }
}
