internal import KBSchema

/// Tells pay from other money by the words around it: the nearest word that speaks for or against
/// pay decides, then the sentence that leads to it, then the headings. Size alone decides nothing
/// but what no work pays.
struct PayReader {
  let currency: String

  /// Why an amount is not pay.
  private static let against: [String: String] = {
    let groups: [(String, String)] = [
      (
        "a bonus, not the salary",
        "bonus bonuses signing signon allowance allowances stipend commission gratuity"
      ),
      ("equity, not the salary", "equity rsu rsus stock shares options"),
      (
        "a budget",
        "budget budgets spend spending allocation expenses expense reimbursement reimbursed"
      ),
      ("the price of education", "tuition scholarship scholarships bootcamp exam certification"),
      (
        "a company's money",
        "revenue revenues turnover sales profit profits funding raised investment invested valuation valued arr backed"
      ),
      ("the size of a market", "market markets industry spending"),
      (
        "a price",
        "price prices priced cost costs costing fee fees license licence laptop equipment subscription worth buys house houses homes rent mortgage ticket tickets"
      ),
      (
        "insurance, savings or a loan",
        "insurance coverage savings loan loans debt grant grants fine fines fund deductible contribution contributions"
      ),
      ("help with moving", "relocation moving"),
      ("a prize or gift", "prize prizes award awards donation donated"),
    ]
    var result: [String: String] = [:]
    for (reason, words) in groups {
      for word in words.split(separator: " ") { result[String(word)] = reason }
    }
    return result
  }()

  private static let inFavour: Set<String> = Set(
    """
    salary salaries pay pays paid paying earn earns earning earnings earners earned wage wages \
    compensation comp ote package packages income incomes make makes making base remuneration \
    rate rates command commands band bands gehalt payroll payscale lohn salaire
    """.split(separator: " ").map(String.init))

  private static let beforeLow: Set<String> = [
    "over", "above", "exceeding", "exceed", "exceeds", "beyond", "north",
  ]
  private static let beforeHigh: Set<String> = ["maximum", "max"]
  private static let window = 12

  /// Pay, and amounts that are none, in a fact.
  func read(_ fact: FactText, _ words: FactWords) -> (found: [Finding], rejected: [Rejection]) {
    var found: [Finding] = []
    var rejected: [Rejection] = []
    let amounts = AmountScanner(words.bytes).scan()
    for (index, amount) in amounts.enumerated() {
      guard isMoney(amount, fact, words) else { continue }
      switch judge(amount, fact, words) {
      case .pay:
        let hasLater = index + 1 < amounts.count
        let interval = interval(amount, words, hasLater: hasLater)
        found.append(Finding(field: "salary", content: .interval(interval), span: amount.range))
      case .not(let reason):
        rejected.append(Rejection(field: "salary", span: amount.range, reason: reason))
      }
    }
    return (found, rejected)
  }

  /// A number is money with a currency; `120–160k` also where its neighbours or headings speak of pay.
  private func isMoney(_ amount: WrittenAmount, _ fact: FactText, _ words: FactWords) -> Bool {
    if amount.currency != nil { return true }
    guard amount.hasThousands || amount.period != nil, (amount.low ?? 0) >= 5 else { return false }
    if amount.hasThousands { return speaksOfPay(fact, words) }
    return false
  }

  private func speaksOfPay(_ fact: FactText, _ words: FactWords) -> Bool {
    words.words.contains { PayReader.inFavour.contains($0.key) }
      || FactWords(fact.lead).words.contains { PayReader.inFavour.contains($0.key) }
      || headingJudgement(fact) == .some(nil)
  }

  private enum Judgement {
    case pay
    case not(String)
  }

  private func judge(
    _ amount: WrittenAmount, _ fact: FactText, _ words: FactWords
  ) -> Judgement {
    if amount.isHuge { return .not("billions: the size of a market or company, not pay") }
    if isAdditional(amount, words) { return .not("additional compensation, not the salary") }
    if let column = column(of: amount, fact), let verdict = PayReader.verdict(of: column) {
      return checked(verdict, amount)
    }
    if let verdict = nearest(amount, words) { return checked(verdict, amount) }
    if let verdict = PayReader.verdict(of: fact.lead) { return checked(verdict, amount) }
    if let verdict = headingJudgement(fact) { return checked(verdict, amount) }
    if isPeriodical(amount, fact) || isLabelled(amount, fact, words) { return checked(nil, amount) }
    return .not("nothing around it speaks of pay")
  }

  private func checked(_ reason: String?, _ amount: WrittenAmount) -> Judgement {
    if let reason { return .not(reason) }
    let yearly = (amount.high ?? 0) * Double((amount.period ?? .year).perYear)
    if yearly > 50_000_000 { return .not("more than any work pays") }
    if amount.period == nil, yearly < 1000 { return .not("too little for a year's pay") }
    return .pay
  }

  /// An amount by the hour or month on a role's page, of the size that work pays.
  private func isPeriodical(_ amount: WrittenAmount, _ fact: FactText) -> Bool {
    guard let period = amount.period else { return false }
    let yearly = (amount.high ?? 0) * Double(period.perYear)
    return (5_000...2_000_000).contains(yearly)
      && fact.headings.contains(where: RoleNames.reads(asRole:))
  }

  /// A list item or table row of a role's page that puts a level or a place beside the amount.
  private func isLabelled(_ amount: WrittenAmount, _ fact: FactText, _ words: FactWords) -> Bool {
    guard fact.kind == .listItem || fact.kind == .tableRow, (amount.low ?? 0) >= 10_000,
      fact.headings.contains(where: RoleNames.reads(asRole:))
    else { return false }
    if !Ranks.levels(words).isEmpty || !Places.read(fact, words).isEmpty { return true }
    return column(of: amount, fact).map { !Ranks.levels(FactWords($0)).isEmpty } ?? false
  }

