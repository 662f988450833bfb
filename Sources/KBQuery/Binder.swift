internal import KBDiagnostics
public import KBSchema

/// Gives a syntax tree its meaning under a schema.
public struct QueryBinder: Sendable {
  private let schema: Schema
  private let today: Int
  private let canonical: @Sendable (_ field: String, _ value: String) -> String?

  /// More parts than this are refused.
  public static let mostParts = 20_000

  /// A binder. `today` is a day number since 1970-01-01; `canonical` gives the name under which a
  /// keyword value is indexed for another name of it (`sklearn`), nil where it is not known.
  public init(
    schema: Schema, today: Int,
    canonical: @escaping @Sendable (_ field: String, _ value: String) -> String? = { _, _ in nil }
  ) {
    self.schema = schema
    self.today = today
    self.canonical = canonical
  }

  /// Reads a query. Problems come with a change that mends them; applied one after another, they
  /// lead to a query that works, which stands in the first error's first fix.
  public func bind(_ text: String) -> BoundRequest {
    let parsed = QueryParser.parse(text)
    var work = BindingWork(text: text, schema: schema, today: today, canonical: canonical)
    let query = work.bindTop(parsed.syntax)
    let problems = parsed.problems + work.diagnostics
    return BoundRequest(
      query: query, scope: work.scope, sort: work.sort, group: work.group,
      diagnostics: problems.sorted {
        ($0.severity == .error ? 0 : 1) < ($1.severity == .error ? 0 : 1)
      })
  }

  /// The query that results from mending every error, nil if that leads nowhere.
  public func rewrite(of text: String) -> String? {
    var current = text
    for _ in 0..<8 {
      let request = bind(current)
      guard let first = request.diagnostics.first(where: { $0.severity == .error }) else {
        return current == text ? nil : current
      }
      guard let fix = first.fixIts.first else { return nil }
      let next = fix.applied(to: current).split(separator: " ", omittingEmptySubsequences: true)
        .joined(separator: " ")
      guard next != current else { return nil }
      current = next
    }
    return nil
  }

  /// Plain words: every operator and field name is text.
  public static func literal(_ text: String) -> BoundRequest {
    let words = text.split { $0.isWhitespace }.map { BoundQuery.word(String($0), isPrefix: false) }
    let query: BoundQuery = words.count == 1 ? words[0] : .and(words)
    var problems: [Diagnostic] = []
    if words.isEmpty { problems.append(.empty(0..<text.utf8.count)) }
    return BoundRequest(query: query, scope: .held, sort: [], group: nil, diagnostics: problems)
  }
}

/// One binding: walks the tree once and collects diagnostics and controls.
struct BindingWork {
  let text: String
  let schema: Schema
  let today: Int
  let canonical: (String, String) -> String?
  var diagnostics: [Diagnostic] = []
  var scope = QueryScope.held
  var sort: [SortKeyField] = []
  var group: String?
  private var parts = 0

  init(
    text: String, schema: Schema, today: Int, canonical: @escaping (String, String) -> String?
  ) {
    self.text = text
    self.schema = schema
    self.today = today
    self.canonical = canonical
  }

  /// The whole query: controls stand here and nowhere else.
  mutating func bindTop(_ syntax: QuerySyntax) -> BoundQuery {
    let nodes: [QuerySyntax]
    if case .and(let all) = syntax.kind { nodes = all } else { nodes = [syntax] }
    var bound: [BoundQuery] = []
    for node in nodes {
      if case .control(let name, let value) = node.kind {
        control(name, value, node.span.range)
      } else {
        bound.append(bind(node))
      }
    }
    if parts > QueryBinder.mostParts {
      diagnostics.append(.tooLong(0..<text.utf8.count, limit: QueryBinder.mostParts))
      return .and([])
    }
    return bound.isEmpty ? .all : joined(bound)
  }

  private mutating func bind(_ node: QuerySyntax) -> BoundQuery {
    parts += 1
    guard parts <= QueryBinder.mostParts else { return .and([]) }
    let span = node.span.range
    switch node.kind {
    case .all: return .all
    case .word(let word, let isPrefix):
      if isPrefix, word.unicodeScalars.count < 2 {
        diagnostics.append(.shortPrefix(span, word: word))
      }
      return .word(word, isPrefix: isPrefix)
    case .phrase(let text, let slop): return .phrase(text, slop: slop)
    case .near(let a, let b, let distance): return .near(a, b, distance: distance)
    case .and(let nodes): return joined(nodes.map { bind($0) })
    case .or(let nodes): return .or(nodes.map { bind($0) })
    case .not(let inner): return .not(bind(inner))
    case .boost(let inner, let factor): return .boost(bind(inner), factor)
    case .presence(let name, let isMissing): return presence(name, isMissing, span)
    case .control(let name, _):
      diagnostics.append(.notTopLevel(span, name: name, text: source(span)))
      return .and([])
    case .candidate(let candidate): return self.candidate(candidate, span)
    }
  }

