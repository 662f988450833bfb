public import KBDiagnostics
public import KBSchema

/// Which end of an interval a comparison speaks of.
public enum IntervalEnd: String, Sendable, Equatable {
  /// Any attested value.
  case any
  /// The stated lower bound.
  case min
  /// The stated upper bound.
  case max
}

/// One comparison of an interval field. Amounts are compared by the year.
public struct IntervalComparison: Sendable, Equatable {
  /// What is asked of the interval.
  public enum Relation: Sendable, Equatable {
    case above(Amount)
    case atLeast(Amount)
    case below(Amount)
    case atMost(Amount)
    /// Overlaps the range; nil is an open side. A single value is a range of one.
    case overlaps(Amount?, Amount?)
  }

  /// Which end is compared.
  public var end: IntervalEnd
  /// What is asked of it.
  public var relation: Relation
  /// Unit code of the amounts: a currency, or the field's unit.
  public var unit: String

  /// A comparison.
  public init(end: IntervalEnd, relation: Relation, unit: String) {
    self.end = end
    self.relation = relation
    self.unit = unit
  }
}

/// What a filter asks of the values of its field.
public indirect enum FilterTest: Sendable, Equatable {
  /// There is a value, `field:*`.
  case exists
  /// The whole value, ignoring case, accents and aliases.
  case value(String)
  /// A whole value that begins so.
  case valuePrefix(String)
  /// Words of a text value, stemmed; with `isPrefix`, the last begins so.
  case words(String, isPrefix: Bool)
  /// Words of a text value, in order, as written.
  case phrase(String, slop: Int?)
  /// Comparisons that one interval must meet.
  case interval([IntervalComparison])
  /// Comparisons that one number must meet; nil is an open side.
  case number(low: Double?, lowIsStrict: Bool, high: Double?, highIsStrict: Bool)
  /// A date that overlaps the days from `low` to `high`; nil is an open side.
  case date(low: Int?, high: Int?)
  /// A file or folder, or a glob.
  case path(String)
  /// One of them.
  case any([FilterTest])
}

/// A test of one field.
public struct BoundFilter: Sendable, Equatable {
  /// The field.
  public var field: Field
  /// What is asked.
  public var test: FilterTest
  /// UTF-8 bytes of the query.
  public var span: Range<Int>

  /// A filter.
  public init(field: Field, test: FilterTest, span: Range<Int>) {
    self.field = field
    self.test = test
    self.span = span
  }
}

/// A query whose names are known to be fields and whose values have types.
public indirect enum BoundQuery: Sendable, Equatable {
  /// Every section.
  case all
  /// A word of the text.
  case word(String, isPrefix: Bool)
  /// Words in order.
  case phrase(String, slop: Int?)
  /// Two words at most so many positions apart.
  case near(String, String, distance: Int)
  case and([BoundQuery])
  case or([BoundQuery])
  case not(BoundQuery)
  case boost(BoundQuery, Double)
  /// `has:` and `missing:` (its negation).
  case presence(Field)
  /// A filter by itself.
  case filter(BoundFilter)
  /// Filters on different fields of facts that one fact must meet together.
  case sameFact([BoundFilter])
}

/// Which of a section's values filters test.
public enum QueryScope: String, Sendable, Equatable, CaseIterable {
  /// Own and inherited ones.
  case held
  /// Own ones, `scope:section`.
  case section
  /// All that the subject states anywhere, `scope:subject`.
  case subject
}

/// A field to sort by.
public struct SortKeyField: Sendable, Equatable {
  /// The field.
  public var field: Field
  /// Highest first.
  public var isDescending: Bool
}

/// A bound query with what applies to the whole of it.
public struct BoundRequest: Sendable, Equatable {
  /// What to find.
  public var query: BoundQuery
  /// Which values count.
  public var scope: QueryScope
  /// Order; empty for relevance.
  public var sort: [SortKeyField]
  /// Field whose values group the hits: `subject`, `path`, or a field's name.
  public var group: String?
  /// Errors, warnings and notes.
  public var diagnostics: [Diagnostic]

  /// Whether the query can be answered.
  public var isValid: Bool { !diagnostics.contains { $0.severity == .error } }
}
