internal import KBSchema

/// The schema's fields as the making of facts asks for them. One object for all documents: it is
/// asked for every value, and passed along with every unit of text.
final class FactFields: Sendable {
  /// What decides how a field's values are bound and lifted.
  struct Traits: Sendable {
    var ties = false
    var inherits = false
    var isInterval = false
    /// An interval of money: pay.
    var isPay = false
    var isPreset = false
    /// The type where it is known beforehand; nil where the corpus shows it.
    var type: FieldType?
  }

  private let traits: [(name: String, traits: Traits)]
  /// Names of the fields that tie facts, in the schema's order.
  let tying: [String]
  /// Whether the schema knows roles at all.
  let knowsRoles: Bool
  /// The field that names the role of a subject.
  static let role = "role"
  /// The field of pay.
  static let pay = "salary"
  /// The field of steps on a ladder: a sentence climbs it ("starts at … and rises to …").
  static let level = "level"

  init(_ schema: Schema) {
    traits = schema.fields.map { ($0.name, FactFields.traits(of: $0)) }
    tying = schema.fields.filter(\.tiesFacts).map(\.name)
    knowsRoles = schema.fields.contains { $0.name == FactFields.role && $0.tiesFacts }
  }

  /// The traits of a field; one that the schema does not know ties and inherits nothing.
  subscript(_ field: String) -> Traits {
    traits.first { $0.name == field }?.traits ?? Traits()
  }

  /// Whether a label of the field holds for one amount only, though it stands before several.
  func climbs(_ field: String) -> Bool {
    field == FactFields.level || self[field].isInterval
  }

  private static func traits(of field: Field) -> Traits {
    let isInterval = field.type == .interval
    return Traits(
      ties: field.tiesFacts, inherits: field.inherits, isInterval: isInterval,
      isPay: isInterval && (field.name == FactFields.pay || isCurrency(field.unit)),
      isPreset: field.origin == .preset, type: field.origin == .inferred ? nil : field.type)
  }

  private static func isCurrency(_ unit: String?) -> Bool {
    guard let unit, unit.utf8.count == 3 else { return false }
    return unit.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }
}
