internal import KBIngest
internal import KBSchema
internal import Yams

/// Where the values of a configured field come from.
enum FieldExtractor {
  case frontMatter
  case title
  /// Headings of a level; without one, the heading that names the subject.
  case heading(level: Int?)
  case vocabulary(Vocabulary)
  case money(near: [String])
  case quantity(QuantityRule)
  case date(near: [String])
  case pattern(RegularExpression)

  /// The names of all, as `extract:` takes them.
  static let names = [
    "front matter", "title", "heading", "vocabulary", "money", "quantity", "date", "pattern",
  ]

  /// Its name.
  var name: String {
    switch self {
    case .frontMatter: "front matter"
    case .title: "title"
    case .heading: "heading"
    case .vocabulary: "vocabulary"
    case .money: "money"
    case .quantity: "quantity"
    case .date: "date"
    case .pattern: "pattern"
    }
  }

  /// The types that its values can have.
  var types: [FieldType] {
    switch self {
    case .frontMatter, .pattern: FieldType.allCases
    case .title, .heading, .vocabulary: [.keyword, .text]
    case .money, .quantity: [.interval]
    case .date: [.date]
    }
  }

  /// The type of its values where `type:` says nothing; nil where the corpus shows it.
  var naturalType: FieldType? {
    switch self {
    case .frontMatter: nil
    case .title, .heading: .text
    case .vocabulary, .pattern: .keyword
    case .money, .quantity: .interval
    case .date: .date
    }
  }

  var unit: String? { if case .quantity(let rule) = self { rule.unit } else { nil } }
  var isMoney: Bool { if case .money = self { true } else { false } }
  var isFrontMatter: Bool { if case .frontMatter = self { true } else { false } }

  /// Whether it looks for values in the text.
  var searchesProse: Bool {
    switch self {
    case .vocabulary, .money, .quantity, .date, .pattern: true
    case .frontMatter, .title, .heading: false
    }
  }
}

extension ConfigurationParser {
  /// An item of `extract:`: a name, or a name with what it needs.
  mutating func extractor(_ node: Node, _ draft: inout FieldDraft) -> FieldExtractor? {
    if let name = node.scalar?.string { return extractor(name, node, nil, &draft) }
    guard let mapping = node.mapping, mapping.count == 1, let (key, value) = mapping.first else {
      add(node, "extract is the name of one extractor, or a list; \(allowed(FieldExtractor.names))")
      return nil
    }
    return extractor(key.string ?? "", key, value, &draft)
  }

  private mutating func extractor(
    _ name: String, _ key: Node, _ value: Node?, _ draft: inout FieldDraft
  ) -> FieldExtractor? {
    switch Field.normalise(name) {
    case "front-matter", "frontmatter":
      if let value {
        for name in texts(value, "front matter") ?? [] { addAlias(name, &draft) }
      }
      return .frontMatter
    case "title":
      return hasNothing(value, name) ? .title : nil
    case "heading": return heading(value)
    case "vocabulary": return vocabulary(value, key)
    case "money": return options(value, name, ["near"]).map { .money(near: $0["near"] ?? []) }
    case "date": return options(value, name, ["near"]).map { .date(near: $0["near"] ?? []) }
    case "quantity": return quantity(value, key)
    case "pattern", "regular-expression", "regex": return pattern(value, key)
    default:
      let names = FieldExtractor.names
      add(key, "there is no extractor \(name)\(hint(name, names)); \(allowed(names))")
      return nil
    }
  }

  private mutating func hasNothing(_ value: Node?, _ name: String) -> Bool {
    guard let value else { return true }
    add(value, "\(name) stands alone")
    return false
  }

  private mutating func heading(_ value: Node?) -> FieldExtractor? {
    guard let value else { return .heading(level: nil) }
    let level = value.int ?? value.mapping?["level"]?.int
    guard let level, (1...6).contains(level) else {
      add(value, "heading stands alone, or with a level from 1 to 6")
      return nil
    }
    return .heading(level: level)
  }

  /// Keys below an extractor, each with one text or several; nil where something is wrong.
  private mutating func options(
    _ value: Node?, _ name: String, _ names: [String]
  ) -> [String: [String]]? {
    guard let value else { return [:] }
    guard let mapping = value.mapping else {
      add(value, "\(name) stands alone or with keys; \(allowed(names))")
      return nil
    }
    let count = problemCount
    var result: [String: [String]] = [:]
    for (key, value) in mapping {
      let option = key.string ?? ""
      if names.contains(option) {
        result[option] = texts(value, option)
      } else {
        unknown(option, key, among: names)
      }
    }
    return problemCount == count ? result : nil
  }

  private mutating func quantity(_ value: Node?, _ key: Node) -> FieldExtractor? {
    guard let value else {
      add(key, "quantity needs the words of its unit: quantity: [year, years]")
      return nil
    }
    if value.mapping == nil {
      guard let words = texts(value, "quantity") else { return nil }
      return .quantity(QuantityRule(unit: words[0], words: words))
    }
    guard let options = options(value, "quantity", ["words", "near"]) else { return nil }
    guard let words = options["words"], let first = words.first else {
      add(value, "quantity needs the words of its unit: words: [year, years]")
      return nil
    }
    return .quantity(QuantityRule(unit: first, words: words, cues: options["near"] ?? []))
  }

  private mutating func pattern(_ value: Node?, _ key: Node) -> FieldExtractor? {
    let node = value?.mapping?["match"] ?? value
    var ignoresCase = false
    if let mapping = value?.mapping {
      for (key, value) in mapping {
        switch key.string {
        case "match": break
        case "ignore-case":
          guard let isOn = value.bool else {
            add(value, "ignore-case is true or false")
            return nil
          }
          ignoresCase = isOn
        default:
          unknown(key.string ?? "", key, among: ["match", "ignore-case"])
          return nil
        }
      }
    }
    guard let node, let text = node.scalar?.string else {
      add(node ?? key, "pattern is a regular expression: pattern: 'v([0-9]+)'")
      return nil
    }
    do {
      return .pattern(try RegularExpression(text, ignoresCase: ignoresCase))
    } catch {
      add(node, "the regular expression cannot be used: \(error.reason)")
      return nil
    }
  }

  private mutating func vocabulary(_ value: Node?, _ key: Node) -> FieldExtractor? {
    guard let value, let name = value.scalar?.string, !name.isEmpty else {
      add(value ?? key, "vocabulary is the path of a file: a name a line, name = alias; alias")
      return nil
    }
    let place = name.hasPrefix("/") ? name : "\(folder)/\(name)"
    do {
      let entries = try VocabularyFile.entries(try TextFile.read(place))
      return .vocabulary(Vocabulary(entries: entries))
    } catch {
      add(value, "the vocabulary \(name) cannot be used: \(error.reason)")
      return nil
    }
  }
}
