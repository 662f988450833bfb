internal import KBDiagnostics
internal import KBIngest
internal import KBSchema
internal import Yams

/// Reads the keys of `kbsearch.yaml`, and collects what is wrong with them.
struct ConfigurationParser {
  /// What is allowed at the top.
  static let keys = [
    "preset", "corpus", "index", "include", "exclude", "hidden", "gitignore", "currency",
    "language", "subject", "fields",
  ]

  let path: String
  let folder: String
  var settings = IngestSettings()
  var fields = FieldReading()
  private var noted: [Problem] = []
  private var subject = SubjectRule.auto
  private var isCareers = true

  /// What is wrong, and where (1-based).
  private struct Problem {
    var line: Int
    var column: Int
    var reason: String
  }

  /// How much is wrong so far.
  var problemCount: Int { noted.count }

  /// What is wrong, in the order of the file: `kbsearch.yaml:3:5: reason; what is allowed there`.
  var problems: [String] {
    noted.sorted { ($0.line, $0.column) < ($1.line, $1.column) }.map {
      "\(path):\($0.line):\($0.column): \($0.reason)"
    }
  }

  /// A parser of the file shown as `path`, whose companions lie in `folder`.
  init(path: String, folder: String) {
    self.path = path
    self.folder = folder
    settings.aliases = CareersReading.aliases
  }

  /// What was read.
  var configuration: Configuration {
    Configuration(
      settings: settings,
      reading: fields.reading(currency: settings.schema.currency, isCareers: isCareers),
      subject: subject)
  }

