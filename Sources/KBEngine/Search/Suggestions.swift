internal import KBDiagnostics
internal import KBQuery
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

  /// Each correction by itself; where none is enough, all of them.
  private func spellings() throws(XapianError) -> [Suggestion] {
    let corrections = try Spelling(searcher: searcher).corrections(of: parts, in: request.query)
    var result: [Suggestion] = []
    for correction in corrections {
      let query = replacing(correction.span, by: correction.replacement)
      let found = try total(query)
      guard found > 0 else { continue }
      result.append(
        Suggestion(query: query, reason: "did you mean \(correction.word)?", total: found))
    }
    guard result.isEmpty, !corrections.isEmpty else { return result }
    let query = corrected(by: corrections)
    let found = try total(query)
    if found > 0 {
      let words = corrections.map(\.word).joined(separator: ", ")
      return [Suggestion(query: query, reason: "did you mean \(words)?", total: found)]
    }
    return try byThemselves(corrections)
  }

  private func byThemselves(
    _ corrections: [Spelling.Correction]
  ) throws(XapianError) -> [Suggestion] {
    var result: [Suggestion] = []
    for word in corrections.map(\.word) {
      let found = try total(word)
      guard found > 0 else { continue }
      let reason = "did you mean \(word)? by itself"
      result.append(Suggestion(query: word, reason: reason, total: found))
    }
    return result
  }

  private func corrected(by corrections: [Spelling.Correction]) -> String {
    let sorted = corrections.sorted { $0.span.lowerBound < $1.span.lowerBound }
    var edits: [FixIt.Edit] = []
    for one in sorted where one.span.lowerBound >= edits.last?.span.upperBound ?? 0 {
      edits.append(.init(span: one.span, replacement: one.replacement))
    }
    return FixIt(message: "", edits: edits).applied(to: request.query)
  }

  // MARK: What is to blame

  /// How many sections each clause of a query without hits finds by itself.
  func blame() throws(XapianError) -> [Diagnostic] {
    guard !request.isLiteral, request.query.utf8.count <= 1000 else { return [] }
    let spans = spans.filter { $0.upperBound <= request.query.utf8.count && !$0.isEmpty }
    guard !spans.isEmpty, spans.count <= 12 else { return [] }
    var counts: [String] = []
    for span in spans { counts.append("`\(source(span))` \(try total(source(span)))") }
    let message =
      spans.count == 1
      ? "nothing in the index matches `\(source(spans[0]))`; `kbsearch fields` lists what can be "
        + "asked for"
      : "sections that each clause finds by itself: " + counts.joined(separator: ", ")
    return [
      Diagnostic(id: "query.clause-counts", severity: .note, message: message, span: 0..<0)
    ]
  }
}
