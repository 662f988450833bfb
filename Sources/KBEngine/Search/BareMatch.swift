internal import KBQuery
internal import Xapian

/// The engine's part of a search, for measuring: matches by weight, without totals and records.
package struct BareMatch {
  /// The query as Xapian's own bytes.
  package let query: [UInt8]
  private let searcher: Searcher
  private let request: MatchRequest

  /// The match of a request.
  package init(_ searcher: Searcher, _ request: SearchRequest) throws {
    let bound = try searcher.bind(request)
    let ranked = try searcher.planner(bound.scope, request).plan(bound.root).ranked
    query = try ranked.serialised()
    self.searcher = searcher
    self.request = MatchRequest(query: ranked, limit: request.limit)
  }

  /// Runs it; how many matches it returns.
  package func run() throws -> Int { try searcher.matches(request).matches.count }
}
