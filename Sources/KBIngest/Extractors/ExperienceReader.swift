internal import KBSchema

/// Reads years of experience, told from ages, durations and forecasts.
struct ExperienceReader {
  let field: String

  func read(_ fact: FactText, _ text: Lexemes) -> [Finding] {
    let frame = Around(fact)
    let scan = QuantityScan(.years)
    var findings: [Finding] = []
    var index = 0
    while index < text.count {
      let needsUnit = !frame.countsYears
      guard let found = scan.quantity(text, at: index, needsUnit: needsUnit) else {
        index += 1
        continue
      }
      if accepts(found, text, frame) {
        let span = text.span(found.range.lowerBound, found.range.upperBound - 1)
        findings.append(Finding(field: field, content: .interval(found.interval), span: span))
      }
      index = max(index + 1, found.range.upperBound)
    }
    return findings
  }

  /// What headings, the lead and columns say.
  private struct Around {
    var saysExperience = false
    /// A column or lead that names years: bare numbers in it are years.
    var countsYears = false

    init(_ fact: FactText) {
      for name in Array(fact.headings.suffix(3)) + [fact.lead] + fact.cells.map(\.column)
      where !name.isEmpty {
        let words = Lexemes(name).items.map(\.key)
        if words.contains(where: { ExperienceReader.experience.contains($0) }) {
          saysExperience = true
        }
      }
    }
  }

  private func accepts(_ found: FoundQuantity, _ text: Lexemes, _ frame: Around) -> Bool {
    let (low, high) = (found.interval.min ?? Amount(0), found.interval.max ?? Amount(0))
    guard low <= Amount(50), high <= Amount(60) else { return false }
    guard !isOther(found, text) else { return false }
    if followsExperience(found, text) { return true }
    if isPeriodOfTime(found, text) { return false }
    return found.isAtLeast && !hasTurn(found, text) || precedesExperience(found, text)
      || frame.saysExperience || isOfLevel(found, text)
  }

  /// "years of professional experience", "years' experience", "years in nursing".
  private func followsExperience(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    let end = found.range.upperBound
    for index in end..<max(end, min(text.count, end + 9)) {
      let key = text[index].key
      if ExperienceReader.experience.contains(key) { return true }
      if key == ";" || key == "." || key == "," && index > end + 5 { return false }
      if text[index].kind == .number { return false }
    }
    let hasVerb = [
      "working", "building", "developing", "managing", "leading", "designing", "writing", "using",
      "practising", "practicing", "teaching", "selling", "running", "cooking",
    ]
    return hasVerb.contains(text.key(end))
      || hasVerb.contains(text.key(end + 1)) && ["spent", "of"].contains(text.key(end))
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
    if [
      "old", "ago", "later", "from", "degree", "degrees", "program", "programme", "contract",
      "warranty", "plan", "college", "university", "apprenticeship", "period", "vest", "vesting",
      "term",
      "streak", "anniversary", "lease", "course", "forecast", "cagr", "cliff",
    ].contains(text.key(end)) {
      return true
    }
    if text.at(end, "of"), ExperienceReader.studies.contains(text.key(end + 1)) { return true }
    return ["age", "aged", "ages", "age:"].contains(text.key(found.range.lowerBound - 1))
  }

  /// "in the last five years", "projected over 5 years", "within three years".
  private func isPeriodOfTime(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    let start = found.range.lowerBound
    let first = text.key(start)
    if first == "over", ExperienceReader.isForecast(text, before: start) { return true }
    return ExperienceReader.times.contains(text.key(start - 1))
  }

  private static func isForecast(_ text: Lexemes, before start: Int) -> Bool {
    guard start > 0 else { return false }
    return !["with", "have", "has", "having", "requires", "require", ":", "-", "•", "("].contains(
      text.key(start - 1))
  }

  private func hasTurn(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    found.unit == nil
      || ["to", "until", "before", "until", "since"].contains(text.key(found.range.upperBound))
  }

  /// "Senior (7-9 years)", "Entry-level: 0-2 years".
  private func isOfLevel(_ found: FoundQuantity, _ text: Lexemes) -> Bool {
    let start = found.range.lowerBound
    guard ["(", ":", "-", ",", "|"].contains(text.key(start - 1)) else { return false }
    for index in stride(from: start - 2, through: max(0, start - 6), by: -1)
    where LevelReader.names(text[index].key) {
      return true
    }
    return false
  }

  static let experience: Set<String> = [
    "experience", "experienced", "exp", "yoe", "erfahrung", "expérience", "experiencia",
    "berufserfahrung",
  ]
  private static let studies: Set<String> = [
    "age", "study", "college", "school", "service", "growth", "data", "history", "age.",
  ]
  private static let times: Set<String> = [
    "last", "past", "next", "within", "every", "after", "for", "coming", "first", "previous",
    "than",
    "these", "those", "following", "recent", "another", "about", "around", "in", "takes", "take",
    "lasts", "by", "through", "under", "of", "the", "during",
  ]
}
