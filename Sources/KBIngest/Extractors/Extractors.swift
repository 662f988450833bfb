public import KBSchema

/// Reads values out of the words of facts, by rules.
public struct Extractors: Sendable {
  private let rules: ExtractionRules
  private let labels: [[String]: LabelReader]

  /// Extractors that follow the rules.
  public init(_ rules: ExtractionRules) {
    self.rules = rules
    var labels: [[String]: LabelReader] = [:]
    for rule in rules.rules {
      if case .label(let names) = rule.kind { labels[names] = LabelReader(names) }
    }
    self.labels = labels
  }

  /// The values that a fact's words state, in the order of their places, and the sums that were
  /// seen and judged to be none, each with the reason. Time is linear in the text.
  public func read(_ fact: FactText) -> (findings: [Finding], rejections: [Rejection]) {
    let text = Lexemes(fact.text)
    guard text.count > 0 else { return ([], []) }
    var findings: [Finding] = []
    var rejections: [Rejection] = []
    for rule in rules.rules {
      let found = read(rule, fact, text)
      findings += found.findings
      rejections += found.rejections
    }
    findings.sort { Extractors.isBefore($0.span, $1.span) }
    rejections.sort { Extractors.isBefore($0.span, $1.span) }
    return (findings, rejections)
  }

  private static func isBefore(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
  }

  private func read(
    _ rule: ExtractionRules.Rule, _ fact: FactText, _ text: Lexemes
  ) -> (findings: [Finding], rejections: [Rejection]) {
    switch rule.kind {
    case .pay(let bonus):
      return pay(rule.field, bonus, fact, text)
    case .money(let cues, let currency):
      let reader = MoneyReader(
        field: rule.field, cues: cues, currency: currency ?? rules.currency)
      return (reader.read(fact, text), [])
    case .quantity(let unit):
      return (QuantityReader(field: rule.field, rule: unit).read(fact, text), [])
    case .experience:
      return (ExperienceReader(field: rule.field).read(fact, text), [])
    case .vocabulary(let vocabulary):
      return (names(vocabulary.find(in: text, fact), rule.field, text), [])
    case .places:
      return (names(PlaceReader().find(in: text, fact), rule.field, text), [])
    case .levels:
      return (names(LevelReader().find(in: text, fact), rule.field, text), [])
    case .companies:
      return (names(CompanyReader().find(in: text, fact), rule.field, text), [])
    case .label(let labels):
      return (names(self.labels[labels]?.find(in: text) ?? [], rule.field, text), [])
    case .date(let cues):
      return (DateReader(field: rule.field, cues: cues).read(fact, text), [])
    case .pattern(let pattern):
      return (found(by: pattern, rule.field, fact.text), [])
    case .headings(let level):
      guard fact.kind == .heading, fact.level == level else { return ([], []) }
      let span = text.span(0, text.count - 1)
      return ([Finding(field: rule.field, content: .string(fact.text), span: span)], [])
    }
  }

  private func found(by rule: PatternRule, _ field: String, _ text: String) -> [Finding] {
    let bytes = Array(text.utf8)
    return rule.pattern.matches(in: text).compactMap { span in
      let words = String(decoding: bytes[span], as: UTF8.self)
      return content(of: words, field, rule.type).map {
        Finding(field: field, content: $0, span: span)
      }
    }
  }

  private func content(of words: String, _ field: String, _ type: FieldType) -> ValueContent? {
    switch type {
    case .text, .keyword: .string(words.trimmed)
    case .number: NumberText.parse(words).map { .number($0) }
    case .date: DateText.parse(words)
    case .interval: declaredIntervals(field, words).first.map { .interval($0) }
    }
  }

  private func names(_ found: [FoundName], _ field: String, _ text: Lexemes) -> [Finding] {
    found.map {
      Finding(
        field: field, content: .string($0.name),
        span: text.span($0.range.lowerBound, $0.range.upperBound - 1))
    }
  }

  private func pay(
    _ field: String, _ bonus: String?, _ fact: FactText, _ text: Lexemes
  ) -> (findings: [Finding], rejections: [Rejection]) {
    guard text.items.contains(where: { $0.kind == .number }) else { return ([], []) }
    let frame = FrameCues(
      fact, isPayPage: rules.isPayPage, speaksOfWork: speaksOfWork(fact, text))
    return PayReader(field: field, bonusField: bonus, currency: rules.currency)
      .read(fact, text, frame: frame)
  }

  /// Whether a fact or a heading above it is of a job.
  private func speaksOfWork(_ fact: FactText, _ text: Lexemes) -> Bool {
    fact.headings.contains { RoleNames.reads(asRole: $0) } || !RoleNames.mentions(in: text).isEmpty
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
    for rule in rules.rules + rules.declaredOnly where rule.field == field {
      switch rule.kind {
      case .pay:
        return DeclaredInterval(currency: rules.currency).pays(text, key: field, isPay: true)
      case .money(_, let currency):
        return DeclaredInterval(currency: currency ?? rules.currency)
          .pays(text, key: field, isPay: false)
      case .quantity(let unit):
        return Quantity.parse(text, rule: unit).map { [$0] } ?? []
      case .experience:
        return Quantity.parse(text, rule: .years).map { [$0] } ?? []
      default: continue
      }
    }
    return []
  }
}

/// A name that was found: lexemes, half-open, and the canonical spelling.
struct FoundName {
  var name: String
  var range: Range<Int>
}
