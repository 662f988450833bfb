internal import KBSchema

/// Reads sums that are no pay (prices, budgets) for a configured field.
struct MoneyReader {
  let field: String
  let cues: CueWords
  let currency: String

  func read(_ fact: FactText, _ text: Lexemes) -> [Finding] {
    let stands = cues.isEmpty || cues.stand(in: text) || cues.stand(around: fact)
    guard stands else { return [] }
    let qualifiers = MoneyQualifiers(text)
    return MoneyScan(text).mentions().compactMap { mention in
      guard let code = mention.currency else { return nil }
      let stated = qualifiers.bound(of: mention)
      let interval = Money.interval(
        mention, stated.bound, currency: Money.resolved(code, currency), period: mention.period)
      let span = text.span(stated.range.lowerBound, stated.range.upperBound - 1)
      return Finding(field: field, content: .interval(interval), span: span)
    }
  }
}

/// Words that a configured field asks for near its values.
struct CueWords {
  private let table: PhraseTable
  let isEmpty: Bool

  init(_ words: [String]) {
    var table = PhraseTable()
    for word in words { table.add(word, 0) }
    self.table = table
    isEmpty = words.isEmpty
  }

  func stand(in text: Lexemes) -> Bool {
    (0..<text.count).contains { table.match(text, at: $0) != nil }
  }

  /// Whether one stands in a heading, the lead or a column's name.
  func stand(around fact: FactText) -> Bool {
    (fact.headings + [fact.lead] + fact.cells.map(\.column)).contains {
      !$0.isEmpty && stand(in: Lexemes($0))
    }
  }
}
