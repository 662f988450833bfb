/// Decides whether a name that is also a word is the name where it stands.
struct NameContext: Sendable {
  /// Words that vouch for a name from a heading, a column, or the lead.
  private let frame: KeySet
  /// Words in front of a name, with at most a few words between.
  private let before: KeySet
  /// Words directly behind a name.
  private let behind: KeySet
  /// Per spelling: words behind it that rule it out.
  private let notBefore: [String: Set<String>]
  /// Per spelling: words in front of it that rule it out.
  private let notAfter: [String: Set<String>]

  init(
    frame: KeySet, before: KeySet, behind: KeySet,
    notBefore: [String: Set<String>] = [:], notAfter: [String: Set<String>] = [:]
  ) {
    self.frame = frame
    self.before = before
    self.behind = behind
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  init(cues: [String]) {
    let words = KeySet(cues.map { $0.lowercased() })
    self.init(frame: words, before: words, behind: words)
  }

  /// Whether nothing directly beside the name rules it out.
  func allows(_ spelling: String, _ text: Lexemes, _ range: Range<Int>) -> Bool {
    let next = text.key(range.upperBound)
    if next == "-" || next == "&", text.key(range.upperBound + 1).utf8.count > 0,
      text[range.upperBound].isGlued, spelling.utf8.count <= 2
    {
      return false
    }
    if range.lowerBound > 0, spelling.utf8.count <= 2, text[range.lowerBound].isGlued,
      ["&", "'", "-", "."].contains(text.key(range.lowerBound - 1))
    {
      return false
    }
    if let words = notBefore[spelling], words.contains(next) { return false }
    if let words = notAfter[spelling], words.contains(text.key(range.lowerBound - 1)) {
      return false
    }
    return true
  }

  /// Accepts the guarded names for which a heading, a word or a neighbour vouches.
  func vouch(
    _ names: [(name: String, range: Range<Int>)], _ text: Lexemes, _ fact: FactText,
    _ accepted: inout [Bool]
  ) {
    let frameVouches = vouches(fact)
    for index in names.indices where !accepted[index] {
      let range = names[index].range
      accepted[index] =
        (frameVouches && standsAlone(range, text)) || hasCueBefore(range, text)
        || behind.contains(text, range.upperBound)
    }
    spread(names, text, &accepted, names.indices.dropFirst().map { ($0, $0 - 1) })
    spread(names, text, &accepted, names.indices.dropLast().reversed().map { ($0, $0 + 1) })
  }

  /// Lets an accepted neighbour in a list vouch for a name.
  private func spread(
    _ names: [(name: String, range: Range<Int>)], _ text: Lexemes, _ accepted: inout [Bool],
    _ pairs: [(Int, Int)]
  ) {
    for (index, neighbour) in pairs where !accepted[index] && accepted[neighbour] {
      let low = min(names[index].range.upperBound, names[neighbour].range.upperBound)
      let high = max(names[index].range.lowerBound, names[neighbour].range.lowerBound)
      guard low <= high, high - low <= 4, high > low else { continue }
      accepted[index] = (low..<high).allSatisfy { NameContext.joints.contains(text[$0]) }
    }
  }

  private func vouches(_ fact: FactText) -> Bool {
    let names = Array(fact.headings.suffix(2)) + [fact.lead] + fact.cells.map(\.column)
    return names.contains { name in
      !name.isEmpty && frame.stands(in: Lexemes(name))
    }
  }

  /// Whether signs or joints stand on both sides, as in a list.
  private func standsAlone(_ range: Range<Int>, _ text: Lexemes) -> Bool {
    let first = range.lowerBound
    let last = range.upperBound
    let isFreeBefore =
      first == 0 || NameContext.joints.contains(text[first - 1]) || text[first - 1].key == ":"
      || before.contains(text[first - 1])
    let isFreeBehind =
      last >= text.count || NameContext.joints.contains(text[last])
      || [".", ":", "-", "!"].contains(text[last].key) || behind.contains(text[last])
    return isFreeBefore && isFreeBehind
  }

  private func hasCueBefore(_ range: Range<Int>, _ text: Lexemes) -> Bool {
    var index = range.lowerBound - 1
    var steps = 0
    while index >= 0, steps < 4 {
      let key = text[index].key
      if before.contains(key) { return true }
      if key == ";" || key == "." || key == "!" { return false }
      let isLight = NameContext.joints.contains(key) || NameContext.light.contains(key)
      guard isLight else { return false }
      steps += 1
      index -= 1
    }
    return false
  }

  private static let joints: KeySet = [
    ",", "/", "and", "or", "&", "(", ")", "|", "•", "·", ";", "*", "[", "]", "\"", "+", "und",
  ]
  private static let light: KeySet = [
    "in", "of", "with", "as", "such", "like", ":", "e", "g", ".", "the", "either", "especially",
    "for", "using", "core", "modern", "preferably", "ideally", "both",
  ]
}
