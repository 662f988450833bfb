/// The schema as an index carries it: fields with their final types, and where values stand.
public struct IndexSchema: Sendable, Equatable {
  /// Fields and analysis.
  public var schema: Schema
  /// Value slots in use.
  public var slots: SlotTable
  /// Path of the knowledge base's root when the index was built, to tell stale files.
  public var root: String
  /// Files indexed.
  public var documentCount: Int
  /// Unit codes seen of each interval field, by field number, with the sections that hold them.
  public var units: [Int: [String: Int]] {
    get {
      var result: [Int: [String: Int]] = [:]
      for entry in unitEntries { result[entry.field, default: [:]][entry.unit] = entry.sections }
      return result
    }
    set { unitEntries = IndexSchema.entries(newValue) }
  }

  private struct UnitEntry: Sendable, Equatable {
    var field: Int
    var unit: String
    var sections: Int
  }

  /// In the order of fields and codes; dictionaries are made where they are asked for.
  private var unitEntries: [UnitEntry] = []

  private static func entries(_ units: [Int: [String: Int]]) -> [UnitEntry] {
    units.sorted { $0.key < $1.key }.flatMap { field, units in
      units.sorted { $0.key < $1.key }
        .map { UnitEntry(field: field, unit: $0.key, sections: $0.value) }
    }
  }

  /// Unit codes seen of a field, sorted.
  public func units(of field: Int) -> [String] {
    unitEntries.filter { $0.field == field }.map(\.unit)
  }

  /// Whether sections are numbered in the order of their places: then hits that score alike need
  /// not be sorted. So after a full build; what is added later stands at the end.
  public var isInPlaceOrder = false

  /// A schema for an index.
  public init(
    schema: Schema, slots: SlotTable = SlotTable(), root: String = "", documentCount: Int = 0,
    units: [Int: [String: Int]] = [:]
  ) {
    self.schema = schema
    self.slots = slots
    self.root = root
    self.documentCount = documentCount
    if !units.isEmpty { unitEntries = IndexSchema.entries(units) }
  }

  /// The bytes stored in the index.
  public var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.count(IndexFormat.version)
    writer.string(schema.currency)
    writer.string(schema.language)
    writer.string(root)
    writer.count(documentCount)
    writer.count(schema.nextNumber)
    writer.flag(isInPlaceOrder)
    writer.list(schema.fields) { writer, field in
      writer.count(field.number)
      writer.field(field)
    }
    writer.list(slots.entries.sorted { $0.number < $1.number }) { writer, slot in
      writer.slot(slot.key)
      writer.count(Int(slot.number))
    }
    writer.list(units.sorted { $0.key < $1.key }) { writer, entry in
      writer.count(entry.key)
      writer.list(entry.value.sorted { $0.key < $1.key }) { inner, unit in
        inner.string(unit.key)
        inner.count(unit.value)
      }
    }
    return writer.bytes
  }

  /// Reads the stored bytes; nil if they are of another format version.
  public static func decode(_ bytes: [UInt8]) throws(CodingFailure) -> IndexSchema? {
    var reader = ByteReader(bytes)
    guard try reader.count() == IndexFormat.version else { return nil }
    let currency = try reader.string()
    let language = try reader.string()
    let root = try reader.string()
    let documents = try reader.count()
    let nextNumber = try reader.count()
    let isInPlaceOrder = try reader.flag()
    let fields = try reader.list { inner throws(CodingFailure) in
      let number = try inner.count()
      var field = try inner.field()
      field.number = number
      return field
    }
    let slots = try reader.list { inner throws(CodingFailure) in
      SlotTable.Entry(
        key: try inner.slot(), number: UInt32(truncatingIfNeeded: try inner.unsigned()))
    }
    var units: [UnitEntry] = []
    for _ in 0..<(try reader.count(limit: 1 << 20)) {
      let field = try reader.count()
      units += try reader.list { inner throws(CodingFailure) in
        UnitEntry(field: field, unit: try inner.string(), sections: try inner.count())
      }
    }
    var index = IndexSchema(
      schema: Schema(
        numbered: fields, nextNumber: nextNumber, currency: currency, language: language),
      slots: SlotTable(slots), root: root, documentCount: documents)
    index.unitEntries = units
    index.isInPlaceOrder = isInPlaceOrder
    return index
  }
}

extension ByteWriter {
  mutating func field(_ field: Field) {
    string(field.name)
    list(field.aliases) { $0.string($1) }
    count(FieldType.allCases.firstIndex(of: field.type) ?? 0)
    optional(field.unit) { $0.string($1) }
    count(Field.Origin.allCases.firstIndex(of: field.origin) ?? 0)
    flag(field.inherits)
    flag(field.tiesFacts)
    optional(field.dayFirst) { $0.flag($1) }
    count(field.sectionCount)
    list(field.conflicts) { writer, conflict in
      writer.string(conflict.reason)
      writer.list(conflict.examples) { $0.string($1) }
    }
  }

  mutating func slot(_ key: SlotKey) {
    count(key.field)
    string(key.unit)
    count(SlotKind.allCases.firstIndex(of: key.kind) ?? 0)
    string(key.family?.rawValue ?? "")
    count(key.index)
  }
}

extension ByteReader {
  mutating func field() throws(CodingFailure) -> Field {
    let name = try string()
    let aliases = try list { inner throws(CodingFailure) in try inner.string() }
    let type = FieldType.allCases[try count(limit: FieldType.allCases.count - 1)]
    let unit = try optional { inner throws(CodingFailure) in try inner.string() }
    let origin = Field.Origin.allCases[try count(limit: Field.Origin.allCases.count - 1)]
    let inherits = try flag()
    let tiesFacts = try flag()
    let dayFirst = try optional { inner throws(CodingFailure) in try inner.flag() }
    let sections = try count()
    let conflicts = try list { inner throws(CodingFailure) in
      Field.Conflict(
        reason: try inner.string(),
        examples: try inner.list { deep throws(CodingFailure) in try deep.string() })
    }
    return Field(
      name: name, aliases: aliases, type: type, unit: unit, origin: origin, inherits: inherits,
      tiesFacts: tiesFacts, dayFirst: dayFirst, sectionCount: sections, conflicts: conflicts)
  }

  mutating func slot() throws(CodingFailure) -> SlotKey {
    let field = try count()
    let unit = try string()
    let kinds = SlotKind.allCases
    let kind = try count(limit: kinds.count - 1)
    let family = IndexFormat.Family(rawValue: try string())
    return SlotKey(
      field: field, unit: unit, kind: kinds[kind], family: family, index: try count())
  }
}