  /// Reads a text.
  mutating func read(_ text: String) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text, .default, .default, .utf8)
    } catch {
      noted.append(ConfigurationParser.syntaxProblem(error, text))
      return
    }
    guard let root, root.scalar?.string.isEmpty != true else { return }
    guard let mapping = root.mapping else {
      add(root, "a configuration is keys with values; \(allowed(ConfigurationParser.keys))")
      return
    }
    // What others rest on comes first, wherever it stands.
    let first = ["preset", "currency", "language", "subject"]
    for name in first {
      for (key, value) in mapping where key.string == name { read(name, key, value) }
    }
    for (key, value) in mapping where !first.contains(key.string ?? "") {
      read(key.string ?? "", key, value)
    }
  }

  // MARK: Keys at the top

  private mutating func read(_ name: String, _ key: Node, _ value: Node) {
    switch name {
    case "preset": readPreset(value)
    case "corpus": strings(value, name) { $0.settings.corpus = $1 }
    case "include": globs(value, name) { $0.settings.include = $1 }
    case "exclude": globs(value, name) { $0.settings.exclude = $1 }
    case "index":
      if let folder = text(value, "index is the path of a folder") { settings.index = folder }
    case "hidden": flag(value, name) { $0.settings.takesHidden = $1 }
    case "gitignore": flag(value, name) { $0.settings.heedsGitignore = $1 }
    case "currency": readCurrency(value)
    case "language": readLanguage(value)
    case "subject": readSubject(value)
    case "fields": readFields(value)
    default: unknown(name, key, among: ConfigurationParser.keys)
    }
  }

  private mutating func readPreset(_ value: Node) {
    guard let name = choice(value, among: ["careers", "none"], of: "preset"), name == "none" else {
      return
    }
    isCareers = false
    settings.schema = Schema(fields: Schema.builtinFields)
    settings.aliases = []
  }

  private mutating func readCurrency(_ value: Node) {
    guard let code = currency(value) else { return }
    settings.schema.currency = code
    for var field in settings.schema.fields where ["salary", "bonus"].contains(field.name) {
      field.unit = code
      settings.schema.set(field)
    }
  }

  /// An ISO 4217 code.
  mutating func currency(_ value: Node) -> String? {
    guard let code = value.string, ConfigurationParser.isCurrency(code) else {
      add(value, "currency is an ISO 4217 code of three capitals, such as USD or EUR")
      return nil
    }
    return code
  }

  static func isCurrency(_ code: String) -> Bool {
    code.utf8.count == 3 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  private static let languages = [
    "none", "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish",
    "french", "german", "hungarian", "indonesian", "irish", "italian", "lithuanian", "nepali",
    "norwegian", "porter", "portuguese", "romanian", "russian", "spanish", "swedish", "tamil",
    "turkish",
  ]

  private mutating func readLanguage(_ value: Node) {
    if let name = choice(value, among: ConfigurationParser.languages, of: "language") {
      settings.schema.language = name
    }
  }

  private mutating func readSubject(_ value: Node) {
    let words = (value.string ?? "").split(separator: " ").map(String.init)
    switch words {
    case ["auto"]: subject = .auto
    case ["document"], ["item"]: subject = .document
    case _ where words.dropLast() == ["heading", "level"]:
      guard let level = Int(words.last ?? ""), (1...6).contains(level) else { fallthrough }
      subject = .heading(level: level)
    default:
      add(value, "subject is auto, document, item, or heading level 1 to heading level 6")
    }
  }

  // MARK: Problems

  /// Notes what is wrong at a node.
  mutating func add(_ node: Node, _ reason: String) {
    let mark = node.mark
    noted.append(
      Problem(line: mark?.line ?? 1, column: mark?.column ?? 1, reason: reason))
  }

  /// Notes a key that is not known, with the names it may have been meant for.
  mutating func unknown(_ name: String, _ key: Node, among names: [String]) {
    let shown = name.isEmpty ? "a key that is no text" : "no key \(name)"
    add(
      key, (name.isEmpty ? shown : "there is \(shown)") + hint(name, names) + "; \(allowed(names))")
  }

  /// ` (did you mean corpus?)`
  func hint(_ name: String, _ names: [String]) -> String {
    let nearest = EditDistance.nearest(to: name, among: names, count: 1)
    return nearest.first.map { " (did you mean \($0)?)" } ?? ""
  }

  func allowed(_ names: [String]) -> String { "allowed here: \(names.joined(separator: ", "))" }

  private static func syntaxProblem(_ error: any Error, _ text: String) -> Problem {
    switch error as? YamlError {
    case .scanner(_, let reason, let mark, _)?, .parser(_, let reason, let mark, _)?,
      .composer(_, let reason, let mark, _)?:
      return Problem(
        line: mark.line, column: mark.column,
        reason: "it is no YAML: \(reason)" + tabHint(text, mark.line))
    case .duplicatedKeysInMapping(let names, let context)?:
      return Problem(
        line: context.mark.line, column: context.mark.column,
        reason: "\(names.sorted().joined(separator: ", ")) stands here twice; each key stands once")
    default: return Problem(line: 1, column: 1, reason: "it is no YAML: \(error)")
    }
  }

  private static func tabHint(_ text: String, _ line: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isTab = [line - 1, line - 2].contains { index in
      lines.indices.contains(index)
        && lines[index].prefix { $0 == " " || $0 == "\t" }.contains("\t")
    }
    return isTab ? "; lines are indented by blanks, never by tabs" : ""
  }

  // MARK: Kinds of values

  /// A text that is not empty.
  mutating func text(_ value: Node, _ expectation: String) -> String? {
    guard let text = value.string, !text.trimmed.isEmpty else {
      add(value, expectation)
      return nil
    }
    return text
  }

  /// One of some names.
  mutating func choice(_ value: Node, among names: [String], of key: String) -> String? {
    if let name = value.string, names.contains(name) { return name }
    let given = value.string ?? ""
    let reason = given.isEmpty ? "\(key) is one word" : "\(given) is no \(key)"
    add(value, "\(reason)\(hint(given, names)); \(allowed(names))")
    return nil
  }

  /// Texts: one, or a list.
  mutating func texts(_ value: Node, _ key: String) -> [String]? {
    if let one = value.scalar?.string, !one.isEmpty { return [one] }
    let items = value.sequence?.map { $0.scalar?.string ?? "" }
    guard let items, !items.isEmpty, items.allSatisfy({ !$0.isEmpty }) else {
      add(value, "\(key) is a text, or a list of texts")
      return nil
    }
    return items
  }

  private mutating func strings(
    _ value: Node, _ key: String, _ set: (inout ConfigurationParser, [String]) -> Void
  ) {
    if let texts = texts(value, key) { set(&self, texts) }
  }

  private mutating func globs(
    _ value: Node, _ key: String, _ set: (inout ConfigurationParser, [String]) -> Void
  ) {
    guard let texts = texts(value, key) else { return }
    for text in texts {
      do {
        _ = try Glob(text)
      } catch {
        add(value, "\(key): \(error.description)")
      }
    }
    set(&self, texts)
  }

  mutating func flag(
    _ value: Node, _ key: String, _ set: (inout ConfigurationParser, Bool) -> Void
  ) {
    guard let isOn = value.bool else {
      add(value, "\(key) is true or false")
      return
    }
    set(&self, isOn)
  }
}
