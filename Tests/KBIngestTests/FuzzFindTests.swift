import KBIngest
import KBReaders
import KBSchema
import Testing

/// What fuzzing found, as small as it could be made.
@Suite struct FuzzFindTests {
  private func read(_ text: String, _ format: DocumentFormat) throws -> Document {
    try DocumentReader.read(bytes: Array(text.utf8), path: "a", format: format, modified: 0)
  }

  private func headings(_ document: Document) -> [String] {
    document.blocks.compactMap { block in
      guard case .heading = block.kind else { return nil }
      return block.content.text
    }
  }

  /// A mark within a word ended one heading behind the beginning of the next.
  @Test func marksOfHeadingsInsideWords() throws {
    let document = try read("Title\n\nText. ### Sal### Duties - Write ### Pay 1. $48,000\n", .text)
    #expect(headings(document) == ["Title", "Sal", "Duties", "Pay"])
  }

  /// cmark-gfm gives the paragraph that it cuts off a table no line.
  @Test func aParagraphGluedToATableHasALine() throws {
    let document = try read("# H\n\nfirst\nsecond\na | b\n--- | ---\n1 | 2\n", .markdown)
    #expect(document.blocks.map(\.line) == [1, 3, 5, 7])
    #expect(document.blocks[1].content.place(at: 6) == (4, 0))
  }

  /// toml++ stops the process where a header has no name.
  @Test(arguments: ["[!a]", "[[ ?b]]", "[\u{e9}]", "[", "[ ", "[[[a]]]", "a = [\n[ {b = 1}]\n]"])
  func headersThatAreNoTOML(header: String) throws {
    let document = try read("+++\nteam = \"docs\"\n\(header)\n+++\ntext\n", .markdown)
    #expect(document.metadata.first?.key == "team")
    #expect(document.warnings.count == 1)
  }

  /// A text's length was held against the bytes before its own length was read.
  @Test func aMessageThatEndsInsideAText() {
    var writer = ByteWriter()
    writer.unsigned(3)
    let bytes = writer.bytes + Array("ab".utf8)
    var reader = ByteReader(bytes)
    #expect(throws: CodingFailure.self) { try reader.string() }
  }

  /// `regcomp` doubled its tree at each sign.
  @Test(arguments: [
    "([1-9]cs]" + String(repeating: "+", count: 60), String(repeating: "(a", count: 300),
    "((((a{1,900}){1,900}){1,900}){1,900})", String(repeating: "(a?", count: 200) + "a*",
  ])
  func hostileExpressionsEnd(text: String) {
    #expect(throws: RegularExpression.Problem.self) { try RegularExpression(text) }
  }

  /// Counts of a unit that stands twice were added, beyond what a number holds.
  @Test func aSchemaWithAUnitTwice() throws {
    var writer = ByteWriter()
    writer.count(IndexFormat.version)
    for text in ["USD", "english", ""] { writer.string(text) }
    for _ in 0..<5 { writer.count(0) }
    writer.count(1)
    writer.count(0)
    writer.count(2)
    for _ in 0..<2 {
      writer.string("USD/year")
      writer.count(Int.max)
    }
    #expect(try IndexSchema.decode(writer.bytes)?.units[0]?["USD/year"] == Int.max)
  }
}
