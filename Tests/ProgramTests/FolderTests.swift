import Foundation
import Testing

/// `path:` with a folder finds what lies anywhere below it, and nothing beside it.
@Suite struct FolderTests {
  private static let deep = (0..<12).map { "a-rather-long-folder-name-\($0)" }.joined(
    separator: "/")

  private static func corpus() throws -> Sandbox {
    let sandbox = try Sandbox([
      "guide/a.md": "# A\n\nlamp\n", "guide/more/b.md": "# B\n\nlamp\n",
      "guide-2/c.md": "# C\n\nlamp\n", "d.md": "# D\n\nlamp\n",
      "guide/\(deep)/e.md": "# E\n\nlamp\n",
    ])
    try sandbox.index()
    return sandbox
  }

  @Test(arguments: [
    ("path:guide", ["a", "b", "e"]), ("path:guide/", ["a", "b", "e"]), ("path:guide/more", ["b"]),
    ("path:./guide-2", ["c"]), ("path:d.md", ["d"]),
    ("path:guide/\(deep.split(separator: "/")[0])", ["e"]), ("path:guide/\(deep)", ["e"]),
    ("lamp -path:guide", ["c", "d"]),
  ])
  func foldersHoldWhatIsBelow(query: String, expected: [String]) throws {
    let run = try FolderTests.corpus().run(["--format", "paths", query])
    let names = run.output.split(separator: "\n").map {
      String($0.split(separator: "/").last?.dropLast(3) ?? "")
    }
    #expect(names.sorted() == expected)
  }
}
