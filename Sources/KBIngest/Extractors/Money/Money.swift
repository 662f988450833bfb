public import KBSchema

/// Sums of money.
public enum Money {
  /// The interval that makes up the whole text: `$120k–$150k`, `up to £60,000 pa`, `1299 EUR`. Nil
  /// where the text says anything else, or no currency and `currency` is nil.
  ///
  /// - Parameters:
  ///   - text: The words.
  ///   - currency: ISO code of a sum that names none, and of a bare `$`.
  public static func parse(_ text: String, currency: String? = "USD") -> Interval? {
    let lexemes = Lexemes(text)
    let mentions = MoneyScan(lexemes).mentions()
    guard mentions.count == 1, let mention = mentions.first else { return nil }
    guard mention.currency != nil || currency != nil else { return nil }
    let bound = MoneyQualifiers(lexemes).bound(of: mention)
    guard bound.range == 0..<lexemes.count else { return nil }
    return interval(
      mention, bound.bound, currency: resolved(mention.currency, currency ?? "USD"),
      period: mention.period)
  }

  /// The currency of a mention; `$` and none are those of the place.
  static func resolved(_ code: String?, _ local: String) -> String {
    guard let code else { return local }
    guard code == "$" else { return code }
    return dollars.contains(local) ? local : "USD"
  }

  private static let dollars: KeySet = [
    "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "CLP", "COP", "ARS",
  ]

  static func interval(
    _ mention: MoneyMention, _ bound: MoneyBound, currency: String, period: Period?
  ) -> Interval {
    let unit = MeasureUnit(code: currency, period: period)
    let low = Amount(mention.low)
    if let high = mention.high {
      return Interval(
        min: low, max: Amount(high), open: mention.isOpen ? .max : nil, unit: unit)
    }
    switch bound {
    case .exact: return Interval(min: low, max: low, unit: unit)
    case .atMost: return Interval(min: nil, max: low, unit: unit)
    case .atLeast: return Interval(min: low, max: nil, open: .max, unit: unit)
    case .below: return Interval(min: nil, max: low, open: .min, unit: unit)
    }
  }
}
