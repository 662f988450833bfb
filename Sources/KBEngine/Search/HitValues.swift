internal import KBSchema

/// The values that a hit shows.
enum HitValues {
  /// All own values, and inherited ones of the fields asked for, in the order of the fields'
  /// numbers, then of the text.
  static func of(
    _ record: Record, _ sheet: SubjectSheet?, asked: Set<String>,
    numbers: [String: Int]
  ) -> [HitValue] {
    var all = record.facts.flatMap(\.stated).map { HitValue(value: $0, source: .section) }
    for entry in Inheritance.entries(of: sheet, for: record) {
      let source: HitValue.Source = entry.source == .document ? .document : .subject
      all += entry.fact.stated.filter { asked.contains($0.field) }
        .map { HitValue(value: $0, source: source) }
    }
    var seen: Set<HitKey> = []
    let distinct = all.filter { seen.insert(HitKey(value: $0.value)).inserted }
    guard distinct.count > 1 else { return distinct }
    let numbered = distinct.enumerated().map { offset, one in
      (numbers[one.value.field] ?? Int.max, offset, one)
    }
    return numbered.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
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
