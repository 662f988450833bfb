import KBQuery
import Testing

/// What each query is bound to, or its errors and the rewrite that is offered, and its notes.
@Suite struct QueryTextTests {
  /// Words, AND, OR, NOT and brackets: precedence, and what is only a word.
  static let wordsRows: [Row] = [
    Row("pytorch salary>150000", "and(pytorch, salary > 150000 USD)"),
    Row("python java", "and(python, java)"),
    Row("python AND java", "and(python, java)"),
    Row("python OR java", "or(python, java)"),
    Row("python | java", "or(python, java)"),
    Row("python java OR rust go", "or(and(python, java), and(rust, go))"),
    Row("-java python", "and(not(java), python)"),
    Row("-java", "not(java)"),
    Row("NOT java", "not(java)"),
    Row("NOT NOT java", "not(not(java))"),
    Row("--java", "not(not(java))"),
    Row("- java", "and(-, java)"),
    Row("python - java", "and(python, -, java)"),
    Row("python -- java", "and(python, --, java)"),
    Row("python --- java", "and(python, ---, java)"),
    Row("-(java rust)", "not(and(java, rust))"),
    Row("(python OR java) rust", "and(or(python, java), rust)"),
    Row("((python))", "python"),
    Row("python and java or not rust", "and(python, and, java, or, not, rust)"),
    Row("state-of-the-art", "state-of-the-art"),
    Row("x86-64 v1.2.3", "and(x86-64, v1.2.3)"),
    Row(
      "c++ c# .net node.js R&D CI/CD 401(k)",
      "and(c++, c#, .net, node.js, R&D, CI/CD, 401(k))"),
    Row("(401(k))", "401(k)"),
    Row("python(java OR c)", "and(python, or(java, c))"),
    Row("NOT(java)", "not(java)"),
    Row("a OR(b c)", "or(a, and(b, c))"),
  ]

  @Test(arguments: wordsRows)
  func words(row: Row) { row.check() }

