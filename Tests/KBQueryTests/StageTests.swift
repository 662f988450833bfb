import KBDiagnostics
import KBQuery
import KBSchema
import Testing

@Suite struct StageTests {
  static let query = "-a (role:\"x y\"~2 salary>75/hr)^2 OR (foo: b)^3 sort:-salary scope:section"

  @Test func tokens() {
    let query = "-a role:(x OR \"y\")^2 > \u{1B}"
    #expect(
      StagePrinter.tokens(Lexer.tokens(of: query), source: query) == """
        [0,1] not -
        [1,2] word a
        [3,7] name role
        [7,8] comparison :
        [8,9] open list (
        [9,10] value x
        [11,13] or OR
        [14,17] phrase "y"
        [17,18] close )
        [18,20] boost ^2
        [21,22] word >
        [23,24] word \\u{1B}

        """)
  }

  @Test func syntax() {
    #expect(
      StagePrinter.syntax(Parser.parse(StageTests.query).syntax) == """
        or [0,46]
          and [0,32]
            not [0,2]
              word a [1,2]
            boost 2 [3,32]
              and [3,30]
                candidate role:"x y"~2 [4,16]
                candidate salary>75/hr [17,29]
          boost 3 [36,46]
            candidate (spaced) foo: b [36,44]
        sort -salary [47,59]
        scope section [60,73]

        """)
  }

  @Test func bound() throws {
    let query = try #require(Fixture.read(StageTests.query).query)
    #expect(
      StagePrinter.bound(query) == """
        or [0,46]
          and [0,32]
            not [0,2]
              a [1,2]
            same fact [4,29]
              role has phrase "x y"~2^2 [4,16]
              salary > 156000 USD (75/hr)^2 [17,29]
          boost 3 [36,46]
            and [36,44]
              foo: [37,41]
              b [42,43]
        scope section
        sort -salary

        """)
  }

  @Test func amountsAreByTheYearAndKeepWhatWasWritten() throws {
    let query = try #require(Fixture.read("salary>$75.50/hr").query)
    guard case .filter(let filter) = query.root.kind, case .interval(let tests) = filter.clause,
      case .compare(.above, let bound) = tests.first?.comparison
    else {
      Issue.record("\(query.root)")
      return
    }
    #expect(tests.count == 1)
    #expect(bound.amount == Amount(157_040))
    #expect(bound.value == 157_040)
    #expect(bound.unit == MeasureUnit(code: "USD", period: .hour))
    #expect(bound.written == "$75.50/hr")
    #expect(bound.span == 7..<16)
    #expect(filter.span == 0..<16)
    #expect(query.notes.map(\.code) == ["by-the-year"])
    #expect(query.notes.first?.message == "`salary` compares by the year: $75.50/hr = 157,040")
  }

  @Test func datesKeepTheirSpans() throws {
    let query = try #require(Fixture.read("modified:2024-02..2024").query)
    guard case .filter(let filter) = query.root.kind,
      case .date(.range(let low, let high)) = filter.clause
    else {
      Issue.record("\(query.root)")
      return
    }
    #expect(low?.days.first == DateSpan.day(year: 2024, month: 2, day: 1))
    #expect(low?.days.last == DateSpan.day(year: 2024, month: 2, day: 29))
    #expect(high?.days.last == DateSpan.day(year: 2024, month: 12, day: 31))
  }

  @Test(
    "days counted from 2024-06-15",
    arguments: [
      ("-30d", "2024-05-16"), ("30d", "2024-05-16"), ("+30d", "2024-07-15"), ("2w", "2024-06-01"),
      ("1m", "2024-05-15"), ("-4mo", "2024-02-15"), ("1y", "2023-06-15"), ("today", "2024-06-15"),
      ("Yesterday", "2024-06-14"), ("tomorrow", "2024-06-16"), ("18m", "2022-12-15"),
    ])
  func relativeDates(written: String, day: String) {
    #expect(Fixture.outcome("modified>=\(written)") == "modified >= \(day)")
  }

  @Test func literalTakesNothingButWords() {
    let query = "what's -the \"salary>5\" OR (role: x* ?"
    let bound = BoundQuery.literal(query)
    #expect(
      bound.map(BoundPrinter.print)
        == #"and(what's, -the, "salary>5", OR, (role:, x*, ?)"#)
    guard case .and(let nodes) = bound?.root.kind else {
      Issue.record("no words")
      return
    }
    for node in nodes {
      guard case .word(let word) = node.kind else {
        Issue.record("\(node)")
        continue
      }
      #expect(!word.isPrefix)
      #expect(Array(query.utf8)[word.span].elementsEqual(word.text.utf8))
    }
    #expect(BoundQuery.literal(" \u{3000}") == nil)
    #expect(QueryReading(literal: "").errors.map(\.code) == ["empty"])
    #expect(QueryReading(literal: "a:b").query != nil)
  }

  @Test func suggestionsAreNamesByDistance() {
    let error = Fixture.read("rolee:x").errors.first
    #expect(error?.suggestions == ["role"])
    #expect(error?.span == 0..<5)
    #expect(Fixture.read("compensaton>5k").errors.first?.suggestions == ["salary"])
    #expect(Fixture.read("zzzzzz:x").errors.first?.suggestions == [])
  }

  @Test func severalErrorsAreMendedTogether() {
    let reading = Fixture.read("salry>5 AND (python OR skill>java \"x")
    #expect(reading.errors.count > 2)
    let rewrite = reading.rewrite.map(Fixture.read)
    #expect(rewrite?.query != nil, "\(reading.rewrite ?? "none")")
  }

  @Test func notesStandInTheQueryInTheOrderOfTheirPlaces() throws {
    let query = try #require(Fixture.read("a > b salary>75/hr py*n salary<£90k").query)
    #expect(
      query.notes.map(\.code) == [
        "comparison-as-text", "by-the-year", "wildcard-as-text", "one-currency",
      ])
    #expect(query.notes.allSatisfy { $0.severity == .note })
  }

  @Test func identifiersAreUniqueAndStable() {
    let ids = QueryProblem.allCases.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.hasPrefix("query.") })
    for id in ["unknown-field", "unclosed-quote", "dangling-operator", "wrong-type"] {
      #expect(ids.contains("query.\(id)"))
    }
  }
}
