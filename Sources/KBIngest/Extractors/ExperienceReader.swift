internal import KBSchema

/// Reads years of experience, told from ages, durations and forecasts.
struct ExperienceReader {
  let field: String

  private static let years = QuantityScan(.years)
  private static let months = QuantityScan(
    QuantityRule(unit: "years", words: ["months", "month", "mos"]))

  func read(_ fact: FactText, _ text: Lexemes) -> [Finding] {
    guard ExperienceReader.units.stands(in: text) else { return [] }
    lazy var saysExperience = self.saysExperience(fact)
    var findings: [Finding] = []
    var index = 0
    while index < text.count {
      guard let found = quantity(text, at: index) else {
        index += 1
        continue
      }
      if accepts(found, text, saysExperience) {
        let span = text.span(found.range.lowerBound, found.range.upperBound - 1)
        findings.append(Finding(field: field, content: .interval(found.interval), span: span))
      }
      index = max(index + 1, found.range.upperBound)
    }
    return findings
  }

  /// Years, or months as parts of a year.
  private func quantity(_ text: Lexemes, at index: Int) -> FoundQuantity? {
    if let years = ExperienceReader.years.quantity(text, at: index) { return years }
    if let named = ExperienceReader.named(text, at: index) { return named }
    guard var months = ExperienceReader.months.quantity(text, at: index) else { return nil }
    func years(_ amount: Amount?) -> Amount? { amount.map { Amount($0.doubleValue / 12) } }
    months.interval.min = years(months.interval.min)
    months.interval.max = years(months.interval.max)
    return months
  }

  /// "a decade of experience", "Years of experience: 7".
  private static func named(_ text: Lexemes, at index: Int) -> FoundQuantity? {
    if text.at(index, "decade"), text.at(index + 1, "of") {
      let ten = Interval(min: Amount(10), max: Amount(10), unit: MeasureUnit(code: "years"))
      return FoundQuantity(interval: ten, range: index..<index + 1, unit: index, isAtLeast: false)
    }
    guard index > 0, text[index].kind == .number, isLabelled(text, index) else { return nil }
    let unit = QuantityScan(.years)
    guard let found = unit.quantity(text, at: index, needsUnit: false) else { return nil }
    let end = found.range.upperBound
    return end >= text.count || text[end].kind == .sign ? found : nil
  }

  /// Behind "Years of experience:", "Experience (years):".
  private static func isLabelled(_ text: Lexemes, _ index: Int) -> Bool {
    guard text.at(index - 1, ":") else { return false }
    let window = max(0, index - 6)..<index
    return window.contains { experience.contains(text, $0) }
      && window.contains { units.contains(text, $0) }
  }

  /// Whether a heading, the lead or a column speaks of experience.
  private func saysExperience(_ fact: FactText) -> Bool {
    let names = Array(fact.headings.suffix(3)) + [fact.lead] + fact.cells.map(\.column)
    return names.contains { name in
      !name.isEmpty
        && Lexemes(name).items.contains { ExperienceReader.experience.contains($0.key) }
    }
  }

  private func accepts(
    _ found: FoundQuantity, _ text: Lexemes, _ saysExperience: @autoclosure () -> Bool
  ) -> Bool {
    let (low, high) = (found.interval.min ?? Amount(0), found.interval.max ?? Amount(0))
    guard low <= Amount(50), high <= Amount(60) else { return false }
    guard !isOther(found, text) else { return false }
    if followsExperience(found, text) { return true }
    if isPeriodOfTime(found, text) { return false }
    return found.isAtLeast && !hasTurn(found, text) || precedesExperience(found, text)
      || saysExperience() || isOfLevel(found, text)
  }

  /// "years of professional experience", "years' experience", "years in nursing".
  private func followsExperience(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    let end = found.range.upperBound
    if let unit = found.unit, text.at(unit, "yoe") { return true }
    for index in end..<max(end, min(text.count, end + 9)) {
      let key = text[index].key
      if ExperienceReader.experience.contains(key) { return true }
      if key == ";" || key == "." || key == "," && index > end + 5 { return false }
      if text[index].kind == .number { return false }
    }
    if isInRole(text, end) { return true }
    let isLed = text.at(end, "spent") || text.at(end, "of")
    return ExperienceReader.work.contains(text, isLed ? end + 1 : end)
  }

