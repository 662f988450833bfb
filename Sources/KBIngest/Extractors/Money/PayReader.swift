internal import KBSchema

/// Reads pay out of a fact: salaries, what is paid beside them, and the sums that are neither.
struct PayReader {
  /// The field of pay.
  let field: String
  /// The field of bonuses, allowances and stock; nil where they are only turned down.
  let bonusField: String?
  /// ISO code of sums that name no currency.
  let currency: String
  /// Whether every page is known to be of pay.
  let isPayPage: Bool

  func read(
    _ fact: FactText, _ text: Lexemes, _ findings: inout [Finding],
    _ rejections: inout [Rejection]
  ) {
    var mentions = MoneyScan(text).mentions()
    guard !mentions.isEmpty else { return }
    shareTrailingCurrency(&mentions)
    joinColumns(&mentions, fact, text)
    guard mentions.contains(where: { PayJudgement.mayBeMoney($0, text) }) else { return }
    let frame = FrameCues(
      fact, isPayPage: isPayPage, speaksOfWork: PayReader.speaksOfWork(fact, text))
    let cues = MoneyCues.find(text)
    let judgement = PayJudgement(text, fact, mentions: mentions, cues: cues, frame: frame)
    var result: (findings: [Finding], rejections: [Rejection]) = ([], [])
    for index in mentions.indices {
      add(judgement.verdict(index), mentions[index], text, frame: frame, cues, to: &result)
    }
    findings += result.findings
    rejections += result.rejections
  }

  /// Whether a fact or a heading above it is of a job.
  private static func speaksOfWork(_ fact: FactText, _ text: Lexemes) -> Bool {
    fact.headings.contains { RoleNames.reads(asRole: $0) } || !RoleNames.mentions(in: text).isEmpty
  }

  /// "Salary range 95,000 to 120,000 dollars" is read as one range; nothing else is shared.
  private func shareTrailingCurrency(_ mentions: inout [MoneyMention]) {
    for index in mentions.indices where mentions[index].currency == "$" {
      mentions[index].currency = Money.resolved("$", currency)
    }
  }

  /// In a row, the cells under "Min" and "Max" are the ends of one range.
  private func joinColumns(_ mentions: inout [MoneyMention], _ fact: FactText, _ text: Lexemes) {
    guard fact.cells.count > 1, mentions.count > 1 else { return }
    func index(under names: KeySet) -> Int? {
      mentions.firstIndex { mention in
        guard mention.high == nil else { return false }
        let offset = text[mention.range.lowerBound].range.lowerBound
        let cell = fact.cells.first { $0.range.contains(offset) }
        guard let last = Lexemes(cell?.column ?? "").items.last(where: { $0.kind == .word })
        else { return false }
        return names.contains(last.key)
      }
    }
    guard let low = index(under: PayReader.lowest), let high = index(under: PayReader.highest),
      low < high, mentions[low].low <= mentions[high].low, mentions[low].low > 0,
      mentions[high].low / mentions[low].low < 8,
      mentions[low].currency == mentions[high].currency || mentions[high].currency == nil
    else { return }
    mentions[low].high = mentions[high].low
    mentions[low].isOpen = mentions[high].isOpen
    mentions[low].period = mentions[low].period ?? mentions[high].period
    mentions[low].range = mentions[low].range.lowerBound..<mentions[high].range.upperBound
    mentions.remove(at: high)
  }

  private static let lowest: KeySet = [
    "min", "minimum", "low", "lowest", "from", "entry", "start", "starting", "bottom", "lower",
    "floor", "base",
  ]
  private static let highest: KeySet = [
    "max", "maximum", "high", "highest", "to", "top", "end", "upper", "ceiling", "cap",
  ]

  private func add(
    _ verdict: PayJudgement.Verdict, _ mention: MoneyMention, _ text: Lexemes, frame: FrameCues,
    _ cues: [MoneyCue], to result: inout (findings: [Finding], rejections: [Rejection])
  ) {
    if case .noMoney = verdict { return }
    let stated = MoneyQualifiers(text).bound(of: mention)
    let span = text.span(stated.range.lowerBound, stated.range.upperBound - 1)
    let code = Money.resolved(mention.currency, currency)
    switch verdict {
    case .noMoney: return
    case .none(let reason):
      result.rejections.append(Rejection(field: field, span: span, reason: reason))
    case .extra(let sense):
      result.rejections.append(Rejection(field: field, span: span, reason: sense.reason))
      guard let bonusField else { return }
      let interval = Money.interval(mention, stated.bound, currency: code, period: nil)
      result.findings.append(
        Finding(field: bonusField, content: .interval(interval), span: span))
    case .pay:
      let periods = PayPeriod(text, frame: frame, cues: cues)
      guard let period = periods.period(of: mention, currency: code) else {
        result.rejections.append(
          Rejection(field: field, span: span, reason: "of a size that no pay has"))
        return
      }
      let interval = Money.interval(mention, stated.bound, currency: code, period: period)
      result.findings.append(Finding(field: field, content: .interval(interval), span: span))
    }
  }
}

