import Foundation
import Testing

/// Saved queries, `init`, completions and the manual page.
@Suite struct SavedTests {
  private static let first = [
    "a.md": "# ML Engineer\n\nPyTorch. Salary: $160,000.\n", "b.md": "# Cook\n\nSoup.\n",
  ]

  @Test func newSaysWhatWasAddedChangedAndGone() throws {
    let sandbox = try Sandbox(SavedTests.first)
    try sandbox.index()
    #expect(try sandbox.run(["saved", "add", "ml", "pytorch salary>100k"]).status == 0)
    let seeded = try sandbox.run(["new"])
    #expect(seeded.status == 1)
    #expect(seeded.output.isEmpty && seeded.errors.isEmpty)
    try sandbox.write("c.md", Data("# Vision Engineer\n\nPyTorch. Salary: $150,000.\n".utf8))
    try sandbox.index()
    let added = try sandbox.run(["new", "ml"])
    #expect(added.status == 0)
    #expect(added.output == "ml: 1 added\tpytorch salary>100k\n+ c.md:1\tVision Engineer\n")
    #expect(try sandbox.run(["new"]).status == 1)
    try sandbox.write("a.md", Data("# ML Engineer\n\nPyTorch. Salary: $170,000.\n".utf8))
    try FileManager.default.removeItem(atPath: "\(sandbox.path)/docs/c.md")
    try sandbox.index()
    let run = try sandbox.run(["new", "--json"])
    let search = (run.json["searches"] as? [[String: Any]])?.first ?? [:]
    #expect((search["changed"] as? [[String: Any]])?.first?["path"] as? String == "a.md")
    #expect((search["gone"] as? [[String: Any]])?.first?["path"] as? String == "c.md")
    #expect((search["added"] as? [Any])?.isEmpty == true)
  }

  @Test func aMovedSectionIsNotNew() throws {
    let sandbox = try Sandbox(SavedTests.first)
    try sandbox.index()
    _ = try sandbox.run(["saved", "add", "soup", "soup"])
    _ = try sandbox.run(["new"])
    try sandbox.write("b.md", Data("\n\n\n# Cook\n\nSoup.\n".utf8))
    _ = try sandbox.run(["index", "--rebuild"])
    #expect(try sandbox.run(["new"]).status == 1)
  }

  @Test func wrongNamesAndQueriesSaySo() throws {
    let sandbox = try Sandbox(SavedTests.first)
    try sandbox.index()
    for name in ["../x", "", "a b", "-x", String(repeating: "n", count: 65)] {
      let run = try sandbox.run(["saved", "add", "--", name, "soup"])
      #expect(run.status == 2, "\(name)")
      #expect(run.errors.contains("letters"), "\(name)")
    }
    #expect(try sandbox.run(["saved", "add", "x", "salry>5"]).status == 2)
    #expect(try sandbox.run(["new", "nothing"]).errors.contains("no saved query nothing"))
    #expect(try sandbox.run(["saved", "remove", "nothing"]).status == 2)
    #expect(try sandbox.run(["saved", "list"]).status == 1)
    #expect(try sandbox.run(["saved"]).errors.contains("saved add NAME QUERY"))
    _ = try sandbox.run(["saved", "add", "soup", "soup"])
    #expect(try sandbox.run(["saved", "add", "soup", "x"]).errors.contains("already"))
    #expect(try sandbox.run(["saved", "list"]).output == "soup\tsoup\n")
    #expect(try sandbox.run(["saved", "remove", "soup"]).status == 0)
  }

  @Test func aQueryThatNoLongerFitsDoesNotStopTheOthers() throws {
    let sandbox = try Sandbox([
      "a.md": "---\nteam: red\n---\n# A\n\nSoup.\n", "b.md": "# B\n\nStew.\n",
    ])
    try sandbox.index()
    _ = try sandbox.run(["saved", "add", "broken", "team:red"])
    _ = try sandbox.run(["saved", "add", "soup", "soup"])
    _ = try sandbox.run(["new"])
    try sandbox.write("a.md", Data("# A\n\nSoup.\n".utf8))
    try sandbox.write("c.md", Data("# C\n\nSoup again.\n".utf8))
    try sandbox.index()
    let run = try sandbox.run(["new"])
    #expect(run.status == 2)
    #expect(run.errors.contains("broken:"))
    #expect(run.output.contains("+ c.md:1"))
  }