  func source(_ span: Range<Int>) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[span.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  // MARK: AND groups and facts

  /// Joins parts; filters on different fact fields become one test of one fact, and comparisons of
  /// one interval field one test of one interval.
  private func joined(_ nodes: [BoundQuery]) -> BoundQuery {
    var flat: [BoundQuery] = []
    for node in nodes {
      if case .and(let inner) = node { flat += inner } else { flat.append(node) }
    }
    var filters: [BoundFilter] = []
    var others: [BoundQuery] = []
    for node in flat {
      switch node {
      case .filter(let filter) where FactGroup.ties(filter): filters.append(filter)
      case .sameFact(let known): filters += known
      default: others.append(node)
      }
    }
    let facts = FactGroup.group(filters)
    let all = others + facts
    return all.count == 1 ? all[0] : .and(all)
  }

  // MARK: Fields

  private mutating func presence(
    _ name: String, _ isMissing: Bool, _ span: Range<Int>
  ) -> BoundQuery {
    guard let field = schema.field(named: name) else {
      unknown(name, span.upperBound - name.utf8.count..<span.upperBound, span)
      return .and([])
    }
    return isMissing ? .not(.presence(field)) : .presence(field)
  }

  private mutating func candidate(
    _ candidate: QuerySyntax.Candidate, _ span: Range<Int>
  ) -> BoundQuery {
    if let (field, end) = field(named: candidate.name) {
      if end != .any, field.type != .interval {
        diagnostics.append(
          .noSuchEnd(candidate.nameSpan.range, field: field.name, name: candidate.name))
        return .and([])
      }
      var values = FilterReader(
        work: self, field: field, end: end, candidate: candidate, span: span)
      let result = values.read()
      diagnostics += values.diagnostics
      return result
    }
    return unknownCandidate(candidate, span)
  }

  /// A field, or the end of one: `salary.min`.
  private func field(named name: String) -> (Field, IntervalEnd)? {
    if let field = schema.field(named: name) { return (field, .any) }
    for end in [IntervalEnd.min, .max] where name.hasSuffix(".\(end.rawValue)") {
      if let field = schema.field(named: name.dropLast(4)) { return (field, end) }
    }
    return nil
  }

  /// A name that is no field: with an operator and no space it is a mistake; `a > b` and
  /// `note: that` are words.
  private mutating func unknownCandidate(
    _ candidate: QuerySyntax.Candidate, _ span: Range<Int>
  ) -> BoundQuery {
    if candidate.isSpaced || (candidate.value == .none && candidate.op == .colon) {
      diagnostics.append(.textNotField(candidate.nameSpan.range, name: candidate.name))
      var words = [BoundQuery.word(candidate.name, isPrefix: false)]
      if case .word(let value) = candidate.value { words.append(.word(value, isPrefix: false)) }
      return words.count == 1 ? words[0] : .and(words)
    }
    unknown(candidate.name, candidate.nameSpan.range, span)
    return .and([])
  }

  private mutating func unknown(_ name: String, _ nameSpan: Range<Int>, _ whole: Range<Int>) {
    diagnostics.append(
      .unknownField(
        nameSpan, whole: whole, name: name, text: source(whole), nearest: nearest(to: name)))
  }

  func nearest(to name: String) -> [String] {
    let names = schema.fields.flatMap { [$0.name] + $0.aliases }
    return EditDistance.nearest(to: Field.normalise(name), among: names)
  }

  // MARK: Controls

  private mutating func control(_ name: String, _ value: String, _ span: Range<Int>) {
    switch name {
    case "scope":
      switch value {
      case "section": scope = .section
      case "subject": scope = .subject
      default: diagnostics.append(.badScope(span, value: value))
      }
    case "sort": addSort(value, span)
    default: addGroup(value, span)
    }
  }

  /// Adds a sort key such as `-salary`.
  mutating func addSort(_ value: String, _ span: Range<Int>) {
    let isDescending = value.hasPrefix("-")
    let name = isDescending ? String(value.dropFirst()) : value
    if Field.normalise(name) == "relevance" || Field.normalise(name) == "score" { return }
    guard let field = schema.field(named: name), field.name != "id", field.name != "heading" else {
      diagnostics.append(
        .notSortable(
          span, verb: "sort", field: name, nearest: nearest(to: name), text: source(span)))
      return
    }
    sort.append(SortKeyField(field: field, isDescending: isDescending))
  }

  private mutating func addGroup(_ value: String, _ span: Range<Int>) {
    let name = Field.normalise(value)
    if ["subject", "document", "path"].contains(name) {
      group = name
      return
    }
    let field = schema.field(named: name)
    guard let field, field.type == .keyword || field.type == .text, field.name != "id",
      field.name != "heading"
    else {
      diagnostics.append(
        .notSortable(
          span, verb: "group", field: value,
          nearest: nearest(to: value).filter { $0 != field?.name }, text: source(span)))
      return
    }
    group = field.name
  }
}

/// Which filters of an AND group one fact must meet.
enum FactGroup {
  /// Whether a filter can be met by a fact.
  static func ties(_ filter: BoundFilter) -> Bool {
    guard filter.test != .exists else { return false }
    return filter.field.tiesFacts || filter.field.type == .interval
  }

  /// Joins comparisons of one interval field, then filters on different fact fields.
  static func group(_ filters: [BoundFilter]) -> [BoundQuery] {
    var single: [BoundFilter] = []
    for filter in filters {
      if case .interval(let more) = filter.test,
        let place = single.firstIndex(where: { joins($0, filter) }),
        case .interval(let known) = single[place].test
      {
        single[place].test = .interval(known + more)
      } else {
        single.append(filter)
      }
    }
    let tying = single.filter(\.field.tiesFacts)
    guard Set(tying.map(\.field.name)).count > 1 else { return single.map { .filter($0) } }
    return [.sameFact(tying)] + single.filter { !$0.field.tiesFacts }.map { .filter($0) }
  }

  private static func joins(_ a: BoundFilter, _ b: BoundFilter) -> Bool {
    guard a.field.name == b.field.name, case .interval(let first) = a.test,
      case .interval(let second) = b.test
    else { return false }
    return first.first?.unit == second.first?.unit
  }
}
