/// A query as written: its grammar, without any knowledge of fields. What may be a field is left
/// as a candidate with its spacing; the binder decides.
public struct QuerySyntax: Sendable, Equatable {
  /// What is asked for; nil where the text has no more than controls.
  public var root: SyntaxNode?
  /// `sort:`, `scope:` and `group:`, in the order written.
  public var controls: [SyntaxControl]

  /// A query.
  public init(root: SyntaxNode? = nil, controls: [SyntaxControl] = []) {
    self.root = root
    self.controls = controls
  }

  /// The same query with every span empty, for comparing what two texts say.
  public func withoutSpans() -> QuerySyntax {
    QuerySyntax(root: root?.withoutSpans(), controls: controls.map { $0.withoutSpans() })
  }
}

/// Written text with its place.
public struct SyntaxWord: Sendable, Equatable {
  /// As written.
  public var text: String
  /// Bytes of the query.
  public var span: Range<Int>

  /// A word.
  public init(text: String, span: Range<Int>) {
    self.text = text
    self.span = span
  }

  func withoutSpans() -> SyntaxWord { SyntaxWord(text: text, span: 0..<0) }
}

/// A node of the syntax tree.
public struct SyntaxNode: Sendable, Equatable {
  /// What a node is. Arrays hold at least two nodes.
  public indirect enum Kind: Sendable, Equatable {
    /// A written unit, wildcards and all.
    case word(String)
    /// The text between quotes; slop nil where none was written.
    case phrase(String, slop: Int?)
    /// `a NEAR/n b`
    case near(SyntaxWord, SyntaxWord, distance: Int)
    /// Neighbours, with or without AND.
    case and([SyntaxNode])
    /// Alternatives.
    case or([SyntaxNode])
    /// `-x`, `NOT x`
    case not(SyntaxNode)
    /// `x^n`
    case boost(SyntaxNode, Double)
    /// A name with a comparison.
    case filter(FieldCandidate)
    /// `has:f`; with `isMissing`, `missing:f`.
    case presence(SyntaxWord, isMissing: Bool)
  }

  /// What it is.
  public var kind: Kind
  /// Bytes of the query.
  public var span: Range<Int>

  /// A node.
  public init(_ kind: Kind, span: Range<Int>) {
    self.kind = kind
    self.span = span
  }

  func withoutSpans() -> SyntaxNode {
    let bare: Kind =
      switch kind {
      case .word, .phrase: kind
      case .near(let a, let b, let n): .near(a.withoutSpans(), b.withoutSpans(), distance: n)
      case .and(let nodes): .and(nodes.map { $0.withoutSpans() })
      case .or(let nodes): .or(nodes.map { $0.withoutSpans() })
      case .not(let node): .not(node.withoutSpans())
      case .boost(let node, let factor): .boost(node.withoutSpans(), factor)
      case .filter(let candidate): .filter(candidate.withoutSpans())
      case .presence(let name, let isMissing): .presence(name.withoutSpans(), isMissing: isMissing)
      }
    return SyntaxNode(bare, span: 0..<0)
  }
}

/// A name, a comparison, and perhaps a value: a filter where the name is a field, else text or an
/// error, by its spacing.
public struct FieldCandidate: Sendable, Equatable {
  /// What may be a field's name.
  public var name: SyntaxWord
  /// The comparison.
  public var comparison: SyntaxOperator
  /// Bytes of the comparison.
  public var comparisonSpan: Range<Int>
  /// Whether white space stands before the comparison.
  public var spaceBefore: Bool
  /// Whether white space stands between the comparison and the value.
  public var spaceAfter: Bool
  /// The value; nil where none follows. With spaces it is a single word or phrase.
  public var value: SyntaxValue?

  /// A candidate.
  public init(
    name: SyntaxWord, comparison: SyntaxOperator, comparisonSpan: Range<Int>, spaceBefore: Bool,
    spaceAfter: Bool, value: SyntaxValue?
  ) {
    self.name = name
    self.comparison = comparison
    self.comparisonSpan = comparisonSpan
    self.spaceBefore = spaceBefore
    self.spaceAfter = spaceAfter
    self.value = value
  }

  /// Whether white space stands on either side of the comparison.
  public var isSpaced: Bool { spaceBefore || spaceAfter }

  func withoutSpans() -> FieldCandidate {
    FieldCandidate(
      name: name.withoutSpans(), comparison: comparison, comparisonSpan: 0..<0,
      spaceBefore: spaceBefore, spaceAfter: spaceAfter, value: value?.withoutSpans())
  }
}

/// The value of a field candidate.
public struct SyntaxValue: Sendable, Equatable {
  /// How it is written.
  public enum Kind: Sendable, Equatable {
    /// A run of non-space: a word, a number, a range (`a..b`), `*`.
    case bare(String)
    /// Text in quotes.
    case quoted(String, slop: Int?)
    /// `(a OR b)`: bare and quoted values.
    case list([SyntaxValue])
  }

  /// How it is written.
  public var kind: Kind
  /// Bytes of the query.
  public var span: Range<Int>

  /// A value.
  public init(_ kind: Kind, span: Range<Int>) {
    self.kind = kind
    self.span = span
  }

  func withoutSpans() -> SyntaxValue {
    guard case .list(let items) = kind else { return SyntaxValue(kind, span: 0..<0) }
    return SyntaxValue(.list(items.map { $0.withoutSpans() }), span: 0..<0)
  }
}

/// `sort:…`, `scope:…` or `group:…`.
public struct SyntaxControl: Sendable, Equatable {
  /// Which control.
  public enum Kind: String, Sendable, Equatable, CaseIterable {
    case sort, scope, group
  }

  /// Which control.
  public var kind: Kind
  /// Its value, as written.
  public var value: SyntaxWord
  /// Bytes of the query.
  public var span: Range<Int>

  /// A control.
  public init(kind: Kind, value: SyntaxWord, span: Range<Int>) {
    self.kind = kind
    self.value = value
    self.span = span
  }

  func withoutSpans() -> SyntaxControl {
    SyntaxControl(kind: kind, value: value.withoutSpans(), span: 0..<0)
  }
}