  private func column(of amount: WrittenAmount, _ fact: FactText) -> String? {
    fact.cells.first { $0.range.contains(amount.range.lowerBound) }?.column
  }

  /// `Additional cash compensation: $44,362`.
  private func isAdditional(_ amount: WrittenAmount, _ words: FactWords) -> Bool {
    let at = words.index(atOrAfter: amount.range.lowerBound)
    return words.words[max(0, at - 4)..<at].contains { $0.key == "additional" || $0.key == "extra" }
  }

  /// The verdict of the nearest word that has one: nil inside is pay. A word before a colon speaks
  /// only of what follows it.
  private func nearest(_ amount: WrittenAmount, _ words: FactWords) -> String?? {
    let at = words.index(atOrAfter: amount.range.lowerBound)
    let after = words.index(atOrAfter: amount.range.upperBound)
    var best: (distance: Double, verdict: String?)?
    func consider(_ index: Int, _ distance: Int, isAfter: Bool) {
      guard let verdict = PayReader.verdict(ofWord: words, index) else { return }
      let range = words.words[index].range
      if isAfter, range.upperBound < words.bytes.count,
        words.bytes[range.upperBound] == UInt8(ascii: ":")
      {
        return
      }
      var weight = Double(distance)
      let between =
        isAfter
        ? amount.range.upperBound..<range.lowerBound
        : range.upperBound..<amount.range.lowerBound
      let gap = words.bytes[between.clamped(to: 0..<words.bytes.count)]
      if gap.contains(UInt8(ascii: ";")) || isSentenceEnd(gap) { return }
      if gap.contains(UInt8(ascii: ",")) { weight += 3 }
      if isAfter { weight += verdict == nil ? 0.6 : -0.3 }
      if best.map({ weight < $0.distance }) ?? true { best = (weight, verdict) }
    }
    for step in 1...PayReader.window {
      if at - step >= 0 { consider(at - step, step, isAfter: false) }
      if after + step - 1 < words.words.count { consider(after + step - 1, step, isAfter: true) }
    }
    return best.map(\.verdict)
  }

  private func isSentenceEnd(_ gap: ArraySlice<UInt8>) -> Bool {
    var last: UInt8 = 0
    for byte in gap {
      if byte == 0x20, last == UInt8(ascii: ".") || last == UInt8(ascii: "!") { return true }
      last = byte
    }
    return false
  }

  private static func verdict(ofWord words: FactWords, _ index: Int) -> String?? {
    let key = words.words[index].key
    if key == "on", index > 0, words.words[index - 1].key == "sign" {
      return .some(.some("a bonus, not the salary"))
    }
    if key == "make" || key == "making", index + 1 < words.words.count,
      ["sure", "necessary", "up", "use"].contains(words.words[index + 1].key)
    {
      return .none
    }
    if let reason = against[key] { return .some(.some(reason)) }
    return inFavour.contains(key) ? .some(.none) : .none
  }

  /// What a lead or heading says as a whole: its last telling word decides.
  private static func verdict(of text: String) -> String?? {
    let words = FactWords(text)
    for index in words.words.indices.reversed() {
      if let verdict = verdict(ofWord: words, index) { return verdict }
    }
    return .none
  }

  /// The innermost heading that tells decides; pay in a heading outweighs `market` beside it.
  private func headingJudgement(_ fact: FactText) -> String?? {
    for heading in fact.headings.reversed() {
      let words = FactWords(heading)
      if words.words.contains(where: { PayReader.inFavour.contains($0.key) }) {
        return .some(.none)
      }
      if let verdict = PayReader.verdict(of: heading) { return verdict }
    }
    return .none
  }

  // MARK: Bounds

  private func interval(
    _ amount: WrittenAmount, _ words: FactWords, hasLater: Bool
  ) -> Interval {
    let unit = MeasureUnit(code: amount.currency ?? currency, period: amount.period ?? .year)
    let low = amount.low.map { Amount($0) }
    let high = amount.high.map { Amount($0) }
    let isPoint = low == high
    let before = lead(amount, words)
    if isPoint {
      if before == .upper { return Interval(min: nil, max: high, unit: unit) }
      if amount.isOpen || before == .lower || (before == .from && !hasLater) {
        return Interval(min: low, max: nil, open: .max, unit: unit)
      }
    }
    return Interval(min: low, max: high, open: amount.isOpen ? .max : nil, unit: unit)
  }

  private enum Lead {
    case none, lower, upper, from
  }

  /// `up to`, `over`, `more than`, `at least`, `from`, `starting at`.
  private func lead(_ amount: WrittenAmount, _ words: FactWords) -> Lead {
    let at = words.index(atOrAfter: amount.range.lowerBound)
    func key(_ back: Int) -> String { at - back >= 0 ? words.words[at - back].key : "" }
    switch (key(2), key(1)) {
    case ("up", "to"), ("as", "much"): return .upper
    case ("more", "than"), ("at", "least"), ("upwards", "of"), ("north", "of"), ("excess", "of"),
      ("starting", "at"), ("starts", "at"), ("start", "at"), ("minimum", "of"):
      return .lower
    case (_, let word) where PayReader.beforeLow.contains(word): return .lower
    case (_, let word) where PayReader.beforeHigh.contains(word): return .upper
    case (_, "from"): return .from
    default: return .none
    }
  }
}
