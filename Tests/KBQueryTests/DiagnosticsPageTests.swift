import Foundation
import KBDiagnostics
import KBQuery
import Testing

/// `docs/diagnostics.md` lists every kind of problem as the program reports it. The tables of the
/// page are written anew with `KBSEARCH_UPDATE_DOCS=1 swift test --filter DiagnosticsPageTests`.
@Suite struct DiagnosticsPageTests {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/diagnostics.md")

  @Test func pageListsEveryProblemAsReported() throws {
    if ProcessInfo.processInfo.environment["KBSEARCH_UPDATE_DOCS"] != nil { try update() }
    let page = try String(contentsOf: DiagnosticsPageTests.page, encoding: .utf8)
    for problem in QueryProblem.allCases {
      let entry = DiagnosticsPageTests.entry(problem)
      #expect(page.contains(entry), "\(problem.id) is not on the page as: \(entry)")
    }
  }

  @Test func pageListsNoOtherProblem() throws {
    let page = try String(contentsOf: DiagnosticsPageTests.page, encoding: .utf8)
    let known = Set(QueryProblem.allCases.map(\.id) + Self.ofTheSearch)
    for line in page.split(separator: "\n") where line.hasPrefix("### ") {
      #expect(known.contains(String(line.dropFirst(4))), "\(line)")
    }
    for id in Self.ofTheSearch { #expect(page.contains("### \(id)\n"), "\(id)") }
  }

  /// Remarks that need an index.
  private static let ofTheSearch = [
    "query.no-word", "query.prefix-cut", "query.other-currency", "query.clause-counts",
  ]

  /// The part of the page about a problem.
  private static func entry(_ problem: QueryProblem) -> String {
    let reading = Fixture.read(problem.example)
    guard let found = reading.diagnostics.first(where: { $0.id == problem.id }) else { return "" }
    let query =
      problem.example.utf8.count > 100 ? "\(problem.example.prefix(60))…" : problem.example
    var lines = ["### \(problem.id)", "", "```", "query: \(query)"]
    lines.append("\(found.severity.rawValue): \(found.message)")
    lines += found.notes.map { "note: \($0)" }
    if !found.suggestions.isEmpty {
      lines.append("did you mean: \(found.suggestions.joined(separator: ", "))")
    }
    lines += found.fixIts.map { fix in
      let result = fix.applied(to: problem.example)
      return "try: \(result)  (\(fix.message))"
    }
    return (lines + ["```", ""]).joined(separator: "\n")
  }

  private func update() throws {
    let start = "<!-- problems -->\n"
    let end = "<!-- end of problems -->\n"
    let page = try String(contentsOf: DiagnosticsPageTests.page, encoding: .utf8)
    let from = try #require(page.range(of: start))
    let to = try #require(page.range(of: end))
    var entries = "\n## Errors\n\n"
    entries += QueryProblem.allCases.filter { !$0.isNote }.map(DiagnosticsPageTests.entry)
      .joined(separator: "\n")
    entries += "\n## Notes\n\n"
    entries += QueryProblem.allCases.filter(\.isNote).map(DiagnosticsPageTests.entry)
      .joined(separator: "\n")
    let text = page[..<from.upperBound] + entries + page[to.lowerBound...]
    try String(text).write(to: DiagnosticsPageTests.page, atomically: true, encoding: .utf8)
  }
}
