internal import KBDiagnostics
internal import KBSchema

/// A bound query in words, on one line: how the query was read.
public enum BoundPrinter {
  /// The whole query with its controls.
  public static func print(_ query: BoundQuery) -> String {
    var parts = [print(query.root)]
    if query.scope != .inherited { parts.append("scope \(query.scope.rawValue)") }
    parts += query.sort.map { "sort \($0.descending ? "-" : "")\($0.field.name)" }
    if let group = query.group { parts.append("group \(group.name)") }
    return parts.joined(separator: "; ")
  }

  /// A node with all that it holds.
  public static func print(_ node: BoundNode) -> String {
    switch node.kind {
    case .all: "everything"
    case .word(let word): text(word)
    case .phrase(let words, let slop): phrase(words, slop)
    case .near(let a, let b, let distance): "near(\(text(a)), \(text(b)), \(distance))"
    case .and(let nodes): "and(\(list(nodes)))"
    case .or(let nodes): "or(\(list(nodes)))"
    case .not(let inner): "not(\(print(inner)))"
    case .boost(let inner, let factor): "\(print(inner))^\(numberText(factor))"
    case .filter(let filter): print(filter)
    case .sameFact(let filters): "same-fact(\(filters.map(print).joined(separator: ", ")))"
    }
  }

  /// A filter: `salary > 156000 USD (75/hr)`.
  public static func print(_ filter: BoundFilter) -> String {
    clause(filter.clause, field: filter.field.name)
      + (filter.boost == 1 ? "" : "^\(numberText(filter.boost))")
  }

  private static func list(_ nodes: [BoundNode]) -> String {
    nodes.map(print).joined(separator: ", ")
  }

  private static func text(_ word: BoundWord) -> String {
    VisibleText.escape(word.text) + (word.isPrefix ? "*" : "")
  }

  private static func phrase(_ words: String, _ slop: Int) -> String {
    quote(words) + (slop > 0 ? "~\(slop)" : "")
  }

  private static func quote(_ text: String) -> String { "\"\(VisibleText.escape(text))\"" }

  // MARK: Clauses

  private static func clause(_ clause: BoundFilter.Clause, field: String) -> String {
    switch clause {
    case .equals(let value): "\(field) is \(quote(value))"
    case .prefix(let value): "\(field) begins \(quote(value))"
    case .words(let words, let prefix): "\(field) has \(quote(words))\(prefix ? "*" : "")"
    case .phrase(let words, let slop): "\(field) has phrase \(phrase(words, slop))"
    case .whole(let value): "\(field) is wholly \(quote(value))"
    case .path(.prefix(let value)): "\(field) under \(quote(value))"
    case .path(.glob(let value)): "\(field) like \(quote(value))"
    case .any(let parts):
      "any(\(parts.map { self.clause($0, field: field) }.joined(separator: ", ")))"
    case .exists: "has(\(field))"
    case .missing: "missing(\(field))"
    case .number(let comparison): "\(field) \(self.comparison(comparison, number))"
    case .date(let comparison): "\(field) \(self.comparison(comparison, date))"
    case .interval(let tests): tests.map { interval($0, field) }.joined(separator: " & ")
    }
  }

  private static func interval(_ test: IntervalTest, _ field: String) -> String {
    let end = test.end == .any ? "" : ".\(test.end.rawValue)"
    return "\(field)\(end) \(comparison(test.comparison, number))"
  }

  private static func comparison<Bound>(
    _ comparison: Comparison<Bound>, _ text: (Bound) -> String
  ) -> String {
    switch comparison {
    case .compare(let sign, let bound): "\(sign.rawValue) \(text(bound))"
    case .range(let low, let high):
      "in \(low.map(text) ?? "")..\(high.map(text) ?? "")"
    }
  }

  private static func number(_ bound: BoundNumber) -> String {
    let unit = bound.unit.map { " \($0.code)" } ?? ""
    let period = bound.unit?.period
    let written = period == nil || period == .year ? "" : " (\(VisibleText.escape(bound.written)))"
    return numberText(bound.value) + unit + written
  }

  private static func date(_ bound: BoundDate) -> String { bound.days.description }
}
