internal import KBDiagnostics

/// Query text to syntax tree. There is always a tree; what is wrong with the text is in the
/// diagnostics.
public enum QueryParser {
  /// A parsed query.
  public struct Result: Sendable, Equatable {
    /// The tokens.
    public var tokens: [QueryToken]
    /// The tree.
    public var syntax: QuerySyntax
    /// What is wrong with the text.
    var problems: [QueryProblem]
  }

  /// Parses `query`.
  public static func parse(_ query: String) -> Result {
    var lexer = Lexer(query)
    lexer.run()
    var parser = Parser(tokens: lexer.tokens, length: query.utf8.count)
    let tree = parser.query()
    return Result(
      tokens: lexer.tokens, syntax: tree, problems: lexer.problems + parser.problems)
  }
}

private struct Parser {
  let tokens: [QueryToken]
  let length: Int
  var index = 0
  var depth = 0
  var problems: [QueryProblem] = []

  /// Deeper nesting is an error: nobody types it, and a stack is finite.
  private static let deepest = 100

  init(tokens: [QueryToken], length: Int) {
    self.tokens = tokens
    self.length = length
  }

  private var token: QueryToken? { index < tokens.count ? tokens[index] : nil }

  mutating func query() -> QuerySyntax {
    guard !tokens.isEmpty else {
      problems.append(.empty(0..<length))
      return QuerySyntax(.and([]), 0..<length)
    }
    var parts = [or()]
    while let stray = token {
      problems.append(.strayBracket(stray.span))
      index += 1
      if token != nil { parts.append(or()) }
    }
    return joined(parts, QuerySyntax.Kind.and)
  }

  private mutating func or() -> QuerySyntax {
    var parts: [QuerySyntax] = []
    if let first = token, first.kind == .or || first.kind == .and {
      problems.append(.danglingOperator(first.span, side: .left))
      index += 1
    }
    parts.append(and())
    while let current = token, current.kind == .or {
      index += 1
      guard let next = token, next.kind != .close, next.kind != .or, next.kind != .and else {
        problems.append(.danglingOperator(current.span, side: .right))
        continue
      }
      parts.append(and())
    }
    return joined(parts, QuerySyntax.Kind.or)
  }

  private mutating func and() -> QuerySyntax {
    var parts: [QuerySyntax] = []
    while let current = token, current.kind != .or, current.kind != .close {
      if current.kind == .and {
        index += 1
        let isLast = token.map { [.close, .or, .and].contains($0.kind) } ?? true
        if parts.isEmpty || isLast {
          problems.append(.danglingOperator(current.span, side: parts.isEmpty ? .left : .right))
        }
        continue
      }
      if let part = unary() { parts.append(part) }
    }
    return joined(parts, QuerySyntax.Kind.and)
  }

  private mutating func unary() -> QuerySyntax? {
    var negations: [Range<Int>] = []
    while let current = token, current.kind == .not, negations.count < Parser.deepest {
      negations.append(current.span)
      index += 1
    }
    guard let current = token, ![.or, .and, .close].contains(current.kind) else {
      if let last = negations.last {
        problems.append(.danglingOperator(last, side: .right))
      }
      return nil
    }
    guard var node = boosted() else { return nil }
    for span in negations.reversed() {
      node = QuerySyntax(.not(node), span.lowerBound..<node.span.range.upperBound)
    }
    return node
  }

  private mutating func boosted() -> QuerySyntax? {
    guard var node = atom() else { return nil }
    if let current = token, case .boost(let factor) = current.kind {
      index += 1
      node = QuerySyntax(
        .boost(node, factor), node.span.range.lowerBound..<current.span.upperBound)
    }
    if let near = token, case .near(let distance) = near.kind {
      return self.near(node, near, distance)
    }
    return node
  }

