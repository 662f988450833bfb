internal import KBIngest
internal import KBSchema

/// Reads one line of JSON as an item: nested keys joined by dots, lists as several data.
struct JSONItem {
  /// What is wrong with a line.
  struct Problem: Error {
    var reason: String
    /// 1-based column in bytes.
    var column: Int
  }

  private let bytes: [UInt8]
  private let start: Int
  private let end: Int
  private let line: Int
  private var index: Int
  private var columns: [Item.Column] = []
  private var positions: [String: Int] = [:]

  private static let deepest = 64
  private static let mostData = 10_000

  private init(_ bytes: [UInt8], _ range: Range<Int>, line: Int) {
    self.bytes = bytes
    self.line = line
    start = range.lowerBound
    end = range.upperBound
    index = range.lowerBound
  }

  /// The item that makes up a range of bytes, which is one line.
  static func read(
    _ bytes: [UInt8], _ range: Range<Int>, line: Int
  ) throws(Problem) -> Item {
    var reader = JSONItem(bytes, range, line: line)
    reader.skipBlanks()
    guard reader.peek == UInt8(ascii: "{") else {
      throw reader.problem("it is no object: each line holds one { … }")
    }
    try reader.object("", depth: 0)
    reader.skipBlanks()
    guard reader.index == reader.end else {
      throw reader.problem("something stands behind the object")
    }
    return Item(line: line, endLine: line, columns: reader.columns)
  }

  // MARK: Values

  private mutating func value(_ key: String, depth: Int) throws(Problem) {
    guard depth <= JSONItem.deepest else { throw problem("it is nested too deeply") }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): try object(key + ".", depth: depth + 1)
    case UInt8(ascii: "["): try array(key, depth: depth + 1)
    case UInt8(ascii: "\""):
      let text = try string()
      add(Item.Datum(content: text, isString: NumberText.parse(text.text) != nil), to: key)
    default: try scalar(key)
    }
  }

  private mutating func object(_ prefix: String, depth: Int) throws(Problem) {
    index += 1
    skipBlanks()
    if take(UInt8(ascii: "}")) { return }
    while true {
      skipBlanks()
      guard peek == UInt8(ascii: "\"") else { throw problem("a key in double quotes is missing") }
      let key = try string().text
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw problem("a : is missing after the key") }
      try value(prefix + key, depth: depth)
      skipBlanks()
      if take(UInt8(ascii: "}")) { return }
      guard take(UInt8(ascii: ",")) else { throw problem("a , or } is missing") }
    }
  }

  private mutating func array(_ key: String, depth: Int) throws(Problem) {
    index += 1
    skipBlanks()
    if take(UInt8(ascii: "]")) { return }
    while true {
      try value(key, depth: depth)
      skipBlanks()
      if take(UInt8(ascii: "]")) { return }
      guard take(UInt8(ascii: ",")) else { throw problem("a , or ] is missing") }
    }
  }

  private mutating func scalar(_ key: String) throws(Problem) {
    let first = index
    while index < end, !JSONItem.endsScalar(bytes[index]) { index += 1 }
    let word = String(decoding: bytes[first..<index], as: UTF8.self)
    switch word {
    case "null": return
    case "true", "false": break
    default:
      guard JSONItem.isNumber(bytes[first..<index]) else {
        index = first
        throw problem(
          word.isEmpty ? "a value is missing" : "\(word.prefix(40)) is no value of JSON")
      }
    }
    var content = MarkedText()
    content.append(word, line: line, column: first - start)
    add(Item.Datum(content: content), to: key)
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x2C || byte == 0x5D || byte == 0x7D || byte == 0x3A || byte == 0x22
  }

  /// RFC 8259: `-`, digits without a leading zero, a fraction, an exponent.
  private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    func digits() -> Int {
      let count = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == 0x2D { rest = rest.dropFirst() }
    let startsWithZero = rest.first == 0x30
    let whole = digits()
    guard whole > 0, !(startsWithZero && whole > 1) else { return false }
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == 0x65 || rest.first == 0x45 {
      rest = rest.dropFirst()
      if rest.first == 0x2D || rest.first == 0x2B { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private mutating func add(_ datum: Item.Datum, to key: String) {
    guard !datum.content.text.trimmed.isEmpty, !key.isEmpty else { return }
    if let known = positions[key] {
      if columns[known].data.count < JSONItem.mostData { columns[known].data.append(datum) }
    } else {
      positions[key] = columns.count
      columns.append(Item.Column(key: key, data: [datum]))
    }
  }

  // MARK: Strings

  private mutating func string() throws(Problem) -> MarkedText {
    let open = index
    index += 1
    var text = MarkedText()
    var first = index
    while index < end, bytes[index] != 0x22 {
      guard bytes[index] == 0x5C else {
        index += 1
        continue
      }
      flush(first, &text)
      let column = index - start
      let piece = try escape()
      text.append(piece, line: line, column: column)
      first = index
    }
    guard index < end else {
      index = open
      throw problem("the string that begins here is not closed")
    }
    flush(first, &text)
    index += 1
    return text
  }

  private func flush(_ first: Int, _ text: inout MarkedText) {
    guard first < index else { return }
    text.append(
      String(decoding: bytes[first..<index], as: UTF8.self), line: line, column: first - start)
  }

  private mutating func escape() throws(Problem) -> String {
    let sign = index + 1 < end ? bytes[index + 1] : 0
    let plain: [UInt8: String] = [
      0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: " ", 0x66: "\n", 0x6E: "\n", 0x72: "", 0x74: "\t",
    ]
    if let text = plain[sign] {
      index += 2
      return text
    }
    guard sign == 0x75, let unit = hex(index + 2) else {
      throw problem("there is no such escape in JSON")
    }
    index += 6
    if (0xD800..<0xDC00).contains(unit), index + 1 < end, bytes[index] == 0x5C,
      bytes[index + 1] == 0x75, let low = hex(index + 2), (0xDC00..<0xE000).contains(low)
    {
      index += 6
      let code = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      return Unicode.Scalar(code).map { String(Character($0)) } ?? "\u{FFFD}"
    }
    return Unicode.Scalar(unit).map { String(Character($0)) } ?? "\u{FFFD}"
  }

  private func hex(_ at: Int) -> UInt32? {
    guard at + 4 <= end, bytes[at..<at + 4].allSatisfy(\.isASCIIAlphanumeric) else { return nil }
    return UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
  }

  // MARK: Signs

  private var peek: UInt8? { index < end ? bytes[index] : nil }

  private mutating func take(_ sign: UInt8) -> Bool {
    guard peek == sign else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < end, [0x20, 0x09, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private func problem(_ reason: String) -> Problem {
    Problem(reason: reason, column: min(index, end) - start + 1)
  }
}
