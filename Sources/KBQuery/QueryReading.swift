public import KBDiagnostics

/// A query text read through all stages: the way in for callers.
public struct QueryReading: Sendable, Equatable {
  /// The text.
  public var source: String
  /// Tokens, tree and the parser's diagnostics.
  public var parsed: ParsedQuery
  /// The bound query; nil where there is an error.
  public var query: BoundQuery?
  /// Errors, warnings and notes, in the order of their places. Every fix-it that stands in them has
  /// been tried: its result has fewer errors, and none where this one was alone.
  public var diagnostics: [Diagnostic]
  /// The query with all errors mended by the best fix-its; nil without errors, or where they
  /// cannot be mended so. It parses and binds.
  public var rewrite: String?

  /// Longer texts are not mended: their fix-its are left out and there is no rewrite.
  static let longestMended = 4096

  /// Reads `source` with a binder.
  public init(_ source: String, binder: Binder) {
    self.init(untried: source, binder: binder)
    guard !diagnostics.isEmpty else { return }
    guard source.utf8.count <= QueryReading.longestMended else {
      for index in diagnostics.indices { diagnostics[index].fixIts = [] }
      query?.notes = diagnostics
      return
    }
    tryFixIts(binder)
    if query == nil { rewrite = mended(binder) }
    query?.notes = diagnostics
  }

  /// Reads `source` as plain words: no operator, no field, no quotation marks.
  public init(literal source: String) {
    self.source = source
    query = BoundQuery.literal(source)
    parsed = ParsedQuery(source: source, tokens: [], syntax: QuerySyntax(), diagnostics: [])
    diagnostics = []
    if query == nil {
      var problems = Problems()
      problems.add(.empty, "the query is empty", at: 0..<source.utf8.count)
      diagnostics = problems.all
    } else if let root = query?.root, root.cost > Limits.cost {
      var problems = Problems()
      problems.add(
        .tooLarge, QueryProblem.largeMessage, at: root.span, notes: QueryProblem.largeNotes)
      diagnostics = problems.all
      query = nil
    }
  }

  /// The errors alone.
  public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  private init(untried source: String, binder: Binder) {
    self.source = source
    parsed = Parser.parse(source)
    (query, diagnostics) = binder.bind(parsed)
  }

  /// Drops the fix-its whose results are no better than what they mend.
  private mutating func tryFixIts(_ binder: Binder) {
    let count = errors.count
    for index in diagnostics.indices {
      let isError = diagnostics[index].severity == .error
      diagnostics[index].fixIts = diagnostics[index].fixIts.filter { fixIt in
        let left = QueryReading(untried: fixIt.applied(to: source), binder: binder).errors.count
        return isError ? left < count : left <= count
      }
    }
  }

  /// The text after the best fix-it of its first mendable error, and so on until none is left.
  private func mended(_ binder: Binder) -> String? {
    var reading = self
    for _ in 0..<Limits.problems {
      guard let next = reading.better(binder) else { return nil }
      if next.query != nil { return next.source }
      reading = next
    }
    return nil
  }

  /// The reading after the first fix-it that leaves fewer errors.
  private func better(_ binder: Binder) -> QueryReading? {
    let errors = self.errors
    for fixIt in errors.prefix(3).flatMap(\.fixIts) {
      let next = QueryReading(untried: fixIt.applied(to: source), binder: binder)
      if next.errors.count < errors.count { return next }
    }
    return nil
  }
}

extension BoundQuery {
  /// The words of a text, all of them, with nothing else read into it (`--literal`); nil where the
  /// text has none. Punctuation stays in the words for the analyser to judge.
  public static func literal(_ text: String) -> BoundQuery? {
    let bytes = Array(text.utf8)
    var words: [BoundNode] = []
    var start = 0
    func add(_ end: Int) {
      guard start < end else { return }
      let word = BoundWord(text: Bytes.string(bytes, start..<end), span: start..<end)
      words.append(BoundNode(.word(word), span: word.span))
    }
    var index = 0
    while index < bytes.count {
      let length = Bytes.spaceLength(bytes, at: index)
      if length > 0 {
        add(index)
        start = index + length
      }
      index += max(1, length)
    }
    add(bytes.count)
    guard let first = words.first, let last = words.last else { return nil }
    let span = first.span.lowerBound..<last.span.upperBound
    let root = words.count == 1 ? first : BoundNode(.and(words), span: span)
    return BoundQuery(source: text, root: root)
  }
}
