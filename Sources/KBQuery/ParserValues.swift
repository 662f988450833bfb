internal import KBDiagnostics
internal import KBSchema

/// Values, lists and NEAR.
extension Parser {
  /// The value right behind the comparison of `name`.
  mutating func valueBehind(_ name: SyntaxWord) -> SyntaxValue? {
    guard let token = current, token.isGlued else { return nil }
    let value: SyntaxValue?
    switch token.kind {
    case .value:
      position += 1
      value = SyntaxValue(.bare(text(token.span)), span: token.span)
    case .phrase: value = quotedValue(token)
    case .listOpen: return list(token, name: name)
    default: return nil
    }
    if let next = current, next.isGlued { checkGlued(next, behind: token) }
    return value
  }

  /// A quoted value is quoted whole: `"a"b` and `a"b"` are two things, and no value.
  private mutating func checkGlued(_ next: Token, behind first: Token) {
    switch next.kind {
    case .phrase, .word, .name: break
    default: return
    }
    let place = next.span.lowerBound..<next.span.lowerBound
    let whole = first.span.lowerBound..<gluedEnd()
    let plain = text(whole).filter { $0 != "\"" }
    let isRange = plain.contains("..")
    problems.add(
      .valueQuotes, "a value is quoted as a whole or not at all", at: whole,
      notes: isRange ? ["the ends of a range stand without quotes"] : [],
      fixes: [
        isRange
          ? FixIt("take the quotes out", whole, plain)
          : FixIt("quote it whole", whole, phrased(plain)),
        FixIt("set the rest apart", place, " "),
      ])
  }

  /// The end of what stands without a gap from the current token on.
  private func gluedEnd() -> Int {
    var index = position
    while index + 1 < tokens.count, tokens[index + 1].isGlued, tokens[index + 1].kind != .close {
      index += 1
    }
    return tokens[index].span.upperBound
  }

  // MARK: Lists

  /// `(a OR b)`, behind the comparison of `name`.
  private mutating func list(_ open: Token, name: SyntaxWord) -> SyntaxValue? {
    position += 1
    var reader = ListReader()
    while let token = current, token.kind != .close || reader.nested > 0 {
      listToken(token, into: &reader)
    }
    guard let closing = current else {
      unclosedList(reader, open.span)
      return reader.value(span: open.span.lowerBound..<bytes.count)
    }
    position += 1
    let span = open.span.lowerBound..<closing.span.upperBound
    if reader.items.isEmpty && reader.cause == nil {
      problems.add(
        .emptyGroup, "the list is empty", at: span,
        fixes: [FixIt("ask for any value", span, "*")])
    } else {
      if reader.expectsItem { reader.cause = reader.cause ?? "an OR in it lacks a value" }
      reportList(reader, name: name, span: span)
    }
    return reader.value(span: span)
  }

  private mutating func unclosedList(_ reader: ListReader, _ open: Range<Int>) {
    var fixes: [FixIt] = []
    if let end = reader.cause == nil ? bytes.count : reader.soundEnd, !reader.items.isEmpty {
      fixes.append(FixIt("close it behind its values", end..<end, ")"))
    }
    fixes.append(FixIt("ask for any value", open, "* "))
    fixes.append(FixIt("take it out", open, ""))
    problems.add(.unclosedBracket, "this bracket is not closed", at: open, fixes: fixes)
  }

  private mutating func listToken(_ token: Token, into reader: inout ListReader) {
    switch token.kind {
    case .value, .word, .name, .comparison:
      position += 1
      reader.take(SyntaxValue(.bare(text(token.span)), span: token.span))
    case .phrase:
      if let value = quotedValue(token) { reader.take(value) }
    case .or:
      position += 1
      reader.takeOr()
    case .open, .listOpen:
      position += 1
      reader.nest()
    case .close:
      position += 1
      reader.nested -= 1
    default:
      position += 1
      reader.refuse(token.kind)
    }
  }

