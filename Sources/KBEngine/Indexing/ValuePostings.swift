internal import KBSchema
internal import KBText
internal import Xapian

/// Collects the terms and slots of one record's values.
///
/// Several values of a field share slots that answer lone comparisons (the highest, the lowest), so
/// those are written once, at the end.
struct ValuePostings {
  private let analyzer: Analyzer
  private var extremes: [SlotKey: (key: [UInt8], wantsHighest: Bool)] = [:]
  private var positions: [Int: Int] = [:]
  private var counts: [Int: Int] = [:]
  private(set) var held: [Int: Set<String>] = [:]

  init(analyzer: Analyzer) { self.analyzer = analyzer }

  /// Whether an inherited value is posted with its words, or shared: the value alone is posted, and
  /// its words are looked for among the distinct values. A key that documents declare would else
  /// repeat its words in each of their sections. What is too long for a term keeps its words.
  static func scope(of value: Value, field: Field, isAlone: Bool) -> IndexFormat.Scope {
    guard !isAlone, field.origin == .inferred, let text = text(of: value) else {
      return .inherited
    }
    return WholeValue.fold(text).count <= IndexFormat.longestValue ? .shared : .inherited
  }

  /// Adds a value that the section holds, by stating or inheriting it.
  mutating func hold(
    _ value: Value, field: Field, _ scope: IndexFormat.Scope, in document: inout IndexDocument,
    _ schema: inout SchemaCache
  ) {
    if let existence = IndexFormat.existence(field: field.number, scope: scope) {
      document.addBooleanTerm(existence)
    }
    addNames(value, field, scope, &document)
    held[field.number, default: []].formUnion(unit(of: value))
    addComparable(value, field, isOwn: scope == .own, &document, &schema)
    addName(value, field, &schema)
  }

  /// Adds a value that the subject mentions elsewhere; only `scope:subject` sees it.
  mutating func mention(_ value: Value, field: Field, in document: inout IndexDocument) {
    if let existence = IndexFormat.existence(field: field.number, scope: .mentioned) {
      document.addBooleanTerm(existence)
    }
    addNames(value, field, .mentioned, &document)
  }

  /// Writes the slots that hold one value for the whole record.
  mutating func finish(_ document: inout IndexDocument, _ schema: inout SchemaCache) {
    for (key, value) in extremes { document.addValue(slot: schema.slot(for: key), value.key) }
    extremes.removeAll()
  }

  private func unit(of value: Value) -> [String] {
    if case .interval(let interval) = value.content { return [interval.unit.code] }
    return []
  }

  private mutating func addNames(
    _ value: Value, _ field: Field, _ scope: IndexFormat.Scope, _ document: inout IndexDocument
  ) {
    guard let text = ValuePostings.text(of: value) else { return }
    let folded = WholeValue.fold(text)
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
    let base = positions[key] ?? RecordIndexer.firstPosition
    var last = base
    analyzer.scan(text) { word in
      last = base + word.token.position
      document.addWord(
        IndexFormat.word(word.term, field: field, scope: scope), position: isLong ? last : nil,
        wdf: 1)
      if let stem = analyzer.fieldStem(of: word) {
        document.addTerm(IndexFormat.word(stem, field: field, scope: scope), wdf: 1)
      }
    }
    positions[key] = last + RecordIndexer.positionGap
  }

  private mutating func addComparable(
    _ value: Value, _ field: Field, isOwn: Bool, _ document: inout IndexDocument,
    _ schema: inout SchemaCache
  ) {
    switch value.content {
    case .interval(let interval):
      addExtremes(interval, field, isOwn: isOwn)
    case .number(let number):
      add(SortKey.of(number), .point, field, &document, &schema)
      counts[field.number, default: 0] += 1
    case .date(let span):
      add(SortKey.of(Int64(span.first)), .first, field, &document, &schema)
      add(SortKey.of(Int64(span.last)), .last, field, &document, &schema)
      counts[field.number, default: 0] += 1
    case .ambiguousDate(let dayFirst, let monthFirst):
      add(SortKey.of(Int64(dayFirst.first)), .firstDayFirst, field, &document, &schema)
      add(SortKey.of(Int64(dayFirst.last)), .lastDayFirst, field, &document, &schema)
      add(SortKey.of(Int64(monthFirst.first)), .firstMonthFirst, field, &document, &schema)
      add(SortKey.of(Int64(monthFirst.last)), .lastMonthFirst, field, &document, &schema)
      counts[field.number, default: 0] += 1
    case .string:
      break
    }
  }

  private func add(
    _ bytes: [UInt8], _ kind: SlotKind, _ field: Field, _ document: inout IndexDocument,
    _ schema: inout SchemaCache
  ) {
    let key = SlotKey(field: field.number, kind: kind, index: counts[field.number] ?? 0)
    document.addValue(slot: schema.slot(for: key), bytes)
  }

  private mutating func addExtremes(_ interval: Interval, _ field: Field, isOwn: Bool) {
    let high = SortKey.of(interval.attestedHigh, isBeyond: interval.open == .max)
    let low = SortKey.of(interval.attestedLow)
    let unit = interval.unit.code
    for kind in isOwn ? [SlotKind.high, .ownHigh] : [.high] {
      keep(high, SlotKey(field: field.number, unit: unit, kind: kind), highest: true)
    }
    for kind in isOwn ? [SlotKind.low, .ownLow] : [.low] {
      keep(low, SlotKey(field: field.number, unit: unit, kind: kind), highest: false)
    }
  }

  private mutating func keep(_ bytes: [UInt8], _ key: SlotKey, highest: Bool) {
    if let known = extremes[key]?.key {
      let isBetter =
        highest ? known.lexicographicallyPrecedes(bytes) : bytes.lexicographicallyPrecedes(known)
      guard isBetter else { return }
    }
    extremes[key] = (bytes, highest)
  }

  /// The first name of a field, for sorting and grouping.
  private mutating func addName(_ value: Value, _ field: Field, _ schema: inout SchemaCache) {
    guard let text = ValuePostings.text(of: value) else { return }
    let key = SlotKey(field: field.number, kind: .name)
    guard extremes[key] == nil else { return }
    let name = IndexFormat.sortName(WholeValue.fold(text))
    // A slot without bytes would tell that there is no value.
    extremes[key] = (name.isEmpty ? [0] : name, false)
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
