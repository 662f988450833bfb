internal import Xapian

extension Query {
  /// The same query without what cannot match: terms that no section has, and what falls away with
  /// them. It finds and weighs the same, and the engine has less to go through for each section.
  func pruned(_ has: ([UInt8]) throws(XapianError) -> Bool) throws(XapianError) -> Query {
    switch self {
    case .all, .nothing, .valueAtLeast, .valueAtMost, .valueRange, .prefix, .fixed: return self
    case .term(let term, _): return try has(term) ? self : .nothing
    case .or(let parts): return try Query.any(parts, has, one: \.self) { .or($0) }
    // Of one term it is that term; of another query it takes the weight of a term.
    case .synonym(let parts):
      return try Query.any(parts, has, one: { $0.isTerm ? $0 : .synonym([$0]) }) { .synonym($0) }
    case .and(let parts): return try Query.every(parts, has) { .and($0) }
    case .phrase(let parts, let window):
      return try Query.every(parts, has) { .phrase($0, window: window) }
    case .near(let parts, let window):
      return try Query.every(parts, has) { .near($0, window: window) }
    case .andNot(let left, let right):
      let kept = try left.pruned(has)
      let gone = try right.pruned(has)
      return kept == .nothing || gone == .nothing ? kept : .andNot(kept, gone)
    case .filter(let query, let filter):
      let (query, filter) = (try query.pruned(has), try filter.pruned(has))
      return query == .nothing || filter == .nothing ? .nothing : .filter(query, by: filter)
    case .andMaybe(let query, let more):
      let (query, more) = (try query.pruned(has), try more.pruned(has))
      return query == .nothing || more == .nothing ? query : .andMaybe(query, more)
    case .scaled(let query, let factor):
      let query = try query.pruned(has)
      return query == .nothing ? .nothing : .scaled(query, by: factor)
    }
  }

  private var isTerm: Bool {
    if case .term = self { return true }
    return false
  }

  private static func any(
    _ parts: [Query], _ has: ([UInt8]) throws(XapianError) -> Bool, one: (Query) -> Query,
    _ several: ([Query]) -> Query
  ) throws(XapianError) -> Query {
    var kept: [Query] = []
    for part in parts {
      let part = try part.pruned(has)
      if part != .nothing { kept.append(part) }
    }
    if kept.isEmpty { return .nothing }
    return kept.count == 1 ? one(kept[0]) : several(kept)
  }

  private static func every(
    _ parts: [Query], _ has: ([UInt8]) throws(XapianError) -> Bool, _ all: ([Query]) -> Query
  ) throws(XapianError) -> Query {
    var kept: [Query] = []
    for part in parts {
      let part = try part.pruned(has)
      if part == .nothing { return .nothing }
      kept.append(part)
    }
    return all(kept)
  }
}
