import KBIngest
import KBSchema
import Testing

/// What holds of the records of every page, tried on pages put together by chance.
@Suite struct RecordInvariants {
  private static let lines = [
    "# ML Engineer", "# Notes", "## Salary", "## More careers", "### Data Analyst",
    "### Data Engineer", "## Offices in Austin", "#### Senior", "- Senior: $210k",
    "- SF: $158k - $250k+, Boston $90k", "  - nested $80k–$100k for Senior", "- Location: Austin",
    "Unlike a Data Analyst, who makes $90k, an ML Engineer makes $150k. In Boston it is $99k.",
    "| City | Senior | ML Engineer |", "| Austin | $150k | $190k |", "Pay by city:",
    "- SQL, PyTorch",
    "- 3-5 years, or 6-9 years for Senior", "A $20k budget for Docker. Für Boston: $70k.", "",
    "  - Boston", "## Responsibilities", "- Data Engineer: $130k and Docker",
  ]

  private static func page(_ seed: UInt64) -> String {
    var state = seed &* 6_364_136_223_846_793_005 &+ 1
    var page = seed % 3 == 0 ? ["---", "location: Boston", "salary: $111k&$222k", "---"] : []
    for _ in 0..<25 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      page.append(lines[Int((state >> 33) % UInt64(lines.count))])
    }
    return page.joined(separator: "\n")
  }

  @Test(arguments: 0..<150)
  func recordsHoldTogether(seed: Int) {
    let text = Self.page(UInt64(seed))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let page = DocumentRecords.of(text)
    #expect(page == DocumentRecords.of(text))
    #expect(Set(page.records.map(\.anchor)).count == page.records.count)
    #expect(page.records.map(\.ordinal) == Array(page.records.indices))
    #expect(page.subjects.map(\.ordinal) == Array(page.subjects.indices))
    let entries = page.subjects.flatMap(\.entries)
    for fact in page.records.flatMap(\.facts) + entries.map(\.fact) {
      for field in ["salary", "experience"] { #expect(fact.has(field).count <= 1) }
      let borrowed = Set(fact.borrowed.map(\.field))
      #expect(borrowed.isDisjoint(with: fact.stated.map(\.field)))
      for value in fact.stated + fact.borrowed { check(value.provenance, lines) }
    }
    #expect(entries.allSatisfy { !$0.fact.isForeign })
    for ignored in page.records.flatMap(\.ignored) { check(ignored.provenance, lines) }
    checkLines(page, lines: lines.count)
    checkSheets(page)
  }

  private func check(_ place: Provenance, _ lines: [Substring]) {
    let line = Array(lines[place.line - 1].utf8)
    let words = line.indices.contains(place.columns.upperBound - 1) ? line[place.columns] : []
    #expect(String(decoding: words, as: UTF8.self) == place.text)
  }

  private func checkLines(_ page: DocumentRecords, lines: Int) {
    var last = 0
    for record in page.records {
      #expect(record.line > last && record.endLine >= record.line && record.endLine <= lines)
      last = record.endLine
    }
  }

  /// An entry comes from a section of its own subject, and repeats no other.
  private func checkSheets(_ page: DocumentRecords) {
    for sheet in page.subjects {
      var seen: Set<[String]> = []
      for entry in sheet.entries {
        let stated = entry.fact.stated.map { "\($0.field)=\($0.words)" }
        let borrowed = entry.fact.borrowed.map { "\($0.field)=\($0.words)" }
        #expect(seen.insert([entry.source.rawValue] + stated + ["|"] + borrowed).inserted)
        #expect(!entry.fact.stated.contains { $0.field == "skill" && entry.section != nil })
        if let section = entry.section {
          #expect(page.records[section].subjectOrdinal == sheet.ordinal)
        }
      }
    }
  }
}
