public import KBDiagnostics

/// What the parser makes of a text.
public struct ParsedQuery: Sendable, Equatable {
  /// The text.
  public var source: String
  /// Its tokens.
  public var tokens: [Token]
  /// Its tree; where there are errors, of what could be read.
  public var syntax: QuerySyntax
  /// What is wrong with the text, whatever the fields are.
  public var diagnostics: [Diagnostic]
}

/// Tokens to a syntax tree, by recursive descent over brackets alone; their depth is capped.
public struct Parser {
  let bytes: [UInt8]
  let tokens: [Token]
  var position = 0
  var problems = Problems()
  /// Open brackets and negations.
  private var depth = 0
  private var brackets = 0
  private var controls: [SyntaxControl] = []
  private var unclosed: [Range<Int>] = []
  private var stray: [Range<Int>] = []

  private init(_ source: String) {
    bytes = Array(source.utf8)
    tokens = Lexer.tokens(of: bytes)
  }

  /// Reads a text. Always gives a tree; it is empty where nothing could be read.
  public static func parse(_ source: String) -> ParsedQuery {
    let (parser, syntax) = run(source)
    return ParsedQuery(
      source: source, tokens: parser.tokens, syntax: syntax, diagnostics: parser.problems.all)
  }

  static func run(_ source: String) -> (Parser, QuerySyntax) {
    var parser = Parser(source)
    let root = parser.parseOr()
    parser.reportBrackets()
    let syntax = QuerySyntax(root: root, controls: parser.controls)
    if root == nil && parser.controls.isEmpty && !parser.problems.hasErrors {
      parser.problems.add(
        .empty, "the query is empty", at: 0..<parser.bytes.count,
        notes: ["`*` finds every section"],
        fixes: [FixIt("ask for every section", 0..<parser.bytes.count, "*")])
    }
    return (parser, syntax)
  }

  // MARK: Reading tokens

  var current: Token? { position < tokens.count ? tokens[position] : nil }

  func text(_ span: Range<Int>) -> String { Bytes.string(bytes, span) }

  private func isNext(_ kind: Token.Kind) -> Bool { current?.kind == kind }

  // MARK: Operators

  /// `or = and { ("OR" | "|") and }`
  private mutating func parseOr() -> SyntaxNode? {
    var items: [SyntaxNode] = []
    var pending: Token?
    while true {
      if let item = parseAnd() {
        items.append(item)
      } else if let operation = pending ?? orAtStart(items) {
        dangling(operation)
      }
      guard let token = current, token.kind == .or else { break }
      if text(token.span) == "||" { doubledBar(token) }
      pending = items.isEmpty ? nil : token
      position += 1
    }
    return Parser.joined(items) { .or($0) }
  }

  private func orAtStart(_ items: [SyntaxNode]) -> Token? {
    guard let token = current, token.kind == .or, items.isEmpty else { return nil }
    return token
  }

  /// `and = unary { ["AND"] unary }`
  private mutating func parseAnd() -> SyntaxNode? {
    var items: [SyntaxNode] = []
    var pending: Token?
    loop: while let token = current {
      switch token.kind {
      case .or: break loop
      case .close where brackets > 0: break loop
      case .close: skipStray(token)
      case .and:
        if items.isEmpty || pending != nil { dangling(token) }
        pending = items.isEmpty ? nil : token
        position += 1
      case .near:
        misplacedNear(token, hasLeft: !items.isEmpty)
      default:
        guard let item = parseUnary() else { continue }
        items.append(item)
        pending = nil
      }
    }
    if let pending { dangling(pending) }
    return Parser.joined(items) { .and($0) }
  }

  private mutating func skipStray(_ token: Token) {
    stray.append(token.span)
    position += 1
  }

  /// `unary = ("-" | "NOT") unary | atom [ "^" number ]`. Nil where a control or nothing stood.
  private mutating func parseUnary() -> SyntaxNode? {
    var negations: [Token] = []
    while let token = current, token.kind == .minus || token.kind == .not {
      negations.append(token)
      position += 1
    }
    guard enters(negations.count) else { return nil }
    defer { depth -= negations.count }
    let before = (position, controls.count)
    guard let node = parseAtom() else {
      if controls.count > before.1 {
        negatedControl(negations)
      } else if let last = negations.last, position == before.0 {
        dangling(last)
      }
      return nil
    }
    return negations.reversed().reduce(node) { inner, token in
      SyntaxNode(.not(inner), span: token.span.lowerBound..<inner.span.upperBound)
    }
  }

