internal import KBSchema

/// Cuts a table into rows and fields; a quoted field may run over lines. Linear time, whatever the
/// quotes are.
struct CSVRecords {
  /// A row.
  struct Record {
    /// First line (1-based).
    var line: Int
    /// Last line.
    var endLine: Int
    var fields: [MarkedText]
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var index: Int
  private var line: Int
  private var lineStart: Int
  /// From here on quotes are signs like others: one of them is never closed.
  private var literalFrom = Int.max
  /// Line of a quote that is never closed.
  private(set) var unclosedQuote: Int?

  init(_ bytes: [UInt8], delimiter: UInt8, start: Int, line: Int) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.line = line
    index = start
    lineStart = start
  }

  /// The next row that is not blank.
  mutating func next() -> Record? {
    while index < bytes.count {
      let first = line
      let record = Record(line: first, endLine: first, fields: row())
      if record.fields.count > 1 || !(record.fields.first?.text.isEmpty ?? true) {
        return Record(line: first, endLine: max(first, line - 1), fields: record.fields)
      }
    }
    return nil
  }

  private mutating func row() -> [MarkedText] {
    var fields: [MarkedText] = []
    while true {
      fields.append(field())
      if index < bytes.count, bytes[index] == delimiter {
        index += 1
        continue
      }
      if index < bytes.count { index += 1 }
      line += 1
      lineStart = index
      return fields
    }
  }

  private mutating func field() -> MarkedText {
    let start = index
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    if index < bytes.count, bytes[index] == 0x22, index < literalFrom {
      if let text = quoted() { return text }
    }
    index = start
    return bare(from: start, MarkedText())
  }

  private mutating func bare(from start: Int, _ before: MarkedText) -> MarkedText {
    index = start
    while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A { index += 1 }
    let range = (start..<index).withoutBlanks(in: bytes)
    var text = before
    text.append(piece(range), line: line, column: range.lowerBound - lineStart)
    return text
  }

  /// A field in quotes; nil, and nothing taken, where the quote is never closed.
  private mutating func quoted() -> MarkedText? {
    let saved = (index, line, lineStart)
    var text = MarkedText()
    index += 1
    var first = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 {
        append(first..<index, &text)
        guard index + 1 < bytes.count, bytes[index + 1] == 0x22 else {
          index += 1
          return isEnd ? text : bare(from: index, text)
        }
        first = index + 1
        index += 2
        continue
      }
      index += 1
      if byte == 0x0A {
        append(first..<index, &text)
        first = index
        line += 1
        lineStart = index
      }
    }
    unclosedQuote = saved.1
    literalFrom = saved.0
    (index, line, lineStart) = saved
    return nil
  }

  private var isEnd: Bool {
    index == bytes.count || bytes[index] == delimiter || bytes[index] == 0x0A
  }

  private func append(_ range: Range<Int>, _ text: inout MarkedText) {
    text.append(piece(range), line: line, column: range.lowerBound - lineStart)
  }

  private func piece(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