  /// "2–4 years in a similar role", "as a team leader in an agency environment".
  private func isInRole(_ text: Lexemes, _ start: Int) -> Bool {
    guard ["in", "as", "within"].contains(text.key(start)) else { return false }
    return (start + 1..<start + 6).contains { index in
      ExperienceReader.settings.contains(text, index)
    }
  }

  private func precedesExperience(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    let start = found.range.lowerBound
    for index in stride(from: start - 1, through: max(0, start - 6), by: -1) {
      let key = text[index].key
      if ExperienceReader.experience.contains(key) { return true }
      if key == ";" || key == "." { return false }
    }
    return false
  }

  /// Ages, dates ago, degrees, contracts.
  private func isOther(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    let end = found.range.upperBound
    if ExperienceReader.others.contains(text, end) { return true }
    if text.at(end, "of"), ExperienceReader.studies.contains(text, end + 1) { return true }
    return ExperienceReader.ages.contains(text, found.range.lowerBound - 1)
  }

  /// "in the last five years", "projected over 5 years", "within three years".
  private func isPeriodOfTime(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    let start = found.range.lowerBound
    let first = text.key(start)
    if first == "over", ExperienceReader.isForecast(text, before: start) { return true }
    return ExperienceReader.times.contains(text, start - 1)
  }

  private static func isForecast(_ text: Lexemes, before start: Int) -> Bool {
    guard start > 0 else { return false }
    return !requirements.contains(text, start - 1)
  }

  private func hasTurn(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    found.unit == nil || ExperienceReader.turns.contains(text, found.range.upperBound)
  }

  /// "Senior (7-9 years)", "Entry-level: 0-2 years".
  private func isOfLevel(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    let start = found.range.lowerBound
    guard ExperienceReader.joints.contains(text, start - 1) else { return false }
    for index in stride(from: start - 2, through: max(0, start - 6), by: -1)
    where LevelReader.names(text[index].key) {
      return true
    }
    return false
  }

  private static let units: KeySet = [
    "decade", "years", "year", "yrs", "yr", "yoe", "jahre", "ans", "años", "y", "months", "month",
    "mos",
  ]
  private static let work: KeySet = [
    "working", "building", "developing", "managing", "leading", "designing", "writing", "using",
    "practising", "practicing", "teaching", "selling", "running", "cooking",
  ]
  private static let settings: KeySet = [
    "role", "roles", "position", "positions", "capacity", "industry", "environment", "field",
    "setting", "engineering", "development", "nursing", "sales", "management", "consulting",
    "developer", "engineer", "manager", "nurse", "analyst", "designer",
  ]
  private static let others: KeySet = [
    "old", "ago", "later", "from", "degree", "degrees", "program", "programme", "contract",
    "warranty", "plan", "college", "university", "apprenticeship", "period", "vest", "vesting",
    "term", "streak", "anniversary", "lease", "course", "forecast", "cagr", "cliff",
  ]
  private static let ages: KeySet = ["age", "aged", "ages"]
  private static let requirements: KeySet = [
    "with", "have", "has", "having", "requires", "require", ":", "-", "•", "(",
  ]
  private static let turns: KeySet = ["to", "until", "before", "since"]
  private static let joints: KeySet = ["(", ":", "-", ",", "|"]
  static let experience: KeySet = [
    "experience", "experienced", "exp", "yoe", "erfahrung", "expérience", "experiencia",
    "berufserfahrung",
  ]
  private static let studies: KeySet = [
    "age", "study", "college", "school", "service", "growth", "data", "history", "age.",
  ]
  private static let times: KeySet = [
    "last", "past", "next", "within", "every", "after", "for", "coming", "first", "previous",
    "than",
    "these", "those", "following", "recent", "another", "about", "around", "in", "takes", "take",
    "lasts", "by", "through", "under", "of", "the", "during",
  ]
}
