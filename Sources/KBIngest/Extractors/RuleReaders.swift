internal import KBSchema

extension ExtractionRules {
  /// Reads the values of a rule's field out of a fact that is cut into lexemes; the amounts that
  /// are none stand beside them.
  typealias Reader =
    @Sendable (FactText, Lexemes) -> (findings: [Finding], rejections: [Rejection])

  /// What a rule does, its tables made once.
  func reader(of rule: Rule) -> Reader {
    let field = rule.field
    switch rule.kind {
    case .pay(let bonus):
      let reader = PayReader(
        field: field, bonusField: bonus, currency: currency, isPayPage: isPayPage)
      return { reader.read($0, $1) }
    case .money(let cues, let own):
      let reader = MoneyReader(field: field, cues: CueWords(cues), currency: own ?? currency)
      return { (reader.read($0, $1), []) }
    case .quantity(let unit):
      let reader = QuantityReader(field: field, rule: unit)
      return { (reader.read($0, $1), []) }
    case .experience:
      let reader = ExperienceReader(field: field)
      return { (reader.read($0, $1), []) }
    case .vocabulary(let vocabulary):
      return { (ExtractionRules.names(vocabulary.find(in: $1, $0), field, $1), []) }
    case .places:
      return { (ExtractionRules.names(PlaceReader().find(in: $1, $0), field, $1), []) }
    case .levels:
      return { (ExtractionRules.names(LevelReader().find(in: $1, $0), field, $1), []) }
    case .companies:
      return { (ExtractionRules.names(CompanyReader().find(in: $1, $0), field, $1), []) }
    case .label(let labels):
      let reader = LabelReader(labels)
      return { (ExtractionRules.names(reader.find(in: $1), field, $1), []) }
    case .date(let cues):
      let reader = DateReader(field: field, cues: CueWords(cues))
      return { (reader.read($0, $1), []) }
    case .pattern(let pattern):
      return { fact, _ in (found(by: pattern, field, fact.text), []) }
    case .headings(let level):
      return { fact, text in
        guard fact.kind == .heading, fact.level == level else { return ([], []) }
        let span = text.span(0, text.count - 1)
        return ([Finding(field: field, content: .string(fact.text), span: span)], [])
      }
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

  private static func names(_ found: [FoundName], _ field: String, _ text: Lexemes) -> [Finding] {
    found.map {
      Finding(
        field: field, content: .string($0.name),
        span: text.span($0.range.lowerBound, $0.range.upperBound - 1))
    }
  }

  /// The intervals that a declared text of an interval field states, by the field's rule.
  func declaredIntervals(_ field: String, _ text: String) -> [Interval] {
    for rule in rules + declaredOnly where rule.field == field {
      switch rule.kind {
      case .pay:
        return DeclaredInterval(currency: currency).pays(text, key: field, isPay: true)
      case .money(_, let own):
        return DeclaredInterval(currency: own ?? currency)
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
