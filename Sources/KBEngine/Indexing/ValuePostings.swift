internal import KBSchema
internal import KBText
internal import Xapian

/// Posts the terms of values and collects what stands in slots.
///
/// Several values of a field share slots that answer lone comparisons (the highest, the lowest), and
/// numbers are counted off within a field: those are written once, at the end.
struct ValuePostings {
  private let analyzer: Analyzer
  private var extremes: [SlotKey: [UInt8]] = [:]
  /// The first name of each field, for sorting and grouping.
  private var names: [Int: [UInt8]] = [:]
  private var points: [Point] = []
  private var positions: [Int: Int] = [:]
  private(set) var held: [Int: Set<String>] = [:]

  /// A number or a date.
  private struct Point {
    var field: Int
    var keys: [(kind: SlotKind, bytes: [UInt8])]
  }

  init(analyzer: Analyzer) { self.analyzer = analyzer }

  /// Whether no value is held.
  var isEmpty: Bool { held.isEmpty }

  /// Whether an inherited value is posted with its words, or shared: the value alone is posted, and
  /// its words are looked for among the distinct values. A key that documents declare would else
  /// repeat its words in each of their sections. What is too long for a term keeps its words.
  static func scope(of value: Value, field: IndexedField, isAlone: Bool) -> IndexFormat.Scope {
    guard !isAlone, field.origin == .inferred, let text = text(of: value) else {
      return .inherited
    }
    return WholeValue.fold(text).count <= IndexFormat.longestValue ? .shared : .inherited
  }

  /// Adds a value that the section holds, by stating or inheriting it.
  mutating func hold(
    _ value: Value, field: IndexedField, _ scope: IndexFormat.Scope,
    in document: inout IndexDocument
  ) {
    if let existence = IndexFormat.existence(field: field.number, scope: scope) {
      document.addBooleanTerm(existence)
    }
    addNames(value, field, scope, isHeld: true, &document)
    if case .interval(let interval) = value.content {
      held[field.number, default: []].insert(interval.unit.code)
    } else if held[field.number] == nil {
      held[field.number] = []
    }
    addComparable(value, field, isOwn: scope == .own)
  }

  /// Adds a value that the subject mentions elsewhere; only `scope:subject` sees it.
  mutating func mention(_ value: Value, field: IndexedField, in document: inout IndexDocument) {
    if let existence = IndexFormat.existence(field: field.number, scope: .mentioned) {
      document.addBooleanTerm(existence)
    }
    addNames(value, field, .mentioned, isHeld: false, &document)
  }

  /// Adds what stands in the slots of inherited values, whose terms are posted.
  mutating func inherit(_ other: ValuePostings) {
    points += other.points
    for (key, bytes) in other.extremes { keep(bytes, key) }
    names.merge(other.names) { own, _ in own }
    held.merge(other.held) { $1.isEmpty ? $0 : $0.union($1) }
  }

  /// Writes the slots.
  func finish(_ document: inout IndexDocument, _ schema: inout SchemaCache) {
    for (key, bytes) in extremes { document.addValue(slot: schema.slot(for: key), bytes) }
    for (field, bytes) in names { document.addValue(slot: schema.nameSlot(of: field), bytes) }
    if points.isEmpty { return }
    var counts: [Int: Int] = [:]
    for point in points {
      let index = counts[point.field, default: 0]
      for (kind, bytes) in point.keys {
        let key = SlotKey(field: point.field, kind: kind, index: index)
        document.addValue(slot: schema.slot(for: key), bytes)
      }
      counts[point.field] = index + 1
    }
  }

  private mutating func addNames(
    _ value: Value, _ field: IndexedField, _ scope: IndexFormat.Scope, isHeld: Bool,
    _ document: inout IndexDocument
  ) {
    guard let text = ValuePostings.text(of: value) else { return }
    let folded = WholeValue.fold(text)
    if isHeld, names[field.number] == nil {
      let name = IndexFormat.sortName(folded)
      // A slot without bytes would tell that there is no value.
      names[field.number] = name.isEmpty ? [0] : name
    }
    document.addBooleanTerm(IndexFormat.value(folded, field: field.number, scope: scope))
    for name in value.implied {
      document.addBooleanTerm(
        IndexFormat.value(WholeValue.fold(name), field: field.number, scope: scope))
    }
    if scope != .shared, field.type == .text || field.origin == .inferred {
      addWords(
        text, field: field.number, scope: scope, isLong: folded.count > IndexFormat.longestValue,
        &document)
    }
  }

  /// The words of a value; of one too long for a term with their places, a gap of positions after
  /// the last one of the same field.
  private mutating func addWords(
    _ text: String, field: Int, scope: IndexFormat.Scope, isLong: Bool,
    _ document: inout IndexDocument
  ) {
    let scopeIndex = IndexFormat.Scope.allCases.firstIndex(of: scope) ?? 0
    let key = field * IndexFormat.Scope.allCases.count + scopeIndex
    positions[key] = analyzer.post(
      text, under: IndexFormat.wordPrefix(field: field, scope: scope),
      from: positions[key] ?? RecordIndexer.firstPosition, hasPositions: isLong, to: &document)
  }

  private mutating func addComparable(_ value: Value, _ field: IndexedField, isOwn: Bool) {
    switch value.content {
    case .interval(let interval):
      addExtremes(interval, field, isOwn: isOwn)
    case .number(let number):
      add(field, [(.point, SortKey.of(number))])
    case .date(let span):
      add(field, [(.first, day(span.first)), (.last, day(span.last))])
    case .ambiguousDate(let dayFirst, let monthFirst):
      add(
        field,
        [
          (.firstDayFirst, day(dayFirst.first)), (.lastDayFirst, day(dayFirst.last)),
          (.firstMonthFirst, day(monthFirst.first)), (.lastMonthFirst, day(monthFirst.last)),
        ])
    case .string:
      break
    }
  }

  private func day(_ number: Int) -> [UInt8] { SortKey.of(Int64(number)) }

  private mutating func add(_ field: IndexedField, _ keys: [(kind: SlotKind, bytes: [UInt8])]) {
    points.append(Point(field: field.number, keys: keys))
  }

  private mutating func addExtremes(_ interval: Interval, _ field: IndexedField, isOwn: Bool) {
    let high = SortKey.of(interval.attestedHigh, isBeyond: interval.open == .max)
    let low = SortKey.of(interval.attestedLow)
    let unit = interval.unit.code
    for kind in isOwn ? [SlotKind.high, .ownHigh] : [.high] {
      keep(high, SlotKey(field: field.number, unit: unit, kind: kind))
    }
    for kind in isOwn ? [SlotKind.low, .ownLow] : [.low] {
      keep(low, SlotKey(field: field.number, unit: unit, kind: kind))
    }
  }

  /// Keeps the highest or lowest bytes.
  private mutating func keep(_ bytes: [UInt8], _ key: SlotKey) {
    guard let known = extremes[key] else {
      extremes[key] = bytes
      return
    }
    let isBetter =
      switch key.kind {
      case .high, .ownHigh: known.lexicographicallyPrecedes(bytes)
      case .low, .ownLow: bytes.lexicographicallyPrecedes(known)
      default: false
      }
    if isBetter { extremes[key] = bytes }
  }

  /// The words that name a value: its string, or how a number or date is written.
  static func text(of value: Value) -> String? {
    switch value.content {
    case .string(let text): text
    case .number, .date, .ambiguousDate: value.provenance.text
    case .interval: nil
    }
  }
}
