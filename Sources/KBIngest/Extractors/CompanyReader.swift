internal import KBSchema

/// Employers: after a label, or well-known ones that pay or hire.
enum CompanyReader {
  private static let known = NameReader(
    field: "company",
    entries: VocabularyTable.entries(
      """
      Google
      ! Meta = Facebook
      Amazon
      Microsoft
      Netflix
      Nvidia
      OpenAI
      Anthropic
      DeepMind
      ! Apple
      IBM
      Intel
      ! Oracle
      Salesforce
      Airbnb
      Uber
      LinkedIn
      Spotify
      Stripe
      Tesla
      Boeing
      Airbus
      Siemens
      Bosch
      Goldman Sachs
      JPMorgan = jp morgan, jpmorgan chase
      Deloitte
      Accenture
      McKinsey
      Walmart
      Samsung
      Adobe
      """))

  private static let cues: Set<String> = [
    "offers", "pays", "offer", "pay", "at", "hires", "salaries", "employs",
  ]

  static func read(_ fact: FactText, _ words: FactWords) -> [Finding] {
    if let labelled = labelled(words) { return [labelled] }
    return known.read(words).filter { finding in
      let index = words.index(atOrAfter: finding.span.lowerBound)
      let after = words.index(atOrAfter: finding.span.upperBound)
      let before = index > 0 ? words.words[index - 1].key : ""
      let next = after < words.words.count ? words.words[after].key : ""
      let isLabel =
        finding.span.lowerBound == 0 && finding.span.upperBound < words.bytes.count
        && words.bytes[finding.span.upperBound] == UInt8(ascii: ":")
      let isCell = fact.cells.contains { $0.range == finding.span }
      return before == "at" || cues.contains(next) || isLabel || isCell
    }
  }

  /// `Company: Blue River Labs`.
  private static func labelled(_ words: FactWords) -> Finding? {
    guard let label = words.words.first, ["company", "employer"].contains(label.key),
      label.range.upperBound < words.bytes.count,
      words.bytes[label.range.upperBound] == UInt8(ascii: ":"), words.words.count > 1
    else { return nil }
    let start = words.words[1].range.lowerBound
    var end = words.bytes.count
    if let stop = words.bytes[start...].firstIndex(where: { $0 == 0x0A || $0 == UInt8(ascii: ";") })
    {
      end = stop
    }
    while end > start, [0x20, UInt8(ascii: ".")].contains(words.bytes[end - 1]) { end -= 1 }
    guard end - start <= 80 else { return nil }
    return Finding(
      field: "company", content: .string(words.text(start..<end)), span: start..<end)
  }
}
