/// What a value says, normalised.
public enum ValueContent: Sendable, Hashable {
  /// A name or words, in the canonical spelling for display.
  case string(String)
  /// A number.
  case number(Double)
  /// A day or span of days.
  case date(DateSpan)
  /// A range with a unit.
  case interval(Interval)
  /// A date like `03/04/2024`, which is one day or another by the corpus's habit.
  case ambiguousDate(dayFirst: DateSpan, monthFirst: DateSpan)
}

/// Where a value stands in its file.
public struct Provenance: Sendable, Hashable {
  /// 1-based line.
  public var line: Int
  /// UTF-8 bytes within the line, half-open, 0-based.
  public var columns: Range<Int>
  /// The words that state it, as the file writes them.
  public var text: String
  /// Declared (front matter, metadata, title) rather than read out of prose.
  public var declared: Bool

  /// A place.
  public init(line: Int, columns: Range<Int> = 0..<0, text: String, declared: Bool = false) {
    self.line = line
    self.columns = columns
    self.text = text
    self.declared = declared
  }
}

/// A typed value of a field, with the place that states it.
public struct Value: Sendable, Hashable {
  /// The field's normalised name.
  public var field: String
  /// What it says.
  public var content: ValueContent
  /// Where it stands.
  public var provenance: Provenance
  /// Other names a `:` filter finds it by: the bare name of a city, the places it lies in.
  public var implied: [String]

  /// A value.
  public init(
    field: String, content: ValueContent, provenance: Provenance, implied: [String] = []
  ) {
    self.field = field
    self.content = content
    self.provenance = provenance
    self.implied = implied
  }
}

/// The values that one small unit of text (a list item, a row, a sentence, a front-matter block)
/// states together. It holds at most one interval of a field: a unit with two amounts is two facts.
public struct Fact: Sendable, Hashable {
  /// What the unit itself states.
  public var stated: [Value]
  /// What it takes over for fact fields that it does not state, from its headings, from declared
  /// values, or from facts of its subject that state the field without pay of their own.
  public var borrowed: [Value]
  /// Whether it names another role than its subject's: then it is never lifted, and its values
  /// satisfy a filter only beside a filter that its role satisfies.
  public var isForeign: Bool

  /// A fact.
  public init(stated: [Value], borrowed: [Value] = [], isForeign: Bool = false) {
    self.stated = stated
    self.borrowed = borrowed
    self.isForeign = isForeign
  }
}

/// An amount that was seen and judged not to be a value.
public struct IgnoredAmount: Sendable, Hashable {
  /// The field it might have been a value of.
  public var field: String
  /// Where it stands.
  public var provenance: Provenance
  /// Why it is none, in a phrase: "a signing bonus, not pay".
  public var reason: String

  /// An amount with the reason against it.
  public init(field: String, provenance: Provenance, reason: String) {
    self.field = field
    self.provenance = provenance
    self.reason = reason
  }
}
