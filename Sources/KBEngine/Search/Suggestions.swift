internal import KBDiagnostics
internal import KBQuery
internal import KBSchema
internal import Xapian

/// For a query without hits: queries that would find something. Each is the query's own text with
/// one part changed, so that it can be typed as it stands.
struct Suggestions {
  let searcher: Searcher
  let request: SearchRequest
  let bound: BoundQuery

  private static let most = 4

  /// The offers: another spelling, a looser value, one part less, any of the words.
  func all() throws(XapianError) -> [Suggestion] {
    guard request.query.utf8.count <= 1000 else { return [] }
    var result = try spellings()
    result += try loosened()
    result += try droppedParts()
    guard request.match == .all, let any = try anyWord() else {
      return Array(result.prefix(Suggestions.most))
    }
    return result.prefix(Suggestions.most - 1) + [any]
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

  /// Spans of the parts that AND joins, each filter by itself and once (`f!=x` is bound as two
  /// parts), without those that hold nothing to look for.
  private var spans: [Range<Int>] {
    var result: [Range<Int>] = []
    for part in parts {
      var found = [part.span]
      if case .sameFact(let filters) = part.kind { found = filters.map(\.span) }
      for span in found where !result.contains(span) && span.upperBound <= request.query.utf8.count
      {
        guard source(span).utf8.contains(where: Suggestions.isOfWord) else { continue }
        result.append(span)
      }
    }
    return result.sorted { $0.lowerBound < $1.lowerBound }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isPlain(byte) || byte == UInt8(ascii: "*")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
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
    for span in spans {
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

  // MARK: Looser values

  /// A phrase as words that need not be adjacent, and a whole value as words of it.
  private func loosened() throws(XapianError) -> [Suggestion] {
    var result: [Suggestion] = []
    for part in parts {
      for (span, looser, reason) in Suggestions.looser(part) {
        let query = replacing(span, by: looser)
        let found = try total(query)
        guard found > 0 else { continue }
        result.append(Suggestion(query: query, reason: reason, total: found))
      }
    }
    return result
  }

  private static func looser(
    _ part: BoundNode
  ) -> [(span: Range<Int>, text: String, reason: String)] {
    func isSimple(_ text: String) -> Bool {
      text.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: " ") || $0 >= 0x80 }
    }
    switch part.kind {
    case .phrase(let words, slop: 0) where isSimple(words) && words.contains(" "):
      return [(part.span, words.lowercased(), "the words, wherever they stand")]
    case .filter(let filter): return looser(filter)
    case .sameFact(let filters): return filters.flatMap { looser($0) }
    default: return []
    }
  }

  private static func looser(
    _ filter: BoundFilter
  ) -> [(span: Range<Int>, text: String, reason: String)] {
    guard case .whole(let value) = filter.clause, filter.boost == 1 else { return [] }
    let text = value.utf8.allSatisfy(isPlain) ? value : "\"\(value)\""
    guard !value.utf8.contains(UInt8(ascii: "\"")) else { return [] }
    return [(filter.span, "\(filter.field.name):\(text)", "within the value")]
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
    guard request.query.utf8.count <= 1000 else { return [] }
    let spans = spans
    guard !spans.isEmpty, spans.count <= 12 else { return [] }
    var counts: [String] = []
    for span in spans { counts.append("`\(source(span))` \(try total(source(span)))") }
    let message =
      spans.count == 1
      ? "nothing in the index matches `\(source(spans[0]))`; " + whereToLook
      : "sections that each clause finds by itself: " + counts.joined(separator: ", ")
    return [
      Diagnostic(
        id: "query.clause-counts", severity: .note, message: message,
        span: spans[0].lowerBound..<spans[spans.count - 1].upperBound)
    ]
  }

  /// What shows the values that there are.
  private var whereToLook: String {
    for part in parts {
      if case .filter(let filter) = part.kind, !["id", "path"].contains(filter.field.name) {
        return "`kbsearch facets \(filter.field.name)` shows the values there are"
      }
    }
    return "`kbsearch fields` lists what can be asked for"
  }
}
