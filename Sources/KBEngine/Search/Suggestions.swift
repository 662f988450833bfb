internal import KBDiagnostics
internal import KBQuery
internal import KBText
internal import Xapian

/// For a query without hits: queries that would find something.
struct Suggestions {
  let searcher: Searcher
  let request: SearchRequest
  let bound: BoundRequest

  private static let most = 4

  /// The offers: another spelling, one part less, any of the words.
  func all() throws(XapianError) -> [Suggestion] {
    var result = try spellings()
    result += try droppedParts()
    if request.match == .all, let any = try anyWord() { result.append(any) }
    return Array(result.prefix(Suggestions.most))
  }

  private var planner: Planner { searcher.planner(bound.scope, request) }

  private func total(_ query: BoundQuery) throws(XapianError) -> Int {
    try searcher.count(planner.plan(query).query)
  }

  private var parts: [BoundQuery] {
    if case .and(let parts) = bound.query { return parts }
    return [bound.query]
  }

  private func droppedParts() throws(XapianError) -> [Suggestion] {
    guard parts.count > 1, parts.count <= 12 else { return [] }
    var result: [Suggestion] = []
    for index in parts.indices {
      var rest = parts
      let dropped = rest.remove(at: index)
      let query: BoundQuery = rest.count == 1 ? rest[0] : .and(rest)
      let found = try total(query)
      guard found > 0 else { continue }
      result.append(
        Suggestion(
          query: BoundPrinter.text(query, scope: bound.scope),
          reason: "without \(BoundPrinter.text(dropped))", total: found))
    }
    return result.sorted { $0.total > $1.total }
  }

  private func anyWord() throws(XapianError) -> Suggestion? {
    var loose = request
    loose.match = .any
    let found = try searcher.count(
      searcher.planner(bound.scope, loose).plan(bound.query).query)
    guard found > 0 else { return nil }
    return Suggestion(
      query: request.query, reason: "with --match any: any of the words", total: found)
  }

  // MARK: Spelling

  private func spellings() throws(XapianError) -> [Suggestion] {
    var result: [Suggestion] = []
    for (index, part) in parts.enumerated() {
      guard case .word(let word, isPrefix: false) = part, let better = try nearest(to: word)
      else { continue }
      var changed = parts
      changed[index] = .word(better, isPrefix: false)
      let query: BoundQuery = changed.count == 1 ? changed[0] : .and(changed)
      let found = try total(query)
      guard found > 0 else { continue }
      result.append(
        Suggestion(
          query: BoundPrinter.text(query, scope: bound.scope), reason: "did you mean \(better)?",
          total: found))
    }
    return result
  }

  /// The most frequent word within two edits of one that the index does not have.
  private func nearest(to word: String) throws(XapianError) -> String? {
    let folded = Folding.fold(word)
    guard folded.count >= 4, try total(.word(word, isPrefix: false)) == 0 else { return nil }
    let limit = folded.count >= 7 ? 2 : 1
    let key = String(decoding: folded, as: UTF8.self)
    var best: (distance: Int, documents: Int, word: String)?
    for candidate in try searcher.words(from: Array(folded.prefix(1)), limit: 200_000) {
      guard abs(candidate.term.count - folded.count) <= limit else { continue }
      let text = String(decoding: candidate.term, as: UTF8.self)
      let distance = EditDistance.between(key, text, limit: limit)
      guard distance <= limit else { continue }
      if best.map({ (distance, -candidate.documents) < ($0.distance, -$0.documents) }) ?? true {
        best = (distance, candidate.documents, text)
      }
    }
    return best?.word
  }
}
