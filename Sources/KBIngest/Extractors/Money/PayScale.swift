internal import KBSchema

/// What the words say of a sum that no word calls pay, where a job is spoken of: a step of a scale,
/// an average, the line of a posting.
struct PayScale {
  private let text: Lexemes

  init(_ text: Lexemes) { self.text = text }

  /// A sum of a scale: "Grade 7: £53,755", "Step 3 …", "Mid $118,250", or what a workforce starts
  /// at.
  func isGraded(_ mention: MoneyMention) -> Bool {
    let start = mention.range.lowerBound
    let label = text.at(start - 1, ":") ? start - 2 : start - 1
    if PayScale.scaleEnds.contains(text, label) || isRising(mention) || isGradeName(label) {
      return true
    }
    let isNumbered = (0...2).contains {
      PayScale.grades.contains(text, $0)
        && (text.count > $0 + 2)
        && (text[$0 + 1].kind == .number || text.at($0 + 1, "-") || text.at($0 + 1, ":"))
    }
    return isNumbered || startsAt(mention) || isAverage(mention) || isOfSomebody(mention)
  }

  /// "CA$110k for intermediates", "Part II assistant: £33,500".
  private func isOfSomebody(_ mention: MoneyMention) -> Bool {
    let (start, end) = (mention.range.lowerBound, mention.range.upperBound)
    if text.at(start - 1, ":") {
      let name = text.key(start - 2)
      if RoleNames.isHead(name) || LevelReader.names(name) { return true }
    }
    guard text.at(end, "for") || text.at(end, "as") else { return false }
    return (end + 1..<end + 4).contains { index in
      let name = text.key(index)
      return LevelReader.names(name)
        || name.hasSuffix("s") && LevelReader.names("\(name.dropLast())")
    }
  }

  /// The period of "Hourly: $33.65-$40.87".
  func labelledPeriod(_ mention: MoneyMention) -> Period? {
    let start = mention.range.lowerBound
    guard start >= 2, text.at(start - 1, ":") else { return nil }
    return Periods.adjective(text, at: start - 2)?.period
  }

  /// The name of a grade: `L4`, `IC5`, `GS12`.
  private func isGradeName(_ index: Int) -> Bool {
    guard index >= 0, index < text.count, text[index].kind == .word else { return false }
    let letters = text[index].key.prefix { $0.isLetter }
    let number = text[index].key.dropFirst(letters.count)
    return (1...2).contains(number.count) && number.allSatisfy(\.isNumber)
      && PayScale.gradeLetters.contains(String(letters))
  }

  private static let gradeLetters: KeySet = [
    "l", "ic", "e", "m", "p", "t", "d", "s", "b", "g", "gs", "sde", "swe", "aps", "el", "a", "k",
    "n", "c", "grade", "level", "band",
  ]

  /// "Engineers in Denver average $128,900", "puts the median at $101,200".
  func isAverage(_ mention: MoneyMention) -> Bool {
    let end = mention.range.lowerBound
    if PayScale.averages.contains(text, end - 1) { return true }
    let place = MoneyQualifiers(text).skipApproximations(before: end)
    let isLinked = ["at", "is", "was", "of", "as"].contains(text.key(place - 1))
    return PayScale.averages.contains(text, isLinked ? place - 2 : place - 1)
  }

  /// "earn $11,000 more a year".
  func isDifference(_ mention: MoneyMention) -> Bool {
    let end = mention.range.upperBound
    return ["more", "less", "extra", "higher", "lower"].contains(text.key(end))
  }

  /// Either sum of "£48,500 rising to £51,000".
  private func isRising(_ mention: MoneyMention) -> Bool {
    let (start, end) = (mention.range.lowerBound, mention.range.upperBound)
    if text.at(end + 1, "to"), PayScale.risings.contains(text, end) { return true }
    return text.at(start - 1, "to") && PayScale.risings.contains(text, start - 2)
  }

  private static let averages: KeySet = [
    "average", "averages", "averaged", "median", "mean", "midpoint",
  ]
  private static let risings: KeySet = [
    "rising", "rises", "increasing", "progressing", "growing", "stepping",
  ]

  private func startsAt(_ mention: MoneyMention) -> Bool {
    let end = MoneyQualifiers(text).skipApproximations(before: mention.range.lowerBound)
    guard text.at(end - 1, "at") || text.at(end - 1, "on") else { return false }
    return ["start", "starts", "begin", "begins", "started", "began"].contains(text.key(end - 2))
  }

  private static let grades: KeySet = [
    "grade", "band", "step", "gs", "level", "scale", "point", "spine", "tier", "zone", "ses", "el",
    "aps", "l", "ic", "e", "p", "hew", "afc", "lane", "class",
  ]
  private static let scaleEnds: KeySet = [
    "min", "mid", "max", "midpoint", "minimum", "maximum",
  ]

  /// A short line of a posting: "Remote • $120,000 • Full-time".
  var isPostingLine: Bool {
    guard text.count <= 24 else { return false }
    return (0..<text.count).contains { index in
      PayScale.postingWords.contains(text, index)
        || ["full", "part"].contains(text.key(index)) && text.at(index + 2, "time")
    }
  }

  private static let postingWords: KeySet = [
    "remote", "hybrid", "onsite", "permanent", "fulltime", "equity", "wfh", "w2", "fte", "ltip",
    "super", "superannuation",
  ]
}
