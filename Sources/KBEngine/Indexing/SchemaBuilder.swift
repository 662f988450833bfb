internal import KBSchema
internal import Synchronization

/// Numbers fields and value slots while several lanes index at once.
///
/// Each number is given once and never changes within a build; lanes keep copies and ask only for
/// what they have not seen.
final class SchemaBuilder: Sendable {
  private struct State {
    var schema: Schema
    var slots = SlotTable()
  }

  private let state: Mutex<State>

  /// Starts from the fields that are known beforehand.
  init(_ schema: Schema, slots: SlotTable = SlotTable()) {
    state = Mutex(State(schema: schema, slots: slots))
  }

  /// The field of that name; a new one is noted as inferred.
  func field(named name: String) -> Field {
    state.withLock { state in
      if let known = state.schema.field(named: name) { return known }
      state.schema.set(Field(name: name, type: .keyword, origin: .inferred))
      return state.schema.field(named: name) ?? Field(name: name, type: .keyword, origin: .inferred)
    }
  }

  /// The slot of a key.
  func slot(for key: SlotKey) -> UInt32 { state.withLock { $0.slots.number(for: key) } }

  /// The schema with final types, and the slots in use. An inferred field that nothing states any
  /// more is dropped.
  func finish(_ seen: [String: FieldStatistics], root: String, documents: Int) -> IndexSchema {
    state.withLock { state in
      var schema = state.schema
      var units: [Int: [String: Int]] = [:]
      for field in state.schema.fields {
        let statistics = seen[field.name] ?? FieldStatistics()
        if field.origin == .inferred, statistics.counts.isEmpty {
          schema.remove(field.name)
          continue
        }
        schema.set(TypeInference.settle(field, statistics))
        if !statistics.unitSections.isEmpty { units[field.number] = statistics.unitSections }
      }
      return IndexSchema(
        schema: schema, slots: state.slots, root: root, documentCount: documents, units: units)
    }
  }
}

/// What indexing asks of a field for each of its values.
struct IndexedField {
  let number: Int
  let type: FieldType
  let origin: Field.Origin
  let tiesFacts: Bool
  let isRole: Bool

  init(_ field: Field) {
    number = field.number
    type = field.type
    origin = field.origin
    tiesFacts = field.tiesFacts
    isRole = field.name == "role"
  }
}

/// A lane's own view of the builder, without locks for what it has seen.
struct SchemaCache {
  private let builder: SchemaBuilder
  private var fields: [String: IndexedField] = [:]
  private var nameSlots: [Int: UInt32] = [:]
  private var slots: [SlotKey: UInt32] = [:]
  private var names: [Int: String] = [:]

  init(_ builder: SchemaBuilder) { self.builder = builder }

  mutating func field(named name: String) -> IndexedField {
    if let known = fields[name] { return known }
    let field = builder.field(named: name)
    let indexed = IndexedField(field)
    fields[name] = indexed
    names[field.number] = field.name
    return indexed
  }

  /// The slot of a field's name.
  mutating func nameSlot(of field: Int) -> UInt32 {
    if let known = nameSlots[field] { return known }
    let slot = builder.slot(for: SlotKey(field: field, kind: .name))
    nameSlots[field] = slot
    return slot
  }

  /// The name of a field that was asked for before.
  func name(of number: Int) -> String? { names[number] }

  mutating func slot(for key: SlotKey) -> UInt32 {
    if let known = slots[key] { return known }
    let slot = builder.slot(for: key)
    slots[key] = slot
    return slot
  }
}
