internal import Glibc
internal import KBSchema
internal import Xapian

extension Searcher {
  /// Sections that speak of what a section speaks of, the nearest first, itself left out. `name` is
  /// an id or `path#anchor`; nil where there is no such section.
  ///
  /// The words that tell a section from others are those with the highest tf·idf (Spärck Jones,
  /// "A statistical interpretation of term specificity", 1972), each asked for with that weight.
  public func similar(
    to name: String, limit: Int = 10
  ) throws(SearchFailure) -> SearchResponse? {
    guard let section = try section(name) else { return nil }
    do {
      let words = try telling(section.record)
      let query = Query.andNot(
        .or(words.map { .scaled(.term($0.term), by: $0.weight) }),
        .term(IndexFormat.id(section.id)))
      let plan = QueryPlan(
        query: query, own: [], hasText: true,
        marks: words.map { .word($0.term) }, fields: [], notes: [])
      let request = SearchRequest(query: name, match: .any, limit: limit, today: 0)
      return try answer(plan, request, reading: "similar to \(section.id)")
    } catch {
      throw .index(.engine(error.message))
    }
  }

  private static let mostWords = 25

  /// The words that tell a record from others.
  private func telling(_ record: Record) throws(XapianError) -> [(term: [UInt8], weight: Double)] {
    var counts: [[UInt8]: Int] = [:]
    let text = String(record.body.text.prefix(100_000))
    for part in record.headings.suffix(2) + [text] {
      analyzer.scan(part) { counts[$0.term, default: 0] += 1 }
    }
    var rated: [(term: [UInt8], weight: Double)] = []
    for (term, count) in counts where term.count > 2 && term.count < 40 {
      let documents = try frequency(of: term)
      guard documents > 1 else { continue }
      let idf = log(Double(sectionCount + 1) / Double(documents))
      let weight = (1 + log(Double(count))) * idf
      if weight > 0 { rated.append((term, weight)) }
    }
    rated.sort {
      $0.weight != $1.weight
        ? $0.weight > $1.weight : $0.term.lexicographicallyPrecedes($1.term)
    }
    return Array(rated.prefix(Searcher.mostWords))
  }
}
