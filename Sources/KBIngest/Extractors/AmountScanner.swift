internal import KBSchema

/// An amount of money, or a range of amounts, as a text writes it.
struct WrittenAmount {
  var range: Range<Int>
  var low: Double?
  var high: Double?
  var isOpen: Bool
  var currency: String?
  var period: Period?
  /// Multiplied by a billion or more: no pay.
  var isHuge: Bool
  /// `120k`: a multiplier that prose uses for pay.
  var hasThousands: Bool
}

/// Finds amounts in bytes. Linear: every byte is looked at a bounded number of times.
struct AmountScanner {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// All amounts, ranges joined, in order.
  func scan() -> [WrittenAmount] {
    var result: [WrittenAmount] = []
    var at = 0
    while at < bytes.count {
      guard startsAmount(at), let first = number(at) else {
        at += 1
        continue
      }
      let joined = range(from: first) ?? single(first)
      result.append(joined)
      at = max(at + 1, joined.range.upperBound)
    }
    return result
  }

  private struct Number {
    var start: Int
    var end: Int
    var value: Double
    var currency: String?
    var multiplier: Double
    var hasMultiplier: Bool
    var isHuge: Bool
    var hasPlus: Bool
    var period: Period?
  }

  private static let signs: [(String, String)] = [
    ("US$", "USD"), ("CA$", "CAD"), ("C$", "CAD"), ("AU$", "AUD"), ("A$", "AUD"), ("NZ$", "NZD"),
    ("S$", "SGD"), ("HK$", "HKD"), ("R$", "BRL"), ("$", "USD"), ("£", "GBP"), ("€", "EUR"),
    ("₹", "INR"), ("¥", "JPY"),
  ]
  private static let codes = [
    "USD", "EUR", "GBP", "INR", "CAD", "AUD", "NZD", "SGD", "HKD", "CHF", "SEK", "NOK", "DKK",
    "PLN", "JPY", "CNY", "BRL", "ZAR", "AED", "MXN",
  ]

  /// A currency or a digit that no letter, digit or point stands before.
  private func startsAmount(_ at: Int) -> Bool {
    if at > 0 {
      let before = bytes[at - 1]
      if isLetter(before) || isDigit(at - 1) || before == UInt8(ascii: ".")
        || before == UInt8(ascii: ",") || before == UInt8(ascii: "#")
      {
        return false
      }
    }
    return isDigit(at) || currencySign(at) != nil || currencyCode(at) != nil
  }

  private func currencySign(_ at: Int) -> (String, Int)? {
    for (sign, code) in AmountScanner.signs where bytes[at...].starts(with: sign.utf8) {
      return (code, at + sign.utf8.count)
    }
    return nil
  }

  private func currencyCode(_ at: Int) -> (String, Int)? {
    guard at + 3 <= bytes.count, bytes[at] >= 0x41, bytes[at] <= 0x5A else { return nil }
    let code = String(decoding: bytes[at..<at + 3], as: UTF8.self)
    guard AmountScanner.codes.contains(code) else { return nil }
    if at + 3 < bytes.count, isLetter(bytes[at + 3]) { return nil }
    return (code, at + 3)
  }

  // MARK: One number

  private func number(_ start: Int) -> Number? {
    var at = start
    var currency: String?
    if let (code, end) = currencySign(at) ?? currencyCode(at) {
      currency = code
      at = skipSpace(end, most: 1)
      if let (_, end) = currencySign(at) { at = end }
    }
    guard let (value, end) = digits(at) else { return nil }
    var number = Number(
      start: start, end: end, value: value, currency: currency, multiplier: 1,
      hasMultiplier: false, isHuge: false, hasPlus: false)
    readMultiplier(&number)
    readPlus(&number)
    readCurrency(&number)
    readPlus(&number)
    readPeriod(&number)
    return number
  }

