internal import KBQuery
internal import KBSchema
internal import Xapian

/// One comparison of an interval field, by the year, in one unit.
struct IntervalComparison {
  enum Relation {
    case above(Amount)
    case atLeast(Amount)
    case below(Amount)
    case atMost(Amount)
    /// Overlaps the range; nil is an open side. A single value is a range of one.
    case overlaps(Amount?, Amount?)
  }

  var end: IntervalTest.End
  var relation: Relation
  var unit: String

  init(_ test: IntervalTest, field: Field) {
    end = test.end
    func code(_ number: BoundNumber?) -> String? { number?.unit?.code }
    switch test.comparison {
    case .compare(let op, let bound):
      unit = code(bound) ?? field.unit ?? ""
      switch op {
      case .above: relation = .above(bound.amount)
      case .atLeast: relation = .atLeast(bound.amount)
      case .less: relation = .below(bound.amount)
      case .atMost: relation = .atMost(bound.amount)
      case .equal: relation = .overlaps(bound.amount, bound.amount)
      }
    case .range(let low, let high):
      unit = code(low) ?? code(high) ?? field.unit ?? ""
      relation = .overlaps(low?.amount, high?.amount)
    }
  }
}

/// Plans filters: terms and value slots that a section must have.
struct FilterPlanner {
  let index: IndexSchema
  let text: TextPlanner
  let scope: BoundQuery.Scope
  /// Paths of the index that begin so, and whether there are more.
  let paths: (String) throws(XapianError) -> (paths: [String], isCut: Bool)
  let valueWords: WordsInValues

  // MARK: One filter

  /// What a record must have so that one of its values passes.
  func query(_ filter: BoundFilter) throws(XapianError) -> Query {
    try query(filter.field, filter.clause)
  }

  /// There is a value.
  func presence(of field: Field) -> Query {
    switch field.name {
    case "path", "id", "format", "modified", "title", "heading": return .all
    default: break
    }
    func term(_ scope: IndexFormat.Scope) -> Query? {
      IndexFormat.existence(field: field.number, scope: scope).map { .term($0) }
    }
    switch scope {
    case .section: return term(.own) ?? .nothing
    case .inherited: return either(held(field))
    case .subject: return either(held(field) + [term(.mentioned)].compactMap { $0 })
    }
  }

  /// A value held, own or inherited: it stands in the slot of its name or, of an interval, in that of
  /// the highest value in its unit.
  private func held(_ field: Field) -> [Query] {
    index.slots.entries(of: field.number)
      .filter { $0.key.kind == .name || $0.key.kind == .high }
      .map(\.number).sorted().map { Query.present($0) }
  }

  private func query(
    _ field: Field, _ clause: BoundFilter.Clause
  ) throws(XapianError) -> Query {
    switch clause {
    case .exists: return presence(of: field)
    case .missing: return .andNot(.all, presence(of: field))
    case .any(let clauses):
      var parts: [Query] = []
      for clause in clauses { parts.append(try query(field, clause)) }
      return .or(parts)
    case .equals(let value), .whole(let value): return wholeValue(field, value)
    case .prefix(let start): return try prefix(field, start)
    case .words(let words, let isPrefix):
      var parts: [Query] = []
      let pattern = text.pattern(word: words, isPrefix: isPrefix)
      for scope in scopes where scope != .shared {
        let posted = try text.word(words, isPrefix: isPrefix, in: .field(field.number, scope)).query
        parts += try worded(
          posted, pattern, IndexFormat.value([], field: field.number, scope: scope))
      }
      return either(parts + (try inShared(field, pattern)))
    case .phrase(let words, let slop):
      var parts: [Query] = []
      let pattern = text.pattern(phrase: words, slop: slop)
      for scope in scopes where scope != .shared {
        parts += try worded(
          text.phrase(words, slop: slop, in: .field(field.number, scope)).query, pattern,
          IndexFormat.value([], field: field.number, scope: scope))
      }
      return either(parts + (try inShared(field, pattern)))
    case .interval(let tests):
      return interval(field, tests.map { IntervalComparison($0, field: field) })
    case .number(let comparison): return number(field, comparison)
    case .date(let comparison): return date(field, comparison)
    case .path(let pattern): return try path(pattern)
    }
  }

