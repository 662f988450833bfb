internal import KBSchema

/// Reads pay that front matter declares.
struct DeclaredInterval {
  let currency: String

  /// The only interval of the text, or the first of several.
  func pay(_ text: String, key: String) -> Interval? { pays(text, key: key, isPay: true).first }

  /// The intervals of the text, in order.
  func pays(_ text: String, key: String, isPay: Bool) -> [Interval] {
    let lexemes = Lexemes(text)
    let name = Lexemes(key.replacingUnderscores)
    return MoneyScan(lexemes).mentions().compactMap { mention in
      guard mention.low > 0 || mention.top > 0 else { return nil }
      let bound = self.bound(mention, lexemes, name)
      let code = Money.resolved(mention.currency ?? self.code(in: name), currency)
      guard isPay else {
        return Money.interval(mention, bound, currency: code, period: mention.period)
      }
      let period = self.period(mention, lexemes, name, code)
      return Money.interval(scaled(mention, period), bound, currency: code, period: period)
    }
  }

  private func bound(_ mention: MoneyMention, _ text: Lexemes, _ name: Lexemes) -> MoneyBound {
    let stated = MoneyQualifiers(text).bound(of: mention).bound
    guard stated == .exact, mention.high == nil else { return stated }
    switch name.items.last?.key {
    case "min", "minimum", "from", "low", "lower": return .atLeast
    case "max", "maximum", "to", "high", "upper": return .atMost
    default: return .exact
    }
  }

  private func code(in name: Lexemes) -> String? {
    for lexeme in name.items {
      if let code = Currencies.named(lexeme, isBefore: true), code != "$" { return code }
    }
    return nil
  }

  /// A period of the value, else of its key; else the hour for a wage, else the year.
  private func period(
    _ mention: MoneyMention, _ text: Lexemes, _ name: Lexemes, _ code: String
  ) -> Period {
    if let period = mention.period { return period }
    for words in [name, text] {
      for index in 0..<words.count {
        if let found = Periods.adjective(words, at: index) { return found.period }
        if let period = DeclaredInterval.units[words[index].key] { return period }
      }
    }
    let worth = Double(Currencies.perDollar(code))
    let isSmall = mention.scale == 1 && mention.top / worth < 90 && mention.currency != nil
    return isSmall || mention.hasCents && mention.top / worth < 400 ? .hour : .year
  }

  /// `salary: 120-150` without a currency means thousands.
  private func scaled(_ mention: MoneyMention, _ period: Period) -> MoneyMention {
    guard period == .year, mention.period == nil, mention.scale == 1, !mention.hasCents,
      mention.low >= 10, mention.top < 1000, mention.currency == nil
    else { return mention }
    var result = mention
    result.low *= 1000
    result.high = mention.high.map { $0 * 1000 }
    return result
  }

  private static let units: [String: Period] = [
    "hour": .hour, "hr": .hour, "day": .day, "week": .week, "month": .month, "year": .year,
    "annum": .year, "pa": .year, "yr": .year,
  ]
}

extension String {
  /// With every underscore and dot as a blank, as keys are written.
  fileprivate var replacingUnderscores: String {
    String(decoding: utf8.map { $0 == 0x5F || $0 == 0x2E ? 0x20 : $0 }, as: UTF8.self)
  }
}
