internal import Glibc
internal import KBSchema

/// What a search asks for.
public struct SearchRequest: Sendable, Equatable {
  /// Which words of a query must stand in a section.
  public enum MatchMode: String, Sendable, Equatable, CaseIterable {
    /// Every one (the default).
    case all
    /// At least one; the more, the higher it ranks. Filters still hold.
    case any
  }

  /// The query, in the language of the spec.
  public var query: String
  /// Which words must be there.
  public var match: MatchMode
  /// Takes the query as plain words: no operator, no field.
  public var isLiteral: Bool
  /// Hits to skip.
  public var offset: Int
  /// Hits to return, at most.
  public var limit: Int
  /// Sort keys that stand outside the query (`--sort`), as `sort:` would take them; `-` reverses.
  public var sort: [String]
  /// Whether hits of one subject that only inherit what was asked fold into one (terminals).
  public var foldsInherited: Bool
  /// Whether sections with the same headings and text fold into one (versions of a manual).
  public var foldsDuplicates: Bool
  /// Whether the total is wanted. Without it a page that holds anything tells only how many there are
  /// at the least.
  public var countsTotal: Bool
  /// Fields whose values are counted over all that is found.
  public var facets: [String]
  /// Day number of "today" for relative dates, days since 1970-01-01.
  public var today: Int

  /// A request.
  public init(
    query: String, match: MatchMode = .all, isLiteral: Bool = false, offset: Int = 0,
    limit: Int = 10, sort: [String] = [], foldsInherited: Bool = false,
    foldsDuplicates: Bool = false, countsTotal: Bool = true, facets: [String] = [],
    today: Int = SearchRequest.currentDay
  ) {
    self.query = query
    self.match = match
    self.isLiteral = isLiteral
    self.offset = offset
    self.limit = limit
    self.sort = sort
    self.foldsInherited = foldsInherited
    self.foldsDuplicates = foldsDuplicates
    self.countsTotal = countsTotal
    self.facets = facets
    self.today = today
  }
}

extension SearchRequest {
  /// The day number of the calendar day here and now.
  public static var currentDay: Int {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return DateSpan.day(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday)) ?? 0
  }
}
