internal import KBDiagnostics
internal import KBSchema

/// How a query was read, on one line for people: `pytorch AND salary > 150000 USD`.
public enum ReadingPrinter {
  /// The whole query with its controls.
  public static func print(_ query: BoundQuery) -> String {
    var parts = [print(query.root)]
    if query.scope != .inherited { parts.append("scope:\(query.scope.rawValue)") }
    parts += query.sort.map { "sort:\($0.descending ? "-" : "")\($0.field.name)" }
    if let group = query.group { parts.append("group:\(group.name)") }
    return parts.joined(by: ", ")
  }

  /// A part of a query.
  public static func print(_ node: BoundNode) -> String {
    switch node.kind {
    case .all: "every section"
    case .and(let nodes): joined(nodes.map(operand), "AND")
    case .or(let nodes): joined(nodes.map(operand), "OR")
    case .not(let inner): "NOT \(operand(inner))"
    case .near(let a, let b, let distance): "\(text(a)) NEAR/\(distance) \(text(b))"
    case .boost(let inner, let factor): "\(operand(inner))^\(numberText(factor))"
    case .filter(let filter): self.filter(filter)
    case .sameFact(let filters):
      "one fact with (\(joined(filters.map(filter), "AND")))"
    case .word, .phrase: BoundPrinter.print(node)
    }
  }

  private static func joined(_ parts: [String], _ word: String) -> String {
    parts.joined(by: " \(word) ")
  }

  /// A part inside another one, in brackets where it has operators of its own.
  private static func operand(_ node: BoundNode) -> String {
    switch node.kind {
    case .and, .or, .near: "(\(print(node)))"
    default: print(node)
    }
  }

  private static func filter(_ filter: BoundFilter) -> String {
    let field = filter.field.name
    switch filter.clause {
    case .exists: return "has \(field)"
    case .missing: return "no \(field)"
    case .phrase(let words, 0): return "\(field) has \"\(VisibleText.escape(words))\""
    case .any(let clauses):
      let parts = clauses.map {
        self.filter(BoundFilter(field: filter.field, clause: $0, span: filter.span))
      }
      return "(\(joined(parts, "OR")))"
    default: return BoundPrinter.print(filter)
    }
  }

  private static func text(_ word: BoundWord) -> String {
    VisibleText.escape(word.text) + (word.isPrefix ? "*" : "")
  }
}
