internal import KBSchema

/// The values that a hit shows.
enum HitValues {
  /// All own values, and inherited ones of the fields asked for, in the order of the fields'
  /// numbers, then of the text.
  static func of(
    _ record: Record, _ sheet: SubjectSheet?, asked: Set<String>,
    numbers: FieldNumbers
  ) -> [HitValue] {
    var all = record.facts.flatMap(\.stated).map { HitValue(value: $0, source: .section) }
    for entry in Inheritance.entries(of: sheet, for: record) {
      let source: HitValue.Source = entry.source == .document ? .document : .subject
      all += entry.fact.stated.filter { asked.contains($0.field) }
        .map { HitValue(value: $0, source: source) }
    }
    let distinct = distinct(all)
    guard distinct.count > 1 else { return distinct }
    let keys = distinct.map { numbers[$0.value.field] }
    return keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { distinct[$0] }
  }

  /// Up to so many values are compared with each other, which costs less than to hash them.
  private static let few = 32

  /// Values without those that say again, in the same line, what another says.
  private static func distinct(_ all: [HitValue]) -> [HitValue] {
    guard all.count <= few else {
      var seen: Set<HitKey> = []
      return all.filter { seen.insert(HitKey(value: $0.value)).inserted }
    }
    var result: [HitValue] = []
    for one in all {
      if !result.contains(where: { isSame($0.value, one.value) }) { result.append(one) }
    }
    return result
  }

  private static func isSame(_ a: Value, _ b: Value) -> Bool {
    a.provenance.line == b.provenance.line && a.field == b.field && a.content == b.content
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

/// Numbers of an index's fields by their names. The hits of a search show the same few fields: what was
/// asked for before stands first.
final class FieldNumbers {
  private let schema: Schema
  private var known: [(name: String, number: Int)] = []

  init(_ schema: Schema) { self.schema = schema }

  /// The number of a field; above all others for one that there is not.
  subscript(name: String) -> Int {
    if let entry = known.first(where: { $0.name == name }) { return entry.number }
    let number = schema.fields.first { $0.name == name }?.number ?? Int.max
    known.append((name, number))
    return number
  }
}
