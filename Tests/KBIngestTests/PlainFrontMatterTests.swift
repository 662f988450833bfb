import KBIngest
import KBReaders
import Testing

/// Front matter that is read without the YAML parser says the same as with it.
@Suite struct PlainFrontMatterTests {
  private func read(_ lines: [String]) throws -> Document {
    let text = "---\n" + lines.joined(separator: "\n") + "\n---\nText\n"
    return try DocumentReader.read(
      bytes: Array(text.utf8), path: "a.md", format: .markdown, modified: 0)
  }

  /// A comment leaves a block to the parser; a blank line in its place does not.
  private func compare(_ lines: [String]) throws {
    let plain = try read([""] + lines)
    let parsed = try read(["# comment"] + lines)
    #expect(plain.metadata == parsed.metadata, "\(lines)")
    #expect(plain.declaredTitle == parsed.declaredTitle, "\(lines)")
    #expect(plain.warnings == parsed.warnings, "\(lines)")
  }

  @Test func valuesAndLists() throws {
    let document = try read([
      "title: Data Engineer", "slug: 'a-b'", "empty:", "tags:", "  - sql", "  - \"c: d\"",
      "url: https://a.b/c?d=e#f",
    ])
    #expect(document.declaredTitle == "Data Engineer")
    #expect(document.metadata.map(\.key) == ["title", "slug", "tags", "url"])
    #expect(document.metadata[2].values.map(\.text) == ["sql", "c: d"])
    #expect(document.metadata[2].values.map(\.line) == [6, 7])
    #expect(document.metadata[2].values.map(\.isQuoted) == [false, true])
    #expect(document.metadata[2].values.map(\.columns) == [4..<7, 5..<9])
  }

  @Test func sameAsTheParser() throws {
    let pieces = [
      "a: b", "a: c", "b: 1", "c:", "c: ", "- x", "  - x", "  - y", " - z", "- \"q\"", "  - 'q r'",
      "d: \"x\"", "d: \"x\" y", "d: 'it''s'", "d: \"a\\nb\"", "e: null", "e: ~", "e: \"~\"",
      "e: \"\"",
      "f: a: b", "f: a #b", "f: a#b", "f: a:", "f: [a, b]", "f: {a: b}", "f: | ", "f: >", "  more",
      "", "  ", "g h: i", "g : i", "\"g\": i", "g:h", "1: x", "true: x", "f: *x", "f: &x y",
      "f: !x y",
      "f: @x", "f: %x", "f: - x", "f: ? x", "f: /x/", "f: é", "f: x\ty", "---x: y", "f: x ",
      "- a: b",
      "  - a:", "-", "- - x", "f: ...", "f: 2024-05-17", "f: -5", "f: .5", "f: 'a' ", "f: a' b",
    ]
    for first in pieces {
      try compare([first])
      for second in pieces {
        try compare([first, second])
        try compare(["k: v", first, second])
        try compare(["k:", first, second, "l: w"])
      }
    }
  }
}
