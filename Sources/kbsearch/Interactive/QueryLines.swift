/// Gathers a query that goes on over several lines.
struct QueryLines {
  private var lines: [String] = []

  /// Whether a query was begun.
  var isOpen: Bool { !lines.isEmpty }

  /// Adds a line; the query, once it is whole. An empty line ends it as it is.
  mutating func add(_ line: String) -> String? {
    let isBlank = line.allSatisfy(\.isWhitespace)
    if !isBlank { lines.append(line) }
    let text = lines.joined(separator: " ")
    guard isBlank || QueryLines.isWhole(text) else { return nil }
    lines = []
    return text
  }

  /// Drops what was begun.
  mutating func clear() { lines = [] }

  /// Whether no quotation mark or bracket is open. Brackets glued to a word, as in `401(k)`, belong
  /// to it.
  static func isWhole(_ text: String) -> Bool {
    var isQuoted = false
    var depth = 0
    var before = UInt8(ascii: " ")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "(") where !isQuoted && " (:-".utf8.contains(before): depth += 1
      case UInt8(ascii: ")") where !isQuoted: depth = max(0, depth - 1)
      default: break
      }
      before = byte
    }
    return !isQuoted && depth == 0
  }
}
