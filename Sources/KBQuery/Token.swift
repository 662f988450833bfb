/// The sign of a comparison as the query writes it.
public struct SyntaxOperator: Sendable, Hashable {
  /// What the sign asks.
  public enum Sign: String, Sendable, Hashable, CaseIterable {
    /// A colon alone: the field's own kind of match.
    case matches = ":"
    case less = "<"
    case atMost = "<="
    case above = ">"
    case atLeast = ">="
    case equal = "="
    case notEqual = "!="
  }

  /// The sign; nil for a run of signs that is no operator (`==`, `=>`).
  public var sign: Sign?
  /// As written: `:>=`, `≥`.
  public var text: String

  /// An operator.
  public init(sign: Sign?, text: String) {
    self.sign = sign
    self.text = text
  }
}

/// A piece of a query text.
public struct Token: Sendable, Equatable {
  /// What a token is.
  public enum Kind: Sendable, Equatable {
    /// One written unit of text.
    case word
    /// `"…"`, with its quotes; unclosed it runs to the end of the text.
    case phrase(closed: Bool)
    /// `~n` after a phrase; nil where no (usable) number follows.
    case slop(Int?)
    /// `^n` after an atom; nil where no (usable) number follows.
    case boost(Double?)
    /// `(`
    case open
    /// `(` right after a comparison: a list of values.
    case listOpen
    /// `)`
    case close
    /// `-` at the start of a token.
    case minus
    /// `AND`
    case and
    /// `OR`, `|` (and `||`, which the parser reports).
    case or
    /// `NOT`
    case not
    /// `NEAR/n`; nil where no (usable) number follows.
    case near(Int?)
    /// A possible field name with a comparison right behind it.
    case name
    /// A comparison, right behind a name or behind a word that may be one.
    case comparison(SyntaxOperator)
    /// A bare value, right behind a comparison or in a list.
    case value
  }

  /// What it is.
  public var kind: Kind
  /// Its bytes (UTF-8, half-open).
  public var span: Range<Int>
  /// Whether it stands right behind the token before it.
  public var isGlued: Bool

  /// A token.
  public init(kind: Kind, span: Range<Int>, isGlued: Bool) {
    self.kind = kind
    self.span = span
    self.isGlued = isGlued
  }
}
