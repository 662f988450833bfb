internal import KBIngest

/// Front matter as most files have it: keys with a value on the same line, plain or in quotes, or with
/// a list of such values below. The YAML parser takes as long for it as the Markdown parser for the
/// text; it is left what is not plain beyond doubt.
struct PlainMapping {
  /// Keys with their values; a key without one is left out.
  private(set) var entries: [Document.Entry] = []
  /// Every key, to leave to the parser what has one twice.
  private var keys: Set<String> = []
  /// The key whose list may follow, and how far its items are indented.
  private var list: (key: String, indent: Int?, values: [Document.Entry.Scalar])?

  /// More lines than this are left to the parser, which bounds what it takes.
  private static let mostLines = 1000
  private static let longestKey = 120

  /// Reads lines of a text; nil where they are more than plain keys and values.
  init?(_ lines: SourceLines, _ numbers: Range<Int>) {
    guard numbers.count <= PlainMapping.mostLines else { return nil }
    for number in numbers {
      let line = lines.line(number)
      guard let first = line.first else { continue }
      let isItem = first == 0x20 || first == UInt8(ascii: "-")
      guard isItem ? readItem(line, number, lines) : readKey(line, number, lines) else {
        return nil
      }
    }
    endList()
  }

  private mutating func endList() {
    if let list { add(list.key, list.values) }
    list = nil
  }

  private mutating func add(_ key: String, _ values: [Document.Entry.Scalar]) {
    if !values.isEmpty { entries.append(Document.Entry(key: key, values: values)) }
  }

  /// Reads `key: value`, or `key:` alone; false where the line is neither.
  private mutating func readKey(
    _ line: ArraySlice<UInt8>, _ number: Int, _ lines: SourceLines
  ) -> Bool {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
      PlainMapping.isKey(line[..<colon])
    else { return false }
    let key = String(decoding: line[..<colon], as: UTF8.self)
    guard keys.insert(key).inserted else { return false }
    endList()
    let rest = line[(colon + 1)...]
    guard let first = rest.first else {
      list = (key, nil, [])
      return true
    }
    guard first == 0x20, let values = PlainMapping.scalar(rest, number, lines) else { return false }
    add(key, values)
    return true
  }

  /// Reads `- value` below a key; false where the line is no item of its list.
  private mutating func readItem(
    _ line: ArraySlice<UInt8>, _ number: Int, _ lines: SourceLines
  ) -> Bool {
    let item = line.drop { $0 == 0x20 }
    let indent = item.startIndex - line.startIndex
    guard let current = list, current.indent ?? indent == indent, item.count > 1,
      item[item.startIndex] == UInt8(ascii: "-"), item[item.startIndex + 1] == 0x20,
      let values = PlainMapping.scalar(item.dropFirst(), number, lines)
    else { return false }
    list?.indent = indent
    list?.values += values
    return true
  }

  // MARK: Values

  /// The value behind blanks, none where it says that there is none; nil where it is not plain.
  private static func scalar(
    _ bytes: ArraySlice<UInt8>, _ number: Int, _ lines: SourceLines
  ) -> [Document.Entry.Scalar]? {
    let written = bytes.drop { $0 == 0x20 }
    let quoted = unquoted(written)
    guard let value = quoted ?? (isPlain(written) ? written : nil) else { return nil }
    let text = String(decoding: value, as: UTF8.self)
    guard !text.isEmpty, text != "~", text != "null" else { return [] }
    let column = lines.column(of: value, in: number, from: 0) ?? 0
    return [
      Document.Entry.Scalar(
        text: text, isQuoted: quoted != nil, line: number, columns: column..<column + value.count)
    ]
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  private static func isPrintable(_ byte: UInt8) -> Bool { byte &- 0x20 < 0x5F }

  /// Letters and digits with blanks and `.`, `-`, `_` inside, a letter first.
  private static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last, bytes.count <= longestKey,
      (first | 0x20) &- 0x61 < 26, last != 0x20
    else { return false }
    return bytes.allSatisfy {
      isAlphanumeric($0) || $0 == 0x20 || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
    }
  }

  /// What stands between quotes, where that is all and nothing in it is escaped.
  private static func unquoted(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let quote = bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      bytes.count > 1, bytes.last == quote
    else { return nil }
    let inner = bytes.dropFirst().dropLast()
    let isPlain = inner.allSatisfy { isPrintable($0) && $0 != quote && $0 != UInt8(ascii: "\\") }
    return isPlain ? inner : nil
  }

  /// Printable ASCII, a letter, digit or slash first, without what begins a value or a comment inside.
  private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, isAlphanumeric(first) || first == UInt8(ascii: "/"),
      bytes.last != 0x20
    else { return false }
    var last: UInt8 = 0
    for byte in bytes {
      guard isPrintable(byte) else { return false }
      if last == 0x3A, byte == 0x20 { return false }
      if last == 0x20, byte == 0x23 { return false }
      last = byte
    }
    return last != 0x3A
  }
}
