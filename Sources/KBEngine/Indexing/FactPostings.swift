internal import KBSchema
internal import KBText
internal import Xapian

/// Numbers a record's facts and posts what each states or borrows, so that filters joined in one
/// AND group can be met by one fact.
///
/// Facts that state a single name and no interval and borrow nothing are told apart by nothing
/// but that name: those of one field share a number.
struct FactPostings {
  /// A fact of a record.
  struct Entry {
    var family: IndexFormat.Family
    var stated: [Value]
    var borrowed: [Value]
  }

  private let analyzer: Analyzer
  private let subjectRole: Set<[UInt8]>

  init(analyzer: Analyzer, subjectRole: Set<[UInt8]>) {
    self.analyzer = analyzer
    self.subjectRole = subjectRole
  }

  /// Posts `entries`, numbered within their families, those with intervals first.
  func post(
    _ entries: [Entry], in document: inout IndexDocument, _ schema: inout SchemaCache
  ) {
    if entries.isEmpty { return }
    for family in IndexFormat.Family.allCases {
      let own = entries.filter { $0.family == family }
      if own.isEmpty { continue }
      let withInterval = own.filter { hasInterval($0, &schema) }
      let names = merged(own.filter { !hasInterval($0, &schema) }, &schema)
      for (number, entry) in (withInterval + names).enumerated() {
        _ = schema.slot(for: .marker(family, number))
        post(entry, number, &document, &schema)
      }
    }
  }

  private func hasInterval(_ entry: Entry, _ schema: inout SchemaCache) -> Bool {
    entry.stated.contains { value in
      if case .interval = value.content { return true }
      return false
    }
  }

  /// Joins facts that state one name each and borrow the same; drops what ties no field.
  private func merged(_ entries: [Entry], _ schema: inout SchemaCache) -> [Entry] {
    if entries.count == 1 {
      let tying = entries[0].stated.filter { schema.field(named: $0.field).tiesFacts }
      guard !tying.isEmpty else { return [] }
      return [Entry(family: entries[0].family, stated: tying, borrowed: entries[0].borrowed)]
    }
    var result: [Entry] = []
    var places: [MergeKey: Int] = [:]
    for entry in entries {
      let tying = entry.stated.filter { schema.field(named: $0.field).tiesFacts }
      guard let first = tying.first else { continue }
      let isSingle = Set(tying.map(\.field)).count == 1
      let key = MergeKey(field: first.field, borrowed: Set(entry.borrowed.map(\.content)))
      if isSingle, let place = places[key] {
        let known = Set(result[place].stated.map(\.content))
        result[place].stated += tying.filter { !known.contains($0.content) }
      } else {
        if isSingle { places[key] = result.count }
        result.append(Entry(family: entry.family, stated: tying, borrowed: entry.borrowed))
      }
    }
    return result
  }

  private struct MergeKey: Hashable {
    var field: String
    var borrowed: Set<ValueContent>
  }

  private func post(
    _ entry: Entry, _ number: Int, _ document: inout IndexDocument, _ schema: inout SchemaCache
  ) {
    var position = 0
    let values = entry.stated.map { ($0, true) } + entry.borrowed.map { ($0, false) }
    for (value, isStated) in values {
      let field = schema.field(named: value.field)
      guard field.tiesFacts || field.type == .interval else { continue }
      position += RecordIndexer.positionGap
      if case .interval(let interval) = value.content {
        post(interval, field, entry.family, number, isStated, &document, &schema)
      } else {
        post(value, field, entry.family, number, isStated, at: position, &document)
      }
    }
  }

  private func post(
    _ interval: Interval, _ field: IndexedField, _ family: IndexFormat.Family, _ number: Int,
    _ isStated: Bool, _ document: inout IndexDocument, _ schema: inout SchemaCache
  ) {
    func add(_ kind: SlotKind, _ bytes: [UInt8]) {
      let key = SlotKey(
        field: field.number, unit: interval.unit.code, kind: kind, family: family, index: number)
      document.addValue(slot: schema.slot(for: key), bytes)
    }
    add(.factLow, SortKey.of(interval.attestedLow))
    add(.factHigh, SortKey.of(interval.attestedHigh, isBeyond: interval.open == .max))
    if let low = interval.min { add(.factMin, SortKey.of(interval.yearly(low))) }
    if let high = interval.max, !(interval.open == .max && interval.min == nil) {
      add(.factMax, SortKey.of(interval.yearly(high), isBeyond: interval.open == .max))
    }
    if isStated {
      document.addBooleanTerm(
        IndexFormat.factValue(
          Array(interval.unit.code.utf8), field: field.number, family: family, number: number,
          statedOnly: true))
    }
  }

  private func post(
    _ value: Value, _ field: IndexedField, _ family: IndexFormat.Family, _ number: Int,
    _ isStated: Bool, at position: Int, _ document: inout IndexDocument
  ) {
    guard let text = ValuePostings.text(of: value) else { return }
    let whole = WholeValue.fold(text)
    if field.isRole, family != .foreign, subjectRole.contains(whole) { return }
    for statedOnly in isStated ? [false, true] : [false] {
      for name in [whole] + value.implied.map({ WholeValue.fold($0) }) {
        document.addBooleanTerm(
          IndexFormat.factValue(
            name, field: field.number, family: family, number: number, statedOnly: statedOnly))
      }
      guard field.type == .text else { continue }
      let prefix = IndexFormat.factWordPrefix(
        field: field.number, family: family, number: number, statedOnly: statedOnly)
      _ = analyzer.post(
        text, under: prefix, from: position,
        hasPositions: whole.count > IndexFormat.longestValue, wdf: 0, to: &document)
    }
  }
}
