import Foundation
import Testing

/// The program as its users meet it: exit status, streams, files of all kinds.
@Suite struct ProgramTests {
  @Test func flagshipQueryOnTheSampleCorpus() throws {
    let sandbox = try Sandbox()
    let index = "\(sandbox.path)/index"
    let made = try sandbox.run(["index", "--index", index], in: Repository.root)
    #expect(made.status == 0, "\(made.errors)")
    let run = try sandbox.run(
      ["pytorch salary>150000", "--json", "--limit", "100", "--index", index],
      in: Repository.root)
    let expected = try String(
      contentsOfFile: "\(Repository.root)/Tests/Fixtures/flagship.txt", encoding: .utf8
    ).split(separator: "\n").map(String.init).sorted()
    #expect(run.sections == expected)
    #expect(!run.sections.contains { $0.contains("data-analyst") })
  }

  @Test func missingIndexSaysWhatToType() throws {
    let sandbox = try Sandbox()
    let run = try sandbox.run(["python"])
    #expect(run.status == 3)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("kbsearch index"))
  }

  @Test(arguments: [
    ("salry>150000", "unknown-field"), ("\"pytorch", "unclosed-quote"),
    ("python OR", "dangling-operator"), ("salary>abc", "wrong-type"),
    ("role: engineer", "spaced-colon"), ("(a b", "unclosed-bracket"),
    ("skill:python,r", "comma-in-value"), ("skill>5", "wrong-operator"),
  ])
  func wrongQueriesSayWhereAndWhatWorks(query: String, code: String) throws {
    let sandbox = try Sandbox(["a.md": "# ML Engineer\n\nSalary: $160,000. Python.\n"])
    try sandbox.index()
    let run = try sandbox.search(query)
    #expect(run.status == 2, "\(query)")
    let error = run.json["error"] as? [String: Any] ?? [:]
    #expect(error["code"] as? String == code, "\(query)")
    #expect((error["span"] as? [Int])?.count == 2, "\(query)")
    let rewrite = error["rewrite"] as? String ?? ""
    #expect(!rewrite.isEmpty, "\(query)")
    #expect(try sandbox.search(rewrite).status != 2, "\(query) → \(rewrite)")
    let plain = try sandbox.run(["--", query])
    #expect(plain.status == 2)
    #expect(plain.errors.contains("^"))
    #expect(plain.output.isEmpty)
  }

  @Test(arguments: [
    "https://example.com/a", "10:30", "std::vector", "C:\\x", "note: engineer", "a > b", "- x",
    "c++", "401(k)", "R&D", "state-of-the-art",
  ])
  func textThatLooksLikeSyntaxIsText(query: String) throws {
    let sandbox = try Sandbox(["a.md": "# Words\n\nNothing much.\n"])
    try sandbox.index()
    #expect(try sandbox.search(query).status < 2, "\(query)")
  }

  @Test func wordsWithSignsAreFoundAsWrittenAndByParts() throws {
    let sandbox = try Sandbox([
      "a.md": "# One\n\nWe write C++ and node.js, do R&D, and match the 401(k).\n",
      "b.md": "# Two\n\nPlain C is fine for a state-of-the-art thing.\n",
    ])
    try sandbox.index()
    #expect(try sandbox.search("c++").sections == ["a.md#one"])
    #expect(try sandbox.search("node.js").sections == ["a.md#one"])
    #expect(try sandbox.search("R&D").sections == ["a.md#one"])
    #expect(try sandbox.search("401(k)").sections == ["a.md#one"])
    #expect(try sandbox.search("state-of-the-art").sections == ["b.md#two"])
    #expect(try sandbox.search("c").sections.count == 2)
  }

