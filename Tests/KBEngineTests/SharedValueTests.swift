import KBEngine
import KBSchema
import Testing

/// A key that documents declare is found alike whether its words are posted (one section) or looked
/// for among the distinct values (several sections).
@Suite struct SharedValueTests {
  private static let pieces = [
    "Execution", "policies", "policy", "C++", "R&D", ".NET", "node.js", "São", "SAO", "v1.2.3",
    "https://docs.example.org/en/Get-Item?view=7.4", "state-of-the-art", "dying", "die", "aliases",
    "alias", "a", "日本語", "O'Neil", "x86-64", "Straße", "CI/CD", "a_b.c@example.org", "100%",
  ]

  private static func text(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...5, using: &generator)).map { _ in
      pieces.randomElement(using: &generator) ?? ""
    }.joined(separator: " ")
  }

  private static func document(_ path: String, sections: Int, _ value: String) -> DocumentRecords {
    let records = (0..<sections).map { ordinal in
      Record(
        path: path, format: "markdown", anchor: "s\(ordinal)", ordinal: ordinal,
        line: ordinal + 3, endLine: ordinal + 3, document: "Page", subject: "Page",
        subjectOrdinal: 0, headings: ["Page"], foreignHeadings: 0,
        body: MarkedText(text: "text", marks: [.init(offset: 0, line: ordinal + 3, column: 0)]),
        facts: [])
    }
    let declared = Fact(stated: [
      Value(
        field: "note", content: .string(value), provenance: Provenance(line: 2, text: value))
    ])
    let sheet = SubjectSheet(
      ordinal: 0, name: "Page", entries: [.init(section: nil, source: .document, fact: declared)])
    return DocumentRecords(path: path, records: records, subjects: [sheet])
  }

  private static func query(_ value: String, _ generator: inout SeededGenerator) -> String {
    let words = value.split(separator: " ").map(String.init)
    let word =
      (Bool.random(using: &generator) ? words : pieces)
      .randomElement(using: &generator) ?? "a"
    func quoted(_ text: String) -> String { "\"\(text)\"" }
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return "note:\(quoted(words.prefix(2).joined(separator: " ")))"
    case 1: return "note:\(quoted(words.suffix(2).joined(separator: " ")))"
    case 2: return "note:\(quoted("\(words[0]) \(word)"))~3"
    case 3: return "note=\(quoted(value))"
    case 4 where word.allSatisfy(\.isLetter): return "note:\(word.prefix(3))*"
    default: return "note:\(word.contains("&") || word.contains("?") ? quoted(word) : word)"
    }
  }

  @Test(arguments: 0..<40)
  func wordsAreFoundAlike(round: Int) throws {
    var generator = SeededGenerator(seed: UInt64(round) &* 104_729 &+ 3)
    let values = (0..<4).map { _ in SharedValueTests.text(&generator) }
    let folder = try TemporaryFolder()
    let builder = try IndexBuilder(
      folder: folder.path, schema: .careers,
      files: values.indices.flatMap { ["one/\($0).md", "many/\($0).md"] })
    let lane = try builder.makeLane()
    for (number, value) in values.enumerated() {
      try lane.add(SharedValueTests.document("one/\(number).md", sections: 1, value))
      try lane.add(SharedValueTests.document("many/\(number).md", sections: 3, value))
    }
    try builder.join(lane)
    _ = try builder.publish(root: "", files: [], aliases: [])
    let searcher = try Searcher(folder: folder.path)
    var found = 0
    for _ in 0..<30 {
      let query = SharedValueTests.query(values.randomElement(using: &generator) ?? "", &generator)
      let request = SearchRequest(query: query, limit: 100, today: 20_000)
      guard let answer = try? searcher.search(request) else { continue }
      let paths = answer.hits.map(\.path)
      let one = Set(paths.filter { $0.hasPrefix("one/") }.map { $0.dropFirst(4) })
      let many = Set(paths.filter { $0.hasPrefix("many/") }.map { $0.dropFirst(5) })
      #expect(one == many, "\(query) over \(values)")
      #expect(answer.total == one.count * 4, "\(query)")
      found += one.count
    }
    #expect(found > 0)
  }
}
