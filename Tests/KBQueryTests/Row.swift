import KBDiagnostics
import KBQuery
import Testing

/// A line of a table: a query, and what `Fixture.outcome` says of it.
struct Row: Sendable, CustomTestStringConvertible {
  var query: String
  var expected: String
  var testDescription: String { query }

  init(_ query: String, _ expected: String) {
    self.query = query
    self.expected = expected
  }

  /// Compares the outcome; that what is offered as a mend is one; that printing keeps the meaning;
  /// and that every place lies in the query.
  func check() {
    #expect(Fixture.outcome(query) == expected)
    let reading = Fixture.read(query)
    for diagnostic in reading.diagnostics {
      #expect(diagnostic.span.upperBound <= query.utf8.count, "\(diagnostic)")
      for fixIt in diagnostic.fixIts where reading.errors.count == 1 {
        let result = fixIt.applied(to: query)
        #expect(Fixture.read(result).errors.isEmpty, "\(query) -> \(result)")
      }
    }
    if let rewrite = reading.rewrite { #expect(Fixture.read(rewrite).query != nil) }
    guard reading.parsed.diagnostics.isEmpty else { return }
    let printed = SyntaxPrinter.print(reading.parsed.syntax)
    let again = Parser.parse(printed)
    #expect(again.syntax.withoutSpans() == reading.parsed.syntax.withoutSpans(), "\(printed)")
  }
}
