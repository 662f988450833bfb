internal import Glibc
public import KBIngest
internal import KBSchema
internal import Yams

/// What `kbsearch.yaml` says, ready to be used.
public struct Configuration: Sendable {
  /// What the program needs.
  public var settings: IngestSettings
  /// How values are read.
  public var reading: ValueReading
}

/// Reads `kbsearch.yaml`. It is data: no key of it names a program to run.
public enum ConfigurationReader {
  static let keys = [
    "preset", "corpus", "index", "include", "exclude", "hidden", "gitignore", "currency",
    "language",
  ]

  /// The configuration at a path, or the defaults without one; and what is wrong with it, each
  /// problem with file and line.
  public static func read(path: String?) -> (Configuration, [String]) {
    var settings = IngestSettings()
    settings.aliases = CareersReading.aliases
    var problems: [String] = []
    if let path {
      do {
        let text = try contents(path)
        problems = apply(text, path, &settings)
      } catch {
        problems = ["\(path): \(error.reason)"]
      }
    }
    return (Configuration(settings: settings, reading: reading(settings)), problems)
  }

  private static func reading(_ settings: IngestSettings) -> ValueReading {
    guard settings.schema.field(named: "salary") != nil else {
      return ValueReading(read: { _ in ([], []) })
    }
    return CareersReading.reading(currency: settings.schema.currency)
  }

  private static func contents(_ path: String) throws(ReadError) -> String {
    guard let file = fopen(path, "r") else {
      throw ReadError(reason: String(cString: strerror(errno)).lowercased())
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
      guard bytes.count < 16 << 20 else { throw ReadError(reason: "it is too large") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ReadError(reason: "it is not UTF-8")
    }
    return text
  }

  private static func apply(
    _ text: String, _ path: String, _ settings: inout IngestSettings
  ) -> [String] {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      return ["\(path): it is not valid YAML: \(error)"]
    }
    guard let root else { return [] }
    guard let mapping = root.mapping else {
      return [
        "\(path):1: a configuration is a list of keys and values: \(keys.joined(separator: ", "))"
      ]
    }
    var problems: [String] = []
    for (key, value) in mapping {
      let place = "\(path):\(key.mark?.line ?? 1)"
      if let problem = apply(key.string ?? "", value, &settings) {
        problems.append("\(place): \(problem)")
      }
    }
    return problems
  }

  /// Takes over one key; returns what is wrong with it.
  private static func apply(
    _ key: String, _ value: Node, _ settings: inout IngestSettings
  ) -> String? {
    switch key {
    case "preset":
      guard value.string == "careers" || value.string == "none" else {
        return "preset is careers or none"
      }
      if value.string == "none" {
        settings.schema = Schema(fields: Schema.builtinFields)
        settings.aliases = []
      }
    case "corpus": return strings(value, key) { settings.corpus = $0 }
    case "include": return strings(value, key) { settings.include = $0 }
    case "exclude": return strings(value, key) { settings.exclude = $0 }
    case "index":
      guard let folder = value.string else { return "index is the path of a folder" }
      settings.index = folder
    case "hidden": return flag(value, key) { settings.takesHidden = $0 }
    case "gitignore": return flag(value, key) { settings.heedsGitignore = $0 }
    case "currency":
      guard let code = value.string, code.utf8.count == 3, code.uppercased() == code else {
        return "currency is an ISO 4217 code such as USD"
      }
      settings.schema.currency = code
      for var field in settings.schema.fields where field.name == "salary" {
        field.unit = code
        settings.schema.set(field)
      }
    case "language":
      guard let name = value.string else { return "language is a name such as english" }
      settings.schema.language = name
    default:
      return "there is no key \(key); what is allowed: \(keys.joined(separator: ", "))"
    }
    return nil
  }

  private static func strings(
    _ value: Node, _ key: String, _ set: ([String]) -> Void
  ) -> String? {
    if let one = value.string {
      set([one])
      return nil
    }
    let items = value.sequence?.map { $0.string }
    guard let items, items.allSatisfy({ $0 != nil }) else {
      return "\(key) is a text, or a list of texts"
    }
    set(items.compactMap { $0 })
    return nil
  }

  private static func flag(_ value: Node, _ key: String, _ set: (Bool) -> Void) -> String? {
    guard let isOn = value.bool else { return "\(key) is true or false" }
    set(isOn)
    return nil
  }
}