  private mutating func atom() -> QuerySyntax? {
    guard let current = token else { return nil }
    index += 1
    switch current.kind {
    case .open: return group(current)
    case .word(let word): return self.word(word, current)
    case .phrase(let text, let slop):
      if text.utf8.allSatisfy({ $0 == 0x20 }) { problems.append(.emptyPhrase(current.span)) }
      return QuerySyntax(.phrase(text, slop: slop), current.span)
    case .field(let name, let op): return field(name, op, current)
    case .comparison:
      problems.append(.comparisonWithoutField(current.span))
      return nil
    case .near:
      problems.append(.danglingOperator(current.span, side: .left))
      return nil
    case .boost, .close, .and, .or, .not: return nil
    }
  }

  private mutating func group(_ open: QueryToken) -> QuerySyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.deepest else {
      problems.append(.tooDeep(open.span))
      index = tokens.count
      return QuerySyntax(.and([]), open.span)
    }
    if let next = token, next.kind == .close {
      index += 1
      problems.append(.emptyBrackets(open.span.lowerBound..<next.span.upperBound))
      return QuerySyntax(.and([]), open.span.lowerBound..<next.span.upperBound)
    }
    var inner = or()
    if let close = token, close.kind == .close {
      index += 1
      inner.span = QuerySyntax.SourceSpan(open.span.lowerBound..<close.span.upperBound)
    } else {
      problems.append(.unclosedBracket(open.span, end: length))
    }
    return inner
  }

  private mutating func word(_ word: String, _ current: QueryToken) -> QuerySyntax {
    if let next = token, case .comparison(let comparison) = next.kind {
      return spaced(word, current, .comparison(comparison), next)
    }
    if word == "*" { return QuerySyntax(.all, current.span) }
    let bytes = Array(word.utf8)
    let star = UInt8(ascii: "*")
    if bytes.first == star {
      problems.append(.leadingStar(current.span, word: word))
    } else if let place = bytes.firstIndex(of: star) {
      guard place == bytes.count - 1 else {
        problems.append(.innerStar(current.span, word: word))
        return QuerySyntax(.word(word, isPrefix: false), current.span)
      }
      return QuerySyntax(.word(String(word.dropLast()), isPrefix: true), current.span)
    } else if bytes.count > 1, let tilde = bytes.firstIndex(of: UInt8(ascii: "~")),
      tilde > 0, bytes[(tilde + 1)...].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    {
      problems.append(
        .fuzzyWord(current.span, word: String(decoding: bytes[..<tilde], as: UTF8.self)))
    }
    return QuerySyntax(.word(word, isPrefix: false), current.span)
  }

  // MARK: Fields

  private mutating func field(
    _ name: String, _ op: FieldOperator, _ current: QueryToken
  ) -> QuerySyntax {
    let start = current.span.lowerBound
    let nameSpan = start..<start + name.utf8.count
    let isTouching = token.map { !$0.followsSpace && $0.span.lowerBound == current.span.upperBound }
    guard isTouching == true, let (value, span) = value() else {
      if case .comparison = op, let next = token, case .word(let word) = next.kind {
        index += 1
        return candidate(name, op, .word(word), nameSpan, next.span, isSpaced: true)
      }
      return candidate(
        name, op, .none, nameSpan, current.span.upperBound..<current.span.upperBound,
        isSpaced: token != nil)
    }
    return special(name, op, value, nameSpan, span)
      ?? candidate(name, op, value, nameSpan, span, isSpaced: false)
  }

  /// `salary > 150000`, `salary >150000`.
  private mutating func spaced(
    _ name: String, _ current: QueryToken, _ op: FieldOperator, _ sign: QueryToken
  ) -> QuerySyntax {
    index += 1
    guard let next = token, case .word(let word) = next.kind else {
      return candidate(
        name, op, .none, current.span, sign.span.upperBound..<sign.span.upperBound, isSpaced: true)
    }
    index += 1
    return candidate(name, op, .word(word), current.span, next.span, isSpaced: true)
  }

  private func candidate(
    _ name: String, _ op: FieldOperator, _ value: QuerySyntax.CandidateValue,
    _ nameSpan: Range<Int>, _ valueSpan: Range<Int>, isSpaced: Bool
  ) -> QuerySyntax {
    QuerySyntax(
      .candidate(
        QuerySyntax.Candidate(
          name: name, op: op, value: value, isSpaced: isSpaced,
          nameSpan: QuerySyntax.SourceSpan(nameSpan),
          valueSpan: QuerySyntax.SourceSpan(valueSpan))),
      nameSpan.lowerBound..<max(nameSpan.upperBound, valueSpan.upperBound))
  }

  /// `has:`, `missing:`, `sort:`, `scope:`, `group:`.
  private func special(
    _ name: String, _ op: FieldOperator, _ value: QuerySyntax.CandidateValue,
    _ nameSpan: Range<Int>, _ valueSpan: Range<Int>
  ) -> QuerySyntax? {
    guard op == .colon, case .word(let word) = value else { return nil }
    let span = nameSpan.lowerBound..<valueSpan.upperBound
    switch name {
    case "has": return QuerySyntax(.presence(field: word, isMissing: false), span)
    case "missing": return QuerySyntax(.presence(field: word, isMissing: true), span)
    case "sort", "scope", "group": return QuerySyntax(.control(name: name, value: word), span)
    default: return nil
    }
  }

  private mutating func value() -> (QuerySyntax.CandidateValue, Range<Int>)? {
    guard let current = token else { return nil }
    switch current.kind {
    case .word(let word):
      index += 1
      return (.word(word), current.span)
    case .phrase(let text, let slop):
      index += 1
      return (.phrase(text, slop: slop), current.span)
    case .open:
      index += 1
      return list(current)
    default: return nil
    }
  }

  private mutating func list(_ open: QueryToken) -> (QuerySyntax.CandidateValue, Range<Int>) {
    var values: [QuerySyntax.CandidateValue] = []
    var needsJoint = false
    while let current = token, current.kind != .close {
      index += 1
      switch current.kind {
      case .or:
        let isLast = token.map { $0.kind == .close || $0.kind == .or } ?? true
        if !needsJoint || isLast { problems.append(.danglingOperator(current.span, side: .right)) }
        needsJoint = false
      case .word(let word):
        if needsJoint { problems.append(.listWithoutOr(current.span)) }
        values.append(.word(word))
        needsJoint = true
      case .phrase(let text, let slop):
        if needsJoint { problems.append(.listWithoutOr(current.span)) }
        values.append(.phrase(text, slop: slop))
        needsJoint = true
      default: problems.append(.notAListValue(current.span))
      }
    }
    guard let close = token else {
      problems.append(.unclosedBracket(open.span, end: length))
      return (.list(values), open.span.lowerBound..<length)
    }
    index += 1
    let span = open.span.lowerBound..<close.span.upperBound
    if values.isEmpty { problems.append(.emptyBrackets(span)) }
    return (.list(values), span)
  }

  // MARK: NEAR

  private mutating func near(
    _ left: QuerySyntax, _ sign: QueryToken, _ distance: Int
  ) -> QuerySyntax {
    index += 1
    guard case .word(let first, isPrefix: false) = left.kind else {
      problems.append(.nearNeedsWords(sign.span))
      return left
    }
    guard let next = token, case .word(let second) = next.kind else {
      problems.append(.danglingOperator(sign.span, side: .right))
      return left
    }
    index += 1
    return QuerySyntax(
      .near(first, second, distance: distance), left.span.range.lowerBound..<next.span.upperBound)
  }

  /// One part stands for itself; nested runs of the same kind become one.
  private func joined(
    _ parts: [QuerySyntax], _ make: ([QuerySyntax]) -> QuerySyntax.Kind
  ) -> QuerySyntax {
    if parts.count == 1 { return parts[0] }
    let start = parts.first?.span.range.lowerBound ?? (token?.span.lowerBound ?? length)
    let end = parts.last?.span.range.upperBound ?? start
    return QuerySyntax(make(parts), start..<max(start, end))
  }
}
