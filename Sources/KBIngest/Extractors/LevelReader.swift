/// Reads levels of seniority: intern, entry, mid, senior, staff, principal, lead, manager, director,
/// executive.
struct LevelReader {
  /// What must stand beside a word of level.
  private enum Demand: Int {
    /// Nothing.
    case none
    /// A role within the next words: "Staff Software Engineer".
    case role
    /// Not one of the words that make it an ordinary word: "senior management".
    case noStop
    /// A label or heading: "Intermediate:", "Manager (10+ years)".
    case label
  }

  func find(in text: Lexemes, _ fact: FactText) -> [FoundName] {
    LevelReader.table.matches(text).compactMap { found in
      let level = LevelReader.levels[found.payload]
      guard accepts(level.demand, text, found.range, fact) else { return nil }
      return FoundName(name: level.name, range: found.range)
    }
  }

  /// The level that makes up a whole text.
  static func canonical(_ text: String) -> String? {
    table.whole(text.withoutFinalDot).map { levels[$0].name }
  }

  /// Every spelling with its level.
  static var aliases: [(alias: String, name: String)] {
    phrases.flatMap { level in level.phrases.map { ($0, level.name) } }.filter { $0.0 != $0.1 }
  }

  /// Whether a word names a level by itself.
  static func names(_ word: String) -> Bool { words.contains(word) }

  private func accepts(
    _ demand: Demand, _ text: Lexemes, _ range: Range<Int>, _ fact: FactText
  ) -> Bool {
    let next = text.key(range.upperBound)
    switch demand {
    case .none: return true
    case .noStop:
      return !LevelReader.stops.contains(next)
        && !LevelReader.afterStops.contains(text, range.lowerBound - 1)
    case .label: return isLabel(text, range)
    case .role:
      return isLabel(text, range) || isBeforeRole(text, range) || next == "level" || next == "role"
        || next == "roles"
    }
  }

  /// "Lead Data Engineer": a head noun of a role follows within three words, and the word itself
  /// is no verb.
  private func isBeforeRole(_ text: Lexemes, _ range: Range<Int>) -> Bool {
    guard
      !["to", "will", "can", "and", "who", "you", "they", "we"].contains(
        text.key(range.lowerBound - 1))
        || text.isCapital(range.lowerBound) && range.lowerBound > 0
    else { return false }
    for index in range.upperBound..<max(range.upperBound, min(text.count, range.upperBound + 4)) {
      guard text[index].kind == .word || text[index].key == "/" else { return false }
      let key = text[index].key
      if ["and", "or"].contains(key), RoleWords.levels.contains(text, index + 1) { continue }
      if LevelReader.verbObjects.contains(key) { return false }
      if let head = RoleNames.head(key) {
        let isPlural = head != key
        let isTitled = text.isCapital(range.lowerBound) && text.isCapital(index)
        return isTitled || !isPlural || text.key(range.lowerBound) != "lead"
      }
    }
    return false
  }

  /// The word stands by itself before a colon, a bracket, a bar or a dash, or is the whole text.
  private func isLabel(_ text: Lexemes, _ range: Range<Int>) -> Bool {
    let isFirst =
      range.lowerBound == 0
      || ["|", "•", "-", "*", "(", ",", ":", "/"].contains(text.key(range.lowerBound - 1))
    guard isFirst else { return false }
    guard range.upperBound < text.count else {
      return range.lowerBound == 0 || text.at(range.lowerBound - 1, ":")
    }
    let next = text[range.upperBound]
    if next.key == "-" { return !next.isGlued }
    if next.key == "," { return range.lowerBound == 0 && isTitle(text, from: range.upperBound + 1) }
    return [":", "(", "|", "/"].contains(next.key)
  }

  /// "Director, Data Platform": capitalised words run to the end of a short text.
  private func isTitle(_ text: Lexemes, from index: Int) -> Bool {
    guard index < text.count, text.count - index <= 4 else { return false }
    return (index..<text.count).allSatisfy {
      text.isCapital($0) || ["and", "of", "&"].contains(text.key($0))
    }
  }

  // MARK: Words

  private static let levels: [(name: String, demand: Demand)] = phrases.map { ($0.name, $0.demand) }

  private static let table: PhraseTable = {
    var table = PhraseTable()
    for (index, level) in phrases.enumerated() {
      for phrase in level.phrases { table.add(phrase, index) }
    }
    return table
  }()

  private static let words: KeySet = [
    "intern", "entry", "junior", "jr", "graduate", "mid", "intermediate", "senior", "sr", "staff",
    "principal", "lead", "manager", "director", "executive", "level", "career", "experienced",
    "associate", "trainee", "roles", "role", "positions", "position", "engineer", "professional",
    "professionals", "early", "late", "seasoned",
  ]

