internal import KBSchema

/// Writes bound queries the way a person would type them, in full: how a search was read.
public enum BoundPrinter {
  /// The whole request on one line.
  public static func text(_ request: BoundRequest) -> String {
    var parts = [text(request.query, scope: request.scope)]
    parts += request.sort.map { "sort:\($0.isDescending ? "-" : "")\($0.field.name)" }
    if let group = request.group { parts.append("group:\(group)") }
    return parts.joined(separator: " ")
  }

  /// A query with its scope.
  public static func text(_ query: BoundQuery, scope: QueryScope) -> String {
    text(query) + (scope == .held ? "" : " scope:\(scope.rawValue)")
  }

  /// A query. Reading it again gives the same query.
  public static func text(_ query: BoundQuery) -> String { text(query, isInside: false) }

  private static func text(_ query: BoundQuery, isInside: Bool) -> String {
    switch query {
    case .all: return "*"
    case .word(let word, let isPrefix): return word + (isPrefix ? "*" : "")
    case .phrase(let words, let slop): return "\"\(words)\"" + (slop.map { "~\($0)" } ?? "")
    case .near(let a, let b, let distance): return "\(a) NEAR/\(distance) \(b)"
    case .and(let parts):
      let joined = parts.map { text($0, isInside: true) }.joined(separator: " AND ")
      return isInside && parts.count > 1 ? "(\(joined))" : joined
    case .or(let parts):
      let joined = parts.map { text($0, isInside: true) }.joined(separator: " OR ")
      return isInside && parts.count > 1 ? "(\(joined))" : joined
    case .not(.presence(let field)): return "missing:\(field.name)"
    case .not(let inner): return "NOT \(text(inner, isInside: true))"
    case .boost(let inner, let factor): return "\(text(inner, isInside: true))^\(plain(factor))"
    case .presence(let field): return "has:\(field.name)"
    case .filter(let filter): return text(filter)
    case .sameFact(let filters):
      let joined = filters.map { text($0) }.joined(separator: " AND ")
      return isInside ? "(\(joined))" : joined
    }
  }

  /// A filter.
  public static func text(_ filter: BoundFilter) -> String { text(filter.field, filter.test) }

  private static func text(_ field: Field, _ test: FilterTest) -> String {
    let name = field.name
    switch test {
    case .exists: return "has:\(name)"
    case .value(let value): return name + (field.type == .text ? "=" : ":") + quoted(value)
    case .valuePrefix(let start): return "\(name):\(start)*"
    case .words(let words, let isPrefix): return "\(name):\(words)" + (isPrefix ? "*" : "")
    case .phrase(let words, let slop):
      return "\(name):\"\(words)\"" + (slop.map { "~\($0)" } ?? "")
    case .interval(let comparisons):
      return comparisons.map { text(field, $0) }.joined(separator: " AND ")
    case .number(let low, let lowIsStrict, let high, let highIsStrict):
      return range(name, low.map(plain), lowIsStrict, high.map(plain), highIsStrict)
    case .date(let low, let high):
      func day(_ number: Int) -> String { DateSpan(first: number, last: number).description }
      return range(name, low.map(day), false, high.map(day), false)
    case .path(let pattern): return "path:\(quoted(pattern))"
    case .any(let tests):
      let start = "\(name):"
      let parts = tests.map { test in
        let one = text(field, test)
        return one.hasPrefix(start) ? String(one.dropFirst(start.count)) : one
      }
      return "\(name):(\(parts.joined(separator: " OR ")))"
    }
  }

  private static func text(_ field: Field, _ comparison: IntervalComparison) -> String {
    let name = field.name + (comparison.end == .any ? "" : ".\(comparison.end.rawValue)")
    func amount(_ amount: Amount) -> String {
      let number = plain(amount.doubleValue)
      return comparison.unit == field.unit || comparison.unit.isEmpty
        ? number : number + comparison.unit
    }
    switch comparison.relation {
    case .above(let x): return "\(name)>\(amount(x))"
    case .atLeast(let x): return "\(name)>=\(amount(x))"
    case .below(let x): return "\(name)<\(amount(x))"
    case .atMost(let x): return "\(name)<=\(amount(x))"
    case .overlaps(let low, let high):
      if let low, let high, low == high { return "\(name)=\(amount(low))" }
      return "\(name):\(low.map(amount) ?? "")..\(high.map(amount) ?? "")"
    }
  }

  private static func range(
    _ name: String, _ low: String?, _ lowIsStrict: Bool, _ high: String?, _ highIsStrict: Bool
  ) -> String {
    switch (low, high) {
    case (let low?, nil): "\(name)\(lowIsStrict ? ">" : ">=")\(low)"
    case (nil, let high?): "\(name)\(highIsStrict ? "<" : "<=")\(high)"
    case (let low?, let high?): low == high ? "\(name)=\(low)" : "\(name):\(low)..\(high)"
    case (nil, nil): "has:\(name)"
    }
  }

  private static func quoted(_ value: String) -> String {
    let needsQuotes = value.utf8.contains { " ()\"|,".utf8.contains($0) } || value.isEmpty
    return needsQuotes ? "\"\(value)\"" : value
  }

  /// A number without a fraction that it does not have.
  static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
