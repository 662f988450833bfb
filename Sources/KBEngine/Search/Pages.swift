internal import KBQuery
internal import KBSchema
internal import Xapian

/// What stands on the page that a search asks for: ranked, grouped, or one section of each content.
extension Searcher {
  struct Page {
    var hits: [Hit]
    var total: Int
    var isExact: Bool
    var collapsed = 0
    var identical = 0
  }

  func run(
    _ plan: QueryPlan, _ bound: BoundQuery, _ request: SearchRequest
  ) throws(XapianError) -> Page {
    if request.foldsInherited, !plan.hasText, plan.canBeHeld, bound.sort.isEmpty,
      bound.group == nil
    {
      return try folded(plan, request)
    }
    var match = matchRequest(plan.ranked, plan, request)
    if !bound.sort.isEmpty { match.order = .values(order(bound.sort)) }
    if bound.group == nil, request.foldsDuplicates {
      match.isDistinct = true
      return try distinct(match, plan, request)
    }
    if let group = bound.group, let slot = groupSlot(group) {
      match.collapse = (slot, 1)
      // How many hits stand behind each is only known once all were looked at.
      match.checkAtLeast = sectionCount
    }
    let found = try reader.database.search(match)
    let hits = try hits(found, plan, request, from: request.offset)
    guard match.collapse != nil else {
      if let page = uncounted(hits, request) { return page }
      return Page(hits: hits, total: try total(found, match), isExact: true)
    }
    return Page(
      hits: hits, total: found.lowerBound, isExact: true,
      collapsed: try count(match.query) - found.lowerBound)
  }

  /// A page whose total nobody asks for: what it holds and what stands before it. Nil for an empty
  /// one, of which it must be told whether there is anything at all.
  private func uncounted(_ hits: [Hit], _ request: SearchRequest) -> Page? {
    guard !request.countsTotal, !request.foldsInherited, !hits.isEmpty else { return nil }
    return Page(hits: hits, total: request.offset + hits.count, isExact: false)
  }

  /// How many sections a search finds, collapsed or not: where they do not fill a page, it has shown them all.
  private func total(_ found: MatchSet, _ match: MatchRequest) throws(XapianError) -> Int {
    if match.collapse == nil, match.offset == 0, found.matches.count < match.limit {
      return found.matches.count
    }
    return try count(match.query)
  }

  /// One section of each content, with the places of the others. The total counts them all.
  private func distinct(
    _ match: MatchRequest, _ plan: QueryPlan, _ request: SearchRequest
  ) throws(XapianError) -> Page {
    let found = try reader.database.search(match)
    var hits = try hits(found, plan, request, from: request.offset)
    let identical = try reader.database.identical(
      to: found.matches.map(\.document), in: match.query, limit: Searcher.mostPlaces,
      by: index.isInPlaceOrder ? nil : IndexFormat.placeSlot)
    for (index, others) in identical.enumerated() {
      hits[index].collapsed = others.count
      hits[index].identical = others.first.map { Hit.Place(path: $0.path, line: $0.line) }
    }
    if let page = uncounted(hits, request) { return page }
    let (total, distinct) = try reader.database.countDistinct(match.query)
    return Page(hits: hits, total: total, isExact: true, identical: total - distinct)
  }

  /// Most places of identical sections that a hit names.
  private static let mostPlaces = 4

  func matchRequest(
    _ query: Query, _ plan: QueryPlan, _ request: SearchRequest
  ) -> MatchRequest {
    MatchRequest(
      query: query, offset: request.offset, limit: request.limit,
      order: index.isInPlaceOrder
        ? .relevance : .relevanceThenValue(SlotOrder(slot: IndexFormat.placeSlot)),
      fetchesData: true)
  }

  /// Sections that hold what was asked, then one of each subject whose sections only inherit it.
  private func folded(_ plan: QueryPlan, _ request: SearchRequest) throws(XapianError) -> Page {
    let holding = plan.own.isEmpty ? Query.nothing : .or(plan.own)
    var match = matchRequest(.filter(plan.ranked, by: holding), plan, request)
    var own = Page(hits: [], total: 0, isExact: true)
    if request.foldsDuplicates {
      match.isDistinct = true
      own = try distinct(match, plan, request)
    } else {
      let found = try reader.database.search(match)
      own.hits = try hits(found, plan, request, from: request.offset)
      own.total = try total(found, match)
    }
    var rest = matchRequest(.andNot(plan.query, holding), plan, request)
    rest.offset = max(0, request.offset - (own.total - own.identical))
    rest.limit = request.limit - own.hits.count
    rest.collapse = (IndexFormat.subjectSlot, 1)
    rest.checkAtLeast = sectionCount
    let inherited = try reader.database.search(rest)
    let second = try hits(inherited, plan, request, from: request.offset + own.hits.count)
    return Page(
      hits: own.hits + second, total: own.total + (try count(rest.query)),
      isExact: own.isExact, identical: own.identical)
  }
}
