internal import KBSchema

/// Decides what the sums of a fact are, by the words around them, the column, the line that leads
/// to them and the headings. The nearest cue decides; size alone never makes a sum pay.
struct PayJudgement {
  enum Verdict: Equatable {
    case pay
    case extra(MoneySense)
    case none(reason: String)
    /// A bare number that nothing calls money.
    case noMoney
  }

  private let text: Lexemes
  private let fact: FactText
  private let mentions: [MoneyMention]
  private let cues: [MoneyCue]
  private let frame: FrameCues
  private let steps: Steps

  init(
    _ text: Lexemes, _ fact: FactText, mentions: [MoneyMention], cues: [MoneyCue], frame: FrameCues
  ) {
    self.text = text
    self.fact = fact
    self.mentions = mentions
    self.cues = cues
    self.frame = frame
    steps = PayJudgement.steps(text)
  }

  /// What the sum at an index is.
  func verdict(_ index: Int) -> Verdict {
    let mention = mentions[index]
    guard mention.currency != nil else { return bare(index) }
    if mention.isPayUnit { return .pay }
    if PayScale(text).isDifference(mention) { return .none(reason: "a difference, not pay") }
    let nearest = self.nearest(to: index)
    let sense = nearest?.sense
    if mention.top >= 1e9,
      sense == nil || sense == .pay || sense == .spent || sense?.isExtra == true,
      Currencies.perDollar(PayJudgement.code(mention)) < 10
    {
      return .none(reason: MoneySense.market.reason)
    }
    if isPiece(mention), sense == nil || sense == .pay {
      return .none(reason: "a piece rate, not pay by time")
    }
    if let difference = difference(mention), sense == nil || sense == .pay { return difference }
    guard let sense else { return continuesPay(index) ? .pay : unlabelled(mention) }
    if sense == .pay, nearest?.isVerb == true, isBeyondPay(mention) {
      return .none(reason: "more than anybody is paid")
    }
    if sense == .pay || isStipend(mention, sense) { return .pay }
    return sense.isExtra ? .extra(sense) : .none(reason: sense.reason)
  }

  private static func code(_ mention: MoneyMention) -> String { mention.currency ?? "USD" }

  // MARK: Cues

  private struct Candidate {
    var sense: MoneySense
    var cost: Int
    /// A verb alone says it: "earned $14M".
    var isVerb = false
  }

  private func nearest(to index: Int) -> Candidate? {
    let mention = mentions[index]
    var best: Candidate?
    func consider(_ sense: MoneySense, _ cost: Int, _ isVerb: Bool = false) {
      if isTimed(mention), PayJudgement.untimed.contains(sense) { return }
      if sense == .budget, mention.period == .hour || mention.period == .day { return }
      if best.map({ cost < $0.cost }) ?? true {
        best = Candidate(sense: sense, cost: cost, isVerb: isVerb)
      }
    }
    after(mention, consider)
    before(mention, consider)
    if let column = frame.column(at: text[mention.range.lowerBound].range.lowerBound) {
      consider(column, 16)
    }
    if let lead = frame.lead { consider(lead, 20) }
    if let heading = frame.heading { consider(heading.sense, 22 + heading.distance) }
    return best
  }

  private static let untimed: Set<MoneySense> = [
    .market, .funding, .deal, .assets, .prize, .purchase,
  ]

  /// "An extra $3 per hour", "$5,000 more", "$400 a week on top": comes on top of pay.
  private func difference(_ mention: MoneyMention) -> Verdict? {
    let before = text.key(mention.range.lowerBound - 1)
    let end = mention.range.upperBound
    if ["extra", "additional", "further"].contains(before) { return .extra(.bonus) }
    if text.at(end, "on"), text.at(end + 1, "top") { return .extra(.bonus) }
    guard PayJudgement.differences.contains(text, end) else { return nil }
    return .none(reason: "a difference between two sums, not pay")
  }

  private static let differences: KeySet = ["more", "less", "extra", "higher", "lower"]

  /// "Contractors bill $85 an hour": what is billed by time is their pay.
  private func bills(_ cue: MoneyCue, _ mention: MoneyMention) -> Bool {
    guard cue.sense == .cost || cue.sense == .fee,
      ["bill", "bills", "charge", "charges"].contains(text.key(cue.range.lowerBound)),
      let period = mention.period, period == .hour || period == .day
    else { return false }
    return PayJudgement.isOrdinary(mention, period)
  }