  /// Goes deeper by `count`; gives the text up where that is too deep.
  private mutating func enters(_ count: Int) -> Bool {
    guard depth + count <= Limits.depth else {
      let place = position < tokens.count ? tokens[position].span : bytes.count..<bytes.count
      problems.add(
        .tooDeep, "brackets and negations are nested more than \(Limits.depth) deep", at: place)
      problems.isSilent = true
      position = tokens.count
      return false
    }
    depth += count
    return true
  }

  // MARK: Atoms

  private mutating func parseAtom() -> SyntaxNode? {
    guard let token = current else { return nil }
    switch token.kind {
    case .word, .value: return wordAtom(token)
    case .phrase: return boosted(phraseAtom(token))
    case .open, .listOpen: return group(token)
    case .name: return filterAtom(token)
    case .comparison:
      position += 1
      return SyntaxNode(.word(text(token.span)), span: token.span)
    case .boost, .slop:
      position += 1
      return nil
    case .close, .and, .or, .not, .near, .minus:
      return nil
    }
  }

  private mutating func wordAtom(_ token: Token) -> SyntaxNode? {
    position += 1
    switch current?.kind {
    case .comparison: return boosted(spacedCandidate(token))
    case .near: return boosted(near(token))
    default: return boosted(SyntaxNode(.word(text(token.span)), span: token.span))
    }
  }

  private mutating func phraseAtom(_ token: Token) -> SyntaxNode? {
    guard let value = quotedValue(token), case .quoted(let words, let slop) = value.kind else {
      return nil
    }
    return SyntaxNode(.phrase(words, slop: slop), span: value.span)
  }

  /// The text of a phrase token and the `~n` behind it; nil (and a problem) where it is empty.
  mutating func quotedValue(_ token: Token) -> SyntaxValue? {
    position += 1
    let isClosed = token.kind == .phrase(closed: true)
    if !isClosed { unclosedQuote(token) }
    let inner = token.span.lowerBound + 1..<token.span.upperBound - (isClosed ? 1 : 0)
    let slop = phraseSlop(token)
    guard inner.contains(where: { Bytes.spaceLength(bytes, at: $0) == 0 && bytes[$0] > 0x20 })
    else {
      emptyPhrase(token)
      return nil
    }
    let end = position > 0 ? tokens[position - 1].span.upperBound : token.span.upperBound
    return SyntaxValue(
      .quoted(text(inner), slop: slop), span: token.span.lowerBound..<end)
  }

  private mutating func phraseSlop(_ phrase: Token) -> Int? {
    guard let token = current, case .slop(let number) = token.kind else { return nil }
    position += 1
    if number == nil { badSlop(token) }
    return number
  }

  /// `^n` behind an atom.
  mutating func boosted(_ node: SyntaxNode?) -> SyntaxNode? {
    guard let token = current, token.isGlued, case .boost(let factor) = token.kind else {
      return node
    }
    position += 1
    guard let factor else {
      badBoost(token)
      return node
    }
    return node.map {
      SyntaxNode(.boost($0, factor), span: $0.span.lowerBound..<token.span.upperBound)
    }
  }

  private mutating func group(_ token: Token) -> SyntaxNode? {
    guard enters(1) else { return nil }
    position += 1
    let problemsBefore = problems.all.count
    let controlsBefore = controls.count
    brackets += 1
    let inner = parseOr()
    brackets -= 1
    depth -= 1
    let closing = current
    guard let closing, closing.kind == .close else {
      unclosed.append(token.span)
      return inner
    }
    position += 1
    let span = token.span.lowerBound..<closing.span.upperBound
    let isEmpty = inner == nil && controls.count == controlsBefore
    if isEmpty && problems.all.count == problemsBefore { emptyGroup(span) }
    return boosted(inner.map { SyntaxNode($0.kind, span: span) })
  }

  // MARK: Fields

  /// A name with a comparison right behind it.
  private mutating func filterAtom(_ name: Token) -> SyntaxNode? {
    position += 1
    guard let token = current, case .comparison(let comparison) = token.kind else {
      return SyntaxNode(.word(text(name.span)), span: name.span)
    }
    position += 1
    let word = SyntaxWord(text: text(name.span), span: name.span)
    let spaceAfter = current.map { !$0.isGlued } ?? false
    let value = spaceAfter ? valueAfterSpace() : valueBehind(word)
    let end = max(token.span.upperBound, value?.span.upperBound ?? 0)
    let candidate = FieldCandidate(
      name: word, comparison: comparison, comparisonSpan: token.span, spaceBefore: false,
      spaceAfter: spaceAfter && value != nil, value: value)
    return special(candidate, span: name.span.lowerBound..<end)
  }

