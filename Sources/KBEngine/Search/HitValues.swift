internal import KBSchema

/// The values that a hit shows.
enum HitValues {
  /// All own values, and inherited ones of the fields asked for, in the order of the schema, then
  /// of the text.
  static func of(
    _ record: Record, _ sheet: SubjectSheet?, asked: Set<String>, schema: Schema
  ) -> [HitValue] {
    var all = record.facts.flatMap(\.stated).map { HitValue(value: $0, source: .section) }
    for entry in Inheritance.entries(of: sheet, for: record) {
      let source: HitValue.Source = entry.source == .document ? .document : .subject
      all += entry.fact.stated.filter { asked.contains($0.field) }
        .map { HitValue(value: $0, source: source) }
    }
    var seen: Set<HitKey> = []
    let distinct = all.filter { seen.insert(HitKey(value: $0.value)).inserted }
    let order = Dictionary(
      schema.fields.map { ($0.name, $0.number) }, uniquingKeysWith: { first, _ in first })
    return distinct.enumerated().sorted { a, b in
      let first = order[a.element.value.field] ?? Int.max
      let second = order[b.element.value.field] ?? Int.max
      return (first, a.offset) < (second, b.offset)
    }.map(\.element)
  }

  private struct HitKey: Hashable {
    let field: String
    let content: ValueContent
    let line: Int
    init(value: Value) {
      field = value.field
      content = value.content
      line = value.provenance.line
    }
  }
}
