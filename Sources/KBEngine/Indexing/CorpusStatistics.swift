internal import KBSchema

/// What was seen of all fields, and how many documents: kept in each generation, so that the next
/// run need only add and take out what has changed.
struct CorpusStatistics: Sendable, Equatable {
  var documents = 0
  var sections = 0
  var fields: [String: FieldStatistics] = [:]

  /// Adds what a finished lane counted.
  mutating func add(_ lane: IndexLane) {
    sections += lane.recordCount
    documents += lane.documentCount
    for (name, one) in lane.statistics { fields[name, default: FieldStatistics()].merge(one) }
  }

  /// Takes out what files that are gone added.
  mutating func subtract(_ other: [String: FieldStatistics]) {
    for (name, one) in other { fields[name]?.subtract(one) }
  }

  /// The bytes kept in a generation.
  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.count(IndexFormat.version)
    for number in [documents, sections] { writer.count(number) }
    writer.list(fields.sorted { $0.key < $1.key }) { writer, entry in
      writer.string(entry.key)
      writer.statistics(entry.value)
    }
    return writer.bytes
  }

  init() {}

  /// Reads the bytes; nil if another version of the program wrote them.
  init?(_ bytes: [UInt8]) throws(CodingFailure) {
    var reader = ByteReader(bytes)
    guard try reader.count() == IndexFormat.version else { return nil }
    documents = try reader.count()
    sections = try reader.count()
    let list = try reader.list { inner throws(CodingFailure) in
      (try inner.string(), try inner.statistics())
    }
    fields = Dictionary(list) { first, _ in first }
  }
}

extension FieldStatistics {
  /// Statistics as they were stored.
  init(
    counts: [Kind: Int], examples: [Kind: [Example]], unitSections: [String: Int],
    spread: [UInt32: Int], numbers: [Int], hasFirstExamples: Bool
  ) {
    self.init()
    restore(
      counts: counts, examples: examples, unitSections: unitSections, spread: spread,
      numbers: numbers, hasFirstExamples: hasFirstExamples)
  }

  fileprivate var numbers: [Int] { [sectionCount, longStrings, dayFirstSeen, monthFirstSeen] }
}

extension ByteWriter {
  fileprivate mutating func statistics(_ value: FieldStatistics) {
    list(value.numbers) { $0.count($1) }
    flag(value.hasFirstExamples)
    list(value.counts.sorted { $0.key.rawValue < $1.key.rawValue }) { writer, entry in
      writer.count(entry.key.rawValue)
      writer.count(entry.value)
    }
    list(value.unitSections.sorted { $0.key < $1.key }) { writer, entry in
      writer.string(entry.key)
      writer.count(entry.value)
    }
    list(value.spread.sorted { $0.key < $1.key }) { writer, entry in
      writer.count(Int(entry.key))
      writer.count(entry.value)
    }
    list(value.examples.sorted { $0.key.rawValue < $1.key.rawValue }) { writer, entry in
      writer.count(entry.key.rawValue)
      writer.list(entry.value) { inner, example in
        inner.string(example.path)
        inner.count(example.line)
        inner.string(example.text)
      }
    }
  }
}

extension ByteReader {
  fileprivate mutating func statistics() throws(CodingFailure) -> FieldStatistics {
    let numbers = try list { inner throws(CodingFailure) in try inner.count() }
    let hasFirstExamples = try flag()
    let counts = try list { inner throws(CodingFailure) in
      (try inner.kind(), try inner.count())
    }
    let units = try list { inner throws(CodingFailure) in
      (try inner.string(), try inner.count())
    }
    let spread = try list { inner throws(CodingFailure) in
      (UInt32(clamping: try inner.count()), try inner.count())
    }
    let examples = try list { inner throws(CodingFailure) in
      (
        try inner.kind(),
        try inner.list { deep throws(CodingFailure) in
          FieldStatistics.Example(
            path: try deep.string(), line: try deep.count(), text: try deep.string())
        }
      )
    }
    guard numbers.count == 4 else { throw CodingFailure(reason: "the statistics are cut short") }
    return FieldStatistics(
      counts: Dictionary(counts) { first, _ in first },
      examples: Dictionary(examples) { first, _ in first },
      unitSections: Dictionary(units) { first, _ in first },
      spread: Dictionary(spread) { first, _ in first }, numbers: numbers,
      hasFirstExamples: hasFirstExamples)
  }

  private mutating func kind() throws(CodingFailure) -> FieldStatistics.Kind {
    let kinds = FieldStatistics.Kind.allCases
    return kinds[try count(limit: kinds.count - 1)]
  }
}
