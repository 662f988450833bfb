internal import KBDiagnostics
internal import KBQuery
internal import KBSchema
internal import Xapian

/// A query as the engine runs it.
struct QueryPlan {
  /// What to match, weighted by its words.
  var query: Query
  /// One query for each filter: the sections that hold the value themselves.
  var own: [Query]
  /// Whether there are such filters, though no section may hold their values itself.
  var canBeHeld = false
  /// Whether there are words; else filters alone decide.
  var hasText: Bool
  /// What to emphasise in snippets.
  var marks: [HighlightTerm]
  /// Fields that the query filters on.
  var fields: Set<String>
  /// Remarks on what became of the query.
  var notes: [Diagnostic]

  /// The query with values held by the section itself before inherited ones. Beside words this is
  /// a bounded boost; in a query of filters alone, how many it holds decides.
  var ranked: Query {
    own.reduce(query) { all, one in
      .andMaybe(all, .filter(.fixed(hasText ? QueryPlan.ownBoost : 1), by: one))
    }
  }

  /// What holding a value itself adds to a section's score beside words.
  static let ownBoost = 0.5
}

/// Bound query to plan.
struct Planner {
  let text: TextPlanner
  let filters: FilterPlanner
  /// The same for the section's own values.
  let ownFilters: FilterPlanner
  let matchesAny: Bool
  /// Whether some section has a term.
  let has: ([UInt8]) throws(XapianError) -> Bool

  private struct Part {
    var query: Query
    /// Decides without a weight.
    var isFilter: Bool
    /// A word that tells little of what is asked for.
    var isMinor = false
  }

  /// Plans a query.
  func plan(_ bound: BoundNode) throws(XapianError) -> QueryPlan {
    var plan = QueryPlan(query: .nothing, own: [], hasText: false, marks: [], fields: [], notes: [])
    let part = try self.part(bound, &plan, isNegated: false)
    let query = try part.query.pruned(has)
    plan.query = part.isFilter ? .scaled(query, by: 0) : query
    plan.hasText = !part.isFilter
    plan.canBeHeld = !plan.own.isEmpty
    var own: [Query] = []
    for one in plan.own {
      let one = try one.pruned(has)
      if one != .nothing { own.append(one) }
    }
    plan.own = own
    return plan
  }

  private func part(
    _ bound: BoundNode, _ plan: inout QueryPlan, isNegated: Bool
  ) throws(XapianError) -> Part {
    switch bound.kind {
    case .all: return Part(query: .all, isFilter: true)
    case .word(let word):
      return words(
        try text.word(word.text, isPrefix: word.isPrefix, in: .text), word.text, bound.span,
        &plan, isNegated: isNegated)
    case .phrase(let words, let slop):
      return self.words(
        text.phrase(words, slop: slop, in: .text), words, bound.span, &plan,
        isNegated: isNegated)
    case .near(let a, let b, let distance):
      return words(
        try text.near(a, b, distance: distance), "\(a.text) \(b.text)", bound.span, &plan,
        isNegated: isNegated)
    case .boost(let inner, let factor):
      var part = try part(inner, &plan, isNegated: isNegated)
      part.query = .scaled(part.query, by: factor)
      return part
    case .not(let inner):
      let excluded = try part(inner, &plan, isNegated: !isNegated)
      return Part(query: .andNot(.all, excluded.query), isFilter: true)
    case .or(let parts): return try or(parts, &plan, isNegated: isNegated)
    case .and(let parts): return try and(parts, &plan, isNegated: isNegated)
    case .filter(let filter):
      try note(filter, &plan, isNegated: isNegated)
      if !isNegated, filter.clause != .missing { plan.own.append(try ownFilters.query(filter)) }
      return Part(query: try filters.query(filter), isFilter: true)
    case .sameFact(let all):
      for filter in all { try note(filter, &plan, isNegated: isNegated) }
      if !isNegated { plan.own.append(try ownFilters.sameFact(all)) }
      return Part(query: try filters.sameFact(all), isFilter: true)
    }
  }

  private func note(
    _ filter: BoundFilter, _ plan: inout QueryPlan, isNegated: Bool
  ) throws(XapianError) {
    if !isNegated { plan.fields.insert(filter.field.name) }
    if let cut = try filters.cutPrefix(of: filter) {
      plan.notes.append(
        Planner.cutPrefix("\(filter.field.name):\(cut)", "values or words", filter.span))
    }
  }

  private static func cutPrefix(
    _ written: String, _ kind: String, _ span: Range<Int>
  ) -> Diagnostic {
    Diagnostic(
      id: "query.prefix-cut", severity: .warning,
      message: "`\(written)*` stands for more than \(TextPlanner.mostExpansions) \(kind); "
        + "only the first of them are searched", span: span)
  }

  private func words(
    _ planned: TextPlanner.Planned, _ written: String, _ span: Range<Int>,
    _ plan: inout QueryPlan, isNegated: Bool
  ) -> Part {
    if planned.isEmpty {
      plan.notes.append(
        Diagnostic(
          id: "query.no-word", severity: .note,
          message: "`\(written)` holds no letter or digit to search for, so it is left out",
          span: span))
      return Part(query: isNegated ? .nothing : .all, isFilter: true)
    }
    if planned.isCut {
      plan.notes.append(Planner.cutPrefix(written, "words", span))
    }
    if !isNegated { plan.marks += planned.marks }
    return Part(query: planned.query, isFilter: false, isMinor: text.isFunctionWord(written))
  }

  private func or(
    _ parts: [BoundNode], _ plan: inout QueryPlan, isNegated: Bool
  ) throws(XapianError) -> Part {
    var queries: [Query] = []
    var isFilter = true
    for one in parts {
      let part = try part(one, &plan, isNegated: isNegated)
      queries.append(part.isFilter ? .scaled(part.query, by: 0) : part.query)
      if !part.isFilter { isFilter = false }
    }
    return Part(query: .or(queries), isFilter: isFilter)
  }

  /// Words carry the weight; filters and exclusions only decide.
  private func and(
    _ parts: [BoundNode], _ plan: inout QueryPlan, isNegated: Bool
  ) throws(XapianError) -> Part {
    var scoring: [Part] = []
    var deciding: [Query] = []
    var excluded: [Query] = []
    for one in parts {
      if case .not(let inner) = one.kind {
        excluded.append(try part(inner, &plan, isNegated: !isNegated).query)
        continue
      }
      let part = try part(one, &plan, isNegated: isNegated)
      if part.isFilter { deciding.append(part.query) } else { scoring.append(part) }
    }
    let isFilter = scoring.isEmpty
    var query: Query
    if isFilter {
      query = .all(of: deciding, or: .all)
    } else {
      let scoring = Planner.weighed(scoring)
      let words = matchesAny && scoring.count > 1 ? Query.or(scoring) : .all(of: scoring, or: .all)
      query = deciding.isEmpty ? words : .filter(words, by: .all(of: deciding, or: .all))
    }
    if !excluded.isEmpty { query = .andNot(query, .or(excluded)) }
    return Part(query: query, isFilter: isFilter)
  }

  /// Function words weigh little beside others; alone, they are what is asked for.
  private static func weighed(_ parts: [Part]) -> [Query] {
    guard parts.contains(where: { !$0.isMinor }) else { return parts.map(\.query) }
    return parts.map { $0.isMinor ? .scaled($0.query, by: FunctionWords.weight) : $0.query }
  }
}