  /// The scopes that a value may be in.
  private var scopes: [IndexFormat.Scope] {
    switch scope {
    case .inherited: IndexFormat.Scope.held
    case .section: [.own]
    case .subject: IndexFormat.Scope.held + [.mentioned]
    }
  }

  /// A shared value that fits, where the scope has such values and the field may have some.
  private func inShared(
    _ field: Field, _ pattern: ValuePattern?
  ) throws(XapianError) -> [Query] {
    guard let pattern, field.origin == .inferred, scopes.contains(.shared) else { return [] }
    return [
      try valueWords.query(IndexFormat.value([], field: field.number, scope: .shared), pattern)
    ]
  }

  /// Words of values whose terms begin with `prefix`. One word is found by its postings. Postings do
  /// not tell the places of several: the values do that hold them all, and for values too long for a
  /// term, which have their words posted with places, the postings as well.
  private func worded(
    _ posted: Query, _ pattern: ValuePattern?, _ prefix: [UInt8]
  ) throws(XapianError) -> [Query] {
    guard let pattern, !pattern.isOneWord else { return [posted] }
    let found = try valueWords.query(prefix, pattern)
    return found == .nothing ? [posted] : [posted, found]
  }

  private func any(_ query: (IndexFormat.Scope) -> Query) -> Query {
    either(scopes.map { query($0) })
  }

  private func either(_ parts: [Query]) -> Query { parts.count == 1 ? parts[0] : .or(parts) }

  // MARK: Names

  private func wholeValue(_ field: Field, _ value: String) -> Query {
    let folded = WholeValue.fold(value)
    if field.name == "id" { return .term(IndexFormat.id(value)) }
    if field.name == "format" {
      return .term(IndexFormat.value(folded, field: field.number, scope: .inherited))
    }
    return any { .term(IndexFormat.value(folded, field: field.number, scope: $0)) }
  }

  /// The prefix of a filter that stands for more values or words than are searched; nil for none.
  func cutPrefix(of filter: BoundFilter) throws(XapianError) -> String? {
    try cutPrefix(filter.field, filter.clause)
  }

  private func cutPrefix(
    _ field: Field, _ clause: BoundFilter.Clause
  ) throws(XapianError) -> String? {
    switch clause {
    case .any(let clauses):
      for clause in clauses {
        if let cut = try cutPrefix(field, clause) { return cut }
      }
      return nil
    case .prefix(let start):
      for scope in scopes {
        let term = IndexFormat.value(WholeValue.fold(start), field: field.number, scope: scope)
        if try text.expand(term, TextPlanner.mostExpansions).isCut { return start }
      }
      return nil
    case .words(let words, prefix: true):
      for scope in scopes where scope != .shared {
        let place = TextPlanner.Place.field(field.number, scope)
        if try text.word(words, isPrefix: true, in: place).isCut { return words }
      }
      return nil
    default: return nil
    }
  }

  private func prefix(_ field: Field, _ start: String) throws(XapianError) -> Query {
    let folded = WholeValue.fold(start)
    var parts: [Query] = []
    for scope in field.name == "format" ? [.inherited] : scopes {
      let (terms, _) = try text.expand(
        IndexFormat.value(folded, field: field.number, scope: scope), TextPlanner.mostExpansions)
      parts += terms.map { .term($0) }
    }
    return .or(parts)
  }

  /// Most folders below one that are searched.
  private static let mostFolders = 1_000_000

  private func path(_ pattern: PathPattern) throws(XapianError) -> Query {
    switch pattern {
    case .prefix(let start):
      let plain = start.hasSuffix("/") ? String(start.dropLast()) : start
      let clean = plain.hasPrefix("./") ? String(plain.dropFirst(2)) : plain
      let here = [IndexFormat.path(clean), IndexFormat.folder(clean)]
      let below = try text.expand(IndexFormat.folder(clean + "/"), FilterPlanner.mostFolders).terms
      return .or((here + below).map { .term($0) })
    case .glob(let text):
      let fixed = String(text.prefix { !"*?[{".contains($0) })
      let (candidates, _) = try paths(text.contains("/") ? fixed : "")
      let glob = PathGlob(text)
      return .or(candidates.filter { glob.matches($0) }.map { .term(IndexFormat.path($0)) })
    }
  }

