internal import KBIngest
internal import KBSchema
internal import Yams

/// A field of `kbsearch.yaml` while it is read.
struct FieldDraft {
  var field: Field
  /// Whether `type:` says so, rather than the extractor.
  var isTyped = false
  var extractors: [(extractor: FieldExtractor, node: Node)] = []
  var inherits: Bool?
  var ties: Bool?
}

extension ConfigurationParser {
  static let fieldKeys = ["type", "unit", "aliases", "inherit", "tie", "extract"]

  /// `fields:`
  mutating func readFields(_ value: Node) {
    guard let mapping = value.mapping else {
      add(
        value,
        "fields holds names of fields with their keys; \(allowed(ConfigurationParser.fieldKeys))")
      return
    }
    var seen: Set<String> = []
    for (key, body) in mapping {
      let name = Field.normalise(key.string ?? "")
      if name.isEmpty {
        add(key, "the name of a field is made of letters and digits")
      } else if Schema.builtinFields.contains(where: { $0.name == name }) {
        add(key, "\(name) is a field that every knowledge base has; give this one another name")
      } else if !seen.insert(name).inserted {
        add(key, "the field \(name) stands here twice; names compare without case and signs")
      } else {
        readField(name, key, body)
      }
    }
  }

  private mutating func readField(_ name: String, _ key: Node, _ body: Node) {
    guard let mapping = body.mapping else {
      add(
        body.mark == nil ? key : body,
        "a field holds keys; \(allowed(ConfigurationParser.fieldKeys))")
      return
    }
    let known = settings.schema.fields.first { $0.name == name }
    var draft = FieldDraft(field: known ?? Field(name: name, type: .keyword, origin: .configured))
    draft.field.origin = .configured
    if known != nil { draft.isTyped = true }
    let count = problemCount
    for (key, value) in mapping { read(key.string ?? "", key, value, &draft) }
    settle(&draft, key)
    checkNames(draft, key)
    guard problemCount == count else { return }
    take(draft)
  }

  private mutating func read(
    _ name: String, _ key: Node, _ value: Node, _ draft: inout FieldDraft
  ) {
    switch name {
    case "type":
      let names = FieldType.allCases.map(\.rawValue)
      if let type = choice(value, among: names, of: name).flatMap(FieldType.init) {
        draft.field.type = type
        draft.isTyped = true
      }
    case "unit":
      draft.field.unit = text(value, "unit is a currency such as USD, or a word such as years")
    case "aliases":
      for alias in texts(value, name) ?? [] { addAlias(alias, &draft) }
    case "inherit":
      guard let isOn = value.bool else { return add(value, "inherit is true or false") }
      draft.inherits = isOn
    case "tie":
      guard let isOn = value.bool else { return add(value, "tie is true or false") }
      draft.ties = isOn
    case "extract":
      for node in value.sequence.map({ Array($0) }) ?? [value] {
        if let extractor = extractor(node, &draft) { draft.extractors.append((extractor, node)) }
      }
    default: unknown(name, key, among: ConfigurationParser.fieldKeys)
    }
  }

  /// Another name of a field.
  func addAlias(_ alias: String, _ draft: inout FieldDraft) {
    let alias = Field.normalise(alias)
    guard !alias.isEmpty, alias != draft.field.name, !draft.field.aliases.contains(alias) else {
      return
    }
    draft.field.aliases.append(alias)
  }

  /// A query must know which field a name means.
  private mutating func checkNames(_ draft: FieldDraft, _ key: Node) {
    for other in settings.schema.fields where other.name != draft.field.name {
      let taken = Set([other.name]).union(other.origin == .preset ? [] : other.aliases)
      if let name = draft.field.aliases.first(where: taken.contains) {
        add(key, "\(name) is a name of the field \(other.name) already")
      }
    }
  }

  // MARK: Settling