  /// Controls and presence tests by their names; any other candidate as it is.
  private mutating func special(_ candidate: FieldCandidate, span: Range<Int>) -> SyntaxNode? {
    let name = String(
      decoding: Bytes.lowercased(candidate.name.text.utf8.prefix(8)), as: UTF8.self)
    guard candidate.comparison.text == ":", !candidate.spaceAfter,
      case .bare(let written) = candidate.value?.kind
    else { return boosted(SyntaxNode(.filter(candidate), span: span)) }
    let value = SyntaxWord(text: written, span: candidate.value?.span ?? span)
    if name == "has" || name == "missing" {
      return boosted(SyntaxNode(.presence(value, isMissing: name == "missing"), span: span))
    }
    guard let kind = SyntaxControl.Kind(rawValue: name) else {
      return boosted(SyntaxNode(.filter(candidate), span: span))
    }
    control(SyntaxControl(kind: kind, value: value, span: span))
    return nil
  }

  private mutating func control(_ control: SyntaxControl) {
    if let token = current, token.isGlued, case .boost = token.kind {
      position += 1
      badBoost(token)
    }
    if brackets > 0 { misplacedControl(control) }
    controls.append(control)
  }

  /// A word with a comparison behind white space.
  private mutating func spacedCandidate(_ word: Token) -> SyntaxNode? {
    guard let token = current, case .comparison(let comparison) = token.kind else { return nil }
    position += 1
    let spaceAfter = current.map { !$0.isGlued } ?? false
    let value = valueAfterSpace()
    let end = max(token.span.upperBound, value?.span.upperBound ?? 0)
    let candidate = FieldCandidate(
      name: SyntaxWord(text: text(word.span), span: word.span), comparison: comparison,
      comparisonSpan: token.span, spaceBefore: true, spaceAfter: spaceAfter && value != nil,
      value: value)
    return SyntaxNode(.filter(candidate), span: word.span.lowerBound..<end)
  }

  /// A lone word, a phrase or a number with its sign, where a spaced comparison looks for a value.
  private mutating func valueAfterSpace() -> SyntaxValue? {
    guard let token = current else { return nil }
    switch token.kind {
    case .phrase: return quotedValue(token)
    case .word where !startsOther(at: position + 1):
      position += 1
      return SyntaxValue(.bare(text(token.span)), span: token.span)
    case .minus:
      guard position + 1 < tokens.count, tokens[position + 1].kind == .word,
        !startsOther(at: position + 2)
      else { return nil }
      position += 2
      let span = token.span.lowerBound..<tokens[position - 1].span.upperBound
      return SyntaxValue(.bare(text(span)), span: span)
    default: return nil
    }
  }

  /// Whether the token at `index` makes the word before it a part of something else.
  private func startsOther(at index: Int) -> Bool {
    guard index < tokens.count else { return false }
    switch tokens[index].kind {
    case .comparison, .near: return true
    default: return false
    }
  }

  // MARK: Brackets at the end

  private mutating func reportBrackets() {
    if let first = stray.first {
      problems.add(
        .strayBracket, "there is no open bracket for this one", at: first,
        labels: Parser.labels(stray.dropFirst(), "so has this one"),
        fixes: [
          FixIt(
            message: "take it out", edits: stray.map { FixIt.Edit(span: $0, replacement: "") })
        ])
    }
    unclosed.sort { $0.lowerBound < $1.lowerBound }
    if let first = unclosed.first {
      let end = bytes.count..<bytes.count
      problems.add(
        .unclosedBracket, "this bracket is not closed", at: first,
        labels: Parser.labels(unclosed.dropFirst(), "nor is this one"),
        fixes: [
          FixIt("close it at the end", end, String(repeating: ")", count: unclosed.count)),
          FixIt(
            message: "take it out", edits: unclosed.map { FixIt.Edit(span: $0, replacement: "") }),
        ])
    }
  }

  private static func labels(_ spans: some Sequence<Range<Int>>, _ text: String)
    -> [Diagnostic.Label]
  {
    spans.prefix(3).map { Diagnostic.Label(span: $0, text: text) }
  }

  /// One node for several.
  private static func joined(
    _ items: [SyntaxNode], as kind: ([SyntaxNode]) -> SyntaxNode.Kind
  ) -> SyntaxNode? {
    guard let first = items.first, let last = items.last else { return nil }
    guard items.count > 1 else { return first }
    return SyntaxNode(kind(items), span: first.span.lowerBound..<last.span.upperBound)
  }
}