  /// Digits with thousands apart: `150,000`, `150_000`, `70.000`, `1.5`, `12 500` is not one.
  private func digits(_ start: Int) -> (Double, Int)? {
    guard isDigit(start) else { return nil }
    var at = start
    var whole = ""
    var fraction = ""
    while at < bytes.count, whole.utf8.count < 16 {
      if isDigit(at) {
        whole.unicodeScalars.append(Unicode.Scalar(bytes[at]))
        at += 1
      } else if [UInt8(ascii: ","), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(bytes[at]),
        isGroup(at + 1)
      {
        at += 1
      } else if bytes[at] == UInt8(ascii: "."), isDigit(at + 1) {
        at += 1
        while at < bytes.count, isDigit(at) {
          fraction.unicodeScalars.append(Unicode.Scalar(bytes[at]))
          at += 1
        }
        break
      } else {
        break
      }
    }
    guard let value = Double("\(whole).\(fraction.isEmpty ? "0" : fraction)") else { return nil }
    return (value, at)
  }

  private func isGroup(_ at: Int) -> Bool {
    isDigit(at) && isDigit(at + 1) && isDigit(at + 2) && !isDigit(at + 3)
  }

  private func readMultiplier(_ number: inout Number) {
    let near = skipSpace(number.end, most: 1)
    let (word, end) = word(near)
    let isGlued = near == number.end
    switch word {
    case "k" where isGlued, "thousand", "grand": scale(&number, 1e3, end)
    case "m" where isGlued, "mm" where isGlued, "mn", "mio", "million", "mil":
      scale(&number, 1e6, end)
    case "lpa", "lakh", "lakhs", "lac":
      scale(&number, 1e5, end)
      if word == "lpa" { number.period = .year }
      if number.currency == nil { number.currency = "INR" }
    case "crore", "crores", "cr": scale(&number, 1e7, end)
    case "b" where isGlued, "bn", "billion", "billions":
      scale(&number, 1e9, end)
      number.isHuge = true
    case "t" where isGlued, "tn", "trillion":
      scale(&number, 1e12, end)
      number.isHuge = true
    default: break
    }
  }

  private func scale(_ number: inout Number, _ factor: Double, _ end: Int) {
    number.multiplier = factor
    number.hasMultiplier = true
    number.end = end
  }

  private func readPlus(_ number: inout Number) {
    guard number.end < bytes.count, bytes[number.end] == UInt8(ascii: "+") else { return }
    number.hasPlus = true
    number.end += 1
  }

  private func readCurrency(_ number: inout Number) {
    guard number.currency == nil else { return }
    let at = skipSpace(number.end, most: 1)
    if let (code, end) = currencyCode(at) {
      number.currency = code
      number.end = end
    } else if let (code, end) = currencySign(at), code == "EUR" || code == "GBP",
      !isDigit(skipSpace(end, most: 1))
    {
      number.currency = code
      number.end = end
    } else if case let (name, end) = word(at),
      let code = [
        "dollars": "USD", "pounds": "GBP", "euros": "EUR", "euro": "EUR", "rupees": "INR",
      ][name]
    {
      number.currency = code
      number.end = end
    }
  }

  private static let periods: [String: Period] = [
    "hour": .hour, "hr": .hour, "hourly": .hour, "h": .hour, "hrs": .hour, "day": .day,
    "daily": .day, "diem": .day, "week": .week, "weekly": .week, "wk": .week, "month": .month,
    "monthly": .month, "mo": .month, "year": .year, "yr": .year, "annum": .year, "annually": .year,
    "yearly": .year, "annual": .year, "pa": .year,
  ]

  /// `/hr`, `per hour`, `an hour`, `p.a.`, `hourly`.
  private func readPeriod(_ number: inout Number) {
    var at = skipSpace(number.end, most: 1)
    guard at < bytes.count else { return }
    if bytes[at] == UInt8(ascii: "/") {
      at = skipSpace(at + 1, most: 1)
    } else if bytes[at...].starts(with: "p.a".utf8) {
      number.period = .year
      number.end = at + 3 + (at + 3 < bytes.count && bytes[at + 3] == UInt8(ascii: ".") ? 1 : 0)
      return
    } else {
      let (first, end) = word(at)
      if ["per", "a", "an", "each", "every"].contains(first) {
        at = skipSpace(end, most: 1)
      } else if !["hourly", "daily", "weekly", "monthly", "yearly", "annually", "pa"].contains(
        first)
      {
        return
      }
    }
    let (name, end) = word(at)
    guard let period = AmountScanner.periods[name] else { return }
    number.period = period
    number.end = end
  }

  // MARK: Ranges

  private func single(_ number: Number) -> WrittenAmount {
    let value = number.value * number.multiplier
    return WrittenAmount(
      range: number.start..<number.end, low: value, high: value, isOpen: number.hasPlus,
      currency: number.currency, period: number.period, isHuge: number.isHuge,
      hasThousands: number.hasMultiplier && number.multiplier == 1e3)
  }

  /// Two numbers with a dash or `to` between; what one of them leaves out, the other says.
  private func range(from first: Number) -> WrittenAmount? {
    guard !first.hasPlus, let start = afterJoint(first.end), let second = number(start) else {
      return nil
    }
    if let a = first.currency, let b = second.currency, a != b { return nil }
    var low = first
    if !low.hasMultiplier, second.hasMultiplier, low.value < 1000 {
      low.multiplier = second.multiplier
    }
    var high = second
    if low.hasMultiplier, !high.hasMultiplier, high.value < 1000, low.multiplier <= 1e3 {
      high.multiplier = low.multiplier
    }
    let a = low.value * low.multiplier
    let b = high.value * high.multiplier
    return WrittenAmount(
      range: first.start..<second.end, low: min(a, b), high: max(a, b), isOpen: second.hasPlus,
      currency: first.currency ?? second.currency, period: second.period ?? first.period,
      isHuge: first.isHuge || second.isHuge,
      hasThousands: high.multiplier == 1e3 || low.multiplier == 1e3)
  }

  private func afterJoint(_ end: Int) -> Int? {
    var at = skipSpace(end, most: 2)
    guard at < bytes.count else { return nil }
    for dash in ["-", "–", "—", "−", "‑"] where bytes[at...].starts(with: dash.utf8) {
      return skipSpace(at + dash.utf8.count, most: 2)
    }
    let (joint, stop) = word(at)
    guard joint == "to" || joint == "and" && isAfterBetween(end) else { return nil }
    at = skipSpace(stop, most: 1)
    return at
  }

  /// `between £50,000 and £70,000`.
  private func isAfterBetween(_ end: Int) -> Bool {
    let before = String(decoding: bytes[max(0, end - 40)..<end], as: UTF8.self).lowercased()
    return before.contains("between")
  }

  // MARK: Bytes

  private func word(_ start: Int) -> (String, Int) {
    var end = start
    while end < bytes.count, end < start + 16, isLetter(bytes[end]) { end += 1 }
    if end < bytes.count, isLetter(bytes[end]) { return ("", start) }
    return (String(decoding: bytes[start..<max(start, end)], as: UTF8.self).lowercased(), end)
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
  }

  private func isDigit(_ at: Int) -> Bool {
    at >= 0 && at < bytes.count && bytes[at] >= 0x30 && bytes[at] <= 0x39
  }

  private func skipSpace(_ start: Int, most: Int) -> Int {
    var at = start
    while at < bytes.count, at < start + most, bytes[at] == 0x20 || bytes[at] == 0x0A { at += 1 }
    return min(at, bytes.count)
  }
}