  private mutating func reportList(_ reader: ListReader, name: SyntaxWord, span: Range<Int>) {
    guard let cause = reader.cause else { return }
    let items = reader.items.map { text($0.span) }
    var fixes: [FixIt] = []
    if reader.hasAnd, !items.isEmpty {
      let both = items.map { "\(name.text):\($0)" }.joined(separator: " ")
      fixes.append(
        FixIt("ask for all of them", name.span.lowerBound..<span.upperBound, "(\(both))"))
    }
    let either = items.isEmpty ? "*" : "(\(items.joined(separator: " OR ")))"
    fixes.append(FixIt("ask for any of them", span, either))
    problems.add(
      .listSyntax, "a list is values with OR between them; \(cause)", at: span,
      notes: ["for example `skill:(python OR \"machine learning\" OR r)`"], fixes: fixes)
  }

  // MARK: NEAR

  /// `word NEAR/n word`, with the word before it already read.
  mutating func near(_ left: Token) -> SyntaxNode? {
    let alone = SyntaxNode(.word(text(left.span)), span: left.span)
    guard let operation = current, case .near(let distance) = operation.kind else { return alone }
    guard let right = rightOfNear() else {
      misplacedNear(operation, hasLeft: true)
      return alone
    }
    position += 2
    guard let distance else {
      badNear(operation)
      return alone
    }
    let a = SyntaxWord(text: text(left.span), span: left.span)
    let b = SyntaxWord(text: text(right.span), span: right.span)
    return SyntaxNode(
      .near(a, b, distance: distance), span: left.span.lowerBound..<right.span.upperBound)
  }

  private func rightOfNear() -> Token? {
    let index = position + 1
    guard index < tokens.count, tokens[index].kind == .word else { return nil }
    if index + 1 < tokens.count, case .comparison = tokens[index + 1].kind { return nil }
    return tokens[index]
  }

  /// A NEAR that does not stand between two words. Passes it.
  mutating func misplacedNear(_ token: Token, hasLeft: Bool) {
    position += 1
    let isLast =
      switch current?.kind {
      case nil, .or, .and, .close: true
      default: false
      }
    guard hasLeft, !isLast else { return dangling(token) }
    var fixes = [removal(of: token, "take NEAR out")]
    if let repeated = wordOfChain(before: position - 1) {
      let place = token.span.lowerBound..<token.span.lowerBound
      fixes.insert(FixIt("name the middle word for both", place, repeated + " "), at: 0)
    }
    problems.add(
      .nearOperand, "NEAR stands between two single words", at: token.span,
      notes: ["for words in order, use a phrase with a distance: `\"a b\"~5`"], fixes: fixes)
  }

  /// In `a NEAR/2 b NEAR/3 c` the middle word.
  private func wordOfChain(before index: Int) -> String? {
    guard index >= 2, tokens[index - 1].kind == .word, case .near = tokens[index - 2].kind else {
      return nil
    }
    return text(tokens[index - 1].span)
  }
}

/// Gathers the values of a list, and the first thing that is wrong with it.
struct ListReader {
  private(set) var items: [SyntaxValue] = []
  var cause: String?
  /// The end of the last value before that.
  private(set) var soundEnd: Int?
  /// Brackets open within the list.
  var nested = 0
  private(set) var hasAnd = false
  /// Whether an OR waits for its right side.
  private(set) var expectsItem = false

  mutating func take(_ item: SyntaxValue) {
    if !items.isEmpty && !expectsItem { cause = cause ?? "one is missing" }
    items.append(item)
    if cause == nil { soundEnd = item.span.upperBound }
    expectsItem = false
  }

  mutating func nest() {
    nested += 1
    cause = cause ?? "brackets do not nest in it"
  }

  mutating func takeOr() {
    if items.isEmpty || expectsItem { cause = cause ?? "an OR in it lacks a value" }
    expectsItem = !items.isEmpty
  }

  mutating func refuse(_ kind: Token.Kind) {
    switch kind {
    case .and:
      hasAnd = true
      cause = cause ?? "for values that must all be there, write several filters"
      expectsItem = true
    case .not: cause = cause ?? "NOT stands before the whole filter"
    case .boost: cause = cause ?? "a boost stands behind the whole list"
    default: cause = cause ?? "this is none"
    }
  }

  /// The list as a value; without items it has been reported.
  func value(span: Range<Int>) -> SyntaxValue { SyntaxValue(.list(items), span: span) }
}
