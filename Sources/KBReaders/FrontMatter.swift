internal import Glibc
internal import KBIngest
internal import TOMLKit
internal import Yams

/// The block of keys at the very start of a file: YAML between `---`, TOML between `+++`.
struct FrontMatter {
  /// Keys with their values.
  var entries: [Document.Entry] = []
  /// The value of `title`.
  var title: String?
  /// Where the body begins: byte, and 1-based line.
  var bodyOffset = 0
  var bodyLine = 1
  /// What is wrong with the block.
  var warnings: [String] = []

  /// More aliases than this in one block are taken for an attack.
  private static let mostNodes = 20_000

  /// Cuts the block off a text.
  static func cut(_ lines: SourceLines) -> FrontMatter {
    let fence = lines.text(1)
    let isTOML = fence.trimmedEnd == "+++"
    guard isTOML || fence.trimmedEnd == "---", lines.count > 1 else { return FrontMatter() }
    let closing = (2...lines.count).first { number in
      guard let first = lines.line(number).first, "-+.".utf8.contains(first) else { return false }
      let text = lines.text(number).trimmedEnd
      return isTOML ? text == "+++" : text == "---" || text == "..."
    }
    guard let closing else { return FrontMatter() }
    var result = FrontMatter()
    result.bodyLine = closing + 1
    result.bodyOffset = closing < lines.starts.count ? lines.starts[closing] : lines.bytes.count
    if !isTOML, let plain = PlainMapping(lines, 2..<closing) {
      result.entries = plain.entries
    } else {
      let text = (2..<closing).map { lines.text($0) }.joined(separator: "\n")
      if isTOML {
        result.readTOML(text, lines, closing)
      } else {
        result.readYAML(text, lines, closing)
      }
    }
    result.title = result.entries.first { $0.key == "title" }?.values.first?.text
    return result
  }

  // MARK: YAML

  private mutating func readYAML(_ text: String, _ lines: SourceLines, _ closing: Int) {
    do {
      guard let root = try Yams.compose(yaml: text, .default, .default, .utf8),
        let mapping = root.mapping
      else {
        if !text.allSatisfy(\.isWhitespace) { scan(lines, closing, separator: ":") }
        return
      }
      var budget = FrontMatter.mostNodes
      for (key, value) in mapping {
        collect(key.string ?? "", value, lines, &budget)
      }
      if budget <= 0 {
        warnings.append("its front matter is too large; the rest of it was left out")
      }
    } catch {
      let place = FrontMatter.line(of: error).map { " on line \($0 + 1)" } ?? ""
      warnings.append(
        "its front matter is not valid YAML\(place); it was read line by line instead")
      scan(lines, closing, separator: ":")
    }
  }

  private static func line(of error: any Error) -> Int? {
    guard let problem = error as? YamlError else { return nil }
    switch problem {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      return mark.line
    default: return nil
    }
  }

  /// Scalars below a node, under keys joined by dots.
  private mutating func collect(
    _ key: String, _ node: Node, _ lines: SourceLines, _ budget: inout Int
  ) {
    budget -= 1
    guard budget > 0, !key.isEmpty else { return }
    switch node {
    case .scalar(let scalar): add(key, [FrontMatter.value(scalar, lines)].compactMap { $0 })
    case .mapping(let mapping):
      for (inner, value) in mapping {
        collect("\(key).\(inner.string ?? "")", value, lines, &budget)
      }
    case .sequence(let sequence):
      var values: [Document.Entry.Scalar] = []
      for item in sequence {
        budget -= 1
        guard budget > 0 else { break }
        if let scalar = item.scalar {
          if let value = FrontMatter.value(scalar, lines) { values.append(value) }
        } else {
          collect(key, item, lines, &budget)
        }
      }
      add(key, values)
    case .alias: break
    }
  }

  private mutating func add(_ key: String, _ values: [Document.Entry.Scalar]) {
    guard !values.isEmpty else { return }
    entries.append(Document.Entry(key: key, values: values))
  }

  private static func value(
    _ scalar: Node.Scalar, _ lines: SourceLines
  ) -> Document.Entry.Scalar? {
    let text = scalar.string
    guard !text.isEmpty, text != "~", text != "null" else { return nil }
    let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
    // The block begins on line 2 of the file, and marks count from 1.
    let number = (scalar.mark?.line ?? 1) + 1
    let first = text.utf8.split(separator: 0x0A).first ?? text.utf8[...]
    let column = lines.column(of: first, in: number, from: 0) ?? 0
    return Document.Entry.Scalar(
      text: text, isQuoted: isQuoted, line: number, columns: column..<column + first.count)
  }

