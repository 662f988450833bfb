import KBDiagnostics
import KBQuery
import Testing

@Suite(.serialized) struct HostileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    /// The code of the error that must come, nil where the query is to be read.
    var error: String?
    var testDescription: String { name }

    init(_ name: String, _ text: String, error: String? = nil) {
      self.name = name
      self.text = text
      self.error = error
    }
  }

  /// One second; a debug build, with other tests beside it, is many times slower.
  static var bound: Duration {
    #if DEBUG
      .seconds(15)
    #else
      .seconds(1)
    #endif
  }

  static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  /// C0, DEL and C1, each by itself.
  static let controls: [String] = (Array(UInt32(0)..<0x20) + Array(0x7F..<0xA0)).compactMap {
    Unicode.Scalar($0).map { String(Character($0)) }
  }

  static let cases: [Case] = [
    Case("10,000 open brackets", many("(", 10_000), error: "too-deep"),
    Case(
      "10,000 closed brackets", many("(", 10_000) + "a" + many(")", 10_000), error: "too-deep"),
    Case("1 MB of open brackets", many("(", 1 << 20), error: "too-deep"),
    Case("1 MB of stray brackets", many(")", 1 << 20), error: "stray-bracket"),
    Case("1 MB of dashes", many("-", 1 << 20)),
    Case("1 MB of negations", many("-", 1 << 20) + "a", error: "too-deep"),
    Case("10,000 NOTs", many("NOT ", 10_000) + "a", error: "too-deep"),
    Case("1 MB word", many("a", 1 << 20)),
    Case("1 MB field name", many("a", 1 << 20) + ":x", error: "unknown-field"),
    Case("1 MB value", "role:" + many("a", 1 << 20)),
    Case("1 MB number", "salary>" + many("1", 1 << 20), error: "wrong-type"),
    Case("1 MB of quotation marks", many("\"", 1 << 20), error: "empty-phrase"),
    Case("1 MB of phrases", many("\"a\" ", 1 << 18), error: "too-large"),
    Case("1 MB of colons", "a" + many(":", 1 << 20)),
    Case("1 MB of carets", "a" + many("^", 1 << 20)),
    Case("1 MB of boosts", "a" + many("^2", 1 << 19), error: "bad-boost"),
    Case("1 MB of stars", many("*", 1 << 20), error: "wildcard-place"),
    Case("1 MB of tildes", "a" + many("~", 1 << 20), error: "fuzzy-word"),
    Case("1 MB of paired brackets in a word", "a" + many("()", 1 << 19)),
    Case("1 MB of nested brackets in a word", "a" + many("(", 1 << 19) + many(")", 1 << 19)),
    Case("100,000 words", many("python ", 100_000), error: "too-large"),
    Case("100,000 alternatives", many("python OR ", 100_000) + "java", error: "too-large"),
    Case("100,000 filters of one field", many("skill:python ", 100_000), error: "too-large"),
    Case("100,000 comparisons of one field", many("salary>150k ", 100_000), error: "too-large"),
    Case(
      "100,000 filters of two fields", many("location:a level:b ", 50_000), error: "too-large"),
    Case("100,000 unknown fields", many("foo:bar ", 100_000), error: "unknown-field"),
    Case("100,000 dangling operators", many("OR ", 100_000), error: "dangling-operator"),
    Case("a list of 100,000", "skill:(" + many("a OR ", 100_000) + "b)", error: "too-large"),
    Case(
      "a list of 100,000 without OR", "skill:(" + many("a ", 100_000) + ")", error: "list-syntax"),
    Case("100,000 nested lists", "skill:" + many("(", 100_000), error: "unclosed-bracket"),
    Case("100,000 NEARs", many("a NEAR/2 ", 100_000), error: "near-operand"),
    Case("100,000 spaced comparisons", many("a > ", 100_000), error: "too-large"),
    Case("100,000 controls", many("scope:section ", 100_000), error: "control-repeated"),
    Case("100,000 commas", "skill:" + many("a,", 100_000), error: "comma-in-value"),
    Case("NUL bytes", many("\0", 1 << 16)),
    Case("every control character", controls.joined()),
    Case("every control character, in words", controls.map { "a\($0)b" }.joined(separator: " ")),
    Case(
      "every control character, in values",
      "skill:\"" + controls.filter { $0 != "\n" && $0 != "\r" }.joined(separator: "a") + "\""),
    Case("1 MB of every control character", many(controls.joined(), 1 << 14), error: "too-large"),
    Case("combining marks", "a" + many("\u{301}", 1 << 18)),
    Case("100 deep", many("(", 100) + "a" + many(")", 100)),
  ]

  @Test("an answer or an error within a second", arguments: cases)
  func bounded(hostile: Case) {
    let clock = ContinuousClock()
    var reading: QueryReading?
    let elapsed = clock.measure { reading = Fixture.read(hostile.text) }
    #expect(elapsed < HostileTests.bound, "\(elapsed)")
    let codes = reading?.errors.map(\.code) ?? []
    if let first = reading?.diagnostics.first { rendersInLittleSpace(first, hostile.text) }
    if let error = hostile.error {
      #expect(codes.contains(error), "\(codes)")
      #expect(codes.count <= 21)
    } else {
      #expect(codes.isEmpty && reading?.query != nil, "\(codes)")
    }
  }

  private func rendersInLittleSpace(_ diagnostic: Diagnostic, _ source: String) {
    let text = DiagnosticRenderer(columns: 80).render(diagnostic, source: source)
    #expect(text.utf8.count < 4000)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }
}
