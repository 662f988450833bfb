internal import KBDiagnostics
internal import KBQuery
internal import KBSchema
internal import Xapian

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

extension Searcher {
  /// Sections that would match but for their values being in another unit, counted.
  func otherUnits(
    _ bound: BoundQuery, _ request: SearchRequest
  ) throws(XapianError) -> [Diagnostic] {
    var result: [Diagnostic] = []
    let filters = OtherUnits.filters(in: bound.root)
    // Each is counted with the whole query around it: of many, it is only said.
    guard filters.count <= OtherUnits.most else {
      return [
        Diagnostic(
          id: "query.other-currency", severity: .note,
          message: "amounts in other currencies than those asked for are not compared",
          span: bound.root.span)
      ]
    }
    for filter in filters {
      let units = index.units(of: filter.field.number)
      guard case .interval(let tests) = filter.clause, let first = tests.first else { continue }
      let asked = IntervalComparison(first, field: filter.field).unit
      var others: [(unit: String, count: Int)] = []
      for unit in units where unit != asked {
        let swapped = OtherUnits.replacing(filter, in: bound.root, unit: unit)
        let plan = try planner(bound.scope, request).plan(swapped)
        let found = try count(plan.query)
        if found > 0 { others.append((unit, found)) }
      }
      guard !others.isEmpty else { continue }
      result.append(
        Diagnostic(
          id: "query.other-currency", severity: .note,
          message: Searcher.message(others, filter.field.name, asked: asked), span: filter.span))
    }
    return result
  }

  private static func message(
    _ others: [(unit: String, count: Int)], _ field: String, asked: String
  ) -> String {
    if others.count == 1 {
      let noun = others[0].count == 1 ? "section states" : "sections state"
      return "\(others[0].count) \(noun) \(field) in \(others[0].unit), which is not compared "
        + "with \(asked)"
    }
    let list = others.map { "\($0.unit) (\($0.count))" }.joined(separator: ", ")
    return "sections state \(field) in \(list), which are not compared with \(asked)"
  }
}
