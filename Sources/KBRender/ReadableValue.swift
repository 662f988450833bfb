public import KBSchema

/// Values as people write them.
public enum ReadableValue {
  /// `$158,653 - $250,000+`, `£60,000`, `$75 an hour`, `5+ years`, `senior`.
  public static func text(_ content: ValueContent) -> String {
    switch content {
    case .string(let text): Visible.line(text)
    case .number(let number): plain(number)
    case .date(let span): span.description
    case .ambiguousDate(let dayFirst, let monthFirst):
      "\(dayFirst.description) or \(monthFirst.description)"
    case .interval(let interval): text(interval)
    }
  }

  private static func text(_ interval: Interval) -> String {
    let plus = interval.open == .max ? "+" : ""
    let range: String
    switch (interval.min, interval.max) {
    case (let low?, let high?):
      range =
        low == high
        ? amount(low, interval.unit) + plus
        : "\(amount(low, interval.unit)) - \(amount(high, interval.unit))\(plus)"
    case (let low?, nil): range = amount(low, interval.unit) + (plus.isEmpty ? "+" : plus)
    case (nil, let high?): range = "up to \(amount(high, interval.unit))\(plus)"
    case (nil, nil): range = ""
    }
    let period =
      switch interval.unit.period {
      case nil, .year: ""
      case .hour: " an hour"
      case .day: " a day"
      case .week: " a week"
      case .month: " a month"
      }
    return range + (sign(interval.unit.code) == nil ? " \(interval.unit.code)" : "") + period
  }

  private static func amount(_ amount: Amount, _ unit: MeasureUnit) -> String {
    (sign(unit.code) ?? "") + plain(amount.doubleValue)
  }

  private static func sign(_ code: String) -> String? {
    ["USD": "$", "GBP": "£", "EUR": "€", "INR": "₹", "JPY": "¥", "CAD": "C$", "AUD": "A$"][code]
  }

  /// Thousands apart, no fraction that is not there.
  public static func plain(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let whole = value.rounded(.towardZero)
    var digits = Array(String(Int(abs(whole))))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    let fraction = abs(value - whole)
    let cents = fraction == 0 ? "" : "." + padded(Int((fraction * 100).rounded()))
    return (value < 0 ? "-" : "") + String(digits) + cents
  }

  private static func padded(_ cents: Int) -> String { cents < 10 ? "0\(cents)" : "\(cents)" }
}