  @Test func filesThatCannotBeReadAreNamedAndTheRestIsIndexed() throws {
    let sandbox = try Sandbox(["good.md": "# Good\n\nWords here.\n", "empty.md": ""])
    try sandbox.write("binary.md", Data((0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 7) }))
    try sandbox.write(
      "latin.txt",
      Data("Caf\u{E9}s in Z\u{FC}rich und M\u{FC}nchen".unicodeScalars.map { UInt8($0.value) }))
    try sandbox.write("picture.png", Data([0x89, 0x50, 0x4E, 0x47]))
    let run = try sandbox.index()
    #expect(run.status == 5)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("binary.md"))
    #expect(run.errors.contains("not text in any encoding"))
    #expect(run.errors.contains("empty.md: it is empty"))
    #expect(run.errors.contains("latin.txt"))
    #expect(run.errors.contains("1 of other kinds"))
    #expect(try sandbox.search("words").sections == ["good.md#good"])
  }

  @Test func aFileThatKillsTheReaderCostsThatFileOnly() throws {
    let sandbox = try Sandbox(["a.md": "# Good\n\nWords here.\n"])
    let run = try sandbox.run(
      ["index", "."], environment: ["KBSEARCH_EXTRACT": "/bin/false"])
    #expect(run.status == 3)
    #expect(!run.errors.isEmpty)
    #expect(try sandbox.index().status == 0)
  }

  @Test func aSecondRunWithoutChangesPublishesNothing() throws {
    let sandbox = try Sandbox(["a.md": "# Good\n\nWords here.\n"])
    try sandbox.index()
    let before = try sandbox.search("words").json["generation"] as? String
    #expect(try sandbox.index().errors.contains("nothing has changed"))
    #expect(try sandbox.search("words").json["generation"] as? String == before)
    try sandbox.write("b.md", Data("# More\n\nWords again.\n".utf8))
    #expect(try sandbox.index().errors.contains("1 added"))
    #expect(try sandbox.search("words").sections.count == 2)
  }

  @Test func damageIsToldAndNeverSearched() throws {
    let sandbox = try Sandbox(["a.md": "# Good\n\nWords here.\n"])
    try sandbox.index()
    let table = "\(sandbox.path)/docs/.kbsearch/generation-000000001/db/docdata.glass"
    try Data(contentsOf: URL(fileURLWithPath: table)).dropLast(100).write(
      to: URL(fileURLWithPath: table))
    let run = try sandbox.search("words")
    #expect(run.status == 3)
    #expect(run.output.contains("docdata.glass"))
    #expect(run.output.contains("--rebuild"))
    #expect(try sandbox.index(["--rebuild"]).status == 0)
    #expect(try sandbox.search("words").status == 0)
  }

  @Test func frontMatterBecomesFields() throws {
    let sandbox = try Sandbox([
      "a.md":
        "---\nregion: europe\ntechnologies: [php, go]\nModule Name: Core\nrank: 3\nadded: 2024-05-17\n---\n# A\n\ntext\n",
      "b.md":
        "---\nregion: asia\ntechnologies: [php]\nrank: 7\nadded: 2023-01-02\n---\n# B\n\ntext\n",
    ])
    try sandbox.index()
    #expect(try sandbox.search("technologies:php region:europe").sections == ["a.md#a"])
    #expect(try sandbox.search("module-name:core").sections == ["a.md#a"])
    #expect(try sandbox.search("rank>5").sections == ["b.md#b"])
    #expect(try sandbox.search("added>=2024").sections == ["a.md#a"])
    #expect(try sandbox.search("added:2023-01").sections == ["b.md#b"])
    let fields = try sandbox.run(["fields"])
    #expect(fields.output.contains("rank"))
    #expect(fields.output.contains("number"))
  }

  @Test func controlsOfDocumentsNeverReachTheTerminal() throws {
    let sandbox = try Sandbox(["a.md": "# Evil \u{1B}[31m title\n\nwords \u{1B}]0;x\u{07} here\n"])
    try sandbox.index()
    for format in ["pretty", "plain", "paths", "vimgrep", "json"] {
      let run = try sandbox.run(["words", "--format", format])
      #expect(
        !run.output.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x07 }, "\(format)")
    }
  }

  @Test func optionsAndQueriesAreToldApart() throws {
    let sandbox = try Sandbox(["a.md": "# A\n\npython code\n", "b.md": "# B\n\njava code\n"])
    try sandbox.index()
    let negated = try sandbox.run(["-java code", "--json"])
    #expect(negated.sections == ["a.md#a"])
    let mistaken = try sandbox.run(["-java"])
    #expect(mistaken.status == 2)
    #expect(mistaken.errors.contains("-- -java"))
    #expect(try sandbox.run(["--limt", "3", "code"]).errors.contains("--limit"))
    #expect(try sandbox.run(["--", "-java", "code"]).status == 0)
    #expect(try sandbox.run(["--help"]).status == 0)
  }

  @Test func zeroHitsOfferWhatWouldHit() throws {
    let sandbox = try Sandbox(["a.md": "# A\n\npython and kubernetes\n"])
    try sandbox.index()
    let run = try sandbox.search("python kuberntes")
    #expect(run.status == 1)
    #expect(run.output.contains("kubernetes"))
    #expect(run.output.contains("without"))
  }

  @Test(arguments: ["(", "a ", "-", "\"x ", "a OR ", "salary>1 "])
  func longQueriesEndSoon(part: String) throws {
    let sandbox = try Sandbox(["a.md": "# A\n\nwords\n"])
    try sandbox.index()
    let clock = ContinuousClock()
    let query = String(repeating: part, count: 100_000 / part.utf8.count)
    let start = clock.now
    #expect(try sandbox.run(["--", query]).status <= 2)
    let time = clock.now - start
    #expect(time < .seconds(20))
  }

  @Test func twoRunsPrintTheSame() throws {
    let sandbox = try Sandbox()
    for number in 0..<40 {
      try sandbox.write("p\(number).md", Data("# Same title\n\nsame words\n".utf8))
    }
    try sandbox.index()
    let first = try sandbox.run(["words", "--format", "plain", "--limit", "40"]).output
    try sandbox.index(["--rebuild"])
    #expect(try sandbox.run(["words", "--format", "plain", "--limit", "40"]).output == first)
  }

  @Test func severalPathsOfOneBaseAreIndexed() throws {
    let sandbox = try Sandbox([
      "kbsearch.yaml": "corpus: .\n", "one/a.md": "# A\n\npeaceable\n",
      "two/b.md": "# B\n\npeaceable\n",
    ])
    #expect(try sandbox.run(["index", "one", "two/b.md"]).status == 0)
    #expect(try sandbox.search("peaceable").sections.count == 2)
    let apart = try sandbox.run(["index", "one", "/tmp"])
    #expect(apart.status == 2)
    #expect(apart.errors.contains("no kbsearch.yaml in common"))
  }

  @Test func aCorpusIsFoundWhereItsPathsBegin() throws {
    let sandbox = try Sandbox(["a.md": "# A\n\npeaceable\n"])
    let docs = "\(sandbox.path)/docs"
    #expect(try sandbox.run(["index", docs]).status == 0)
    let found = try sandbox.run(
      ["--corpus", docs, "--format", "paths", "peaceable"], in: sandbox.path)
    #expect(found.output == "docs/a.md\n")
    #expect(try sandbox.run(["index", "a.md"]).status == 0)
  }

  @Test func aShellIsOfferedNothingWithoutABase() throws {
    let sandbox = try Sandbox()
    let run = try sandbox.run(
      ["completions", "word", "sal"], in: "/", environment: ["XDG_DATA_HOME": sandbox.path])
    #expect(run.output.isEmpty)
  }

  @Test func countsAreJSONWhereJSONIsAskedFor() throws {
    let sandbox = try Sandbox(["a.md": "# A\n\npeaceable\n"])
    try sandbox.index()
    let run = try sandbox.run(["--count", "--json", "peaceable"])
    #expect((run.json["total"] as? [String: Any])?["value"] as? Int == 1)
    #expect((run.json["hits"] as? [Any])?.isEmpty == true)
  }

  @Test func plainWordsAreSorted() throws {
    let sandbox = try Sandbox([
      "a.md": "# A\n\npeaceable peaceable peaceable\n", "b.md": "# B\n\npeaceable lines\n",
    ])
    try sandbox.index()
    let run = try sandbox.run(
      ["--literal", "--sort", "-title", "--format", "paths", "peaceable"])
    #expect(run.output == "b.md\na.md\n")
  }

  @Test func stagesAreIndentedAsTrees() throws {
    let sandbox = try Sandbox(["a.md": "# A\n\npeaceable\n"])
    try sandbox.index()
    let run = try sandbox.run(["explain", "a b"])
    #expect(run.output.contains("tokens\n  [0,1] word a\n  [2,3] word b\n\n"), "\(run.output)")
    #expect(run.output.contains("syntax\n  and [0,3]\n    word a [0,1]\n"), "\(run.output)")
  }

  @Test func manyComparisonsAreAnsweredSoon() throws {
    let sandbox = try Sandbox([
      "a.md": "# ML Engineer\n\nSalary: $100,000\n\n## UK\n\nSalary: £60,000\n"
    ])
    try sandbox.index()
    let query = (0..<400).map { "salary>\($0) location:a\($0)" }.joined(separator: " OR ")
    let start = Date()
    let run = try sandbox.search(query)
    #expect(run.output.contains("amounts in other currencies"), "\(run.output)")
    #expect(Date().timeIntervalSince(start) < 10)
  }
}
