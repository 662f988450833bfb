/// A query as the user wrote it: a tree of shapes. Which names are fields is not known here.
public struct QuerySyntax: Sendable, Equatable {
  /// What a node is.
  public indirect enum Kind: Sendable, Equatable {
    /// `*` alone.
    case all
    /// A word; with `isPrefix`, everything that begins so.
    case word(String, isPrefix: Bool)
    /// Quoted words in order; `~n` lets them stand within n positions.
    case phrase(String, slop: Int?)
    /// Two words at most `distance` positions apart.
    case near(String, String, distance: Int)
    case and([QuerySyntax])
    case or([QuerySyntax])
    case not(QuerySyntax)
    case boost(QuerySyntax, Double)
    /// `name`, an operator and a value.
    case candidate(Candidate)
    /// `has:name`, `missing:name`.
    case presence(field: String, isMissing: Bool)
    /// `sort:`, `scope:`, `group:`.
    case control(name: String, value: String)
  }

  /// A name with an operator: a filter, if the name is a field's.
  public struct Candidate: Sendable, Equatable {
    /// The name as written.
    public var name: String
    /// What joins it to its value.
    public var op: FieldOperator
    /// The value.
    public var value: CandidateValue
    /// Whether white space stands before or after the operator.
    public var isSpaced: Bool
    /// Span of the name.
    public var nameSpan: SourceSpan
    /// Span of the value.
    public var valueSpan: SourceSpan
  }

  /// What stands after the operator.
  public enum CandidateValue: Sendable, Equatable {
    /// Nothing.
    case none
    /// One word.
    case word(String)
    /// Quoted words.
    case phrase(String, slop: Int?)
    /// Alternatives in brackets.
    case list([CandidateValue])
  }

  /// A span that does not count in comparisons of trees.
  public struct SourceSpan: Sendable, Equatable {
    /// UTF-8 bytes of the query.
    public var range: Range<Int>

    /// A span.
    public init(_ range: Range<Int>) { self.range = range }

    /// Trees are equal wherever they stand.
    public static func == (a: SourceSpan, b: SourceSpan) -> Bool { true }
  }

  /// What it is.
  public var kind: Kind
  /// Where it stands.
  public var span: SourceSpan

  /// A node.
  public init(_ kind: Kind, _ span: Range<Int>) {
    self.kind = kind
    self.span = SourceSpan(span)
  }

  /// The canonical text of the tree: `parse(text)` is the same tree.
  public var text: String { SyntaxPrinter.text(self) }
}

/// Writes trees in the canonical form: explicit brackets where they matter, single spaces.
enum SyntaxPrinter {
  static func text(_ node: QuerySyntax) -> String { text(node, within: .or) }

  private enum Level: Int { case or, and, unary }

  private static func text(_ node: QuerySyntax, within level: Level) -> String {
    switch node.kind {
    case .all: "*"
    case .word(let word, let isPrefix): word + (isPrefix ? "*" : "")
    case .phrase(let words, let slop): quoted(words) + (slop.map { "~\($0)" } ?? "")
    case .near(let left, let right, let distance): "\(left) NEAR/\(distance) \(right)"
    case .and(let parts): bracketed(parts.map { text($0, within: .unary) }, " ", level, .and)
    case .or(let parts): bracketed(parts.map { text($0, within: .and) }, " OR ", level, .or)
    case .not(let part): "NOT " + text(part, within: .unary)
    case .boost(let part, let factor): boosted(part, factor)
    case .candidate(let candidate): text(candidate)
    case .presence(let field, let isMissing): (isMissing ? "missing:" : "has:") + field
    case .control(let name, let value): "\(name):\(value)"
    }
  }

  private static func bracketed(
    _ parts: [String], _ joint: String, _ outer: Level, _ own: Level
  ) -> String {
    let joined = parts.joined(separator: joint)
    return outer.rawValue > own.rawValue ? "(\(joined))" : joined
  }

  private static func boosted(_ part: QuerySyntax, _ factor: Double) -> String {
    let number = factor == factor.rounded() ? String(Int(factor)) : String(factor)
    let inner = text(part, within: .unary)
    switch part.kind {
    case .not, .near, .boost: return "(\(inner))^\(number)"
    default: return "\(inner)^\(number)"
    }
  }

  private static func text(_ candidate: QuerySyntax.Candidate) -> String {
    let value = text(candidate.value)
    guard candidate.isSpaced, candidate.op != .colon else {
      return candidate.name + candidate.op.text + value
    }
    return "\(candidate.name) \(candidate.op.text) \(value)"
  }

  private static func text(_ value: QuerySyntax.CandidateValue) -> String {
    switch value {
    case .none: ""
    case .word(let word): word
    case .phrase(let words, let slop): quoted(words) + (slop.map { "~\($0)" } ?? "")
    case .list(let values): "(" + values.map(text).joined(separator: " OR ") + ")"
    }
  }

  private static func quoted(_ words: String) -> String { "\"\(words)\"" }
}