  // MARK: TOML

  private mutating func readTOML(_ text: String, _ lines: SourceLines, _ closing: Int) {
    if !FrontMatter.isTOML(text) {
      warnings.append("its front matter is not valid TOML; it was read line by line instead")
    }
    scan(lines, closing, separator: "=")
  }

  /// Whether a text is TOML. The library stops the process at a header such as `[!`, so those do
  /// not get to it.
  private static func isTOML(_ text: String) -> Bool {
    let hasHostileHeader = text.split(separator: "\n").contains { line in
      let header = line.drop { $0 == " " || $0 == "\t" }
      guard header.first == "[" else { return false }
      let name = header.dropFirst(header.hasPrefix("[[") ? 2 : 1).drop { $0 == " " || $0 == "\t" }
      guard let sign = name.first else { return true }
      return !(sign.isASCII && (sign.isLetter || sign.isNumber || "-_\"']".contains(sign)))
    }
    return !hasHostileHeader && (try? TOMLTable(string: text)) != nil
  }

  // MARK: Line by line

  /// `key: value` and `key = value` lines, lists in brackets and by dashes, `[table]` headers.
  private mutating func scan(_ lines: SourceLines, _ closing: Int, separator: Character) {
    var table = ""
    var key = ""
    for number in 2..<max(2, closing) {
      let line = lines.text(number)
      let trimmed = line.trimmed
      guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
      if separator == "=", trimmed.hasPrefix("["), trimmed.hasSuffix("]") {
        table = trimmed.filter { $0 != "[" && $0 != "]" }.trimmed + "."
      } else if trimmed.hasPrefix("- "), !key.isEmpty {
        add(key, FrontMatter.plain(String(trimmed.dropFirst(2)), number, lines))
      } else if let place = trimmed.firstIndex(of: separator) {
        key = table + String(trimmed[..<place]).trimmed.filter { $0 != "\"" }
        let value = String(trimmed[trimmed.index(after: place)...]).trimmed
        if !value.isEmpty { add(key, FrontMatter.plain(value, number, lines)) }
      }
    }
  }

  private static func plain(
    _ text: String, _ number: Int, _ lines: SourceLines
  ) -> [Document.Entry.Scalar] {
    if text.hasPrefix("["), text.hasSuffix("]") {
      return split(text.dropFirst().dropLast()).flatMap { plain($0.trimmed, number, lines) }
    }
    let quote = text.first == "\"" || text.first == "'" ? text.first : nil
    var value = text
    if let quote, let end = text.dropFirst().firstIndex(of: quote) {
      value = String(text[text.index(after: text.startIndex)..<end])
    }
    guard !value.isEmpty else { return [] }
    let column = lines.column(of: value.utf8, in: number, from: 0) ?? 0
    return [
      Document.Entry.Scalar(
        text: value, isQuoted: quote != nil, line: number,
        columns: column..<column + value.utf8.count)
    ]
  }

  /// Parts between commas that stand outside quotes.
  private static func split(_ text: Substring) -> [String] {
    var parts = [""]
    var quote: Character?
    for sign in text {
      if sign == quote {
        quote = nil
      } else if quote == nil, sign == "\"" || sign == "'" {
        quote = sign
      }
      if sign == ",", quote == nil {
        parts.append("")
      } else {
        parts[parts.count - 1].append(sign)
      }
    }
    return parts
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    // Most texts have no white space at their ends.
    if let first = first?.asciiValue, let last = last?.asciiValue, first > 0x20, last > 0x20 {
      return String(self)
    }
    return String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// Without white space at the end.
  var trimmedEnd: String {
    var end = endIndex
    while end > startIndex, self[index(before: end)].isWhitespace { end = index(before: end) }
    return String(self[startIndex..<end])
  }

  /// Whether the bytes of `part` stand in it. Much quicker than `contains`, which compares characters;
  /// the same for signs that no mark combines with.
  func holds(_ part: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount)
    let found = utf8.withContiguousStorageIfAvailable { $0.firstIndex(of: wanted, from: 0) != nil }
    return found ?? contains(String(describing: part))
  }
}