  /// Gives a field the type of its extractors, and checks that the two agree.
  private mutating func settle(_ draft: inout FieldDraft, _ key: Node) {
    let natural = draft.extractors.lazy.compactMap { $0.extractor.naturalType }.first
    if !draft.isTyped {
      if let natural {
        draft.field.type = natural
      } else if draft.field.unit != nil {
        draft.field.type = .interval
      } else if draft.extractors.allSatisfy({ $0.extractor.isFrontMatter }) {
        draft.field.origin = .inferred
      }
    }
    let type = draft.field.type
    for (extractor, node) in draft.extractors where !extractor.types.contains(type) {
      let names = extractor.types.map(\.rawValue).joined(separator: " or ")
      add(node, "\(extractor.name) gives values of type \(names), not \(type.rawValue)")
    }
    checkUnit(draft, key)
    if draft.field.unit == nil, type == .interval {
      draft.field.unit = draft.extractors.lazy.compactMap { $0.extractor.unit }.first
      if draft.field.unit == nil {
        if draft.extractors.contains(where: { $0.extractor.isMoney }) {
          draft.field.unit = settings.schema.currency
        } else {
          add(key, "an interval has a unit: a currency such as USD, or a word such as years")
        }
      }
    }
    let isSought = draft.extractors.contains { $0.extractor.searchesProse }
    draft.field.inherits = draft.inherits ?? true
    draft.field.tiesFacts = draft.ties ?? (isSought && draft.field.type != .text)
  }

  private mutating func checkUnit(_ draft: FieldDraft, _ key: Node) {
    guard let unit = draft.field.unit else { return }
    if draft.field.type != .interval && draft.field.type != .number {
      add(key, "a unit belongs to a field of type interval or number")
    } else if draft.extractors.contains(where: { $0.extractor.isMoney }),
      !ConfigurationParser.isCurrency(unit)
    {
      add(key, "the unit of money is a currency of three capitals such as USD, not \(unit)")
    }
  }

  private mutating func take(_ draft: FieldDraft) {
    settings.schema.set(draft.field)
    let name = draft.field.name
    settings.aliases.removeAll { $0.field == name && !draft.extractors.isEmpty }
    for (extractor, _) in draft.extractors { take(extractor, draft.field) }
    guard draft.field.type == .interval, let unit = draft.field.unit,
      !fields.rules.contains(where: { $0.field == name })
    else { return }
    let kind: ExtractionRules.Kind =
      ConfigurationParser.isCurrency(unit)
      ? .money(cues: [], currency: unit) : .quantity(QuantityRule(unit: unit, words: [unit]))
    fields.declaredRules.append(.init(field: name, kind: kind))
  }

  private mutating func take(_ extractor: FieldExtractor, _ field: Field) {
    func rule(_ kind: ExtractionRules.Kind) {
      fields.rules.append(.init(field: field.name, kind: kind))
    }
    switch extractor {
    case .frontMatter: break
    case .title: fields.titleFields.append(field.name)
    case .heading(nil): fields.subjectFields.append(field.name)
    case .heading(let level?): rule(.headings(level: level))
    case .money(let near): rule(.money(cues: near, currency: field.unit))
    case .quantity(var quantity):
      quantity.unit = field.unit ?? quantity.unit
      rule(.quantity(quantity))
    case .date(let near): rule(.date(cues: near))
    case .pattern(let pattern):
      rule(.pattern(PatternRule(pattern: pattern, type: field.type)))
    case .vocabulary(let vocabulary):
      fields.vocabularies[field.name] = vocabulary
      rule(.vocabulary(vocabulary))
      // Names stand among their spellings, so that another list makes another index.
      settings.aliases += vocabulary.entries.map {
        AliasEntry(field: field.name, alias: $0.name, canonical: $0.name)
      }
      settings.aliases += vocabulary.aliases.map {
        AliasEntry(field: field.name, alias: $0.alias, canonical: $0.name)
      }
    }
  }
}