  // MARK: Numbers and dates

  /// Value slots of a field, one for each of several values.
  private func slots(_ field: Field, _ kind: SlotKind) -> [UInt32] {
    var result: [UInt32] = []
    while let slot = index.slots[
      SlotKey(field: field.number, kind: kind, index: result.count)]
    {
      result.append(slot)
    }
    return result
  }

  private func number(_ field: Field, _ comparison: Comparison<BoundNumber>) -> Query {
    let lowest: [UInt8]?
    let highest: [UInt8]?
    switch comparison {
    case .compare(.above, let bound): (lowest, highest) = (SortKey.of(bound.value.nextUp), nil)
    case .compare(.atLeast, let bound): (lowest, highest) = (SortKey.of(bound.value), nil)
    case .compare(.less, let bound): (lowest, highest) = (nil, SortKey.of(bound.value.nextDown))
    case .compare(.atMost, let bound): (lowest, highest) = (nil, SortKey.of(bound.value))
    case .compare(.equal, let bound):
      (lowest, highest) = (SortKey.of(bound.value), SortKey.of(bound.value))
    case .range(let low, let high):
      (lowest, highest) = (low.map { SortKey.of($0.value) }, high.map { SortKey.of($0.value) })
    }
    let parts = slots(field, .point).map { Query.within($0, lowest, highest) }
    return inScope(field, .or(parts))
  }

  private func date(_ field: Field, _ comparison: Comparison<BoundDate>) -> Query {
    let low: Int?
    let high: Int?
    switch comparison {
    case .compare(.above, let bound): (low, high) = (bound.days.last + 1, nil)
    case .compare(.atLeast, let bound): (low, high) = (bound.days.first, nil)
    case .compare(.less, let bound): (low, high) = (nil, bound.days.first - 1)
    case .compare(.atMost, let bound): (low, high) = (nil, bound.days.last)
    case .compare(.equal, let bound): (low, high) = (bound.days.first, bound.days.last)
    case .range(let first, let last): (low, high) = (first?.days.first, last?.days.last)
    }
    let first = low.map { SortKey.of(Int64($0)) }
    let last = high.map { SortKey.of(Int64($0)) }
    if field.name == "modified" { return .within(IndexFormat.modifiedSlot, first, last) }
    var kinds: [(SlotKind, SlotKind)] = [(.first, .last)]
    if field.dayFirst != false { kinds.append((.firstDayFirst, .lastDayFirst)) }
    if field.dayFirst != true { kinds.append((.firstMonthFirst, .lastMonthFirst)) }
    let parts = kinds.flatMap { begins, ends in
      zip(slots(field, begins), slots(field, ends)).map { begin, end in
        let bounds = [
          first.map { Query.valueAtLeast(end, $0) }, last.map { .valueAtMost(begin, $0) },
        ]
        return Query.all(of: bounds.compactMap { $0 }, or: .present(begin))
      }
    }
    return inScope(field, .or(parts))
  }

  /// Numbers and dates are declared for documents: only the section's own count in its scope.
  private func inScope(_ field: Field, _ query: Query) -> Query {
    guard scope == .section else { return query }
    guard let own = IndexFormat.existence(field: field.number, scope: .own) else { return query }
    return .filter(query, by: .term(own))
  }

  // MARK: Intervals

  private var families: [IndexFormat.Family] {
    scope == .section ? [.own] : [.own, .inherited]
  }

  private func interval(_ field: Field, _ comparisons: [IntervalComparison]) -> Query {
    if comparisons.count == 1, let lone = lone(field, comparisons[0]) { return lone }
    return .or(
      facts(families).compactMap { family, number in
        met(field, comparisons, family, number)
      })
  }

