internal import KBDiagnostics
internal import KBSchema

/// The stages of a query, one line a part, for `explain --stage` and golden tests. Spans are bytes.
public enum StagePrinter {
  /// The tokens of a text.
  public static func tokens(_ tokens: [Token], source: String) -> String {
    let bytes = Array(source.utf8)
    return tokens.map { token in
      let text = VisibleText.escape(Bytes.string(bytes, token.span))
      return "\(span(token.span)) \(name(token.kind)) \(text)\n"
    }.joined()
  }

  /// A syntax tree.
  public static func syntax(_ query: QuerySyntax) -> String {
    var lines: [String] = []
    if let root = query.root { syntax(root, depth: 0, into: &lines) }
    lines += query.controls.map {
      "\($0.kind.rawValue) \(VisibleText.escape($0.value.text)) \(span($0.span))"
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A bound query.
  public static func bound(_ query: BoundQuery) -> String {
    var lines: [String] = []
    bound(query.root, depth: 0, into: &lines)
    if query.scope != .inherited { lines.append("scope \(query.scope.rawValue)") }
    lines += query.sort.map { "sort \($0.descending ? "-" : "")\($0.field.name)" }
    if let group = query.group { lines.append("group \(group.name)") }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func span(_ span: Range<Int>) -> String {
    "[\(span.lowerBound),\(span.upperBound)]"
  }

  private static func line(_ text: String, _ place: Range<Int>, _ depth: Int) -> String {
    String(repeating: "  ", count: depth) + text + " " + span(place)
  }

  // MARK: Tokens

  private static func name(_ kind: Token.Kind) -> String {
    switch kind {
    case .word: "word"
    case .phrase(let closed): closed ? "phrase" : "phrase (unclosed)"
    case .slop: "distance"
    case .boost: "boost"
    case .open: "open"
    case .listOpen: "open list"
    case .close: "close"
    case .minus, .not: "not"
    case .and: "and"
    case .or: "or"
    case .near: "near"
    case .name: "name"
    case .comparison: "comparison"
    case .value: "value"
    }
  }

  // MARK: Syntax

  private static func syntax(_ node: SyntaxNode, depth: Int, into lines: inout [String]) {
    let (label, children) = parts(node)
    lines.append(line(label, node.span, depth))
    for child in children { syntax(child, depth: depth + 1, into: &lines) }
  }

  private static func parts(_ node: SyntaxNode) -> (String, [SyntaxNode]) {
    switch node.kind {
    case .and(let nodes): ("and", nodes)
    case .or(let nodes): ("or", nodes)
    case .not(let inner): ("not", [inner])
    case .boost(let inner, let factor): ("boost \(numberText(factor))", [inner])
    case .word: ("word \(printed(node))", [])
    case .phrase: ("phrase \(printed(node))", [])
    case .near: ("near \(printed(node))", [])
    case .presence: ("presence \(printed(node))", [])
    case .filter(let candidate):
      ("candidate\(candidate.isSpaced ? " (spaced)" : "") \(printed(node))", [])
    }
  }

  private static func printed(_ node: SyntaxNode) -> String {
    VisibleText.escape(SyntaxPrinter.print(QuerySyntax(root: node)))
  }

  // MARK: Bound

  private static func bound(_ node: BoundNode, depth: Int, into lines: inout [String]) {
    let children: [BoundNode]
    let label: String
    switch node.kind {
    case .and(let nodes): (label, children) = ("and", nodes)
    case .or(let nodes): (label, children) = ("or", nodes)
    case .not(let inner): (label, children) = ("not", [inner])
    case .boost(let inner, let factor): (label, children) = ("boost \(numberText(factor))", [inner])
    case .sameFact(let filters):
      label = "same fact"
      children = filters.map { BoundNode(.filter($0), span: $0.span) }
    case .all, .word, .phrase, .near, .filter:
      (label, children) = (BoundPrinter.print(node), [])
    }
    lines.append(line(label, node.span, depth))
    for child in children { bound(child, depth: depth + 1, into: &lines) }
  }
}
