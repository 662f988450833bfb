internal import KBSchema

/// Ties the filters of one AND group that one fact is to meet.
///
/// Positive filters on different fact fields (`Field.tiesFacts`) of one AND group become one
/// `sameFact` node; nested ANDs belong to the group, also where they are boosted, alternatives and
/// negations do not. Two comparisons of one interval field become one filter, met by one interval.
/// Several filters on one field stay independent of each other: each is tied to the filters of the
/// other fields in a node of its own (`location:austin location:denver salary>200k` asks for pay
/// above 200k in both places, not for one line that names both).
struct FactGrouping {
  /// Set where the combinations are more than `Limits.sameFact`: the place.
  private(set) var tooComplex: Range<Int>?

  /// The tree with its filters tied.
  mutating func grouped(_ node: BoundNode) -> BoundNode {
    switch node.kind {
    case .and: conjunction(node)
    case .or(let nodes): BoundNode(.or(alternatives(nodes)), span: node.span)
    case .not(let inner): BoundNode(.not(grouped(inner)), span: node.span)
    case .boost(let inner, let factor):
      FactGrouping.boosted(grouped(inner), by: factor, span: node.span)
    case .all, .word, .phrase, .near, .filter, .sameFact: node
    }
  }

  private mutating func alternatives(_ nodes: [BoundNode]) -> [BoundNode] {
    nodes.flatMap { child -> [BoundNode] in
      let child = grouped(child)
      guard case .or(let inner) = child.kind else { return [child] }
      return inner
    }
  }

  /// A boosted node; a filter carries its boost itself.
  static func boosted(_ node: BoundNode, by factor: Double, span: Range<Int>) -> BoundNode {
    switch node.kind {
    case .filter(var filter):
      filter.boost *= factor
      return BoundNode(.filter(filter), span: node.span)
    case .boost(let inner, let other):
      return BoundNode(.boost(inner, other * factor), span: span)
    default:
      return factor == 1 ? node : BoundNode(.boost(node, factor), span: span)
    }
  }

  // MARK: One AND group

  private mutating func conjunction(_ node: BoundNode) -> BoundNode {
    var items: [BoundNode] = []
    flatten(node, factor: 1, into: &items)
    items = tied(FactGrouping.mergedIntervals(items))
    guard items.count > 1 else { return items.first ?? node }
    return BoundNode(.and(items), span: node.span)
  }

  private mutating func flatten(_ node: BoundNode, factor: Double, into items: inout [BoundNode]) {
    switch node.kind {
    case .and(let nodes):
      for child in nodes { flatten(child, factor: factor, into: &items) }
    case .boost(let inner, let own) where FactGrouping.joinsGroup(inner):
      flatten(inner, factor: factor * own, into: &items)
    default:
      items.append(FactGrouping.boosted(grouped(node), by: factor, span: node.span))
    }
  }

  /// Whether a boosted node holds filters that belong to the group around it.
  private static func joinsGroup(_ node: BoundNode) -> Bool {
    switch node.kind {
    case .filter: true
    case .and(let nodes): nodes.contains(where: joinsGroup)
    case .boost(let inner, _): joinsGroup(inner)
    default: false
    }
  }

  /// Comparisons of one interval field as one filter, where the first of them stands.
  private static func mergedIntervals(_ items: [BoundNode]) -> [BoundNode] {
    var byField: [Int: [BoundFilter]] = [:]
    for filter in items.compactMap(interval) {
      byField[filter.field.number, default: []].append(filter)
    }
    return items.compactMap { item in
      guard let filter = interval(item) else { return item }
      guard let filters = byField.removeValue(forKey: filter.field.number) else { return nil }
      return filters.count == 1 ? item : merged(filters)
    }
  }

  private static func interval(_ node: BoundNode) -> BoundFilter? {
    guard case .filter(let filter) = node.kind, case .interval = filter.clause else { return nil }
    return filter
  }

  private static func merged(_ filters: [BoundFilter]) -> BoundNode {
    var first = filters[0]
    first.clause = .interval(
      filters.flatMap { filter -> [IntervalTest] in
        guard case .interval(let tests) = filter.clause else { return [] }
        return tests
      })
    first.boost = filters.reduce(1) { $0 * $1.boost }
    let end = filters.map(\.span.upperBound).max() ?? first.span.upperBound
    first.span = first.span.lowerBound..<end
    return BoundNode(.filter(first), span: first.span)
  }

  // MARK: One fact

  /// Whether a filter may be tied to others: it tests what a fact states.
  private static func ties(_ node: BoundNode) -> BoundFilter? {
    guard case .filter(let filter) = node.kind, filter.field.tiesFacts,
      filter.clause != .exists, filter.clause != .missing
    else { return nil }
    return filter
  }

  private mutating func tied(_ items: [BoundNode]) -> [BoundNode] {
    var byField: [(field: Int, filters: [BoundFilter])] = []
    for filter in items.compactMap(FactGrouping.ties) {
      if let index = byField.firstIndex(where: { $0.field == filter.field.number }) {
        byField[index].filters.append(filter)
      } else {
        byField.append((filter.field.number, [filter]))
      }
    }
    guard byField.count > 1, let groups = combinations(byField.map(\.filters)) else {
      return items
    }
    var result: [BoundNode] = []
    var isPlaced = false
    for item in items {
      if FactGrouping.ties(item) == nil {
        result.append(item)
      } else if !isPlaced {
        result += groups.map(FactGrouping.sameFact)
        isPlaced = true
      }
    }
    return result
  }

  private static func sameFact(_ filters: [BoundFilter]) -> BoundNode {
    let start = filters.map(\.span.lowerBound).min() ?? 0
    let end = filters.map(\.span.upperBound).max() ?? start
    return BoundNode(.sameFact(filters), span: start..<end)
  }

  /// One filter of each field, in every combination.
  private mutating func combinations(_ fields: [[BoundFilter]]) -> [[BoundFilter]]? {
    var result: [[BoundFilter]] = [[]]
    for filters in fields {
      guard result.count * filters.count <= Limits.sameFact else {
        let spans = fields.joined().map(\.span)
        tooComplex = (spans.first?.lowerBound ?? 0)..<(spans.map(\.upperBound).max() ?? 0)
        return nil
      }
      result = result.flatMap { group in filters.map { group + [$0] } }
    }
    return result
  }
}