  /// A single bound is answered by the highest or lowest value of the record.
  private func lone(_ field: Field, _ comparison: IntervalComparison) -> Query? {
    guard comparison.end == .any else { return nil }
    func slot(_ held: SlotKind, _ own: SlotKind) -> UInt32? {
      index.slots[
        SlotKey(
          field: field.number, unit: comparison.unit, kind: scope == .section ? own : held)]
    }
    let high = slot(.high, .ownHigh)
    let low = slot(.low, .ownLow)
    switch comparison.relation {
    case .above(let amount): return high.map { .valueAtLeast($0, .above(amount)) } ?? .nothing
    case .atLeast(let amount), .overlaps(let amount?, nil):
      return high.map { .valueAtLeast($0, SortKey.of(amount)) } ?? .nothing
    case .below(let amount): return low.map { .valueAtMost($0, .below(amount)) } ?? .nothing
    case .atMost(let amount), .overlaps(nil, let amount?):
      return low.map { .valueAtMost($0, SortKey.of(amount)) } ?? .nothing
    case .overlaps: return nil
    }
  }

  /// Numbers of the facts that some record has.
  private func facts(
    _ families: [IndexFormat.Family]
  ) -> [(IndexFormat.Family, Int)] {
    families.flatMap { family in
      var numbers: [(IndexFormat.Family, Int)] = []
      while index.slots[.marker(family, numbers.count)] != nil {
        numbers.append((family, numbers.count))
      }
      return numbers
    }
  }

  /// All comparisons, met by the interval of one fact; nil where no record has such a fact.
  private func met(
    _ field: Field, _ comparisons: [IntervalComparison], _ family: IndexFormat.Family,
    _ number: Int
  ) -> Query? {
    var parts: [Query] = []
    for comparison in comparisons {
      guard let part = met(field, comparison, family, number) else { return nil }
      parts.append(part)
    }
    return .all(of: parts, or: .nothing)
  }

  private func met(
    _ field: Field, _ comparison: IntervalComparison, _ family: IndexFormat.Family, _ number: Int
  ) -> Query? {
    func slot(_ kind: SlotKind) -> UInt32? {
      index.slots[
        SlotKey(
          field: field.number, unit: comparison.unit, kind: kind, family: family, index: number)]
    }
    let lowKind: SlotKind
    let highKind: SlotKind
    switch comparison.end {
    case .any: (lowKind, highKind) = (.factLow, .factHigh)
    case .min: (lowKind, highKind) = (.factMin, .factMin)
    case .max: (lowKind, highKind) = (.factMax, .factMax)
    }
    let query: Query?
    switch comparison.relation {
    case .above(let amount): query = slot(highKind).map { .valueAtLeast($0, .above(amount)) }
    case .atLeast(let amount): query = slot(highKind).map { .valueAtLeast($0, SortKey.of(amount)) }
    case .below(let amount): query = slot(lowKind).map { .valueAtMost($0, .below(amount)) }
    case .atMost(let amount): query = slot(lowKind).map { .valueAtMost($0, SortKey.of(amount)) }
    case .overlaps(let low, let high):
      guard let highSlot = slot(highKind), let lowSlot = slot(lowKind) else { return nil }
      let bounds = [
        low.map { Query.valueAtLeast(highSlot, SortKey.of($0)) },
        high.map { Query.valueAtMost(lowSlot, SortKey.of($0)) },
      ]
      query = .all(of: bounds.compactMap { $0 }, or: .present(highSlot))
    }
    guard let query, scope == .section else { return query }
    let stated = IndexFormat.factValue(
      Array(comparison.unit.utf8), field: field.number, family: family, number: number,
      statedOnly: true)
    return .filter(query, by: .term(stated))
  }

  // MARK: One fact

  /// All filters, met by one fact.
  ///
  /// The role is the subject's for every fact but a foreign one, which states its own: there, and
  /// only there, the role is asked of the fact.
  func sameFact(_ filters: [BoundFilter]) throws(XapianError) -> Query {
    let roles = filters.filter { $0.field.name == "role" }
    let others = filters.filter { $0.field.name != "role" }
    var ways = [try allOf(roles, and: others)]
    if !roles.isEmpty { ways += try eachFact([.foreign], filters) }
    return either(ways)
  }

