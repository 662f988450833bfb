internal import KBDiagnostics
internal import KBQuery
internal import KBText
internal import Xapian

/// For a query without hits: queries that would find something. Each is the query's own text with
/// one part changed, so that it can be typed as it stands.
struct Suggestions {
  let searcher: Searcher
  let request: SearchRequest
  let bound: BoundQuery

  private static let most = 4

  /// The offers: another spelling, one part less, any of the words.
  func all() throws(XapianError) -> [Suggestion] {
    guard !request.isLiteral, request.query.utf8.count <= 1000 else { return [] }
    var result = try spellings()
    result += try droppedParts()
    if request.match == .all, let any = try anyWord() { result.append(any) }
    return Array(result.prefix(Suggestions.most))
  }

  /// Sections that another query finds; none where it cannot be read.
  private func total(_ text: String) throws(XapianError) -> Int {
    guard let other = try? searcher.bind(text, request) else { return 0 }
    return try searcher.count(searcher.planner(other.scope, request).plan(other.root).query)
  }

  private var parts: [BoundNode] {
    if case .and(let parts) = bound.root.kind { return parts }
    return [bound.root]
  }

  /// Spans of the parts that AND joins, each filter by itself.
  private var spans: [Range<Int>] {
    parts.flatMap { part -> [Range<Int>] in
      if case .sameFact(let filters) = part.kind { return filters.map(\.span) }
      return [part.span]
    }.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func replacing(_ span: Range<Int>, by text: String) -> String {
    FixIt(message: "", edits: [.init(span: span, replacement: text)]).applied(to: request.query)
      .split(separator: " ").joined(separator: " ")
  }

  private func source(_ span: Range<Int>) -> String {
    let bytes = Array(request.query.utf8)
    return String(decoding: bytes[span.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  private func droppedParts() throws(XapianError) -> [Suggestion] {
    let spans = spans
    guard spans.count > 1, spans.count <= 12 else { return [] }
    var result: [Suggestion] = []
    for span in spans where span.upperBound <= request.query.utf8.count {
      let query = replacing(span, by: "")
      let found = try total(query)
      guard found > 0 else { continue }
      result.append(Suggestion(query: query, reason: "without \(source(span))", total: found))
    }
    return result.sorted { $0.total > $1.total }
  }

  private func anyWord() throws(XapianError) -> Suggestion? {
    var loose = request
    loose.match = .any
    let found = try searcher.count(
      searcher.planner(bound.scope, loose).plan(bound.root).query)
    guard found > 0 else { return nil }
    return Suggestion(
      query: request.query, reason: "with --match any: any of the words", total: found)
  }

  // MARK: Spelling

  private func spellings() throws(XapianError) -> [Suggestion] {
    var result: [Suggestion] = []
    for part in parts {
      guard case .word(let word) = part.kind, !word.isPrefix,
        let better = try nearest(to: word.text)
      else { continue }
      let query = replacing(word.span, by: better)
      let found = try total(query)
      guard found > 0 else { continue }
      result.append(
        Suggestion(query: query, reason: "did you mean \(better)?", total: found))
    }
    return result
  }

  /// The most frequent word within two edits of one that the index does not have.
  private func nearest(to word: String) throws(XapianError) -> String? {
    let folded = Folding.fold(word)
    guard folded.count >= 4, try total(word) == 0 else { return nil }
    let limit = folded.count >= 7 ? 2 : 1
    let key = String(decoding: folded, as: UTF8.self)
    var best: (distance: Int, documents: Int, word: String)?
    for candidate in try searcher.terms(from: Array(folded.prefix(1)), limit: 200_000) {
      guard abs(candidate.term.count - folded.count) <= limit else { continue }
      let text = String(decoding: candidate.term, as: UTF8.self)
      guard let distance = EditDistance.between(key, text, limit: limit) else { continue }
      if best.map({ (distance, -candidate.documents) < ($0.distance, -$0.documents) }) ?? true {
        best = (distance, candidate.documents, text)
      }
    }
    return best?.word
  }
}
