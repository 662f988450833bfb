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
    let distinct = distinct(all)
    guard distinct.count > 1 else { return distinct }
    let numbered = distinct.enumerated().map { offset, one in
      (numbers[one.value.field] ?? Int.max, offset, one)
    }
    return numbered.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  /// Up to so many values are compared with each other, which costs less than to hash them.
  private static let few = 8

  /// Values without those that say again, in the same line, what another says.
  private static func distinct(_ all: [HitValue]) -> [HitValue] {
    guard all.count <= few else {
      var seen: Set<HitKey> = []
      return all.filter { seen.insert(HitKey(value: $0.value)).inserted }
    }
    var result: [HitValue] = []
    for one in all {
      let key = HitKey(value: one.value)
      if !result.contains(where: { HitKey(value: $0.value) == key }) { result.append(one) }
    }
    return result
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
