internal import Glibc
internal import KBDiagnostics
internal import KBQuery
public import KBSchema
internal import Xapian

/// How the sections that a query finds spread over the values of a field.
public struct Facet: Sendable, Equatable {
  /// One value, or one range of values.
  public struct Bucket: Sendable, Equatable {
    /// The value as documents write it; for a range, its bounds.
    public var value: String
    /// The value as people read it: `100k..200k`.
    public var label: String
    /// The clause that asks for it.
    public var clause: String
    /// Sections found that have it.
    public var count: Int
  }

  /// The field.
  public var field: String
  /// Its type.
  public var type: FieldType
  /// The unit of an interval field, which its ranges are in.
  public var unit: String?
  /// Sections the query finds.
  public var total: Int
  /// Of those, sections without any value of the field.
  public var missing: Int
  /// Values, the most frequent first; ranges in ascending order.
  public var buckets: [Bucket]
  /// Whether there are more values than were asked for.
  public var isCut: Bool
  /// What is not counted: values in another currency.
  public var notes: [String] = []
}

extension Searcher {
  /// Counts the values of a field over the sections that a request finds. Names come as values,
  /// numbers, dates and intervals as ranges of a round size; an interval counts in each range it
  /// overlaps. `limit` is the most buckets.
  public func facet(
    _ name: String, of request: SearchRequest, limit: Int = 20
  ) throws(SearchFailure) -> Facet {
    guard let field = schema.field(named: name) else { throw unknown(name) }
    let bound = try bind(request)
    do {
      let planner = planner(bound.scope, request)
      let base = try planner.plan(bound.root).query
      let counter = FacetCounter(
        searcher: self, field: field, base: base, planner: planner, limit: max(1, limit))
      var facet = try counter.facet()
      if field.type == .interval { facet.notes = try uncounted(field, bound, request) }
      return facet
    } catch let failure as XapianError {
      throw .index(.engine(failure.message))
    } catch let failure as SearchFailure {
      throw failure
    } catch {
      throw .index(.engine("\(error)"))
    }
  }

  /// Values in another unit than the field's own, in which ranges are counted.
  private func uncounted(
    _ field: Field, _ bound: BoundQuery, _ request: SearchRequest
  ) throws -> [String] {
    var any = try bind("\(field.name)>=0", SearchRequest(query: "", today: 0)).root
    guard case .filter(let filter) = any.kind else { return [] }
    if bound.root.kind != .all { any = BoundNode(.and([bound.root, any]), span: any.span) }
    var asked = bound
    asked.root = any
    return try otherUnits(asked, request).filter { $0.span == filter.span }.map(\.message)
  }

  /// The error of a query that names the field, with its suggestions.
  private func unknown(_ name: String) -> SearchFailure {
    let query = "has:\(name)"
    do {
      _ = try bind(query, SearchRequest(query: query, today: 0))
    } catch { return error }
    return .query(source: query, diagnostics: [], rewrite: nil)
  }
}

/// Counts one facet.
private struct FacetCounter {
  let searcher: Searcher
  let field: Field
  let base: Query
  let planner: Planner
  let limit: Int

  func facet() throws -> Facet {
    let total = try searcher.count(base)
    let present = try count(planner.filters.presence(of: field))
    var facet = Facet(
      field: field.name, type: field.type, unit: field.type == .interval ? field.unit : nil,
      total: total, missing: total - present, buckets: [],
      isCut: false)
    switch field.type {
    case .keyword, .text: try fillNames(&facet)
    case .number, .date, .interval: try fillRanges(&facet)
    }
    return facet
  }

  private func count(_ filter: Query) throws(XapianError) -> Int {
    try searcher.count(.filter(base, by: filter))
  }

  // MARK: Names

  /// Values in order of their frequency in the whole index, which bounds that in the answer: once
  /// enough are counted and none left can be more frequent, the rest need no counting.
  private func fillNames(_ facet: inout Facet) throws {
    var counted: [(candidate: HeldValue, count: Int)] = []
    for candidate in try candidates() {
      if counted.count > limit, candidate.documents < counted[limit].count { break }
      let count = try count(.or(candidate.terms.map { .term($0) }))
      guard count > 0 else { continue }
      let place = counted.firstIndex {
        $0.count != count
          ? $0.count < count : candidate.folded.lexicographicallyPrecedes($0.candidate.folded)
      }
      counted.insert((candidate, count), at: place ?? counted.count)
    }
    facet.isCut = counted.count > limit
    for one in counted.prefix(limit) {
      let name = try display(one.candidate)
      facet.buckets.append(
        .init(value: name, label: name, clause: clause(name), count: one.count))
    }
  }

  /// Values of the field, those that most sections may have first.
  private func candidates() throws(XapianError) -> [HeldValue] {
    let most = 200_000
    guard field.name == "path" else {
      return try searcher.heldValues(of: field.number, limit: most)
        .sorted { $0.documents > $1.documents }
    }
    return try searcher.terms(from: IndexFormat.path(""), limit: most).map {
      HeldValue(folded: Array($0.term.dropFirst()), terms: [$0.term], documents: $0.documents)
    }.sorted { $0.documents > $1.documents }
  }

