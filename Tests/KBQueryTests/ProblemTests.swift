import KBDiagnostics
import KBQuery
import Testing

@Suite struct ProblemTests {
  @Test("each kind of problem is shown by its example", arguments: QueryProblem.allCases)
  func example(problem: QueryProblem) {
    let reading = Fixture.read(problem.example)
    let ids = reading.diagnostics.map(\.id)
    #expect(ids.contains(problem.id), "\(problem.example): \(ids)")
    #expect((reading.query == nil) == !problem.isNote, "\(problem.example): \(ids)")
    for diagnostic in reading.diagnostics where diagnostic.id == problem.id {
      #expect(diagnostic.span.lowerBound >= 0)
      #expect(diagnostic.span.upperBound <= problem.example.utf8.count)
      #expect(!diagnostic.message.isEmpty && !diagnostic.message.hasSuffix("."))
    }
  }

  @Test("each error of an example has a rewrite that works", arguments: QueryProblem.allCases)
  func rewrite(problem: QueryProblem) {
    let reading = Fixture.read(problem.example)
    let hasNone: Set<QueryProblem> = [.tooDeep, .tooComplex, .tooLarge]
    guard !problem.isNote, !hasNone.contains(problem) else { return }
    let diagnostic = reading.diagnostics.first { $0.id == problem.id }
    #expect(diagnostic?.fixIts.isEmpty == false, "\(problem.example)")
    #expect(reading.rewrite != nil, "\(problem.example)")
    for fixIt in diagnostic?.fixIts ?? [] {
      let result = fixIt.applied(to: problem.example)
      #expect(Fixture.read(result).errors.isEmpty, "\(problem.example) -> \(result)")
    }
  }

  @Test("what is empty or cut short has a rewrite", arguments: ["()", " ( ) ", "\"\"", "sort:-"])
  func rewriteOfNothing(query: String) throws {
    let reading = Fixture.read(query)
    #expect(reading.query == nil)
    let rewrite = try #require(reading.rewrite)
    #expect(Fixture.read(rewrite).query != nil)
  }

  @Test func aDirectionWithoutAFieldIsSaidSo() {
    #expect(Fixture.read("sort:-").errors.map(\.message) == ["`sort:` lacks the name of a field"])
  }
}
