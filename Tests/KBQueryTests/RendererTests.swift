import Foundation
import KBDiagnostics
import KBQuery
import Testing

@Suite struct RendererTests {
  func render(_ query: String, columns: Int = 60) -> String {
    DiagnosticRenderer(columns: columns).render(Fixture.read(query).diagnostics, source: query)
  }

  @Test func messageCaretsNotesAndMends() {
    #expect(
      render("pytorch salary>abc") == """
        error: `abc` is no number; `salary` is of type interval
          pytorch salary>abc
                         ^^^
          note: `salary>150k`, `salary:120k..150k`, `salary>$75/hr`, `salary.min>=£60k`, `salary:*`
          try: pytorch has:salary abc
          try: pytorch "salary>abc"

        """)
  }

  @Test func notesAreBrokenBetweenWordsOnATerminal() {
    let renderer = DiagnosticRenderer(columns: 60, wrapsNotes: true)
    let text = renderer.render(Fixture.read("salry>1").diagnostics, source: "salry>1")
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 60 }, "\(text)")
    #expect(lines[3].hasPrefix("  note: the fields are "))
    #expect(lines[4].hasPrefix("    "))
    #expect(VisibleText.wrapped("  a bb ccc", columns: 6, indent: 4) == ["  a bb", "    ccc"])
  }

  @Test func caretsStandUnderWideAndCombiningCharacters() {
    let lines = render("技能 e\u{301} (a").split(separator: "\n")
    #expect(lines[1] == "  技能 e\u{301} (a")
    #expect(lines[2] == "         ^")
  }

  @Test func controlCharactersBecomeVisible() {
    let text = render("\u{1B}[31m\u{202E}\u{9B} \"abc")
    #expect(text.contains(#"\u{1B}[31m\u{202E}\u{9B} "abc"#))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    let lines = text.split(separator: "\n")
    let column = lines[1].utf8.firstIndex(of: UInt8(ascii: "\""))
    let caret = lines[2].utf8.firstIndex(of: UInt8(ascii: "^"))
    #expect(
      column.map { lines[1].utf8.distance(from: lines[1].startIndex, to: $0) }
        == caret.map { lines[2].utf8.distance(from: lines[2].startIndex, to: $0) })
  }

  @Test func messagesQuoteControlCharactersVisibly() {
    let reading = Fixture.read("salary>\u{1B}x")
    #expect(reading.errors.first?.message.contains("\\u{1B}") == true)
    #expect(reading.errors.first?.message.unicodeScalars.contains("\u{1B}") == false)
  }

  @Test func longQueriesAreShownAroundThePlace() {
    let query =
      String(repeating: "python ", count: 60) + "salry>5 " + String(repeating: "java ", count: 60)
    let lines = render(query).split(separator: "\n")
    #expect(lines[1].hasPrefix("  …") && lines[1].hasSuffix("…"))
    #expect(lines[1].count <= 60)
    let start = lines[1].range(of: "salry").map {
      lines[1].distance(from: lines[1].startIndex, to: $0.lowerBound)
    }
    #expect(
      start != nil
        && start
          == lines[2].firstIndex(of: "^").map {
            lines[2].distance(from: lines[2].startIndex, to: $0)
          }
    )
    #expect(lines[2].filter { $0 == "^" }.count == 5)
  }

  @Test func placeAtTheEndOfTheText() {
    let diagnostic = Diagnostic(id: "query.x", message: "here", span: 3..<3)
    #expect(
      DiagnosticRenderer().render(diagnostic, source: "abc") == "error: here\n  abc\n     ^\n")
    #expect(DiagnosticRenderer(showsSeverity: false).render(diagnostic, source: "") == "here\n")
  }

  @Test(
    "columns of a terminal",
    arguments: [
      ("abc", 3), ("機械", 4), ("e\u{301}", 1), ("ａ", 2), ("é", 1), ("🙂", 2), ("한", 2), ("", 0),
    ])
  func width(text: String, columns: Int) {
    #expect(VisibleText.width(text) == columns)
  }

  @Test(
    "changes between words",
    arguments: [
      ("salary", "salry", 1), ("salary", "salray", 1), ("skill", "skills", 1), ("abc", "xyz", 3),
      ("", "ab", 2), ("role", "role", 0),
    ])
  func distance(a: String, b: String, expected: Int) {
    #expect(EditDistance.between(a, b, limit: 5) == expected)
    #expect(EditDistance.between(b, a, limit: 5) == expected)
    #expect(EditDistance.between(a, b, limit: expected - 1) == nil)
  }

  @Test func nearestByDistanceThenName() {
    let names = ["levels", "level", "label", "lever", "salary", "bevel"]
    #expect(EditDistance.nearest(to: "levl", among: names) == ["level"])
    #expect(EditDistance.nearest(to: "level", among: names) == ["level", "bevel", "levels"])
  }
}
