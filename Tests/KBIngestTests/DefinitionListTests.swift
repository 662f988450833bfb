import KBIngest
import KBReaders
import KBSchema
import Testing

/// Definition lists of Markdown.
@Suite struct DefinitionListTests {
  private func blocks(_ text: String) throws -> [Block] {
    try DocumentReader.read(
      bytes: Array(text.utf8), path: "a.md", format: .markdown, modified: 0
    ).blocks
  }

  private func shape(_ blocks: [Block]) -> [String] {
    blocks.map { block in
      switch block.kind {
      case .definition(let term): "\(block.line) \(term)| \(block.content.text)"
      default: "\(block.line) \(block.content.text)"
      }
    }
  }

  @Test func termsAndMeanings() throws {
    let found = try blocks("NDA\n: sign it\n:   not after\n\nSalary\n: $120,000\nPlace\n: Oslo\n")
    #expect(
      shape(found) == [
        "1 NDA| NDA: sign it", "3 NDA| not after", "5 Salary| Salary: $120,000",
        "7 Place| Place: Oslo",
      ])
    #expect(found[2].content.place(at: 8) == (6, 2))
  }

  @Test(arguments: ["text\nthat goes on: here", "a\n:b", ": alone", "ratio\n:\n", "- item\n: x"])
  func otherParagraphsStay(_ text: String) throws {
    #expect(
      try blocks(text).allSatisfy {
        if case .definition = $0.kind { return false }
        return true
      })
  }
}