  /// A branch named beside an ordinary sum of pay is where it is earned: "$175,000 in industry".
  private func weight(_ cue: MoneyCue, _ mention: MoneyMention) -> Int {
    guard cue.isWeak, PayJudgement.isOrdinary(mention, mention.period ?? .year) else { return 0 }
    return 26
  }

  /// A period stands beside the sum: no market is so much an hour.
  private func isTimed(_ mention: MoneyMention) -> Bool {
    mention.period != nil && mention.top < 1e7
  }

  private func before(_ mention: MoneyMention, _ consider: (MoneySense, Int, Bool) -> Void) {
    var cost = 0
    var index = mention.range.lowerBound
    var place = firstCue(from: index) - 1
    while index > 0, cost <= 30 {
      while place >= 0, cues[place].range.upperBound > index { place -= 1 }
      if place >= 0, cues[place].range.upperBound == index {
        // "earns $5M revenue": what the sum itself is called outweighs the verb before it.
        let cue = cues[place]
        let sense = bills(cue, mention) ? MoneySense.pay : cue.sense
        consider(sense, cost + (cue.isVerb ? 2 : 0) + weight(cue, mention), cue.isVerb)
      }
      index -= 1
      if text.at(index, ")"), let opening = bracket(before: index) {
        if pays(between: opening, index) { consider(.pay, cost, false) }
        cost += 3
        index = opening
        continue
      }
      let step = steps.back[index]
      guard step >= 0 else { return }
      cost += Int(step)
    }
  }

  /// The opening of a short bracket that closes at a lexeme.
  private func bracket(before index: Int) -> Int? {
    let floor = max(0, index - 12)
    return (floor..<index).last { text[$0].key == "(" }
  }

  private func pays(between opening: Int, _ closing: Int) -> Bool {
    var place = firstCue(from: opening)
    while place < cues.count, cues[place].range.lowerBound < closing {
      if cues[place].sense == .pay { return true }
      place += 1
    }
    return false
  }

  private func after(_ mention: MoneyMention, _ consider: (MoneySense, Int, Bool) -> Void) {
    var cost = 0
    var index = mention.range.upperBound
    var place = firstCue(from: index)
    var isOpen = true
    while index < text.count, cost <= 20 {
      while place < cues.count, cues[place].range.lowerBound < index { place += 1 }
      if place < cues.count, cues[place].range.lowerBound == index, !cues[place].isVerb {
        let sense = cues[place].sense
        let cost = text.at(index, "paid") ? cost + 3 : cost
        if isOpen, cost <= 9 || sense == .pay {
          consider(sense, cost + weight(cues[place], mention), false)
        }
        if !isOpen, sense == .pay { consider(sense, cost, false) }
      }
      if steps.adds[index] { isOpen = false }
      if text[index].kind == .number || Currencies.named(text[index], isBefore: true) != nil {
        return
      }
      let step = steps.ahead[index]
      guard step >= 0 else { return }
      cost += Int(step)
      index += 1
    }
  }

