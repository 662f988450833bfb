public import KBSchema

/// The words of one fact with what stands around them: what extractors look at.
public struct FactText: Sendable, Hashable {
  /// What kind of unit it is.
  public enum Kind: Sendable, Hashable {
    case heading, sentence, listItem, tableRow, definition
  }

  /// The kind of unit.
  public var kind: Kind
  /// Its words; spans count UTF-8 bytes of it.
  public var text: String
  /// The heading path above it, the document's title first.
  public var headings: [String]
  /// For a table row: the column names with the ranges of the cells they stand for.
  public var cells: [(column: String, range: Range<Int>)]
  /// The sentence or list intro that leads to it ("Pay by city:"), empty without one.
  public var lead: String
  /// Level of a heading; 0 for anything else.
  public var level: Int

  /// A fact's text.
  public init(
    kind: Kind, text: String, headings: [String] = [],
    cells: [(column: String, range: Range<Int>)] = [], lead: String = "", level: Int = 0
  ) {
    self.level = level
    self.kind = kind
    self.text = text
    self.headings = headings
    self.cells = cells
    self.lead = lead
  }

  /// Equality over all parts.
  public static func == (a: FactText, b: FactText) -> Bool {
    a.kind == b.kind && a.level == b.level && a.text == b.text && a.headings == b.headings
      && a.lead == b.lead
      && a.cells.map(\.column) == b.cells.map(\.column)
      && a.cells.map(\.range) == b.cells.map(\.range)
  }

  /// Hashes what `==` compares first.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(text)
    hasher.combine(headings)
  }
}

/// A value that an extractor found in a fact's text.
public struct Finding: Sendable, Hashable {
  /// The field.
  public var field: String
  /// The value.
  public var content: ValueContent
  /// Where it stands: UTF-8 bytes of the fact's text.
  public var span: Range<Int>

  /// A finding.
  public init(field: String, content: ValueContent, span: Range<Int>) {
    self.field = field
    self.content = content
    self.span = span
  }
}

/// An amount that an extractor saw and judged not to be a value.
public struct Rejection: Sendable, Hashable {
  /// The field it might have been.
  public var field: String
  /// Where it stands.
  public var span: Range<Int>
  /// Why not, in a phrase.
  public var reason: String

  /// A rejection.
  public init(field: String, span: Range<Int>, reason: String) {
    self.field = field
    self.span = span
    self.reason = reason
  }
}
