public import KBDiagnostics
public import KBSchema

/// A query whose names are fields of a schema and whose values are typed: what the planner plans.
/// It holds no error; what is merely worth saying stands in `notes`.
public struct BoundQuery: Sendable, Equatable {
  /// Which values filters test.
  public enum Scope: String, Sendable, Equatable, CaseIterable {
    /// Own and inherited values (no `scope:` was written).
    case inherited
    /// The section's own values only.
    case section
    /// All that the section's subject states anywhere.
    case subject
  }

  /// One key of `sort:`.
  public struct SortKey: Sendable, Equatable {
    /// The field whose values order the hits.
    public var field: Field
    /// Highest first (`sort:-field`).
    public var descending: Bool
    /// Bytes of the control in the query.
    public var span: Range<Int>

    /// A key.
    public init(field: Field, descending: Bool, span: Range<Int>) {
      self.field = field
      self.descending = descending
      self.span = span
    }
  }

  /// What `group:` gathers hits by.
  public enum Grouping: Sendable, Equatable {
    /// Nothing: every section by itself, identical ones too (`group:none`).
    case none
    /// What sections are about (`group:subject`).
    case subject
    /// Source files (`group:document`).
    case document
    /// Values of a field.
    case field(Field)

    /// As the query names it.
    public var name: String {
      switch self {
      case .none: "none"
      case .subject: "subject"
      case .document: "document"
      case .field(let field): field.name
      }
    }
  }

  /// The text it was read from; all spans are bytes of it.
  public var source: String
  /// What a section must meet. `.all` where the query consists of controls alone.
  public var root: BoundNode
  /// Which values filters test.
  public var scope: Scope
  /// Sort keys, the first decides; empty: by relevance.
  public var sort: [SortKey]
  /// What `group:` names; nil without it.
  public var group: Grouping?
  /// Warnings and notes on how the query was read, in the order of their places.
  public var notes: [Diagnostic]

  /// A bound query.
  public init(
    source: String, root: BoundNode, scope: Scope = .inherited, sort: [SortKey] = [],
    group: Grouping? = nil, notes: [Diagnostic] = []
  ) {
    self.source = source
    self.root = root
    self.scope = scope
    self.sort = sort
    self.group = group
    self.notes = notes
  }
}

/// A node of a bound query with the place that states it.
public struct BoundNode: Sendable, Equatable {
  /// What a node asks for. Arrays of `and` and `or` hold at least two nodes, no `and` holds an
  /// `and` and no `or` an `or`; `boost` never stands directly around a filter (see
  /// `BoundFilter.boost`).
  public indirect enum Kind: Sendable, Equatable {
    /// Every section: `*` alone.
    case all
    /// One written unit of free text, not yet analysed (`state-of-the-art` is one).
    case word(BoundWord)
    /// Words as written. Slop 0: adjacent and in order; n > 0: all within n positions.
    case phrase(String, slop: Int)
    /// Both words within `distance` positions, in either order.
    case near(BoundWord, BoundWord, distance: Int)
    /// All of them.
    case and([BoundNode])
    /// Any of them.
    case or([BoundNode])
    /// The complement.
    case not(BoundNode)
    /// The node with its score multiplied.
    case boost(BoundNode, Double)
    /// A test of a field's values.
    case filter(BoundFilter)
    /// Tests of at least two different fact fields (one filter a field), met by one fact where a
    /// fact states them together; see `FactGrouping`. Never holds `exists` or `missing`.
    case sameFact([BoundFilter])
  }

  /// What it asks for.
  public var kind: Kind
  /// Bytes of the query that state it (half-open). A node that gathers others spans them all.
  public var span: Range<Int>

  /// A node.
  public init(_ kind: Kind, span: Range<Int>) {
    self.kind = kind
    self.span = span
  }
}

/// A word of free text.
public struct BoundWord: Sendable, Equatable {
  /// The word as written, without a closing `*`.
  public var text: String
  /// Whether the word is a beginning: `serializ*`. Then `text` has at least 2 characters.
  public var isPrefix: Bool
  /// Bytes of the query, `*` included.
  public var span: Range<Int>

  /// A word.
  public init(text: String, isPrefix: Bool = false, span: Range<Int>) {
    self.text = text
    self.isPrefix = isPrefix
    self.span = span
  }
}

/// A test of the values of one field.
public struct BoundFilter: Sendable, Equatable {
  /// The field.
  public var field: Field
  /// What a value must be.
  public var clause: Clause
  /// The factor of a boost around it, 1 without.
  public var boost: Double
  /// Bytes of the query.
  public var span: Range<Int>

  /// A test of `field`.
  public init(field: Field, clause: Clause, boost: Double = 1, span: Range<Int>) {
    self.field = field
    self.clause = clause
    self.boost = boost
    self.span = span
  }

