internal import KBQuery
internal import KBSchema

/// Looks for the sections that a comparison in one unit leaves out because they have another.
enum OtherUnits {
  /// Most comparisons of one query that are looked into.
  static let most = 8

  /// Interval filters that are not negated.
  static func filters(in node: BoundNode) -> [BoundFilter] {
    switch node.kind {
    case .filter(let filter): return isInterval(filter) ? [filter] : []
    case .sameFact(let filters): return filters.filter(isInterval)
    case .and(let parts), .or(let parts): return parts.flatMap { filters(in: $0) }
    case .boost(let inner, _): return filters(in: inner)
    case .all, .word, .phrase, .near, .not: return []
    }
  }

  private static func isInterval(_ filter: BoundFilter) -> Bool {
    if case .interval = filter.clause { return true }
    return false
  }

  /// The query with any value of `unit` in place of one filter.
  static func replacing(_ filter: BoundFilter, in node: BoundNode, unit: String) -> BoundNode {
    var node = node
    switch node.kind {
    case .filter(let one): node.kind = .filter(swapped(one, filter, unit))
    case .sameFact(let all): node.kind = .sameFact(all.map { swapped($0, filter, unit) })
    case .and(let parts): node.kind = .and(parts.map { replacing(filter, in: $0, unit: unit) })
    case .or(let parts): node.kind = .or(parts.map { replacing(filter, in: $0, unit: unit) })
    case .boost(let inner, let factor):
      node.kind = .boost(replacing(filter, in: inner, unit: unit), factor)
    case .all, .word, .phrase, .near, .not: break
    }
    return node
  }

  private static func swapped(
    _ one: BoundFilter, _ filter: BoundFilter, _ unit: String
  ) -> BoundFilter {
    guard one == filter else { return one }
    var other = one
    let least = BoundNumber(
      value: -1e12, amount: Amount(raw: .min / 4), unit: MeasureUnit(code: unit), written: "",
      span: one.span)
    other.clause = .interval([
      IntervalTest(comparison: .compare(.atLeast, least), span: one.span)
    ])
    return other
  }
}
