import KBSchema
import Testing

@testable import KBIngest

/// Sentences, and the way back from them to the file.
@Suite struct RecordSentences {
  private func sentences(_ text: String, longest: Int = 8192) -> [String] {
    let bytes = Array(text.utf8)
    var result: [String] = []
    SentenceSplitter(bytes, longest: longest).forEach {
      result.append(String(decoding: bytes[$0], as: UTF8.self))
    }
    return result
  }

  @Test(arguments: [
    ["The U.S. Bureau says so.", "It is right."],
    ["Paid in the U.S.", "The rest is not."],
    ["Use tools (e.g. Spark) or, i.e., others.", "Good."],
    ["A Ph.D. or M.Sc. helps.", "Costs $1.5 million."],
    ["Pay is approx. $150k.", "Or 3.5 times that?", "Yes!", "No."],
    ["He said \u{201C}no.\u{201D}", "Then left.)", "Ok"],
    ["We use Node.js. and node.js v20.1 at Acme Inc. Berlin.", "Nice."],
    ["See no. 5 and fig. 2.", "Now"],
    ["J. Smith vs. K. Jones etc.", "We won."],
    ["年収は500万円です。", "場所は東京！", "以上"],
    ["It ended... or not.", "Wait..."],
    ["Rated A+.", "$90k a year."],
  ])
  func sentencesEndWhereTheyDo(parts: [String]) {
    #expect(sentences(parts.joined(separator: " ")) == parts)
    #expect(sentences("  " + parts.joined(separator: "\n") + " ") == parts)
  }

  @Test func noSentenceGrowsWithTheFile() {
    let parts = sentences(String(repeating: "word ", count: 1000), longest: 100)
    #expect(parts.count > 40)
    #expect(parts.allSatisfy { $0.utf8.count <= 105 })
    #expect(parts.joined(separator: " ").utf8.count == 4999)
  }

  @Test func aSpanOverMarkupCoversIt() {
    var text = MarkedText()
    text.append("Pay: ", line: 7, column: 2)
    text.append("$90k", line: 7, column: 9)
    text.append(" to ", line: 7, column: 15)
    text.append("$95k", line: 8, column: 0)
    #expect(
      text.provenance(of: 5..<9) == Provenance(line: 7, columns: 9..<13, text: "$90k"))
    #expect(
      text.provenance(of: 3..<9) == Provenance(line: 7, columns: 5..<13, text: ": $90k"))
    #expect(
      text.provenance(of: 5..<17) == Provenance(line: 7, columns: 9..<19, text: "$90k to $95k"))
    #expect(
      text.provenance(of: 13..<17) == Provenance(line: 8, columns: 0..<4, text: "$95k"))
  }

  private func units(_ page: String) -> [String] {
    var result: [String] = []
    let document = PageLines.document(page)
    for section in SectionTree.build(
      document, reading: SmallReading.reading, fields: FactFields(.careers)
    ).sections {
      var splitter = FactSplitter(section, headings: section.headings)
      splitter.forEach { result.append("\($0.text.lead) > \($0.text.text)") }
    }
    return result
  }

  @Test func leadsReachTheirItems() {
    let page = """
      # Top
      Two things. By city:
      - Austin
        - one
        - two
      - Boston
      Then this.
      - free
      - Skills:
      - a
      - Tools:
        - b
      - c
      """
    #expect(
      units(page) == [
        " > Top", " > Two things.", " > By city:", "By city: > Austin", "Austin > one",
        "Austin > two", "By city: > Boston", " > Then this.", " > free", " > Skills:",
        "Skills: > a", " > Tools:", "Tools: > b", " > c",
      ])
  }
}
