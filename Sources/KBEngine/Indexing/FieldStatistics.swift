internal import Glibc
internal import KBSchema

/// What was seen of one field's values while records were indexed: enough to infer its type.
/// One a lane; lanes are merged at the end, and the result does not depend on their order. What a
/// file that is gone added can be taken out again.
struct FieldStatistics: Sendable, Equatable {
  /// Kinds of content that tell types apart.
  enum Kind: Int, CaseIterable {
    case string, number, date, ambiguousDate, interval
  }

  /// A place where a kind was seen, ordered so that merging is deterministic.
  struct Example: Sendable, Hashable, Comparable {
    var path: String
    var line: Int
    var text: String

    static func < (a: Example, b: Example) -> Bool {
      (a.path, a.line, a.text) < (b.path, b.line, b.text)
    }

    var description: String { "\(path):\(line): \(text)" }
  }

  private(set) var counts: [Kind: Int] = [:]
  private(set) var examples: [Kind: [Example]] = [:]
  private(set) var unitSections: [String: Int] = [:]
  private(set) var sectionCount = 0
  private(set) var longStrings = 0
  /// How many strings fell into each of `buckets`, by their hashes.
  private(set) var spread: [UInt32: Int] = [:]
  /// Dates like `25/12/2024`, which show the order: with the day first, with the month first.
  private(set) var dayFirstSeen = 0
  private(set) var monthFirstSeen = 0
  /// Whether `examples` are the first of all: not after one of them was taken out.
  private(set) var hasFirstExamples = true

  private static let exampleLimit = 3
  private static let buckets = 1 << 17
  /// Strings of more words or bytes than this read as text rather than as a name.
  private static let longestName = 60

  /// About how many distinct strings were seen: linear counting (Whang, Vander-Zanden, Taylor
  /// 1990), exact for the few that matter.
  var distinctCount: Int {
    let buckets = Double(FieldStatistics.buckets)
    let empty = max(buckets - Double(spread.count), 1)
    return Int((-buckets * log(empty / buckets)).rounded())
  }

  /// Counts a declared or extracted value once a document; its distinct strings where the type of
  /// the field is to be inferred.
  mutating func count(_ value: Value, path: String, isInferred: Bool) {
    let kind = FieldStatistics.kind(of: value.content)
    counts[kind, default: 0] += 1
    if mayKeep(path, value.provenance.line, for: kind) {
      let text = String(value.provenance.text.prefix(80))
      keep(Example(path: path, line: value.provenance.line, text: text), for: kind)
    }
    if case .string(let text) = value.content {
      if text.utf8.count > FieldStatistics.longestName { longStrings += 1 }
      if isInferred {
        spread[UInt32(stableHash(text) % UInt64(FieldStatistics.buckets)), default: 0] += 1
      }
    }
    countDateOrder(value)
  }

  /// Counts sections that hold values of the field, and the units of their intervals.
  mutating func countSections(_ count: Int, units: Set<String>) {
    sectionCount += count
    for unit in units { unitSections[unit, default: 0] += count }
  }

  /// Adds what another lane saw.
  mutating func merge(_ other: FieldStatistics) {
    counts.merge(other.counts, uniquingKeysWith: +)
    unitSections.merge(other.unitSections, uniquingKeysWith: +)
    sectionCount += other.sectionCount
    longStrings += other.longStrings
    dayFirstSeen += other.dayFirstSeen
    monthFirstSeen += other.monthFirstSeen
    spread.merge(other.spread, uniquingKeysWith: +)
    hasFirstExamples = hasFirstExamples && other.hasFirstExamples
    for (kind, list) in other.examples {
      for example in list { keep(example, for: kind) }
    }
  }

  /// Takes out what was added before.
  mutating func subtract(_ other: FieldStatistics) {
    FieldStatistics.subtract(&counts, other.counts)
    FieldStatistics.subtract(&unitSections, other.unitSections)
    FieldStatistics.subtract(&spread, other.spread)
    sectionCount -= other.sectionCount
    longStrings -= other.longStrings
    dayFirstSeen -= other.dayFirstSeen
    monthFirstSeen -= other.monthFirstSeen
    for (kind, list) in other.examples {
      let gone = Set(list)
      let left = examples[kind]?.filter { !gone.contains($0) } ?? []
      if left.count != examples[kind]?.count ?? 0 { hasFirstExamples = false }
      examples[kind] = left.isEmpty ? nil : left
    }
  }

  private static func subtract<Key>(_ counts: inout [Key: Int], _ other: [Key: Int]) {
    for (key, count) in other {
      let left = (counts[key] ?? 0) - count
      counts[key] = left > 0 ? left : nil
    }
  }

  /// Takes over the examples of a count of everything.
  mutating func takeExamples(of other: FieldStatistics) {
    examples = other.examples
    hasFirstExamples = true
  }

  /// Whether an example of that place may be among the first: most are not, and need not be made.
  private func mayKeep(_ path: String, _ line: Int, for kind: Kind) -> Bool {
    guard let list = examples[kind], list.count >= FieldStatistics.exampleLimit,
      let last = list.last
    else { return true }
    return (path, line) <= (last.path, last.line)
  }

