internal import KBSchema

/// How a configuration's fields are read.
public struct FieldReading: Sendable {
  /// Rules over prose, in order.
  public var rules: [ExtractionRules.Rule] = []
  /// Rules for declared values of interval fields that prose is not searched for.
  public var declaredRules: [ExtractionRules.Rule] = []
  /// Vocabularies by the fields whose values they name.
  public var vocabularies: [String: Vocabulary] = [:]
  /// Fields that the document's title is a value of.
  public var titleFields: [String] = []
  /// Fields that the subject's name is a value of.
  public var subjectFields: [String] = []

  /// No fields.
  public init() {}

  /// The way to read values, beside a preset's.
  ///
  /// - Parameters:
  ///   - currency: Currency of a sum that names none.
  ///   - isCareers: Whether the careers preset's rules apply too, but for fields that are
  ///     configured anew.
  public func reading(currency: String, isCareers: Bool) -> ValueReading {
    let own = Set((rules + declaredRules).map(\.field)).union(vocabularies.keys)
    var all = ExtractionRules(rules: [], currency: currency)
    if isCareers { all.rules = ExtractionRules.careers.rules.filter { !own.contains($0.field) } }
    all.rules += rules
    all.declaredOnly = declaredRules
    var reading = isCareers ? CareersReading.reading(currency: currency) : FieldReading.plain
    let extractors = Extractors(all)
    reading.read = { extractors.read($0) }
    reading.declaredIntervals = { extractors.declaredIntervals($0, $1) }
    reading.titleFields = titleFields
    reading.subjectFields = subjectFields
    let vocabularies = vocabularies
    let preset = reading.canonical
    reading.canonical = { field, text in
      if let vocabulary = vocabularies[field] { return vocabulary.canonical(text) }
      return own.contains(field) ? nil : preset(field, text)
    }
    return reading
  }

  /// Types of front matter, and nothing else.
  private static let plain = ValueReading(
    read: { _ in ([], []) }, date: { DateText.parse($0) }, number: { NumberText.parse($0) })
}
