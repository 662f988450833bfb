internal import KBSchema

extension ExtractionRules {
  /// Adds the values of a rule's field in a fact that is cut into lexemes, and the amounts that are
  /// none.
  typealias Reader = @Sendable (FactText, Lexemes, inout [Finding], inout [Rejection]) -> Void

  /// What a rule does, its tables made once.
  func reader(of rule: Rule) -> Reader {
    let field = rule.field
    switch rule.kind {
    case .pay(let bonus):
      let reader = PayReader(
        field: field, bonusField: bonus, currency: currency, isPayPage: isPayPage)
      return { reader.read($0, $1, &$2, &$3) }
    case .money(let cues, let own):
      let reader = MoneyReader(field: field, cues: CueWords(cues), currency: own ?? currency)
      return { fact, text, findings, _ in findings += reader.read(fact, text) }
    case .quantity(let unit):
      let reader = QuantityReader(field: field, rule: unit)
      return { fact, text, findings, _ in findings += reader.read(fact, text) }
    case .experience:
      let reader = ExperienceReader(field: field)
      return { fact, text, findings, _ in findings += reader.read(fact, text) }
    case .vocabulary(let vocabulary):
      return ExtractionRules.names(field) { vocabulary.find(in: $1, $0) }
    case .places: return ExtractionRules.names(field) { PlaceReader().find(in: $1, $0) }
    case .levels: return ExtractionRules.names(field) { LevelReader().find(in: $1, $0) }
    case .companies: return ExtractionRules.names(field) { CompanyReader().find(in: $1, $0) }
    case .label(let labels):
      let reader = LabelReader(labels)
      return ExtractionRules.names(field) { reader.find(in: $1) }
    case .date(let cues):
      let reader = DateReader(field: field, cues: CueWords(cues))
      return { fact, text, findings, _ in findings += reader.read(fact, text) }
    case .pattern(let pattern):
      return { fact, _, findings, _ in findings += found(by: pattern, field, fact.text) }
    case .headings(let level):
      return { fact, text, findings, _ in
        guard fact.kind == .heading, fact.level == level else { return }
        let span = text.span(0, text.count - 1)
        findings.append(Finding(field: field, content: .string(fact.text), span: span))
      }
    }
  }

  /// A reader of names.
  private static func names(
    _ field: String, _ find: @escaping @Sendable (FactText, Lexemes) -> [FoundName]
  ) -> Reader {
    { fact, text, findings, _ in
      for found in find(fact, text) {
        let span = text.span(found.range.lowerBound, found.range.upperBound - 1)
        findings.append(Finding(field: field, content: .string(found.name), span: span))
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