  private func allOf(
    _ roles: [BoundFilter], and others: [BoundFilter]
  ) throws(XapianError) -> Query {
    var parts: [Query] = []
    for role in roles { parts.append(try query(role)) }
    if others.count == 1 {
      parts.append(try query(others[0]))
    } else {
      parts.append(.or(try eachFact(families, others)))
    }
    return .all(of: parts, or: .nothing)
  }

  private func eachFact(
    _ families: [IndexFormat.Family], _ filters: [BoundFilter]
  ) throws(XapianError) -> [Query] {
    var ways: [Query] = []
    for (family, number) in facts(families) {
      if let way = try met(filters, family, number) { ways.append(way) }
    }
    return ways
  }

  private func met(
    _ filters: [BoundFilter], _ family: IndexFormat.Family, _ number: Int
  ) throws(XapianError) -> Query? {
    var parts: [Query] = []
    for filter in filters {
      guard let part = try met(filter.field, filter.clause, family, number) else { return nil }
      parts.append(part)
    }
    return .all(of: parts, or: .nothing)
  }

  private func met(
    _ field: Field, _ clause: BoundFilter.Clause, _ family: IndexFormat.Family, _ number: Int
  ) throws(XapianError) -> Query? {
    let statedOnly = scope == .section
    let place = TextPlanner.Place.fact(field.number, family, number, statedOnly: statedOnly)
    func term(_ folded: [UInt8]) -> [UInt8] {
      IndexFormat.factValue(
        folded, field: field.number, family: family, number: number, statedOnly: statedOnly)
    }
    switch clause {
    case .interval(let tests):
      return met(field, tests.map { IntervalComparison($0, field: field) }, family, number)
    case .equals(let value), .whole(let value): return .term(term(WholeValue.fold(value)))
    case .prefix(let start):
      let (terms, _) = try text.expand(term(WholeValue.fold(start)), TextPlanner.mostExpansions)
      return terms.isEmpty ? nil : .or(terms.map { .term($0) })
    case .words(let words, let isPrefix):
      return either(
        try worded(
          text.word(words, isPrefix: isPrefix, in: place).query,
          text.pattern(word: words, isPrefix: isPrefix), term([])))
    case .phrase(let words, let slop):
      return either(
        try worded(
          text.phrase(words, slop: slop, in: place).query,
          text.pattern(phrase: words, slop: slop), term([])))
    case .any(let clauses):
      var ways: [Query] = []
      for clause in clauses {
        if let way = try met(field, clause, family, number) { ways.append(way) }
      }
      return ways.isEmpty ? nil : .or(ways)
    case .exists, .missing, .number, .date, .path: return try query(field, clause)
    }
  }
}

extension Query {
  /// Values of a slot between bounds; nil is an open side.
  static func within(_ slot: UInt32, _ low: [UInt8]?, _ high: [UInt8]?) -> Query {
    switch (low, high) {
    case (let low?, let high?): .valueRange(slot, low, high)
    case (let low?, nil): .valueAtLeast(slot, low)
    case (nil, let high?): .valueAtMost(slot, high)
    case (nil, nil): .present(slot)
    }
  }

  /// Documents with some value in the slot. A bound of no bytes would match every document.
  static func present(_ slot: UInt32) -> Query { .valueAtLeast(slot, [0]) }

  /// All of them; one stands for itself, none for `empty`.
  static func all(of parts: [Query], or empty: Query) -> Query {
    parts.isEmpty ? empty : parts.count == 1 ? parts[0] : .and(parts)
  }
}

extension [UInt8] {
  /// The least bound strictly above an amount.
  static func above(_ amount: Amount) -> [UInt8] { SortKey.of(amount, isBeyond: true) }

  /// The greatest bound strictly below an amount.
  static func below(_ amount: Amount) -> [UInt8] {
    let doubled = amount.multiplied(by: 2).raw
    return SortKey.of(doubled > .min ? doubled - 1 : doubled)
  }
}