  /// What a value must be. `f!=x` does not appear: it is bound as `exists` AND NOT the rest.
  public indirect enum Clause: Sendable, Equatable {
    /// The whole value of a keyword field, in its canonical spelling where the catalogue knows one
    /// (case and accents are the planner's to fold).
    case equals(String)
    /// A keyword value that begins so.
    case prefix(String)
    /// Analysed words of a text field, all in one value; with `prefix` the last one is a beginning.
    case words(String, prefix: Bool)
    /// Words of a text field as written; slop as in `BoundNode.Kind.phrase`.
    case phrase(String, slop: Int)
    /// The whole value of a text field (`role="Climate Data Scientist"`).
    case whole(String)
    /// The file's path.
    case path(PathPattern)
    /// Any of at least two (a list). The parts are of the kinds above, or single tests of numbers,
    /// dates or intervals.
    case any([Clause])
    /// A value is there: `has:f`, `f:*`.
    case exists
    /// No value is there: `missing:f`.
    case missing
    /// A number field.
    case number(Comparison<BoundNumber>)
    /// A date field.
    case date(Comparison<BoundDate>)
    /// An interval field: all of the tests (at least one), met by one interval.
    case interval([IntervalTest])
  }
}

/// How `path:` compares. Paths are relative to the knowledge base's root.
public enum PathPattern: Sendable, Equatable {
  /// A path that equals this, or lies in a folder of this path: `path:corpus`, `path:corpus/`.
  case prefix(String)
  /// `*` (within a folder), `**` (across folders) and `?`: `path:*.md`. Without `/` in the
  /// pattern it is the file's name that must match.
  case glob(String)
}

/// A comparison sign.
public enum ComparisonOperator: String, Sendable, Equatable, CaseIterable {
  case less = "<"
  case atMost = "<="
  case above = ">"
  case atLeast = ">="
  /// `f=x`, and `f:x` of numbers, dates and intervals.
  case equal = "="
}

/// A comparison with typed bounds.
public enum Comparison<Bound: Sendable & Equatable>: Sendable, Equatable {
  /// One sign and one bound.
  case compare(ComparisonOperator, Bound)
  /// `a..b`, inclusive; nil is an open side. At least one is there; they are in order.
  case range(Bound?, Bound?)
}

/// A bound of a comparison of a number or interval field.
public struct BoundNumber: Sendable, Equatable {
  /// The number; by the year where a period was written (`75/hr` is 156,000).
  public var value: Double
  /// `value` in fixed point, as intervals are compared.
  public var amount: Amount
  /// The unit: the written currency, or the field's own. The period is the written one.
  public var unit: MeasureUnit?
  /// As the query writes it: `75/hr`.
  public var written: String
  /// Bytes of the query.
  public var span: Range<Int>

  /// A number.
  public init(
    value: Double, amount: Amount, unit: MeasureUnit?, written: String, span: Range<Int>
  ) {
    self.value = value
    self.amount = amount
    self.unit = unit
    self.written = written
    self.span = span
  }
}

/// A bound of a comparison of a date field: a day, or the whole span of a month or year. `f>2024`
/// is after the span's last day, `f>=2024` from its first, `f<2024` before its first, `f<=2024`
/// up to its last, `f=2024` and `f:2024` within it; a range runs from the first day of its lower
/// to the last day of its upper bound.
public struct BoundDate: Sendable, Equatable {
  /// The days.
  public var days: DateSpan
  /// As the query writes it: `2024-05`, `-30d`.
  public var written: String
  /// Bytes of the query.
  public var span: Range<Int>

  /// A date.
  public init(days: DateSpan, written: String, span: Range<Int>) {
    self.days = days
    self.written = written
    self.span = span
  }
}

/// One test of an interval.
public struct IntervalTest: Sendable, Equatable {
  /// Which end is compared.
  public enum End: String, Sendable, Equatable, CaseIterable {
    /// `f`: some attested value.
    case any
    /// `f.min`: the stated lower bound.
    case min
    /// `f.max`: the stated upper bound.
    case max
  }

  /// The compared end.
  public var end: End
  /// Sign and bound, by the year. Both bounds of a range have one unit.
  public var comparison: Comparison<BoundNumber>
  /// Bytes of the query.
  public var span: Range<Int>

  /// A test.
  public init(end: End = .any, comparison: Comparison<BoundNumber>, span: Range<Int>) {
    self.end = end
    self.comparison = comparison
    self.span = span
  }
}

/// What the binder asks about the values that the index holds. The caller fills it.
public struct ValueCatalog: Sendable {
  /// The canonical spelling of a written value of a keyword field (ignoring case, accents and
  /// aliases: `sklearn` gives `scikit-learn`); nil where no such value is known.
  public var canonical: @Sendable (_ field: Field, _ written: String) -> String?
  /// Values of the field that were probably meant, the nearest first.
  public var near: @Sendable (_ field: Field, _ written: String) -> [String]

  /// A catalogue; without closures it knows no values.
  public init(
    canonical: @escaping @Sendable (_ field: Field, _ written: String) -> String? = { _, _ in nil },
    near: @escaping @Sendable (_ field: Field, _ written: String) -> [String] = { _, _ in [] }
  ) {
    self.canonical = canonical
    self.near = near
  }

  /// Knows no values.
  public static let empty = ValueCatalog()
}