  @Test func initWritesWhatIndexAccepts() throws {
    let sandbox = try Sandbox([
      "a.md": "---\nprice: 12\nowner: \"eve\\nfields: x\"\n---\n# A\n\nSoup.\n", "b.bin": "x",
    ])
    let made = try sandbox.run(["init"])
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.errors.contains("next: kbsearch index"))
    let text = try String(contentsOfFile: "\(sandbox.path)/docs/kbsearch.yaml", encoding: .utf8)
    #expect(text.contains("price"))
    let indexed = try sandbox.run(["index"])
    #expect(indexed.status == 0, "\(indexed.errors)")
    #expect(try sandbox.run(["soup"]).status == 0)
    let again = try sandbox.run(["init"])
    #expect(again.status == 2)
    #expect(again.errors.contains("already") || again.errors.contains("there"))
    let uncommented = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map {
        $0.hasPrefix("# fields:") || $0.hasPrefix("#   ") ? String($0.dropFirst(2)) : String($0)
      }
      .joined(separator: "\n")
    try sandbox.write("kbsearch.yaml", Data(uncommented.utf8))
    let typed = try sandbox.run(["index", "--rebuild"])
    #expect(typed.status == 0, "\(typed.errors)")
  }

  @Test func bashCompletes() throws {
    let sandbox = try Sandbox(SavedTests.first)
    try sandbox.index()
    func complete(_ line: String) throws -> [String] {
      let script = """
        PATH=\(Repository.binaries):$PATH; source <(kbsearch completions bash)
        COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}
        IFS=$' \\t\\n' read -ra COMP_WORDS <<< "$COMP_LINE"
        [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _kbsearch 2>/dev/null; printf '%s\\n' "${COMPREPLY[@]}"
        """
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", script]
      process.currentDirectoryURL = URL(fileURLWithPath: "\(sandbox.path)/docs")
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    #expect(try complete("kbsearch fac") == ["facets"])
    #expect(try complete("kbsearch pytorch sal") == ["salary:"])
    #expect(try complete("kbsearch pyt") == ["pytorch"])
    #expect(try complete("kbsearch skill:pyt") == ["skill:pytorch"])
    #expect(try complete("kbsearch soup --form") == ["--format"])
    #expect(try complete("kbsearch soup --format js") == ["json", "jsonl"])
    #expect(try complete("kbsearch completions f") == ["fish"])
  }

  @Test func scriptsOfShellsAreWellFormed() throws {
    let sandbox = try Sandbox()
    for shell in ["bash", "zsh", "fish"] {
      let script = try sandbox.run(["completions", shell])
      #expect(script.status == 0)
      guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") else { continue }
      try sandbox.write("script", Data(script.output.utf8))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/\(shell)")
      process.arguments = ["-n", "\(sandbox.path)/docs/script"]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(shell)")
    }
    #expect(try sandbox.run(["completions", "csh"]).status == 2)
  }

  @Test func theManualPageIsThatOfTheTables() throws {
    let sandbox = try Sandbox()
    let page = try String(
      contentsOfFile: "\(Repository.root)/man/kbsearch.1", encoding: .utf8)
    #expect(try sandbox.run(["help", "man"]).output == page)
  }

  @Test func countsPathsAndLinks() throws {
    let sandbox = try Sandbox(["a b.md": "# Soup\n\nSoup.\n", "c.md": "# More\n\nSoup.\n"])
    try sandbox.index()
    #expect(try sandbox.run(["soup", "--count"]).output == "2\n")
    #expect(try sandbox.run(["stew", "-c"]).output == "0\n")
    #expect(try sandbox.run(["stew", "-c"]).status == 1)
    let paths = try sandbox.run(["soup", "--format", "paths", "-0"]).output
    #expect(Set(paths.split(separator: "\0")) == ["a b.md", "c.md"])
    let links = try sandbox.run(["soup", "--format", "pretty", "--hyperlink", "always"]).output
    #expect(links.contains("a%20b.md\u{1B}\\"))
    #expect(!(try sandbox.run(["soup", "--format", "pretty"]).output.contains("\u{1B}]8")))
    let facets = try sandbox.run(["soup", "--facet", "title", "--facet", "format"]).output
    #expect(facets.contains("title") && facets.contains("markdown"))
  }
}
