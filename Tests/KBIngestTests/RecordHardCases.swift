import KBIngest
import KBSchema
import Testing

/// The cases that the main job must get right, on pages in miniature.
@Suite struct RecordHardCases {
  static let analyst = """
    # Data Analyst

    Reports for everyone.

    ## Skills

    - SQL and pytorch

    ## Salary

    - Entry-level: $60k
    - Unlike you, senior ML Engineers earn $190k in Boston.
    """

  @Test func foreignPayStaysWithItsLine() throws {
    let page = DocumentRecords.of(Self.analyst)
    let salary = try #require(page.record("Salary"))
    let foreign = try #require(salary.facts.first { $0.says("salary") == ["190000"] })
    #expect(foreign.isForeign)
    #expect(foreign.says("role") == ["ML Engineer"])
    #expect(foreign.borrowed.isEmpty)
    #expect(!page.pays("Skills", over: 150_000))
    #expect(page.pays("Skills", over: 50_000))
    #expect(
      page.subjects[0].entries.allSatisfy { !$0.fact.says("location").contains("Boston, MA") })
  }

  @Test func comparedRolesEachKeepTheirAmount() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      ## Pay

      Unlike a Data Analyst, who makes $90k, an ML Engineer makes $150k.
      """)
    let facts = try #require(page.record("Pay")).facts
    let foreign = facts.filter(\.isForeign)
    #expect(foreign.map { $0.says("salary") } == [["90000"]])
    #expect(foreign.map { $0.says("role") } == [["Data Analyst"]])
    #expect(facts.filter { !$0.isForeign }.map { $0.says("salary") } == [["150000"]])
  }

  static let cards = """
    # PyTorch Engineer

    ## Skills

    - PyTorch

    ## Salary

    - $180k–$220k

    ## More Careers

    Pick one.

    ### Data Analyst

    Tables all day.

    #### Pay

    - $70k

    ### Data Engineer

    #### Pay

    - $130k
    """

  @Test func cardsAreSubjectsOfTheirOwn() throws {
    let page = DocumentRecords.of(Self.cards)
    #expect(page.subjects.map(\.name) == ["PyTorch Engineer", "Data Analyst", "Data Engineer"])
    #expect(page.records.map(\.subjectOrdinal) == [0, 0, 0, 0, 1, 1, 2, 2])
    #expect(page.records.map(\.foreignHeadings) == [0, 0, 0, 0, 2, 2, 2, 2])
    let analyst = try #require(page.record("Data Analyst"))
    #expect(analyst.headings == ["PyTorch Engineer", "More Careers", "Data Analyst"])
    #expect(analyst.facts.map { $0.says("role") } == [["Data Analyst"]])
    #expect(!page.pays("Data Analyst", over: 100_000))
    #expect(page.pays("Data Analyst", over: 60_000))
    #expect(page.pays("Skills", over: 200_000))
    #expect(page.pays("More Careers", over: 200_000))
    #expect(page.subjects[1].mentioned.isEmpty)
    #expect(page.subjects[0].mentioned.map(\.words) == ["PyTorch"])
    #expect(page.subjects[2].entries.first?.fact.says("role") == ["Data Engineer"])
  }

  @Test func payOfOnePlaceIsNotAnothers() {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      ## Salary by city

      - San Francisco, CA: $158k - $250k+
      - Others (e.g., Austin, TX; Boston, MA): $128k - $203k

      ## Skills

      Docker.
      """)
    #expect(page.pays("Skills", over: 210_000, in: "San Francisco, CA"))
    #expect(!page.pays("Skills", over: 210_000, in: "Austin, TX"))
    #expect(page.pays("Skills", over: 200_000, in: "Austin, TX"))
    #expect(page.pays("Skills", over: 200_000, in: "Boston, MA"))
  }

  @Test func disjointIntervalsStayApart() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      ## Salary

      Pay is $80k–$100k at first and $150k–$170k later.
      """)
    let facts = try #require(page.record("Salary")).facts
    #expect(facts.map { $0.says("salary") } == [["80000..100000"], ["150000..170000"]])
    let lifted = page.subjects[0].entries.filter { $0.section != nil }
    #expect(lifted.map { $0.fact.says("salary") } == [["80000..100000"], ["150000..170000"]])
  }

  @Test func aFreePlaceIsBorrowedByPay() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      - Location: Austin

      ## Pay

      - Senior: $210k
      - SF: $250k
      """)
    let facts = try #require(page.record("Pay")).facts
    #expect(facts[0].borrows("location") == ["Austin, TX"])
    #expect(facts[1].borrows("location").isEmpty)
    #expect(page.pays("Pay", over: 200_000, in: "Austin, TX"))
    #expect(!page.pays("Pay", over: 220_000, in: "Austin, TX"))
  }

  @Test func aLineWithPayLendsNothing() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      ## Pay

      - $300k
      - Austin: $100k
      """)
    #expect(!page.pays("Pay", over: 200_000, in: "Austin, TX"))
  }

  @Test func headingsLendNearestFirst() throws {
    let page = DocumentRecords.of(
      """
      ---
      location: Boston
      salary: $100k
      ---
      # ML Engineer

      Hello.

      ## Offices in Austin

      - Senior: $210k

      ### San Francisco

      - $250k

      ## Perks

      - $120k
      - Senior people
      """)
    let austin = try #require(page.record("Offices in Austin"))
    #expect(austin.facts.last?.borrows("location") == ["Austin, TX"])
    let bay = try #require(page.record("San Francisco"))
    #expect(bay.facts.last?.borrows("location") == ["San Francisco, CA"])
    let perks = try #require(page.record("Perks"))
    #expect(perks.facts[0].borrows("location") == ["Boston, MA"])
    #expect(perks.facts[1].borrows("salary") == ["100000"])
  }

  @Test func nestedItemsBorrowFromTheirParent() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      - Location: Austin

      ## Pay

      - San Francisco
        - Senior: $250k
      - Boston:
      - Senior: $190k
      """)
    #expect(page.pays("Pay", over: 200_000, in: "San Francisco, CA"))
    #expect(!page.pays("Pay", over: 200_000, in: "Austin, TX"))
    #expect(page.pays("Pay", over: 180_000, in: "Boston, MA"))
  }

  @Test func placesAbovePayAreTiedToIt() {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      ## Overall

      - At most $267k

      ## Austin

      ### Mid-level

      - $120k

      ## Elsewhere

      - Boston
        - Senior: $150k
      """)
    #expect(!page.pays("Overall", over: 200_000, in: "Austin, TX"))
    #expect(page.pays("Overall", over: 110_000, in: "Austin, TX"))
    #expect(!page.pays("Overall", over: 200_000, in: "Boston, MA"))
  }

  @Test func columnsOfRolesAreForeign() throws {
    let page = DocumentRecords.of(
      """
      # Data Analyst

      ## Salary

      | City | Data Analyst | ML Engineer |
      | Austin | $70k | $190k |
      """)
    let facts = try #require(page.record("Salary")).facts
    #expect(facts.map(\.isForeign) == [false, true])
    #expect(facts[1].says("role") == ["ML Engineer"])
    #expect(!page.pays("Salary", over: 100_000))
  }

  @Test func cardsBeforeTheFirstKnownRoleAreCardsToo() {
    let page = DocumentRecords.of(
      """
      # PyTorch Engineer
      ## Skills
      ## Related careers
      ### Chief of Everything
      - $300k
      #### Pay
      ### Data Analyst
      ### Duties
      - $80k
      ## After
      """)
    #expect(
      page.subjects.map(\.name) == ["PyTorch Engineer", "Chief of Everything", "Data Analyst"])
    #expect(page.records.map(\.subjectOrdinal) == [0, 0, 0, 1, 1, 2, 2, 0])
    #expect(!page.pays("Skills", over: 1))
  }

  @Test func aLeadThatNamesAnotherRoleIsForeign() throws {
    let page = DocumentRecords.of(
      """
      # Data Analyst

      ## Salary

      For comparison, an ML Engineer earns:

      - Senior: $190k
      - $150k at first

      Here the Data Analyst gets:

      - $70k
      """)
    let facts = try #require(page.record("Salary")).facts
    #expect(facts.map(\.isForeign) == [true, true, false])
    let role = try #require(facts[1].stated.first { $0.field == "role" })
    #expect(role.provenance == Provenance(line: 5, columns: 19..<30, text: "ML Engineer"))
    #expect(!page.pays("Salary", over: 100_000))
  }

  @Test func freeFactsThatContradictLendNothing() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      ## Experience

      - entry-level: 0-2 years
      - Senior: 5-9 years

      ## Pay

      - Senior: $200k
      """)
    let pay = try #require(page.record("Pay")).facts
    #expect(pay.map { $0.borrows("experience") } == [["5..9"]])
  }

  @Test func severalIntervalsAreNeverOneFacts() throws {
    let page = DocumentRecords.of(
      """
      # ML Engineer

      ## Experience

      - 0-2 years at first
      - 3-5 years later

      ## Pay

      - $200k
      """)
    let pay = try #require(page.record("Pay")).facts
    #expect(pay.map { $0.borrows("experience") } == [["0..2"], ["3..5"]])
    for fact in page.records.flatMap(\.facts) + page.subjects[0].entries.map(\.fact) {
      #expect(fact.has("experience").count <= 1)
      #expect(fact.has("salary").count <= 1)
    }
  }

  @Test func anAmountWithTwoRangesOfYearsIsTwoFacts() throws {
    let page = DocumentRecords.of(
      "# ML Engineer\n## Pay\n- Senior: $150k for 3-5 years or 6-9 years, with SQL")
    let pay = try #require(page.record("Pay")).facts
    #expect(pay.map { $0.says("salary") } == [["150000"], ["150000"]])
    #expect(pay.map { $0.says("experience") } == [["3..5"], ["6..9"]])
    #expect(pay.map { $0.says("level") } == [["senior"], ["senior"]])
    #expect(pay.map { $0.says("skill") } == [["SQL"], []])
  }

  @Test func aPageOfNoRoleLiftsWhatItSaysOfOne() throws {
    func inherits(_ second: String) -> Bool {
      DocumentRecords.of(
        """
        # What people earn

        ## Pay

        - ML Engineer: $190k
        - \(second): $90k

        ## Tools

        - PyTorch
        """
      ).pays("Tools", over: 150_000)
    }
    #expect(inherits("ML Engineer"))
    #expect(!inherits("Data Analyst"))
  }

  /// What the words of a fact are is beside the point here, so that the reading costs nothing.
  @Test func aSubjectWithManyFactsStaysSmall() throws {
    let reading = ValueReading(read: { fact in
      guard fact.kind == .listItem else { return ([], []) }
      let span = fact.text.utf8.count - 1..<fact.text.utf8.count
      return (
        [Finding(field: "level", content: .string(String(fact.text.suffix(1))), span: span)], []
      )
    })
    let lines = (0..<100_000).map { "- level \($0 % 7)" }
    let page = RecordBuilder(schema: .careers, reading: reading)
      .build(PageLines.document("# Levels\n" + lines.joined(separator: "\n")))
    #expect(page.records[0].facts.count == 100_000)
    #expect(page.subjects[0].entries.count == 7)
  }
}
