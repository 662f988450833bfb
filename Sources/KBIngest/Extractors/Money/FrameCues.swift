/// What stands around a fact and says what its sums are: columns, the line that leads to it, and
/// headings.
struct FrameCues {
  /// The sense of the nearest heading that has one, and how far above it stands.
  private(set) var heading: (sense: MoneySense, distance: Int)?
  /// The sense of the line that leads to the fact.
  private(set) var lead: MoneySense?
  /// Whether headings or the text speak of a job: a role, a place, a level.
  var speaksOfWork: Bool
  /// Whether the whole page is known to be of pay.
  var isPayPage: Bool
  /// Whether the nearest heading is of what people do, or of the company: "Responsibilities".
  private(set) var isOfOthers = false
  /// Words of the frame that say a period: "Hourly pay".
  private(set) var frameText: [Lexemes] = []
  private var columns: [(range: Range<Int>, sense: MoneySense)] = []

  init(_ fact: FactText, isPayPage: Bool, speaksOfWork: Bool) {
    self.isPayPage = isPayPage
    self.speaksOfWork = speaksOfWork
    for (column, range) in fact.cells where !column.isEmpty {
      let text = Lexemes(column)
      if let sense = FrameCues.sense(of: text) { columns.append((range, sense)) }
    }
    if !fact.lead.isEmpty {
      let text = Lexemes(fact.lead)
      frameText.append(text)
      lead = FrameCues.sense(of: text)
    }
    isOfOthers = fact.headings.last.map(FrameCues.isOfOthers) ?? false
    for (distance, name) in fact.headings.reversed().enumerated() {
      let text = Lexemes(name)
      frameText.append(text)
      if heading == nil, let sense = FrameCues.headingSense(text) {
        heading = (sense, distance * 4)
      }
      if distance >= 6 { break }
    }
  }

  private static func isOfOthers(_ heading: String) -> Bool {
    let words = Lexemes(heading).items.map(\.key)
    if words.contains(where: { others.contains($0) }) { return true }
    return words.first == "about" && words.contains { $0 == "us" || $0 == "company" }
  }

  private static let others: KeySet = [
    "responsibilities", "duties", "tasks", "accountabilities", "deliverables", "achievements",
    "legal", "notice", "courses", "course", "certification", "certifications", "tuition", "privacy",
    "funding", "traction", "customers",
  ]

  /// The sense of the column in whose cell a byte of the fact stands.
  func column(at offset: Int) -> MoneySense? {
    columns.first { $0.range.contains(offset) }?.sense
  }

  /// A word that names a branch says nothing of sums in a heading ("Private Sector"); one that alone
  /// stands for pay does ("Reward").
  private static func headingSense(_ text: Lexemes) -> MoneySense? {
    if text.count == 1, ["reward", "rewards", "money"].contains(text.key(0)) { return .pay }
    let cues = MoneyCues.find(text)
    guard cues.contains(where: { !$0.isWeak }) else { return nil }
    return sense(of: text)
  }

  /// Pay where the words speak of it, else their last sense.
  private static func sense(of text: Lexemes) -> MoneySense? {
    let cues = MoneyCues.find(text)
    if cues.contains(where: { $0.sense == .pay && !$0.isVerb }) {
      return cues.contains { $0.sense.isExtra } && cues.count == 1 ? cues[0].sense : .pay
    }
    let nouns = cues.filter { !$0.isVerb }
    return nouns.last?.sense ?? cues.first?.sense
  }
}