  /// The first cue that starts at a lexeme or behind it.
  private func firstCue(from index: Int) -> Int {
    var low = 0
    var high = cues.count
    while low < high {
      let middle = (low + high) / 2
      if cues[middle].range.lowerBound < index { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Distance

  /// How far a step over each lexeme leads, in half words; -1 where no step leads on.
  private struct Steps {
    var back: [Int8] = []
    var ahead: [Int8] = []
    /// What stands behind the lexeme comes on top of a sum before it, or is part of it.
    var adds: [Bool] = []
  }

  private static func steps(_ text: Lexemes) -> Steps {
    var steps = Steps()
    steps.back.reserveCapacity(text.count)
    steps.ahead.reserveCapacity(text.count)
    steps.adds.reserveCapacity(text.count)
    for index in 0..<text.count {
      if text[index].kind == .number {
        steps.back.append(2)
        steps.ahead.append(2)
        steps.adds.append(false)
        continue
      }
      let key = text[index].key
      let plain = step(text, index)
      steps.back.append(backward[key] ?? plain)
      steps.ahead.append(forward[key] ?? (stops.contains(text[index]) ? 6 : plain))
      steps.adds.append(additions.contains(text[index]))
    }
    return steps
  }

  private static let backward: [String: Int8] = [
    ":": 0, "=": 0, ",": 8, "|": 14, "and": 4, "or": 4, "+": 10, "plus": 10,
  ]
  private static let forward: [String: Int8] = [
    ",": 12, ":": -1, "|": -1, "and": 3, "or": 3, "to": 3, "(": 2,
  ]
  private static let ends: KeySet = [";", "!", "?", "•", "·"]

  private static func step(_ text: Lexemes, _ index: Int) -> Int8 {
    switch text[index].kind {
    case .number: return 2
    case .word:
      if joints.contains(text[index]) { return 8 }
      return light.contains(text[index]) ? 1 : 2
    case .sign:
      let key = text[index].key
      if ends.contains(text[index]) || (key == "." && isSentenceEnd(text, index)) { return -1 }
      return key == "-" && !text[index].isGlued ? 5 : key == "(" || key == ")" ? 3 : 1
    }
  }

  private static func isSentenceEnd(_ text: Lexemes, _ index: Int) -> Bool {
    guard index + 1 < text.count else { return false }
    guard !text[index + 1].isGlued else { return false }
    let isInitial = index > 0 && text[index - 1].range.count == 1 && text[index - 1].kind == .word
    let next = text[index + 1]
    return !isInitial && (text.isCapital(index + 1) || next.kind != .word)
  }

  private static let joints: KeySet = [
    "but", "while", "whereas", "despite", "although", "though", "whilst", "versus", "vs", "yet",
  ]
  private static let light: KeySet = [
    "of", "is", "are", "was", "were", "a", "an", "the", "at", "up", "to", "over", "around",
    "about", "approximately", "from", "roughly", "average", "averages", "median", "annual",
    "yearly", "between", "be", "than", "more", "range", "ranges", "as", "in", "total", "per",
    "nearly", "almost", "minimum", "maximum", "starting", "typical", "typically",
  ]
  /// Words at which what follows a sum speaks of something else.
  private static let stops: KeySet = ["for", "on", "by", "from", "who", "which", "that", "if"]
  /// Words at which what follows comes on top of a sum, or is part of it.
  private static let additions: KeySet = [
    "+", "plus", "including", "includes", "include", "excluding", "with", "incl", "inclusive",
    "before", "(", ",", "and", "depending", "/",
  ]

  // MARK: Sums without a cue

  /// `$5 per click`.
  private func isPiece(_ mention: MoneyMention) -> Bool {
    let index = mention.range.upperBound
    guard mention.period == nil, index + 1 < text.count, text[index + 1].kind == .word else {
      return false
    }
    let noun = text[index + 1].key
    switch text[index].key {
    case "per", "/": return !Periods.isUnit(noun) && !PayJudgement.persons.contains(noun)
    case "a", "an", "each": return PayJudgement.pieces.contains(noun)
    default: return false
    }
  }

  private static let persons: KeySet = [
    "role", "position", "level", "person", "head", "employee", "annum", "calendar", "working",
  ]
  private static let pieces: KeySet = [
    "click", "survey", "word", "article", "page", "mile", "delivery", "task", "hit", "piece",
    "ride", "lead", "sale", "post", "photo", "video", "download", "lesson", "session", "visit",
  ]

  /// "Starting pay is $62,300; after five years $81,950": a sum of like size behind one that is pay.
  private func continuesPay(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let (last, mention) = (mentions[index - 1], mentions[index])
    let sense = nearest(to: index - 1)?.sense
    let isAverage = sense == nil && frame.speaksOfWork && PayScale(text).isAverage(last)
    guard sense == .pay || isAverage else { return false }
    let between = last.range.upperBound..<mention.range.lowerBound
    guard between.count <= 8, last.currency == mention.currency, mention.top < last.top * 3,
      last.top < mention.top * 3, PayJudgement.isOrdinary(mention, mention.period ?? .year)
    else { return false }
    return between.contains { [";", ",", "|", "/"].contains(text[$0].key) }
      && !between.contains { text.at($0, ".") }
  }

  /// "Stipend: ₹25,000 /month": an allowance of the size of pay for a week or a month.
  private func isStipend(_ mention: MoneyMention, _ sense: MoneySense) -> Bool {
    guard sense == .allowance, let period = mention.period, period == .week || period == .month,
      PayJudgement.isOrdinary(mention, period)
    else { return false }
    let words = text.items[..<mention.range.lowerBound].suffix(3).map(\.key)
    return words.first == "stipend" || words.starts(with: ["monthly", "stipend"])
  }

  /// A month's single sum inside a sentence that speaks of no job: "the cluster runs about $1,400
  /// per month".
  private func isRunningCost(_ mention: MoneyMention, _ period: Period) -> Bool {
    period == .month && mention.high == nil && !frame.speaksOfWork && mention.range.lowerBound > 2
  }

  private func unlabelled(_ mention: MoneyMention) -> Verdict {
    if frame.isPayPage { return .pay }
    if frame.isOfOthers { return .none(reason: MoneySense.pay.reason) }
    if let period = mention.period, PayJudgement.isOrdinary(mention, period) {
      return isRunningCost(mention, period) ? .none(reason: MoneySense.pay.reason) : .pay
    }
    if frame.speaksOfWork, let period = PayScale(text).labelledPeriod(mention),
      PayJudgement.isOrdinary(mention, period)
    {
      return .pay
    }
    if opens(mention), frame.speaksOfWork, PayJudgement.isOrdinary(mention, .year) { return .pay }
    if PayScale(text).isGraded(mention), frame.speaksOfWork, PayJudgement.isOrdinary(mention, .year)
    {
      return .pay
    }
    if mention.high != nil, PayJudgement.isOrdinary(mention, .year),
      mention.digits >= 5 || mention.scale == 1000,
      frame.speaksOfWork || fact.kind == .heading
    {
      return .pay
    }
    if mention.high != nil, frame.speaksOfWork, mention.range.lowerBound <= 1,
      PayJudgement.isOrdinary(mention, .month),
      mention.hasSeparators && mention.digits == 4 || mention.scale == 1000
    {
      return .pay
    }
    if frame.speaksOfWork, PayScale(text).isPostingLine, PayJudgement.isOrdinary(mention, .year),
      mention.digits >= 5 || mention.scale == 1000
    {
      return .pay
    }
    if frame.speaksOfWork, isInLevelColumn(mention), PayJudgement.isOrdinary(mention, .year) {
      return .pay
    }
    return .none(reason: MoneySense.pay.reason)
  }

  /// A cell under a level (`Junior`, `Senior`) of a table on a page about work.
  private func isInLevelColumn(_ mention: MoneyMention) -> Bool {
    let offset = text[mention.range.lowerBound].range.lowerBound
    guard let cell = fact.cells.first(where: { $0.range.contains(offset) }) else { return false }
    return Lexemes(cell.column).items.contains { LevelReader.names($0.key) }
  }

  /// Whether a fact begins with the sum and its bound: "Up to £160k for …", "$150k+".
  private func opens(_ mention: MoneyMention) -> Bool {
    guard mention.digits >= 5 || mention.scale == 1000 else { return false }
    let stated = MoneyQualifiers(text).bound(of: mention)
    return stated.bound != .exact && stated.range.lowerBound <= 1
  }

  /// Whether a sum is what people are paid for such a time.
  private static func isOrdinary(_ mention: MoneyMention, _ period: Period) -> Bool {
    let worth = Double(Currencies.perDollar(code(mention)))
    let bounds: ClosedRange<Double> =
      switch period {
      case .hour: 4...1_000
      case .day: 60...5_000
      case .week: 250...12_000
      case .month: 400...60_000
      case .year: 10_000...1_500_000
      }
    let floor = Currencies.isOfLowPay(code(mention)) ? 0.15 : 1
    let low = min(mention.low, mention.high ?? mention.low)
    return low / worth >= bounds.lowerBound * floor && mention.top / worth <= bounds.upperBound
  }

  /// Millions a year, which teams and companies earn.
  private func isBeyondPay(_ mention: MoneyMention) -> Bool {
    mention.low / Double(Currencies.perDollar(PayJudgement.code(mention))) > 4_000_000
  }

  // MARK: Numbers without a currency

  /// "Sample rate 22050" on a page that has nothing to do with work is no pay.
  private func speaksOfPay(_ mention: MoneyMention) -> Bool {
    if frame.speaksOfWork || frame.isPayPage || mention.scale > 1 { return true }
    return text.items.contains { PayJudgement.sure.contains($0.key) }
      || frame.frameText.contains { $0.items.contains { PayJudgement.sure.contains($0.key) } }
  }

  private static let sure: KeySet = [
    "salary", "salaries", "pay", "paid", "pays", "compensation", "wage", "wages", "earn", "earns",
    "earning", "earnings", "remuneration", "ctc", "ote", "gehalt", "jahresgehalt", "salaire",
    "salario", "annum", "lpa", "tc",
  ]

  private func bare(_ index: Int) -> Verdict {
    let mention = mentions[index]
    guard PayJudgement.mayBeMoney(mention, text), speaksOfPay(mention) else { return .noMoney }
    let nearest = self.nearest(to: index)
    if nearest == nil, isLevelLabelled(mention) { return .pay }
    guard let nearest, nearest.sense == .pay else { return .noMoney }
    if nearest.cost >= 16 { return isAlone(mention) ? .pay : .noMoney }
    return nearest.cost <= 9 && followsPay(mention) || isAlone(mention) ? .pay : .noMoney
  }

  /// "Senior: ~180k" where a job is spoken of.
  private func isLevelLabelled(_ mention: MoneyMention) -> Bool {
    guard frame.speaksOfWork, !frame.isOfOthers, mention.scale == 1000, mention.low >= 30_000,
      mention.top <= 900_000, isAlone(mention)
    else { return false }
    let place = MoneyQualifiers(text).skipApproximations(before: mention.range.lowerBound)
    return text.at(place - 1, ":") && LevelReader.names(text.key(place - 2))
  }

  /// Whether a sum has a currency, or is a number that pay might be written like.
  static func mayBeMoney(_ mention: MoneyMention, _ text: Lexemes) -> Bool {
    mention.currency != nil || looksLikePay(mention) && isFree(mention, text)
  }

  /// `120k`, `95,000`, `95000`: as large as pay, and no year.
  private static func looksLikePay(_ mention: MoneyMention) -> Bool {
    if mention.scale == 1000 { return mention.low >= 10_000 && mention.top < 3_000_000 }
    if mention.scale != 1 { return false }
    if let period = mention.period {
      return period != .day && period != .week && isOrdinary(mention, period)
    }
    if mention.digits == 4, (1900...2100).contains(mention.low) { return false }
    return mention.digits >= 5 && mention.low >= 10_000 && mention.top < 3_000_000
  }

  /// No sign ties the number to something else: `#120000`, `v120`, `12:30`.
  private static func isFree(_ mention: MoneyMention, _ text: Lexemes) -> Bool {
    let start = mention.range.lowerBound
    if start > 0, text[start].isGlued,
      !["(", "[", ":", "~", "|", "-", "=", "/"].contains(text.key(start - 1))
    {
      return false
    }
    if start > 1, text.at(start - 1, "-"), text[start].isGlued, text[start - 1].isGlued {
      return false
    }
    let isLabelled = text.at(start - 1, ":") || text.at(start - 1, "#")
    return !identifiers.contains(text, isLabelled ? start - 2 : start - 1)
  }

  /// A word of pay stands in front, with nothing but small words between.
  private func followsPay(_ mention: MoneyMention) -> Bool {
    let next = mention.range.upperBound
    guard next < text.count, text[next].kind == .word else { return true }
    if isPay(at: next) { return true }
    return PayJudgement.followers.contains(text[next])
  }

  /// Nothing but signs, levels and words of pay stand beside the number.
  private func isAlone(_ mention: MoneyMention) -> Bool {
    let end = mention.range.upperBound
    let isFreeBehind =
      end >= text.count || text[end].kind == .sign || PayJudgement.followers.contains(text[end])
      || isPay(at: end)
    let qualifiers = MoneyQualifiers(text)
    let start = qualifiers.bound(of: mention).range.lowerBound
    let place = qualifiers.skipApproximations(before: start)
    let isFreeBefore =
      place == 0 || text[place - 1].kind == .sign
      || isPay(endingAt: place)
    return isFreeBehind && isFreeBefore
  }

  private func isPay(at index: Int) -> Bool {
    let place = firstCue(from: index)
    return place < cues.count && cues[place].range.lowerBound == index && cues[place].sense == .pay
  }

  private func isPay(endingAt end: Int) -> Bool {
    let place = firstCue(from: end) - 1
    return place >= 0 && cues[place].range.upperBound == end && cues[place].sense == .pay
  }

  private static let followers: KeySet = [
    "plus", "per", "a", "gross", "net", "base", "depending", "doe", "and", "or", "for", "to", "in",
    "with", "p", "pro", "yearly", "annually", "dollars", "usd", "ote", "basic", "on", "range",
  ]

  private static let identifiers: KeySet = [
    "#", "id", "no", "number", "req", "requisition", "ref", "reference", "index", "zip", "code",
    "phone", "tel", "fax", "v", "version", "page", "room", "level", "grade", "section", "rank",
    "ranked", "iso", "postcode", "pin", "case", "posting", "vacancy", "soc", "mobile", "telephone",
  ]
}
