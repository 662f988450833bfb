import Foundation
import Testing

/// Files that nobody means well: each costs itself at most, and is named with the reason.
@Suite struct HostileInputTests {
  private static let good = Data("# Good\n\nA peaceable sentence.\n".utf8)

  /// A sandbox with one good file beside the bad ones.
  private func sandbox(_ files: [String: Data] = [:]) throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write("good.md", Self.good)
    for (name, data) in files { try sandbox.write(name, data) }
    return sandbox
  }

  private func expectGood(_ sandbox: Sandbox) throws {
    #expect(try sandbox.search("peaceable").sections == ["good.md#good"])
  }

  private func hasControls(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || $0.value == 0x7F
    }
  }

  @Test func namesWithSignsOfTheTerminal() throws {
    let sandbox = try sandbox()
    let plain = String(repeating: "Nothing but words here. ", count: 8)
    let names: [[UInt8]] = [
      Array("new\nline.md".utf8), Array("esc\u{1B}[31mred.md".utf8),
      [0x62, 0xFF, 0xFE, 0x2E, 0x6D, 0x64],
      Array("tab\there.md".utf8), Array("-rf.md".utf8), Array(" blank .md".utf8),
    ]
    for name in names {
      let path = Array("\(sandbox.path)/docs/".utf8) + name + [0]
      let file = try #require(
        path.withUnsafeBufferPointer { buffer in
          buffer.withMemoryRebound(to: CChar.self) { fopen($0.baseAddress, "w") }
        })
      fputs("# Odd\n\nA crooked sentence \u{1B}[2J of signs. \(plain)\n", file)
      fclose(file)
    }
    let made = try sandbox.index()
    #expect(made.status == 0, "\(made.errors)")
    #expect(!hasControls(made.errors))
    let found = try sandbox.search("crooked")
    #expect(found.sections.count == names.count)
    #expect(!hasControls(found.output))
    for format in ["plain", "pretty", "paths", "vimgrep"] {
      let run = try sandbox.run(["search", "--format", format, "--duplicates", "crooked"])
      #expect(run.status == 0)
      #expect(!hasControls(run.output), "\(format)")
    }
    #expect(try !hasControls(sandbox.run(["facets", "path"]).output))
    try expectGood(sandbox)
  }

  @Test func linksPipesAndLoopsAreNotFollowed() throws {
    let sandbox = try sandbox()
    let docs = "\(sandbox.path)/docs"
    try FileManager.default.createSymbolicLink(
      atPath: "\(docs)/passwd.md", withDestinationPath: "/etc/passwd")
    try FileManager.default.createSymbolicLink(atPath: "\(docs)/loop", withDestinationPath: docs)
    try FileManager.default.createSymbolicLink(
      atPath: "\(docs)/broken.md", withDestinationPath: "nowhere")
    #expect(mkfifo("\(docs)/pipe.md", 0o600) == 0)
    let made = try sandbox.index()
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.errors.contains("links are not followed"))
    #expect(try sandbox.search("root").sections.isEmpty)
    try expectGood(sandbox)
  }

  @Test func whatIsNoTextIsNamed() throws {
    let sandbox = try sandbox([
      "nul.md": Data("a\u{0}b\u{0}c".utf8),
      "picture.md": Data([0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3]),
      "picture.png": Data([0x89, 0x50, 0x4E, 0x47]), "empty.md": Data(),
      "blank.txt": Data("  \n\n".utf8),
      "latin.txt": Data(
        Array("Caf".utf8) + [0xE9] + Array(" au lait, tr\u{65}s bon et sucr".utf8) + [0xE9]),
    ])
    let made = try sandbox.index()
    #expect(made.status == 5)
    #expect(made.errors.contains("cannot read nul.md"))
    #expect(made.errors.contains("cannot read picture.md"))
    #expect(made.errors.contains("empty.md: it is empty"))
    #expect(made.errors.contains("latin.txt: its encoding is not UTF-8"))
    #expect(made.errors.contains("1 png"))
    #expect(try sandbox.index().status == 5, "it is said again while it lasts")
    try expectGood(sandbox)
  }

  @Test func deepNestingIsReadOrNamed() throws {
    func nested(_ open: String, _ count: Int) -> Data {
      Data((String(repeating: open, count: count) + " end\n").utf8)
    }
    let sandbox = try sandbox([
      "quotes.md": nested(">", 100_000), "lists.md": nested("- ", 50_000),
      "brackets.md": nested("[", 100_000), "stars.md": nested("*a _b ", 50_000),
      "divs.html": nested("<div>", 30_000), "items.jsonl": nested("[", 100_000),
      "map.md": Data(("---\na: " + String(repeating: "[", count: 100_000) + "\n---\nend\n").utf8),
    ])
    let made = try sandbox.index()
    #expect(made.status == 0 || made.status == 5, "\(made.errors)")
    try expectGood(sandbox)
  }

  @Test func aLineOfManyMegabytesIsRead() throws {
    let line = Data(repeating: 0x61, count: 24 << 20)
    let words = Data(String(repeating: "needle word ", count: 2 << 20).utf8)
    let sandbox = try sandbox(["letters.txt": line, "words.md": words])
    let made = try sandbox.index()
    #expect(made.status == 0 || made.status == 5, "\(made.errors)")
    #expect(try sandbox.search("needle").sections.count == 1)
    try expectGood(sandbox)
  }

  /// cmark-gfm needs minutes for a table of so many columns.
  @Test func aParserThatHangsCostsItsFileOnly() throws {
    let cells = String(repeating: "|a", count: 40_000)
    let rule = String(repeating: "|-", count: 40_000)
    let rows = String(repeating: cells + "|\n", count: 40)
    let sandbox = try sandbox(["hang.md": Data("\(cells)|\n\(rule)|\n\(rows)".utf8)])
    let made = try sandbox.index()
    #expect(made.status == 5, "\(made.errors)")
    #expect(made.errors.contains("cannot read hang.md"))
    #expect(made.errors.contains("longer than"))
    try expectGood(sandbox)
  }

  @Test func aFileNamedLikeANumberIsTakenForASlipOnlyHere() throws {
    let sandbox = try Sandbox(["a.md": "# ML Engineer\n\nPyTorch. Salary: $160,000.\n"])
    try sandbox.index()
    for (target, warns) in [("150000", true), ("../150000", false), ("hits", false)] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = [
        "-c", "'\(Repository.binaries)/kbsearch' pytorch >\(target) 2>../errors",
      ]
      process.currentDirectoryURL = URL(fileURLWithPath: "\(sandbox.path)/docs")
      try process.run()
      process.waitUntilExit()
      let errors = try String(contentsOfFile: "\(sandbox.path)/errors", encoding: .utf8)
      #expect(errors.contains("was > meant as a comparison?") == warns, "\(target)")
    }
  }
}
