internal import KBSchema

/// Years of experience: `3+ years`, `5-7 yrs`, `0–2 years`, `at least 4 years of experience`.
enum ExperienceReader {
  private static let years: Set<String> = ["years", "year", "yrs", "yr"]
  private static let spans: Set<String> = [
    "last", "past", "next", "within", "every", "over", "ago", "since", "old", "coming",
  ]

  static func read(_ fact: FactText, _ words: FactWords) -> [Finding] {
    var result: [Finding] = []
    for index in words.words.indices where years.contains(words.words[index].key) {
      if let finding = finding(at: index, fact, words) { result.append(finding) }
    }
    return result
  }

  private static func finding(
    at index: Int, _ fact: FactText, _ words: FactWords
  ) -> Finding? {
    guard let high = number(words, index - 1) else { return nil }
    var first = index - 1
    var low = high
    let gap =
      index - 2 >= 0
      ? words.words[index - 2].range.upperBound..<words.words[index - 1].range.lowerBound : 0..<0
    if index >= 2, let before = number(words, index - 2), isDash(words, gap) {
      low = before
      first = index - 2
    } else if index >= 3, words.words[index - 2].key == "to", let before = number(words, index - 3)
    {
      low = before
      first = index - 3
    }
    let end = words.words[index - 1].range.upperBound
    let isOpen = end < words.bytes.count && words.bytes[end] == UInt8(ascii: "+")
    let previous = first > 0 ? words.words[first - 1].key : ""
    let second = first > 1 ? words.words[first - 2].key : ""
    guard !spans.contains(previous), !spans.contains(second) || second == "over" else { return nil }
    let isLeast =
      previous == "least" || previous == "minimum" || second == "minimum" || previous == "than"
    guard isOpen || low != high || isLeast || speaksOfExperience(fact, words, index) else {
      return nil
    }
    guard speaksOfExperience(fact, words, index) || isOpen || (low < high && high <= 30) else {
      return nil
    }
    let unit = MeasureUnit(code: "years")
    let interval =
      isOpen || isLeast
      ? Interval(min: Amount(low), max: low == high ? nil : Amount(high), open: .max, unit: unit)
      : Interval(min: Amount(low), max: Amount(high), unit: unit)
    return Finding(
      field: "experience", content: .interval(interval),
      span: words.words[first].range.lowerBound..<words.words[index].range.upperBound)
  }

  private static func number(_ words: FactWords, _ index: Int) -> Int? {
    guard index >= 0, let value = Int(words.words[index].key), value < 60 else { return nil }
    return value
  }

  private static func isDash(_ words: FactWords, _ gap: Range<Int>) -> Bool {
    ["-", "–", "—", " - ", " – "].contains(words.text(gap))
  }

  private static func speaksOfExperience(
    _ fact: FactText, _ words: FactWords, _ index: Int
  ) -> Bool {
    let near = words.words[max(0, index - 6)..<min(words.words.count, index + 8)]
    if near.contains(where: { ["experience", "exp", "experienced", "career"].contains($0.key) }) {
      return true
    }
    return (fact.headings.suffix(2) + [fact.lead]).contains {
      FactWords($0).words.contains { $0.key == "experience" }
    }
  }
}
