import Foundation
import Testing

/// Answers do not depend on the run, nor on which run built the index, nor on how.
@Suite struct RepeatTests {
  private static let queries = [
    "*", "pytorch", "pytorch salary>150000", "python OR java -cooking", "\"machine learning\"",
    "data* sort:-salary", "role:engineer location:austin", "nurse NEAR/5 patient",
    "salary:100k..150k", "machine learning group:document", "scope:subject kubernetes",
    "title:engineer^3 cloud", "nosuchwordanywhere", "skill:python sort:path",
  ]

  /// Everything that the queries print, the generation left out.
  private static func answers(_ sandbox: borrowing Sandbox) throws -> [String] {
    var all: [String] = []
    for query in queries {
      for more in [
        ["--format", "plain"], ["--json"], ["--format", "vimgrep"], ["--match", "any"],
      ] {
        let run = try sandbox.run(more + ["--limit", "30", "--facet", "skill", "--", query])
        let output = run.output.replacing(#/"generation": "[^"]*"/#, with: "")
        all.append("\(query) \(more) \(run.status)\n\(output)\(run.errors)")
      }
    }
    all.append(try sandbox.run(["stats", "--digest"]).output)
    return all
  }

  private static func expectSame(_ first: [String], _ again: [String]) {
    for (one, other) in zip(first, again) where one != other {
      Issue.record("another answer to \(one.prefix(60))")
    }
  }

  @Test func twoRunsPrintTheSameBytesBeforeAndAfterARebuild() throws {
    let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("corpus")
    var files: [String: String] = [:]
    let names = FileManager.default.enumerator(atPath: corpus.path) ?? .init()
    for case let name as String in names where name.hasSuffix(".md") {
      files[name] = try String(contentsOf: corpus.appendingPathComponent(name), encoding: .utf8)
    }
    #expect(files.count > 20)
    let sandbox = try Sandbox(files)
    try sandbox.index(["--jobs", "1"])
    let first = try RepeatTests.answers(sandbox)
    #expect(try RepeatTests.answers(sandbox) == first)
    for more in [["--rebuild"], ["--rebuild", "--jobs", "3"]] {
      #expect(try sandbox.run(["index", "."] + more).status == 0)
      let again = try RepeatTests.answers(sandbox)
      RepeatTests.expectSame(first, again)
    }
    // Files that come and go leave nothing behind.
    try sandbox.write("zz-extra.md", Data("# Extra\n\nPyTorch. Salary: $500,000.\n".utf8))
    try sandbox.index()
    #expect(try RepeatTests.answers(sandbox) != first)
    try FileManager.default.removeItem(atPath: "\(sandbox.path)/docs/zz-extra.md")
    try sandbox.index()
    RepeatTests.expectSame(first, try RepeatTests.answers(sandbox))
  }
}
