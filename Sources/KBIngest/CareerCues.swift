internal import KBSchema
internal import KBText

/// Whether a page reads like a career profile. A title like "Project Manager" is a role only there.
struct CareerCues {
  private let document: Document
  private let sections: [Section]

  init(document: Document, sections: [Section]) {
    self.document = document
    self.sections = sections
  }

  /// How much running text is looked at; a profile shows what it is early.
  private static let bytesLookedAt = 65_536

  /// Whether headings, labels, front matter or the text speak of pay, skills or duties.
  var found: Bool {
    hasDeclaredCue || sections.contains { CareerCues.names($0.headings.last ?? "") } || textHasCue
  }

  private var hasDeclaredCue: Bool {
    document.metadata.contains { CareerCues.keys.contains(Field.normalise($0.key)) }
  }

  private var textHasCue: Bool {
    var left = CareerCues.bytesLookedAt
    for section in sections {
      for block in section.blocks {
        if case .code = block.kind { continue }
        let whole = block.content.text
        let text = whole.utf8.count <= left ? Folding.fold(whole) : Folding.fold(whole.prefix(left))
        if CareerCues.phrases.stand(in: text) { return true }
        left -= text.count
        if left <= 0 { return false }
      }
    }
    return false
  }

  private static func names(_ heading: String) -> Bool {
    letters(of: heading).contains { CareerCues.words.contains($0) }
  }

  /// The runs of letters of a heading, folded.
  private static func letters(of heading: String) -> [Substring] {
    let key = Folding.key(heading)
    guard key.utf8.allSatisfy({ $0 < 0x80 }) else { return key.split { !$0.isLetter } }
    return key.utf8.split { !$0.isLetter }.map { Substring($0) }
  }

  /// Whether a heading announces a list of other roles: "More careers", "You may also like".
  static func isList(_ heading: String) -> Bool {
    guard announcing.stand(in: Folding.fold(heading)) else { return false }
    let words = letters(of: heading)
    guard words.count <= 8 else { return false }
    let text = words.joined(separator: " ")
    if lists.contains(where: { text.hasPrefix($0) }) { return true }
    guard words.contains(where: { others.contains($0) }) else { return false }
    return words.contains { callings.contains($0) }
  }

  private static let keys: Set<String> = [
    "role", "job", "job-title", "position", "salary", "pay", "compensation", "skill", "skills",
    "level", "seniority", "experience", "education", "degree",
  ]

  private static let words: Set<Substring> = [
    "salary", "salaries", "pay", "compensation", "earnings", "wage", "wages", "remuneration",
    "responsibilities", "duties", "requirements", "qualifications", "skills", "skillset",
    "career", "careers", "outlook", "qualification", "prerequisites",
  ]

  private static let phrases = BytePhrases([
    "salary", "salaries", "responsibilit", "qualification", "compensation", "per year", "a year",
    "annually", "years of experience", "skills",
  ])

  private static let lists = [
    "you may also like", "you might also like", "you may be interested", "people also viewed",
    "others also viewed",
  ]

  /// What one of `others` or `lists` stands in.
  private static let announcing = BytePhrases(others.map(String.init) + ["you ", "people "])

  private static let others: Set<Substring> = [
    "more", "other", "related", "similar", "recommended", "suggested", "explore", "further",
    "adjacent", "comparable", "neighbouring", "neighboring", "alternative",
  ]

  private static let callings: Set<Substring> = [
    "career", "careers", "role", "roles", "job", "jobs", "position", "positions", "profession",
    "professions", "occupation", "occupations", "profiles",
  ]
}
