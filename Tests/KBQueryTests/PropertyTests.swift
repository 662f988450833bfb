import KBDiagnostics
import KBQuery
import Testing

/// SplitMix64: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct PropertyTests {
  /// What queries are made of, spaces apart.
  static let pieces = [
    "python", "java", "c++", "401(k)", "py*", "*", "-", "--", "NOT", "AND", "OR", "|", "(", ")",
    "\"", "\"machine learning\"", "\"a b\"~3", "~", "~2", "^", "^2", "^2.5", "NEAR/3", "NEAR/",
    "role", "salary", "foo", ":", ">", ">=", "<", "=", "!=", "==", "≥", "role:engineer",
    "skill:(python OR r)", "skill:(", "salary>150k", "salary:1..2", "salary.min>5", "modified:2w",
    "..", "150,000", ",", "has:salary", "missing:", "sort:-salary", "scope:subject", "group:role",
    "http://x.y", "std::vector", "C:\\x", "a->b", "é", "機械", "\u{301}", "\0", "\u{3000}", "-30d",
  ]

  static func query(_ generator: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...9, using: &generator)
    return (0..<count).map { _ in
      (pieces.randomElement(using: &generator) ?? "")
        + (Bool.random(using: &generator) || Bool.random(using: &generator) ? " " : "")
    }.joined()
  }

  func isBlank(_ text: String) -> Bool { text.allSatisfy { $0.isWhitespace } }

  static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6]

  @Test("printing a tree and reading it again gives the same tree", arguments: seeds)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    var whole = 0
    for _ in 0..<2500 {
      let query = PropertyTests.query(&generator)
      let parsed = Parser.parse(query)
      guard parsed.diagnostics.isEmpty else { continue }
      whole += 1
      let printed = SyntaxPrinter.print(parsed.syntax)
      let again = Parser.parse(printed)
      let isSame = again.syntax.withoutSpans() == parsed.syntax.withoutSpans()
      #expect(isSame, "\(query) -> \(printed)")
      #expect(again.diagnostics.isEmpty)
      #expect(SyntaxPrinter.print(again.syntax) == printed)
    }
    #expect(whole > 400)
  }

  @Test("tokens cover every byte that is no white space, in order", arguments: seeds)
  func tokensCover(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<1500 {
      let query = PropertyTests.query(&generator)
      let bytes = Array(query.utf8)
      var end = 0
      for token in Lexer.tokens(of: query) {
        let gap = String(decoding: bytes[end..<token.span.lowerBound], as: UTF8.self)
        #expect(isBlank(gap), "\(query)")
        #expect(!token.span.isEmpty, "\(query)")
        end = token.span.upperBound
      }
      #expect(isBlank(String(decoding: bytes[end...], as: UTF8.self)), "\(query)")
    }
  }

  @Test(
    "a query is bound or has an error; each mend mends; each place is in the text", arguments: seeds
  )
  func bindsOrErrs(seed: UInt64) {
    var generator = SeededGenerator(state: seed &+ 100)
    for _ in 0..<400 {
      let query = PropertyTests.query(&generator)
      let reading = Fixture.read(query)
      #expect((reading.query == nil) == !reading.errors.isEmpty, "\(query)")
      if let rewrite = reading.rewrite {
        #expect(Fixture.read(rewrite).query != nil, "\(query) -> \(rewrite)")
      }
      for diagnostic in reading.diagnostics {
        #expect(diagnostic.span.lowerBound <= diagnostic.span.upperBound, "\(query)")
        #expect(diagnostic.span.upperBound <= query.utf8.count, "\(query)")
        let text = DiagnosticRenderer(columns: 60).render(diagnostic, source: query)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "\(query)")
      }
    }
  }

  @Test("most broken queries have a rewrite", arguments: seeds)
  func rewrites(seed: UInt64) {
    var generator = SeededGenerator(state: seed &+ 200)
    var broken = 0
    var mended = 0
    for _ in 0..<300 {
      let reading = Fixture.read(PropertyTests.query(&generator))
      guard !reading.errors.isEmpty else { continue }
      broken += 1
      if reading.rewrite != nil { mended += 1 }
    }
    #expect(Double(mended) > 0.9 * Double(broken), "\(mended) of \(broken)")
  }
}