  private mutating func keep(_ example: Example, for kind: Kind) {
    var list = examples[kind] ?? []
    guard !list.contains(example) else { return }
    list.append(example)
    list.sort()
    examples[kind] = Array(list.prefix(FieldStatistics.exampleLimit))
  }

  /// A date written with slashes shows the order if one of its first two numbers is above 12.
  private mutating func countDateOrder(_ value: Value) {
    guard case .date = value.content else { return }
    let numbers = value.provenance.text.utf8.split(separator: UInt8(ascii: "/")).map {
      Int(String(decoding: $0, as: UTF8.self)) ?? 0
    }
    guard numbers.count == 3, numbers[0] <= 31, numbers[1] <= 31 else { return }
    if numbers[0] > 12 { dayFirstSeen += 1 }
    if numbers[1] > 12 { monthFirstSeen += 1 }
  }

  private func stableHash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// Takes over what was stored; `numbers` are sections, long strings, dates with the day first and
  /// with the month first.
  mutating func restore(
    counts: [Kind: Int], examples: [Kind: [Example]], unitSections: [String: Int],
    spread: [UInt32: Int], numbers: [Int], hasFirstExamples: Bool
  ) {
    self.counts = counts
    self.examples = examples
    self.unitSections = unitSections
    self.spread = spread
    (sectionCount, longStrings) = (numbers[0], numbers[1])
    (dayFirstSeen, monthFirstSeen) = (numbers[2], numbers[3])
    self.hasFirstExamples = hasFirstExamples
  }

  static func kind(of content: ValueContent) -> Kind {
    switch content {
    case .string: .string
    case .number: .number
    case .date: .date
    case .ambiguousDate: .ambiguousDate
    case .interval: .interval
    }
  }
}

/// Settles the type of a front-matter field over the whole corpus.
enum TypeInference {
  /// `field` with its inferred type and the conflicts that were seen.
  static func settle(_ field: Field, _ seen: FieldStatistics) -> Field {
    var field = field
    field.sectionCount = seen.sectionCount
    guard field.origin == .inferred else {
      field.conflicts = strays(of: field, seen)
      return field
    }
    field.dayFirst = nil
    field.conflicts = []
    let strings = seen.counts[.string] ?? 0
    let numbers = seen.counts[.number] ?? 0
    let ambiguous = seen.counts[.ambiguousDate] ?? 0
    let dates = (seen.counts[.date] ?? 0) + ambiguous
    let total = strings + numbers + dates
    guard total > 0 else { return field }
    if dates == total {
      field.type = .date
    } else if numbers == total {
      field.type = .number
    } else {
      field.type = stringType(seen, strings: strings)
    }
    field.conflicts = conflicts(seen, type: field.type, total: total)
    if ambiguous > 0 { settleDateOrder(&field, seen) }
    return field
  }

  private static func stringType(_ seen: FieldStatistics, strings: Int) -> FieldType {
    let areLong = seen.longStrings * 5 > strings
    let recur = seen.distinctCount * 10 <= strings * 9 || strings < 20
    return areLong || (!recur && seen.longStrings * 20 > strings) ? .text : .keyword
  }

  private static func conflicts(
    _ seen: FieldStatistics, type: FieldType, total: Int
  ) -> [Field.Conflict] {
    guard type == .keyword || type == .text else { return [] }
    return [FieldStatistics.Kind.number, .date].compactMap { kind in
      let count = seen.counts[kind] ?? 0
      guard count * 2 > total else { return nil }
      let others = FieldStatistics.Kind.allCases.filter { $0 != kind }
        .flatMap { seen.examples[$0] ?? [] }.sorted().prefix(3).map(\.description)
      let name = kind == .number ? "numbers" : "dates"
      return Field.Conflict(
        reason: "\(count) of \(total) values are \(name), the others are not: indexed as \(type)",
        examples: Array(others))
    }
  }

  /// Declared values that do not read as the type that their field is given.
  private static func strays(of field: Field, _ seen: FieldStatistics) -> [Field.Conflict] {
    let expected: [FieldStatistics.Kind: String]
    switch field.type {
    case .number: expected = [.number: "numbers"]
    case .date: expected = [.date: "dates", .ambiguousDate: "dates"]
    case .interval: expected = [.interval: "amounts"]
    case .text, .keyword: return []
    }
    let stray = FieldStatistics.Kind.allCases.filter { expected[$0] == nil }
    let count = stray.reduce(0) { $0 + (seen.counts[$1] ?? 0) }
    guard count > 0 else { return [] }
    let total = seen.counts.values.reduce(0, +)
    let examples = stray.flatMap { seen.examples[$0] ?? [] }.sorted().prefix(3)
    return [
      Field.Conflict(
        reason: "\(count) of \(total) values are no \(expected.values.first ?? "values") and "
          + "satisfy no comparison",
        examples: examples.map(\.description))
    ]
  }

  private static func settleDateOrder(_ field: inout Field, _ seen: FieldStatistics) {
    if seen.dayFirstSeen > 0, seen.monthFirstSeen == 0 {
      field.dayFirst = true
    } else if seen.monthFirstSeen > 0, seen.dayFirstSeen == 0 {
      field.dayFirst = false
    } else {
      field.conflicts.append(
        Field.Conflict(
          reason: "the corpus does not show whether the day or the month stands first",
          examples: (seen.examples[.ambiguousDate] ?? []).map(\.description)))
    }
  }
}