/// Finds what a pay is paid for: words beside it, adjectives before it, headings; else the year,
/// or the hour where a sum is too small to be a year's.
struct PayPeriod {
  private let text: Lexemes
  private let frame: FrameCues
  private let cues: [MoneyCue]

  init(_ text: Lexemes, frame: FrameCues, cues: [MoneyCue]) {
    self.text = text
    self.frame = frame
    self.cues = cues
  }

  /// The period; nil where the sum is implausible for it.
  func period(of mention: MoneyMention, currency: String) -> Period? {
    guard mention.period != nil || !isHalved(mention) else { return nil }
    let worth = Double(Currencies.perDollar(currency))
    let sum = (low: mention.low / worth, high: mention.top / worth)
    let stated = mention.period ?? adjective(before: mention) ?? framed(sum)
    guard let stated else { return guessed(mention, sum) }
    let yearly = (
      low: sum.low * Double(stated.perYear), high: sum.high * Double(stated.perYear)
    )
    let isFarOff = stated == .year && yearly.high < 1_000 || yearly.high > 3_000_000
    if mention.period == nil, isFarOff { return guessed(mention, sum) }
    let least = Currencies.isOfLowPay(currency) ? 500.0 : 2_000
    return yearly.high < least || yearly.high > 50_000_000 ? nil : stated
  }

  /// "Semi-monthly salary", "biweekly pay": a time that is no unit of pay here.
  private func isHalved(_ mention: MoneyMention) -> Bool {
    let floor = max(0, mention.range.lowerBound - 6)
    let end = min(text.count, mention.range.upperBound + 3)
    return (floor..<end).contains { index in
      let key = text[index].key
      if ["semimonthly", "biweekly", "fortnightly", "fortnight", "bimonthly"].contains(key) {
        return true
      }
      let next = text.at(index + 1, "-") ? index + 2 : index + 1
      return ["semi", "bi"].contains(key) && ["monthly", "weekly"].contains(text.key(next))
    }
  }

  private func guessed(_ mention: MoneyMention, _ sum: (low: Double, high: Double)) -> Period? {
    if mention.scale == 1e5 || mention.scale == 1e7 { return sum.high > 50_000_000 ? nil : .year }
    switch sum.high {
    case 100..<lastMonthly(mention) where mention.digits > 3: return .month
    case ..<5: return nil
    case ..<400: return isWage(mention) ? .hour : nil
    case ..<1_000: return nil
    case ..<9_000: return sum.high >= 1_000 && !isByShift(mention) ? .month : nil
    default: return sum.high > 50_000_000 ? nil : .year
    }
  }

  /// What a month is hardly paid, in dollars, where a month's pay is often below a thousand; 0
  /// elsewhere.
  private func lastMonthly(_ mention: MoneyMention) -> Double {
    guard let code = mention.currency, Currencies.isOfLowPay(code) else { return 100 }
    return code == "CNY" ? 6_000 : 2_800
  }

  /// A small sum is an hour's where it has cents or is called a rate, a wage or plain pay.
  private func isWage(_ mention: MoneyMention) -> Bool {
    if mention.hasCents { return true }
    let start = mention.range.lowerBound
    let near = text.items[max(0, start - 12)..<start].map(\.key)
    if near.contains(where: { PayPeriod.wages.contains($0) }) { return true }
    return frame.frameText.contains { words in
      words.items.contains { PayPeriod.wages.contains($0.key) }
    }
  }

  /// "Hospitals pay by the shift: $1,100": a time that is no unit of pay here.
  private func isByShift(_ mention: MoneyMention) -> Bool {
    let low = max(0, mention.range.lowerBound - 6)
    let high = min(text.count, mention.range.upperBound + 4)
    return text.items[low..<high].contains { ["shift", "shifts"].contains($0.key) }
  }

  private static let wages: KeySet = ["rate", "rates", "wage", "wages", "pay", "pays", "earn"]

  private func adjective(before mention: MoneyMention) -> Period? {
    var index = mention.range.lowerBound - 1
    let limit = max(0, index - 14)
    while index >= limit {
      let key = text[index].key
      if key == ";" || (key == "." && !text[index].isGlued) { return nil }
      if let found = Periods.adjective(text, at: index), found.end <= mention.range.lowerBound {
        return found.period
      }
      index -= 1
    }
    return nil
  }

  /// The period of the headings, unless the sum can only be a year's.
  private func framed(_ sum: (low: Double, high: Double)) -> Period? {
    guard let period = framed else { return nil }
    let yearly = sum.high * Double(period.perYear)
    return period != .year && sum.low >= 15_000 && yearly > 2_000_000 ? .year : period
  }

  private var framed: Period? {
    for words in frame.frameText {
      for index in 0..<words.count {
        if let found = Periods.adjective(words, at: index) { return found.period }
      }
    }
    return nil
  }
}
