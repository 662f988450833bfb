import KBDiagnostics
import KBQuery
import KBSchema
import Testing

/// How queries are read, by the canonical text of what they mean.
@Suite struct BindingTests {
  static let binder = QueryBinder(schema: .careers, today: 20_000) { field, value in
    field == "skill" && value == "sklearn" ? "scikit-learn" : nil
  }

  @Test(arguments: [
    ("pytorch", "pytorch"),
    ("pytorch salary>150000", "pytorch AND salary>150000"),
    ("salary > 150k", "salary>150000"),
    ("salary:>150,000", "salary>150000"),
    ("salary>150_000", "salary>150000"),
    ("salary>$1.5m", "salary>1500000"),
    ("salary>£60k", "salary>60000GBP"),
    ("salary>60000GBP", "salary>60000GBP"),
    ("salary>75/hr", "salary>156000"),
    ("salary:120k..150k", "salary:120000..150000"),
    ("salary:150k..", "salary:150000.."),
    ("salary=150k", "salary=150000"),
    ("salary!=150k", "has:salary AND NOT salary=150000"),
    ("salary.min>150k", "salary.min>150000"),
    ("salary>100k salary<120k", "salary>100000 AND salary<120000"),
    ("skill:sklearn", "skill:scikit-learn"),
    ("skill:(python OR r)", "skill:(python OR r)"),
    ("skill:pyth*", "skill:pyth*"),
    ("role:engineer", "role:engineer"),
    ("role:\"data scientist\"", "role:\"data scientist\""),
    ("role=\"Data Scientist\"", "role=\"Data Scientist\""),
    ("has:salary", "has:salary"), ("missing:salary", "missing:salary"),
    ("salary:*", "has:salary"),
    ("a OR b c", "a OR (b AND c)"), ("a | b", "a OR b"),
    ("(a OR b) c", "(a OR b) AND c"), ("-a", "NOT a"), ("NOT a b", "NOT a AND b"),
    ("a AND b", "a AND b"), ("and or not", "and AND or AND not"),
    ("\"a b\"~3", "\"a b\"~3"), ("a NEAR/4 b", "a NEAR/4 b"), ("a^2 b", "a^2 AND b"),
    ("state-of-the-art", "state-of-the-art"), ("401(k)", "401(k)"), ("*", "*"),
    ("http://a.b/c?d=e", "http://a.b/c?d=e"), ("10:30", "10:30"), ("std::vector", "std::vector"),
    ("C:\\x", "C:\\x"), ("a > b", "a AND b"), ("note: this", "note AND this"),
    ("modified>=2024-05", "modified>=2024-05-01"),
    ("modified:2024", "modified:2024-01-01..2024-12-31"),
    ("modified>-30d", "modified>=2024-09-05"), ("experience<=3", "experience<=3"),
    ("pay>100k", "salary>100000"), ("x sort:-salary", "x sort:-salary"),
    ("x scope:section", "x scope:section"), ("x group:subject", "x group:subject"),
  ])
  func readsAs(query: String, meaning: String) {
    let bound = BindingTests.binder.bind(query)
    #expect(bound.isValid, "\(query): \(bound.diagnostics.map(\.message))")
    #expect(BoundPrinter.text(bound) == meaning, "\(query)")
  }

  @Test(arguments: [
    ("", "query.empty"), ("\"a", "query.unclosed-quote"), ("(a", "query.unclosed-bracket"),
    ("a)", "query.stray-bracket"), ("()", "query.empty-brackets"),
    ("a OR", "query.dangling-operator"),
    ("OR a", "query.dangling-operator"), ("a AND", "query.dangling-operator"),
    ("NOT", "query.dangling-operator"), ("*a", "query.leading-wildcard"),
    ("a*b", "query.inner-wildcard"),
    ("a*", "query.short-prefix"), ("word~", "query.fuzzy-word"),
    ("\"a b\"~", "query.slop-without-number"),
    ("salry>5", "query.unknown-field"), ("foo:bar", "query.unknown-field"),
    ("has:nothing", "query.unknown-field"), ("salary>", "query.missing-value"),
    ("role: engineer", "query.missing-value"), ("salary>abc", "query.wrong-type"),
    ("modified>soon", "query.wrong-type"), ("experience>$5k", "query.wrong-unit"),
    ("skill>5", "query.not-comparable"), ("skill:python,r", "query.comma-in-value"),
    ("salary:..", "query.empty-range"), ("salary:5k..3k", "query.reversed-range"),
    ("skill.min:python", "query.no-such-end"), ("a OR sort:salary", "query.control-inside"),
    ("scope:page", "query.bad-scope"), ("sort:nothing", "query.not-sortable"),
    ("group:salary", "query.not-groupable"), ("skill:(a b)", "query.list-without-or"),
    ("skill:(a -b)", "query.not-a-list-value"), ("> 5", "query.comparison-without-field"),
    ("\"a b\" NEAR/3 c", "query.near-needs-words"),
  ])
  func saysWhatIsWrongAndWhatWorks(query: String, id: String) {
    let bound = BindingTests.binder.bind(query)
    let first = bound.diagnostics.first { $0.severity == .error }
    #expect(first?.id == id, "\(query): \(bound.diagnostics.map(\.id))")
    let rewrite = BindingTests.binder.rewrite(of: query)
    #expect(rewrite != nil, "\(query)")
    #expect(BindingTests.binder.bind(rewrite ?? "\"").isValid, "\(query) → \(rewrite ?? "")")
  }

  @Test func printedTreesReadAlike() {
    for (query, _) in [
      ("a OR b c", 0), ("(a OR b) -c", 0), ("NOT (a b)", 0), ("skill:(a OR \"b c\") x*", 0),
      ("salary>=5 AND \"p q\"~2^3", 0), ("a NEAR/2 b OR c", 0), ("NOT NOT a", 0), ("role: x y", 0),
    ] {
      let tree = QueryParser.parse(query).syntax
      #expect(QueryParser.parse(tree.text).syntax == tree, "\(query) → \(tree.text)")
    }
  }

  @Test(arguments: [
    String(repeating: "(", count: 10_000), String(repeating: "a ", count: 25_000),
    String(repeating: "-", count: 8_000), String(repeating: "a OR ", count: 8_000),
    String(repeating: "\"", count: 9_999),
    String(decoding: (0..<128).map { UInt8($0) }, as: UTF8.self),
  ])
  func hostileQueriesEndSoon(query: String) {
    let clock = ContinuousClock()
    let time = clock.measure { _ = BindingTests.binder.bind(query) }
    #expect(time < .seconds(60))
  }
}
