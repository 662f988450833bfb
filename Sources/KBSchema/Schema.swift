/// The fields that a knowledge base knows, and how its text is analysed. It travels in the index.
public struct Schema: Sendable, Equatable, Codable {
  /// The fields, in the order of their numbers.
  public private(set) var fields: [Field]
  /// The number of the next new field. Numbers of fields that are gone are not given again.
  public private(set) var nextNumber: Int
  /// Currency of a bare number in a pay field, ISO 4217.
  public var currency: String
  /// Language of stemming and stop words, a Snowball name.
  public var language: String

  /// A schema; fields are numbered in the order given.
  public init(fields: [Field], currency: String = "USD", language: String = "english") {
    self.fields = fields
    self.currency = currency
    self.language = language
    nextNumber = fields.count
    for index in self.fields.indices { self.fields[index].number = index }
  }

  /// A schema whose fields have the numbers that an index knows them by.
  init(numbered fields: [Field], nextNumber: Int, currency: String, language: String) {
    self.fields = fields
    self.nextNumber = nextNumber
    self.currency = currency
    self.language = language
  }

  /// Drops a field that nothing states any more.
  public mutating func remove(_ name: String) { fields.removeAll { $0.name == name } }

  /// The fields as they are shown: those that were declared in their order, then what front matter
  /// gave, by name. Their numbers tell what an index met first, which is chance.
  public var listed: [Field] {
    fields.filter { $0.origin != .inferred }
      + fields.filter { $0.origin == .inferred }.sorted { $0.name < $1.name }
  }

  /// The field of that name or alias, compared as `Field.normalise` does.
  public func field(named name: some StringProtocol) -> Field? { field(named: String(name)) }

  /// The same by a whole string.
  public func field(named name: String) -> Field? {
    let key = Field.normalise(name)
    return fields.first { $0.name == key } ?? fields.first { $0.aliases.contains(key) }
  }

  /// Adds a field, or replaces the one of the same name and keeps its number.
  public mutating func set(_ field: Field) {
    var field = field
    if let index = fields.firstIndex(where: { $0.name == field.name }) {
      field.number = fields[index].number
      fields[index] = field
    } else {
      field.number = nextNumber
      nextNumber += 1
      fields.append(field)
    }
  }

  /// The fields that every knowledge base has.
  public static let builtinFields: [Field] = [
    Field(name: "title", type: .text, origin: .builtin),
    Field(name: "heading", type: .text, origin: .builtin, inherits: false),
    Field(name: "path", type: .keyword, origin: .builtin),
    Field(name: "format", type: .keyword, origin: .builtin),
    Field(name: "modified", type: .date, origin: .builtin),
    Field(name: "id", type: .keyword, origin: .builtin, inherits: false),
  ]

  /// The fields of the careers preset.
  public static let careersFields: [Field] = [
    Field(
      name: "role", aliases: ["job", "position", "job-title"], type: .text, origin: .preset,
      tiesFacts: true),
    Field(name: "skill", aliases: ["skills"], type: .keyword, origin: .preset, inherits: false),
    Field(
      name: "salary", aliases: ["pay", "compensation"], type: .interval, unit: "USD",
      origin: .preset, tiesFacts: true),
    Field(name: "bonus", type: .interval, unit: "USD", origin: .preset, inherits: false),
    Field(
      name: "location", aliases: ["place", "locations", "job-location"], type: .keyword,
      origin: .preset, tiesFacts: true),
    Field(
      name: "level", aliases: ["seniority", "seniority-level", "job-level"], type: .keyword,
      origin: .preset, tiesFacts: true),
    Field(
      name: "experience", type: .interval, unit: "years", origin: .preset, tiesFacts: true),
    Field(
      name: "education", aliases: ["degree", "education-level"], type: .keyword, origin: .preset,
      tiesFacts: true),
    Field(
      name: "company", aliases: ["employer", "company-name"], type: .text, origin: .preset,
      tiesFacts: true),
  ]

  /// What an unconfigured folder starts with.
  public static let careers = Schema(fields: builtinFields + careersFields)
}
