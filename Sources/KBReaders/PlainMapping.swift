internal import KBIngest

/// Front matter as most files have it: a key and a plain value on every line. The YAML parser takes
/// as long for it as the Markdown parser for the text; it is left what is not plain beyond doubt.
struct PlainMapping {
  /// Keys with their values; a key without one is left out.
  private(set) var entries: [Document.Entry] = []
  /// Every key, to leave to the parser what has one twice.
  private var keys: Set<String> = []

  /// More lines than this are left to the parser, which bounds what it takes.
  private static let mostLines = 1000
  private static let longestKey = 120

  /// Reads lines of a text; nil where they are more than plain keys and values.
  init?(_ lines: SourceLines, _ numbers: Range<Int>) {
    guard numbers.count <= PlainMapping.mostLines else { return nil }
    for number in numbers {
      let line = lines.line(number)
      guard line.isEmpty || read(line, number, lines) else { return nil }
    }
  }

  private mutating func read(
    _ line: ArraySlice<UInt8>, _ number: Int, _ lines: SourceLines
  ) -> Bool {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
      PlainMapping.isKey(line[..<colon])
    else { return false }
    let key = String(decoding: line[..<colon], as: UTF8.self)
    guard keys.insert(key).inserted else { return false }
    let rest = line[(colon + 1)...]
    guard let first = rest.first else { return true }
    let value = rest.drop { $0 == 0x20 }
    guard first == 0x20, PlainMapping.isValue(value) else { return false }
    let text = String(decoding: value, as: UTF8.self)
    guard text != "null" else { return true }
    let column = lines.column(of: value, in: number, from: 0) ?? 0
    let scalar = Document.Entry.Scalar(
      text: text, line: number, columns: column..<column + value.count)
    entries.append(Document.Entry(key: key, values: [scalar]))
    return true
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// Letters and digits with blanks and `.`, `-`, `_` inside, a letter first.
  private static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last, bytes.count <= longestKey,
      (first | 0x20) &- 0x61 < 26, last != 0x20
    else { return false }
    return bytes.allSatisfy {
      isAlphanumeric($0) || $0 == 0x20 || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
    }
  }

  /// Printable ASCII, a letter or digit first, without what begins a value or a comment inside.
  private static func isValue(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, isAlphanumeric(first), bytes.last != 0x20 else { return false }
    var last: UInt8 = 0
    for byte in bytes {
      guard byte &- 0x20 < 0x5F else { return false }
      if last == 0x3A, byte == 0x20 { return false }
      if last == 0x20, byte == 0x23 { return false }
      last = byte
    }
    return last != 0x3A
  }
}