  /// The value as a document with it writes it.
  private func display(_ candidate: HeldValue) throws -> String {
    let folded = candidate.folded
    let plain = String(decoding: folded, as: UTF8.self)
    guard field.name != "path", field.name != "format", let term = candidate.terms.first,
      let values = try searcher.values(ofFirstWith: term)
    else { return plain }
    for value in values where value.field == field.name {
      guard let text = ValuePostings.text(of: value) else { continue }
      if WholeValue.fold(text) == folded { return text }
      if let name = value.implied.first(where: { WholeValue.fold($0) == folded }) { return name }
    }
    return plain
  }

  private func clause(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 > 0x7F
    }
    let sign = field.type == .text ? "=" : ":"
    guard !isPlain else { return "\(field.name)\(sign)\(name)" }
    let quoted = name.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: " ")
    return "\(field.name)\(sign)\"\(quoted)\""
  }

  // MARK: Ranges

  /// A range to count in.
  private struct Step {
    var low: Double
    var end: Double
    var bucket: Facet.Bucket
  }

  private func fillRanges(_ facet: inout Facet) throws {
    guard let bounds = try extent() else { return }
    guard field.type != .date else {
      facet.buckets = try years(bounds).compactMap { try counted($0)?.bucket }
      return
    }
    var found = try steps(bounds).compactMap { try counted($0) }
    // What the query finds may lie in a corner of what the index holds: then that, in finer steps.
    if found.count < 3, let first = found.first, let last = found.last {
      let finer = try steps((first.low, last.end)).compactMap { try counted($0) }
      if finer.count >= found.count { found = finer }
    }
    facet.buckets = found.map(\.bucket)
  }

  /// The range with the sections in it; nil where there are none.
  private func counted(_ range: Step) throws -> Step? {
    let request = SearchRequest(query: range.bucket.clause, today: 0)
    let filter = try planner.plan(searcher.bind(request).root).query
    var range = range
    range.bucket.count = try count(filter)
    return range.bucket.count > 0 ? range : nil
  }

  /// The lowest and the highest value of the field in the index.
  private func extent() throws(XapianError) -> (low: Double, high: Double)? {
    let index = searcher.index
    func slot(_ kind: SlotKind, _ number: Int = 0) -> UInt32? {
      let unit = field.type == .interval ? field.unit ?? "" : ""
      return index.slots[SlotKey(field: field.number, unit: unit, kind: kind, index: number)]
    }
    let slots: [UInt32] =
      switch field.type {
      case .interval: [slot(.low), slot(.high)].compactMap { $0 }
      case .date:
        field.name == "modified"
          ? [IndexFormat.modifiedSlot] : [slot(.first), slot(.last)].compactMap { $0 }
      default: (0..<16).compactMap { slot(.point, $0) }
      }
    var result: (low: Double, high: Double)?
    for slot in slots {
      let bounds = try searcher.bounds(of: slot)
      guard bounds.documents > 0, let low = value(bounds.lower), let high = value(bounds.upper)
      else { continue }
      result = (min(result?.low ?? low, low), max(result?.high ?? high, high))
    }
    return result
  }

  private func value(_ key: [UInt8]) -> Double? {
    switch field.type {
    case .interval: SortKey.amount(key).map(\.doubleValue)
    case .date: SortKey.integer(key).map(Double.init)
    default: SortKey.number(key)
    }
  }

  /// Ranges of one of 1, 2, 2.5 or 5 times a power of ten, at most twelve or so.
  private func steps(_ bounds: (low: Double, high: Double)) -> [Step] {
    let most = Double(min(limit, 12))
    let rough = max((bounds.high - bounds.low) / most, 1e-6)
    let power = pow(10, floor(log10(rough)))
    // Between whole numbers nothing is to be told apart: years of experience.
    let isWhole = bounds.low == bounds.low.rounded() && bounds.high == bounds.high.rounded()
    let fine = ([1, 2, 2.5, 5, 10].first { $0 * power >= rough } ?? 10) * power
    let step = isWhole ? max(1, fine.rounded(.up)) : fine
    var result: [Step] = []
    var low = floor(bounds.low / step) * step
    while low <= bounds.high, result.count < 200 {
      let end = low + step
      let last = step >= 10 ? end - 0.01 : end - step * 1e-4
      let isOne = isWhole && step == 1
      result.append(
        Step(
          low: low, end: end,
          bucket: .init(
            value: "\(number(low))..<\(number(end))",
            label: isOne ? number(low) : "\(short(low))..\(short(end))",
            clause: "\(field.name):\(number(low))..\(number(last))", count: 0)))
      low = end
    }
    return result
  }

  private func number(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? String(Int(rounded)) : "\(rounded)"
  }

  /// `150k` for 150000.
  private func short(_ value: Double) -> String {
    if value >= 1e6 { return number(value / 1e6) + "m" }
    return value >= 1e4 ? number(value / 1e3) + "k" : number(value)
  }

  private func years(_ bounds: (low: Double, high: Double)) -> [Step] {
    let first = DateSpan.civil(Int(bounds.low)).year
    let last = DateSpan.civil(Int(bounds.high)).year
    return (first...max(first, min(last, first + 400))).map {
      Step(
        low: Double($0), end: Double($0 + 1),
        bucket: .init(
          value: "\($0)", label: "\($0)", clause: "\(field.name):\($0)", count: 0))
    }
  }
}
