public import KBDiagnostics
public import KBSchema

/// A value of a hit, and whether the section states or inherits it.
public struct HitValue: Sendable, Equatable {
  /// Where a hit has a value from.
  public enum Source: String, Sendable, Equatable {
    /// Its own text, heading or row.
    case section
    /// Another section of its subject, or what was declared for the subject.
    case subject
    /// Declared for the whole document.
    case document
  }

  /// The value with its place.
  public var value: Value
  /// Where the section has it from.
  public var source: Source

  /// A value of a hit.
  public init(value: Value, source: Source) {
    self.value = value
    self.source = source
  }
}

/// A part of a snippet to emphasise.
public struct Highlight: Sendable, Equatable {
  /// UTF-8 offset of its first byte.
  public var start: Int
  /// UTF-8 offset behind its last byte.
  public var end: Int

  /// A part of a snippet; `start` is below `end`.
  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }
}

/// One section that a query found.
public struct Hit: Sendable, Equatable {
  /// Position in the whole answer, from 1.
  public var rank: Int
  /// Relevance; compares within one answer.
  public var score: Double
  /// Stable id of the section, from path, anchor and ordinal.
  public var id: String
  /// Path relative to the knowledge base's root.
  public var path: String
  /// Anchor of the section in its document.
  public var anchor: String
  /// Line of the heading, 1-based.
  public var line: Int
  /// Last line of the section's own text.
  public var endLine: Int
  /// Title of the document.
  public var document: String
  /// Name of the subject.
  public var subject: String
  /// Headings down to the section's own, the document's first included.
  public var headings: [String]
  /// The best passage of the section's own text, plain.
  public var snippet: String
  /// Line on which the snippet begins.
  public var snippetLine: Int
  /// What to emphasise in the snippet, ascending, not overlapping.
  public var highlights: [Highlight]
  /// Whether the file has changed since it was indexed, or is gone.
  public var isStale: Bool
  /// Values in the order of the schema's fields, then of the text: all own ones, and of the
  /// inherited ones those that the query filters on.
  public var values: [HitValue]
  /// How many more sections match and are not shown: of its group, or with the same content.
  public var collapsed: Int
  /// Where the first sections of the same headings and text stand that this hit stands for.
  public var identical: [Place]

  /// Where a section stands.
  public struct Place: Sendable, Equatable {
    /// Path relative to the knowledge base's root.
    public var path: String
    /// Line of the heading, 1-based.
    public var line: Int

    /// A place.
    public init(path: String, line: Int) {
      self.path = path
      self.line = line
    }
  }

  /// A hit.
  public init(
    rank: Int, score: Double, id: String, path: String, anchor: String, line: Int, endLine: Int,
    document: String, subject: String, headings: [String], snippet: String, snippetLine: Int,
    highlights: [Highlight], isStale: Bool, values: [HitValue], collapsed: Int = 0,
    identical: [Place] = []
  ) {
    self.rank = rank
    self.score = score
    self.id = id
    self.path = path
    self.anchor = anchor
    self.line = line
    self.endLine = endLine
    self.document = document
    self.subject = subject
    self.headings = headings
    self.snippet = snippet
    self.snippetLine = snippetLine
    self.highlights = highlights
    self.isStale = isStale
    self.values = values
    self.collapsed = collapsed
    self.identical = identical
  }
}

/// A query that would find something, offered where the one asked for finds nothing.
public struct Suggestion: Sendable, Equatable {
  /// The query to type.
  public var query: String
  /// What it changes: "without `salary>900k`".
  public var reason: String
  /// How many sections it finds.
  public var total: Int

  /// A suggestion.
  public init(query: String, reason: String, total: Int) {
    self.query = query
    self.reason = reason
    self.total = total
  }
}

/// The answer to a search.
public struct SearchResponse: Sendable, Equatable {
  /// The query as asked.
  public var query: String
  /// Which words had to be there.
  public var match: SearchRequest.MatchMode
  /// How the query was read, in one line, for people.
  public var reading: String
  /// Sections found (groups, after `group:`).
  public var total: Int
  /// Whether `total` is exact.
  public var isTotalExact: Bool
  /// Sections that `group:` collapsed into the groups counted.
  public var collapsed: Int
  /// Sections of the total that stand behind a hit with the same headings and text.
  public var identical: Int
  /// Hits skipped.
  public var offset: Int
  /// Name of the generation that answered.
  public var generation: String
  /// The hits, best first.
  public var hits: [Hit]
  /// What was asked to be counted.
  public var facets: [Facet]
  /// Where nothing was found: what would find something.
  public var suggestions: [Suggestion]
  /// Remarks and notes on how the query was read; none is an error.
  public var warnings: [Diagnostic]
  /// Sections that hold a value the filter could not compare: in another currency, by code, counted.
  public var otherCurrencies: [String]

  /// An answer.
  public init(
    query: String, match: SearchRequest.MatchMode, reading: String, total: Int,
    isTotalExact: Bool, collapsed: Int = 0, identical: Int = 0, offset: Int, generation: String,
    hits: [Hit],
    facets: [Facet] = [], suggestions: [Suggestion] = [], warnings: [Diagnostic] = [],
    otherCurrencies: [String] = []
  ) {
    self.query = query
    self.match = match
    self.reading = reading
    self.total = total
    self.isTotalExact = isTotalExact
    self.collapsed = collapsed
    self.identical = identical
    self.offset = offset
    self.generation = generation
    self.hits = hits
    self.facets = facets
    self.suggestions = suggestions
    self.warnings = warnings
    self.otherCurrencies = otherCurrencies
  }
}