  private static let stops: KeySet = [
    "management", "leadership", "stakeholder", "stakeholders", "leaders", "care", "living",
    "citizen", "citizens", "center", "centre", "year", "secured", "debt", "notes", "school",
    "members", "colleagues", "varsity",
    "housing", "class", "team", "people", "partner", "thesis", "project", "of", "high", "degree",
    "degrees", "students", "student", "studies", "programs", "programme", "certificate", "courses",
    "coursework", "education", "education", "schools", "level-headed", "into", "college", "from",
  ]
  private static let afterStops: KeySet = ["art", "of", "class", "school", "data"]
  private static let verbObjects: KeySet = [
    "a", "an", "the", "our", "your", "their", "projects", "project", "teams", "of", "to", "by",
    "and", "with", "cross", "small", "large", "generation", "time", "times", "nurse", "nurses",
    "member",
    "members", "who", "investigator", "investigators", "balance", "amount", "residence", "payment",
    "payments",
  ]

  private static let phrases: [(name: String, demand: Demand, phrases: [String])] = [
    (
      "intern", .none,
      [
        "intern", "interns", "internship role", "internship position", "trainee", "trainees",
        "working student", "co-op student", "apprentice", "apprentices", "summer intern",
      ]
    ),
    ("intern", .label, ["internship", "internships", "apprenticeship"]),
    (
      "entry", .none,
      [
        "entry-level", "entry level", "new grad", "new grads",
        "new graduate",
        "new graduates", "early-career", "early career", "fresher", "freshers", "recent graduate",
        "recent graduates",
        "graduate engineer", "graduate role", "graduate roles", "graduate scheme",
        "graduate position", "graduate trainee",
        "starting level", "beginner level", "newly qualified", "junior-level",
        "graduate level role", "entry-career",
      ]
    ),
    ("entry", .role, ["graduate", "associate"]),
    ("entry", .label, ["entry"]),
    ("entry", .noStop, ["junior", "juniors", "jr", "jnr"]),
    (
      "mid", .none,
      [
        "mid-level", "mid level", "midlevel", "mid-career", "mid career", "midweight", "mid-weight",
        "mid-senior",
        "middle-level", "intermediate-level", "intermediate level", "mid-tier",
        "mid-range experience",
      ]
    ),
    ("mid", .role, ["intermediate", "mid", "middle"]),
    ("senior", .none, ["senior-level", "late-career", "late career", "senior level", "snr"]),
    ("senior", .noStop, ["senior", "seniors", "sr"]),
    ("staff", .none, ["staff-level", "staff level", "staff+"]),
    ("staff", .role, ["staff"]),
    ("principal", .none, ["principal-level", "principal level"]),
    ("principal", .role, ["principal", "distinguished"]),
    (
      "lead", .none,
      [
        "lead-level", "lead level", "team lead", "tech lead", "technical lead", "team leads",
        "tech leads", "technical leads", "team leader", "team leaders", "for leads",
      ]
    ),
    ("lead", .role, ["lead", "leads"]),
    (
      "manager", .none,
      [
        "manager-level", "manager level", "managerial level", "engineering manager",
        "engineering managers", "people manager", "line manager role", "management level",
      ]
    ),
    ("manager", .label, ["manager", "managers", "management"]),
    (
      "director", .none,
      [
        "director-level", "director level", "director of", "managing director",
        "associate director", "senior director", "head of engineering", "head of product",
        "head of data", "head of design", "head of sales", "head of marketing", "head of finance",
        "head of people", "head of hr", "head of operations", "head of growth", "head of security",
        "head of technology", "head of it", "head of legal", "head of customer success",
        "head of analytics", "head of research",
      ]
    ),
    ("director", .label, ["director", "directors"]),
    (
      "executive", .none,
      [
        "executive-level", "executive level", "c-level", "c-suite", "vice president",
        "vice presidents", "chief executive", "chief executive officer",
        "chief financial officer", "chief technology officer", "chief operating officer",
        "chief marketing officer", "chief product officer", "chief people officer",
        "chief information officer", "chief data officer", "chief revenue officer",
        "chief security officer", "chief information security officer", "chief medical officer",
        "chief legal officer", "chief strategy officer", "chief commercial officer",
        "chief human resources officer", "vp of",
        "senior executive", "senior executives", "executive leadership role", "svp", "evp",
      ]
    ),
    (
      "executive", .label,
      ["executive", "executives", "vp", "ceo", "cto", "cfo", "coo", "cmo", "cio"]
    ),
  ]
}
