extension BoundNode {
  /// About how many lists of postings a query reads: one a word or value, more for a beginning.
  var cost: Int {
    switch kind {
    case .all: 0
    case .word(let word): word.cost
    case .phrase(let text, _): Self.words(in: text)
    case .near(let a, let b, _): a.cost + b.cost
    case .and(let parts), .or(let parts): parts.reduce(0) { $0 + $1.cost }
    case .not(let inner), .boost(let inner, _): inner.cost
    case .filter(let filter): filter.clause.cost
    case .sameFact(let filters): filters.reduce(0) { $0 + $1.clause.cost }
    }
  }

  /// Words of a text, counted by the blanks between them.
  fileprivate static func words(in text: String) -> Int {
    1 + text.utf8.count { $0 == UInt8(ascii: " ") }
  }
}

extension BoundWord {
  fileprivate var cost: Int { isPrefix ? Limits.prefixCost : 1 }
}

extension BoundFilter.Clause {
  fileprivate var cost: Int {
    switch self {
    case .prefix, .path: Limits.prefixCost
    case .words(let text, let isPrefix): isPrefix ? Limits.prefixCost : BoundNode.words(in: text)
    case .phrase(let text, _): BoundNode.words(in: text)
    case .equals, .whole: 1
    case .any(let clauses): clauses.reduce(0) { $0 + $1.cost }
    case .exists, .missing, .number, .date: 1
    case .interval(let tests): tests.count
    }
  }
}
