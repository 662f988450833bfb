import KBIngest
import KBSchema
import Testing

/// Sections, anchors, titles, subjects and provenance.
@Suite struct RecordShapes {
  @Test func sectionsFollowHeadings() {
    let page = DocumentRecords.of(
      """
      Before all.

      # Guide

      ## One

      #### Deep

      Text.

      ## Two
      """)
    #expect(
      page.records.map(\.headings) == [
        ["Guide"], ["Guide"], ["Guide", "One"], ["Guide", "One", "Deep"], ["Guide", "Two"],
      ])
    #expect(page.records.map(\.line) == [1, 3, 5, 7, 11])
    #expect(page.records.map(\.endLine) == [1, 3, 5, 9, 11])
    #expect(page.records.map(\.anchor) == ["", "guide", "one", "deep", "two"])
    #expect(page.records.map(\.body.text) == ["Before all.", "", "", "Text.", ""])
    #expect(page.records.allSatisfy { $0.document == "Guide" })
  }

  @Test(arguments: [
    ("What's new?", "whats-new"), ("C++ & C#", "c--c"), ("node_js  2.0", "node_js--20"),
    ("Über Straße", "über-straße"), ("日本語 と", "日本語-と"), ("!!!", "section"),
  ])
  func anchorsAreGitHubs(heading: String, anchor: String) {
    #expect(DocumentRecords.of("# \(heading)").records.map(\.anchor) == [anchor])
  }

  @Test func anchorsAreUnique() {
    let page = DocumentRecords.of("# A\n## A\n## A-1\n## B {#a}\n## B {#a}\n## A")
    let anchors = page.records.map(\.anchor)
    #expect(anchors == ["a-1", "a-2", "a-1-1", "a", "a-3", "a-4"])
  }

  @Test func titlesComeFromTheBestPlace() {
    func title(_ text: String) -> String? {
      DocumentRecords.of(text, path: "a/my.notes.md").records.first?.document
    }
    #expect(title("---\ntitle: Declared\n---\n# Other") == "Declared")
    #expect(title("## Early\n\n# First") == "First")
    #expect(title("## Early\n\n### Later") == "Early")
    #expect(title("Only text.") == "my.notes")
    #expect(title("") == nil)
    #expect(title("---\nregion: Europe\n---") == "my.notes")
  }

  @Test func aTitleIsARoleOnlyInAProfile() {
    func role(_ text: String) -> [String] {
      DocumentRecords.of(text).subjects[0].entries.flatMap { $0.fact.says("role") }
    }
    #expect(role("# Data Analyst\n\n## Responsibilities\n\n- Charts") == ["Data Analyst"])
    #expect(role("# Data Analyst\n\nThey were late again.") == [])
    #expect(role("# Meeting notes\n\n## Salary\n\nNothing new.") == [])
    #expect(role("---\nrole: ML Engineer\n---\n# How to start\n\nText.") == ["ML Engineer"])
    #expect(role("---\nJob Title: ML Engineer\n---\n# How to start\n\nText.") == ["ML Engineer"])
  }

  @Test func aRoleFromTheTitleHasItsPlace() throws {
    let page = DocumentRecords.of("\n# Data Analyst\n\n## Skills\n\n- SQL")
    let entry = try #require(page.subjects[0].entries.first)
    #expect(entry.section == nil)
    #expect(entry.source == .subject)
    let value = try #require(entry.fact.stated.first)
    #expect(
      value.provenance == Provenance(line: 2, columns: 2..<14, text: "Data Analyst", declared: true)
    )
    #expect(page.records[0].facts.map { $0.says("role") } == [["Data Analyst"]])
  }

  @Test func flatCardsEndAtTheNextHeading() {
    let page = DocumentRecords.of(
      """
      # ML Engineer
      ## Skills
      - SQL
      ## Related roles
      ## Data Analyst
      ## Data Analyst
      ### Pay
      ## Data Engineer
      ## Questions
      """)
    #expect(page.records.map(\.subjectOrdinal) == [0, 0, 0, 1, 1, 1, 2, 0])
  }

  @Test func profilesSideBySideAreApart() {
    let page = DocumentRecords.of(
      """
      # Salaries this year
      ## Data Analyst
      - $70k
      ## ML Engineer
      - $190k
      ## Method
      - PyTorch
      """)
    #expect(page.subjects.map(\.name) == ["Salaries this year", "Data Analyst", "ML Engineer"])
    #expect(page.records.map(\.subjectOrdinal) == [0, 1, 2, 0])
    #expect(!page.pays("Method", over: 1000))
    #expect(!page.pays("Data Analyst", over: 100_000))
  }

  @Test func aHeadingOfAnotherRoleMakesItsFactsForeign() throws {
    let page = DocumentRecords.of(
      """
      # Data Analyst
      ## Salary
      - $70k
      ## ML Engineer
      - $190k
      ### In detail
      - $200k
      """)
    #expect(try #require(page.record("ML Engineer")).facts.allSatisfy(\.isForeign))
    #expect(try #require(page.record("In detail")).facts.allSatisfy(\.isForeign))
    #expect(!page.pays("Salary", over: 100_000))
  }

  @Test func valuesPointAtTheirWords() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      ## Pay

        - Für Senior: $210k, nicht mehr.
      """)
    let fact = try #require(page.record("Pay")?.facts.first)
    let places = fact.stated.map(\.provenance)
    #expect(places[0] == Provenance(line: 5, columns: 9..<15, text: "Senior"))
    #expect(places[1] == Provenance(line: 5, columns: 17..<22, text: "$210k"))
  }

  @Test func aSecondSentenceKeepsItsColumns() throws {
    let page = DocumentRecords.of("# ML Engineer\n\nIn the U.S. Bureau of it. Pay is $90k. Ok.")
    let fact = try #require(page.records[0].facts.first { !$0.says("salary").isEmpty })
    #expect(fact.stated.map(\.provenance) == [Provenance(line: 3, columns: 33..<37, text: "$90k")])
  }

  @Test func amountsThatAreNoneAreTold() throws {
    let page = DocumentRecords.of("# ML Engineer\n\n- A $180k budget for training.")
    #expect(
      page.records[0].ignored == [
        IgnoredAmount(
          field: "salary", provenance: Provenance(line: 3, columns: 4..<16, text: "$180k budget"),
          reason: "a budget")
      ])
  }

  @Test func frontMatterReachesWhomItShould() throws {
    let page = DocumentRecords.of(
      """
      ---
      title: ML Engineer
      salary: $150k–$180k
      skills: pytorch, Docker
      Module Name: Thing
      count: 12
      version: "12"
      when: 2024-05-17
      location: Austin&Boston
      ---
      ## Skills
      - SQL
      ## More careers
      ### Data Analyst
      - SQL
      """)
    let main = try #require(page.subjects[0].entries.first)
    #expect(main.source == .subject)
    #expect(main.section == nil)
    #expect(main.fact.says("salary") == ["150000..180000"])
    #expect(main.fact.says("skill") == ["PyTorch", "Docker"])
    #expect(main.fact.says("location") == ["Austin, TX", "Boston, MA"])
    #expect(
      main.fact.stated.map(\.provenance.columns) == [8..<21, 8..<15, 17..<23, 10..<16, 17..<23])
    let other = page.subjects.map { $0.entries.filter { $0.source == .document } }
    #expect(other[0] == other[1])
    let fact = try #require(other[1].first?.fact)
    #expect(fact.says("module-name") == ["Thing"])
    #expect(fact.says("title") == ["ML Engineer"])
    #expect(fact.says("count") == ["12.0"])
    #expect(fact.says("version") == ["12"])
    #expect(fact.says("when") == ["2024-05-17"])
    #expect(page.subjects[1].entries.allSatisfy { $0.fact.says("salary").isEmpty })
  }

  @Test func tablesBindRowsAndColumns() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer
      ## Pay
      | City | entry-level | Senior |
      | Austin, TX | $80k | $160k |
      | SF | $100k | $220k |
      """)
    let facts = try #require(page.record("Pay")).facts
    #expect(facts.map { $0.says("salary")[0] } == ["80000", "160000", "100000", "220000"])
    #expect(facts.map { $0.says("level")[0] } == ["entry", "senior", "entry", "senior"])
    #expect(
      facts.map { $0.says("location")[0] }.suffix(2) == ["San Francisco, CA", "San Francisco, CA"])
    let level = try #require(facts[1].stated.first { $0.field == "level" })
    #expect(level.provenance == Provenance(line: 3, columns: 23..<29, text: "Senior"))
    #expect(!page.pays("Pay", over: 200_000, in: "Austin, TX"))
  }

  @Test(arguments: [
    (
      "From $70k for entry-level positions to over $267k for Senior people.",
      ["70000 entry", "267000 senior"]
    ),
    ("Austin: $160k (average), up to $256k", ["160000 Austin, TX", "256000 Austin, TX"]),
    (
      "Others (Austin, TX; Boston, MA): $128k or $203k",
      ["128000 Austin, TX Boston, MA", "203000 Austin, TX Boston, MA"]
    ),
    ("SF pays $200k and Austin $150k", ["200000 San Francisco, CA", "150000 Austin, TX"]),
    ("$200k in SF, $150k in Austin", ["200000 San Francisco, CA", "150000 Austin, TX"]),
    ("In SF, $200k; in Austin, $150k", ["200000 San Francisco, CA", "150000 Austin, TX"]),
    ("Austin ($150k) and SF ($200k)", ["150000 Austin, TX", "200000 San Francisco, CA"]),
    ("In Austin it starts at $80k and rises to $120k", ["80000 Austin, TX", "120000 Austin, TX"]),
    ("In Austin $80k, while elsewhere $120k", ["80000 Austin, TX", "120000"]),
    (
      "Mid-level: $90k; Senior: $150k, then $160k", ["90000 mid", "150000 senior", "160000 senior"]
    ),
    ("Senior pay is $150k, bonus up to $200k", ["150000 senior", "200000"]),
    ("1-3 years: $90k, 4-6 years: $120k", ["90000 1..3", "120000 4..6"]),
  ])
  func labelsGoToTheirAmounts(text: String, facts: [String]) throws {
    let page = DocumentRecords.of("# ML Engineer\n## Pay\n- \(text)")
    let found = try #require(page.record("Pay")).facts.map { fact in
      (fact.says("salary") + fact.says("level") + fact.says("experience") + fact.says("location"))
        .joined(separator: " ")
    }
    #expect(found == facts)
  }

  @Test func codeStatesNothing() throws {
    var page = PageLines.document("# ML Engineer\n\nCode:")
    var content = MarkedText()
    content.append("salary = $300k", line: 4, column: 0)
    page.blocks.append(Block(kind: .code(language: ""), content: content, line: 4, endLine: 4))
    let records = RecordBuilder(schema: .careers, reading: SmallReading.reading).build(page)
    #expect(records.records[0].facts.allSatisfy { $0.says("salary").isEmpty })
    #expect(records.records[0].body.text == "Code:\nsalary = $300k")
    #expect(records.records[0].body.place(at: 6) == (4, 0))
  }
}
