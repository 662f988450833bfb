public import KBSchema

/// A number as a query writes it.
public struct QueryNumber: Sendable, Equatable {
  /// The number as stated.
  public var amount: Amount
  /// As floating point, for fields that are plain numbers.
  public var value: Double
  /// Currency, if one is written; an ISO code.
  public var currency: String?
  /// Period, if one is written.
  public var period: Period?
  /// Another unit that is written: `years`, `%`.
  public var unit: String?
}

/// Reads numbers: `150000`, `150,000`, `150_000`, `150k`, `1.5m`, `$150k`, `£60k`, `60000GBP`,
/// `75/hr`, `5y`, `20%`.
enum NumberText {
  private static let symbols: [(String, String)] = [
    ("US$", "USD"), ("CA$", "CAD"), ("C$", "CAD"), ("A$", "AUD"), ("AU$", "AUD"), ("NZ$", "NZD"),
    ("S$", "SGD"), ("HK$", "HKD"), ("R$", "BRL"), ("$", "USD"), ("£", "GBP"), ("€", "EUR"),
    ("₹", "INR"), ("¥", "JPY"), ("₩", "KRW"), ("₽", "RUB"), ("₪", "ILS"), ("₺", "TRY"),
    ("₫", "VND"), ("₱", "PHP"), ("zł", "PLN"), ("kr", "SEK"), ("Fr.", "CHF"),
  ]

  /// Currencies that a query may name by their code.
  static let codes: Set<String> = [
    "USD", "EUR", "GBP", "INR", "CAD", "AUD", "NZD", "SGD", "HKD", "JPY", "CNY", "KRW", "CHF",
    "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "ILS", "ZAR", "BRL", "MXN",
    "ARS", "CLP", "COP", "PEN", "RUB", "UAH", "AED", "SAR", "QAR", "EGP", "NGN", "KES", "PKR",
    "BDT", "LKR", "THB", "VND", "IDR", "MYR", "PHP", "TWD", "ISK",
  ]

  private static let periods: [(String, Period)] = [
    ("hour", .hour), ("hours", .hour), ("hourly", .hour), ("hr", .hour), ("h", .hour),
    ("day", .day), ("daily", .day), ("d", .day), ("week", .week), ("weekly", .week), ("wk", .week),
    ("w", .week), ("month", .month), ("monthly", .month), ("mo", .month), ("year", .year),
    ("yearly", .year), ("annum", .year), ("yr", .year), ("y", .year), ("a", .year),
  ]

  private static let units: [(String, String)] = [
    ("years", "years"), ("year", "years"), ("yrs", "years"), ("yr", "years"), ("y", "years"),
    ("%", "percent"), ("percent", "percent"),
  ]

  /// The number that `text` is, nil if it is none.
  static func parse(_ text: String) -> QueryNumber? {
    var rest = Substring(text)
    var currency = takeSymbol(&rest, atStart: true) ?? takeCode(&rest, atStart: true)
    let isNegative = rest.first == "-"
    if isNegative { rest = rest.dropFirst() }
    if currency == nil { currency = takeSymbol(&rest, atStart: true) }
    guard let (digits, end) = takeDigits(rest) else { return nil }
    rest = rest[end...]
    var scale = 0
    if let power = power(rest.first), !startsWord(rest.dropFirst()) {
      scale = power
      rest = rest.dropFirst()
    }
    if currency == nil {
      currency = takeSymbol(&rest, atStart: true) ?? takeCode(&rest, atStart: true)
    }
    guard let (period, unit) = suffix(rest) else { return nil }
    guard let (raw, value) = scaled(digits, scale) else { return nil }
    return QueryNumber(
      amount: Amount(raw: isNegative ? -raw : raw), value: isNegative ? -value : value,
      currency: currency, period: period, unit: unit)
  }

  private static func startsWord(_ rest: Substring) -> Bool {
    guard let first = rest.first, first.isLetter else { return false }
    let word = rest.prefix { $0.isLetter }
    return !codes.contains(word.uppercased())
  }

  private static func power(_ sign: Character?) -> Int? {
    switch sign {
    case "k", "K": 3
    case "m", "M": 6
    case "b", "B": 9
    default: nil
    }
  }

  private static func takeSymbol(_ rest: inout Substring, atStart: Bool) -> String? {
    for (symbol, code) in symbols where rest.hasPrefix(symbol) {
      rest = rest.dropFirst(symbol.count)
      return code
    }
    return nil
  }

  private static func takeCode(_ rest: inout Substring, atStart: Bool) -> String? {
    let code = rest.prefix(3).uppercased()
    guard codes.contains(code) else { return nil }
    let after = rest.dropFirst(3)
    if let next = after.first, next.isLetter { return nil }
    rest = after
    return code
  }

  /// Digits with their thousands' commas or underscores, and decimals after a point.
  private static func takeDigits(_ text: Substring) -> (String, Substring.Index)? {
    var digits = ""
    var index = text.startIndex
    var hasPoint = false
    while index < text.endIndex {
      let sign = text[index]
      if sign.isASCII, sign.isNumber {
        digits.append(sign)
      } else if sign == ".", !hasPoint, let next = text[text.index(after: index)...].first,
        next.isASCII, next.isNumber, !digits.isEmpty
      {
        hasPoint = true
        digits.append(sign)
      } else if sign == "_" || sign == ",", !hasPoint, isGroup(text[text.index(after: index)...]) {
        // A separator between groups of three digits.
      } else {
        break
      }
      index = text.index(after: index)
    }
    return digits.isEmpty ? nil : (digits, index)
  }

  private static func isGroup(_ rest: Substring) -> Bool {
    let run = rest.prefix { $0.isASCII && $0.isNumber }
    return run.count == 3
  }

  private static func suffix(_ rest: Substring) -> (Period?, String?)? {
    if rest.isEmpty { return (nil, nil) }
    if rest.first == "/" {
      let word = rest.dropFirst().lowercased()
      return periods.first { $0.0 == word }.map { ($0.1, nil) }
    }
    let word = rest.lowercased()
    return units.first { $0.0 == word }.map { (nil, $0.1) }
  }

  /// Digits times a power of ten as a fixed-point number with four decimals.
  private static func scaled(_ digits: String, _ power: Int) -> (raw: Int64, value: Double)? {
    guard let value = Double(digits) else { return nil }
    let parts = digits.split(separator: ".", maxSplits: 1)
    let decimals = parts.count > 1 ? parts[1] : ""
    let places = 4 + power
    let padded =
      decimals.prefix(places) + String(repeating: "0", count: max(0, places - decimals.count))
    guard let raw = Int64(String(parts[0]) + padded) else {
      return (Int64.max, value * pow10(power))
    }
    return (raw, value * pow10(power))
  }

  private static func pow10(_ power: Int) -> Double {
    (0..<power).reduce(1.0) { result, _ in result * 10 }
  }
}
