/// A syntax tree as query text, in one canonical spelling: reading it again gives the same tree.
/// Controls stand first.
public enum SyntaxPrinter {
  /// The query text of a tree.
  public static func print(_ query: QuerySyntax) -> String {
    let controls = query.controls.map { "\($0.kind.rawValue):\($0.value.text)" }
    let root = query.root.map { [text($0, within: .or)] } ?? []
    return (controls + root).joined(separator: " ")
  }

  /// How tightly what stands around a node binds.
  private enum Level: Int {
    case or, and, unary, atom
  }

  private static func level(_ node: SyntaxNode) -> Level {
    switch node.kind {
    case .or: .or
    case .and: .and
    case .not: .unary
    case .boost: .unary
    default: .atom
    }
  }

  private static func text(_ node: SyntaxNode, within outer: Level) -> String {
    let plain = bare(node)
    return level(node).rawValue < outer.rawValue ? "(\(plain))" : plain
  }

  private static func bare(_ node: SyntaxNode) -> String {
    switch node.kind {
    case .word(let text): text
    case .phrase(let words, let slop): phrase(words, slop)
    case .near(let a, let b, let distance): "\(a.text) NEAR/\(distance) \(b.text)"
    case .and(let nodes): conjunction(nodes)
    case .or(let nodes): nodes.map { text($0, within: .and) }.joined(separator: " OR ")
    case .not(let inner): negation(inner)
    case .boost(let inner, let factor): text(inner, within: .atom) + "^" + number(factor)
    case .filter(let candidate): self.candidate(candidate)
    case .presence(let name, let isMissing): (isMissing ? "missing:" : "has:") + name.text
    }
  }

  private static func phrase(_ words: String, _ slop: Int?) -> String {
    "\"\(words)\"" + (slop.map { "~\($0)" } ?? "")
  }

  private static func number(_ value: Double) -> String {
    let text = String(value)
    if text.hasSuffix(".0") { return String(text.dropLast(2)) }
    return text.contains("e") ? numberText(value) : text
  }

  private static func negation(_ inner: SyntaxNode) -> String {
    let operand = text(inner, within: .unary)
    let first = operand.utf8.first ?? 0
    let isPlain = Bytes.isWordByte(first) || first == 0x22 || first == 0x28
    return isPlain ? "-" + operand : "NOT " + operand
  }

  /// Neighbours; AND is written where they would join without it.
  private static func conjunction(_ nodes: [SyntaxNode]) -> String {
    var result = ""
    var previous: SyntaxNode?
    for node in nodes {
      if let previous { result += joins(previous, node) ? " AND " : " " }
      result += text(node, within: .unary)
      previous = node
    }
    return result
  }

  /// Whether two neighbours would be read as one: a name and a sign, a sign and a value.
  private static func joins(_ left: SyntaxNode, _ right: SyntaxNode) -> Bool {
    if endsOpen(left) { return true }
    guard case .word(let text) = right.kind, let first = text.utf8.first else { return false }
    return [0x21, 0x3A, 0x3C, 0x3D, 0x3E, 0xE2].contains(first)
  }

  /// Whether a node ends in a comparison that lacks its value.
  private static func endsOpen(_ node: SyntaxNode) -> Bool {
    switch node.kind {
    case .filter(let candidate): candidate.value == nil
    case .not(let inner): endsOpen(inner)
    case .and(let nodes), .or(let nodes): nodes.last.map(endsOpen) ?? false
    default: false
    }
  }

  private static func candidate(_ candidate: FieldCandidate) -> String {
    candidate.name.text + (candidate.spaceBefore ? " " : "") + candidate.comparison.text
      + (candidate.spaceAfter && candidate.value != nil ? " " : "")
      + (candidate.value.map(value) ?? "")
  }

  private static func value(_ value: SyntaxValue) -> String {
    switch value.kind {
    case .bare(let text): text
    case .quoted(let text, let slop): phrase(text, slop)
    case .list(let items): "(" + items.map(self.value).joined(separator: " OR ") + ")"
    }
  }
}