  /// `*` alone, and boosts at an atom's end.
  static let starsRows: [Row] = [
    Row("*", "everything"),
    Row("* -python", "and(everything, not(python))"),
    Row("python^2", "python^2"),
    Row("python^2.5 java", "and(python^2.5, java)"),
    Row("(python java)^3", "and(python, java)^3"),
    Row(#""machine learning"^2"#, #""machine learning"^2"#),
    Row("^2", "^2"),
    Row("python ^2", "and(python, ^2)"),
    Row("x^y", "x^y"),
    Row("python^2^3", "! bad-boost => python"),
    Row("python^", "! bad-boost => python"),
  ]

  @Test(arguments: starsRows)
  func stars(row: Row) { row.check() }

  /// Phrases and NEAR.
  static let phrasesRows: [Row] = [
    Row(#""machine learning""#, #""machine learning""#),
    Row(#""machine learning"~3"#, #""machine learning"~3"#),
    Row(#""machine learning"~0"#, #""machine learning""#),
    Row(#""machine learning"java"#, #"and("machine learning", java)"#),
    Row(#""a""b""#, #"and("a", "b")"#),
    Row("python NEAR/3 java", "near(python, java, 3)"),
    Row("-python NEAR/3 java", "not(near(python, java, 3))"),
    Row("python NEAR/3 java^2", "near(python, java, 3)^2"),
    Row("py* NEAR/3 java", "near(py*, java, 3)"),
    Row("a NEAR/2 b NEAR/3 c", "! near-operand => a NEAR/2 b b NEAR/3 c"),
    Row("NEAR/3 java", "! dangling-operator => java"),
    Row("python NEAR/3", "! dangling-operator => python"),
    Row("python NEAR/0 java", "! near-distance => python NEAR/10 java"),
    Row("python NEAR/ java", "! near-distance => python NEAR/10 java"),
    Row("python^2 NEAR/3 java", "! near-operand => python^2 java"),
    Row("(a) NEAR/3 b", "! near-operand => (a) b"),
    Row("NEAR", "NEAR (near-as-text)"),
    Row("near/3", "near/3"),
  ]

  @Test(arguments: phrasesRows)
  func phrases(row: Row) { row.check() }

  /// Wildcards and small signs.
  static let wildcardsRows: [Row] = [
    Row("serializ*", "serializ*"),
    Row("se*", "se*"),
    Row("s*", "! wildcard-short => s"),
    Row("*x", "! wildcard-place => x"),
    Row("**", "! wildcard-place => *"),
    Row("x**", "! wildcard-place => x"),
    Row("*script*", "! wildcard-place => script*"),
    Row("py*n", "py*n (wildcard-as-text)"),
    Row("x~", "! fuzzy-word => x"),
    Row("x~2", "! fuzzy-word => x"),
    Row("~x", "~x"),
    Row("2*3", "2*3 (wildcard-as-text)"),
    Row("機*", "! wildcard-short => 機"),
    Row("機械*", "機械*"),
    Row("a|b", "a|b (pipe-as-text)"),
    Row("a |b", "and(a, |b) (pipe-as-text)"),
    Row(#""a"|"b""#, #"or("a", "b")"#),
    Row("(a)|(b)", "or(a, b)"),
  ]

  @Test(arguments: wildcardsRows)
  func wildcards(row: Row) { row.check() }

  /// Operators without a side, brackets and quotation marks without an end.
  static let operatorsRows: [Row] = [
    Row("a || b", "! operator-spelling => a OR b"),
    Row("a && b", "and(a, &&, b)"),
    Row("| a", "! dangling-operator => a"),
    Row("OR", #"! dangling-operator => "OR""#),
    Row("a OR", "! dangling-operator => a"),
    Row("OR a", "! dangling-operator => a"),
    Row("a OR OR b", "! dangling-operator => a OR b"),
    Row("a AND", "! dangling-operator => a"),
    Row("AND a", "! dangling-operator => a"),
    Row("a AND OR b", "! dangling-operator => a OR b"),
    Row("a AND NOT", "! dangling-operator dangling-operator => a"),
    Row("NOT", #"! dangling-operator => "NOT""#),
    Row("-", "-"),
    Row("(a OR)", "! dangling-operator => (a)"),
    Row("( )", "! empty-group => *"),
    Row("(a", "! unclosed-bracket => (a)"),
    Row("((a", "! unclosed-bracket => ((a))"),
    Row("a)", "! stray-bracket => a"),
    Row("a))", "! stray-bracket => a"),
    Row(#""a"#, #"! unclosed-quote => "a""#),
    Row(#"""#, "! unclosed-quote"),
    Row(#""""#, "! empty-phrase => *"),
    Row(#"" ""#, "! empty-phrase => *"),
  ]

  @Test(arguments: operatorsRows)
  func operators(row: Row) { row.check() }

  /// What is no field: an error, or text.
  static let unknownRows: [Row] = [
    Row("salry>150k", #"! unknown-field => "salry>150k""#),
    Row("salry:150k", #"! unknown-field => "salry:150k""#),
    Row("foo:bar", #"! unknown-field => "foo:bar""#),
    Row(#"foo:"bar baz""#, #"! unknown-field => "foo:bar baz""#),
    Row("foo:(a OR b)", #"! unknown-field => "foo" (a OR b)"#),
    Row("foo: bar", "and(foo:, bar)"),
    Row("foo:", "foo:"),
    Row("foo : bar", "and(foo, :, bar)"),
    Row("foo>", "foo> (comparison-as-text)"),
    Row("foo> 5", "and(foo>, 5) (comparison-as-text)"),
    Row("a > b", "and(a, >, b) (comparison-as-text)"),
    Row("a >b", "and(a, >, b) (comparison-as-text)"),
    Row("a>b", #"! unknown-field => "a>b""#),
    Row("a < b > c", "and(a, <, b, >, c) (comparison-as-text comparison-as-text)"),
    Row("foo = bar", "and(foo, =, bar) (comparison-as-text)"),
    Row("100k < salary", "and(100k, <, salary) (comparison-as-text)"),
    Row("100k<salary<200k", "100k<salary<200k (comparison-as-text)"),
    Row("> 150k", "and(>, 150k) (comparison-as-text)"),
    Row("salary > 100k < 200k", "! dangling-operator => salary > 100k salary< 200k"),
    Row("foo: salary > 150k", "and(foo:, salary > 150000 USD)"),
    Row("foo: salary>150k", "and(foo:, salary > 150000 USD)"),
    Row("role: salary > 150k", "! dangling-operator => has:role salary > 150k"),
    Row("a > b NEAR/3 c", "and(a, >, near(b, c, 3)) (comparison-as-text)"),
    Row("a > -b", "and(a, >, not(b)) (comparison-as-text)"),
    Row("a == b", "and(a, ==, b) (comparison-as-text)"),
    Row("http://example.com/x?y=1", "http://example.com/x?y=1"),
    Row("https://example.com", "https://example.com"),
    Row("see http://x.org now", "and(see, http://x.org, now)"),
    Row("10:30", "10:30"),
    Row("std::vector", "std::vector"),
    Row("std::vector<int>", "std::vector<int>"),
    Row(#"C:\x"#, #"C:\x"#),
    Row(#"C:\Users\me"#, #"C:\Users\me"#),
    Row("c:/x", "c:/x"),
    Row("std:: vector", "and(std::, vector)"),
    Row("x->y", "x->y"),
    Row("a<-b", #"! unknown-field => "a<-b""#),
    Row("vector<int>", #"! unknown-field => "vector<int>""#),
    Row("key=value", #"! unknown-field => "key=value""#),
    Row("localhost:8080", #"! unknown-field => "localhost:8080""#),
    Row("name@host:x", "name@host:x"),
    Row(":) hello", "! stray-bracket => : hello"),
    Row("hello :)", "! stray-bracket => hello :"),
    Row("“machine learning”", "and(“machine, learning”) (curly-quotes)"),
    Row("machine　learning", "and(machine, learning)"),
  ]

  @Test(arguments: unknownRows)
  func unknown(row: Row) { row.check() }

  /// Other scripts, quotation marks and whatever people paste.
  static let restRows: [Row] = [
    Row("地域:東京", #"! unknown-field => "地域:東京""#),
    Row("skill:機械学習", #"skill is "機械学習""#),
    Row(#""C:\dir\""#, #""C:\dir\""#),
    Row(#"it's 5'10" tall"#, #"! unclosed-quote => it's 5'10" tall""#),
    Row("python,java", "python,java"),
    Row("python, java", "and(python,, java)"),
    Row(
      "what is the salary of an ML engineer?",
      "and(what, is, the, salary, of, an, ML, engineer?)"),
    Row("é^2", "é^2"),
    Row("a..b", "a..b"),
    Row("title:foo title:bar", #"and(title has "foo", title has "bar")"#),
    Row(#"skill:"a".."b""#, #"! value-quotes => skill:"a" .."b""#),
    Row(#"modified:"2024".."2025""#, "! value-quotes => modified:2024..2025"),
    Row(#"skill:py"thon""#, #"! value-quotes => skill:"python""#),
    Row("salary:1.000.000", #"! wrong-type => has:salary "1.000.000""#),
    Row("salary>$150-190k", "! wrong-type => salary:$150k..190k"),
    Row("salary:$150-190k", "! wrong-type => salary:$150k..190k"),
  ]

  @Test(arguments: restRows)
  func rest(row: Row) { row.check() }
}
