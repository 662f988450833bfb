public import KBSchema

/// Reads values out of the words of facts, by rules.
public struct Extractors: Sendable {
  private let rules: ExtractionRules
  /// What each rule does, its tables at hand.
  private let readers: [ExtractionRules.Reader]

  /// Extractors that follow the rules.
  public init(_ rules: ExtractionRules) {
    self.rules = rules
    readers = rules.rules.map { rules.reader(of: $0) }
  }

  /// The values that a fact's words state, in the order of their places, and the sums that were
  /// seen and judged to be none, each with the reason. Time is linear in the text.
  public func read(_ fact: FactText) -> (findings: [Finding], rejections: [Rejection]) {
    let text = Lexemes(fact.text)
    guard text.count > 0 else { return ([], []) }
    var findings: [Finding] = []
    var rejections: [Rejection] = []
    for reader in readers { reader(fact, text, &findings, &rejections) }
    if findings.count > 1 { findings.sort { Extractors.isBefore($0.span, $1.span) } }
    if rejections.count > 1 { rejections.sort { Extractors.isBefore($0.span, $1.span) } }
    return (findings, rejections)
  }

  private static func isBefore(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
  }

  // MARK: Declared values

  /// The interval that a declared text of a field states: `salary: 120000-150000`, `$150k+`,
  /// `£60,000 pa`, `experience: 3-5`. Nil where it states none.
  ///
  /// - Parameters:
  ///   - text: The value as written.
  ///   - key: The key it stands under. One that ends in `min` or `max` states one end, and one
  ///     that names a period (`hourly_rate`) or a currency (`salary_usd`) gives it.
  public func declaredSalary(_ text: String, key: String) -> Interval? {
    DeclaredInterval(currency: rules.currency).pay(text, key: key)
  }

  /// The intervals that a declared text of an interval field states, by the field's rule: pay,
  /// money, or a quantity. Empty where it states none.
  public func declaredIntervals(_ field: String, _ text: String) -> [Interval] {
    rules.declaredIntervals(field, text)
  }
}

/// A name that was found: lexemes, half-open, and the canonical spelling.
struct FoundName {
  var name: String
  var range: Range<Int>
}
