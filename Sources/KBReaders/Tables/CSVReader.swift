internal import KBIngest
internal import KBSchema

/// Tables as RFC 4180 has them, with other delimiters too: a row is a document, the first row names
/// the columns.
struct CSVReader {
  private var records: CSVRecords
  private var remarks = ItemRemarks()

  /// Hands over the rows in order; returns what is wrong with some of them.
  static func read(_ text: String, delimiter: UInt8?, _ body: (Item) -> Void) -> [String] {
    let bytes = Array(text.utf8)
    var start = 0
    var given = delimiter
    // A first line of Excel's: `sep=;`
    if bytes.starts(with: Array("sep=".utf8)), bytes.count > 5, bytes[5] == 0x0A {
      given = bytes[4]
      start = 6
    }
    let sign = given ?? CSVDelimiter.detect(bytes)
    var reader = CSVReader(
      records: CSVRecords(bytes, delimiter: sign, start: start, line: start == 0 ? 1 : 2))
    reader.read(body)
    return reader.remarks.all
  }

  private init(records: CSVRecords) { self.records = records }

  private mutating func read(_ body: (Item) -> Void) {
    guard let first = records.next() else { return }
    var names: [String] = []
    if CSVReader.isHeader(first) {
      names = CSVReader.names(first)
    } else {
      names = first.fields.indices.map { "column-\($0 + 1)" }
      body(item(first, names))
    }
    while let record = records.next() {
      if record.fields.count != names.count {
        remarks.add(
          "line \(record.line) has \(record.fields.count) fields where the first row has "
            + "\(names.count)")
      }
      body(item(record, names))
    }
    if let line = records.unclosedQuote {
      remarks.add("a quote opened on line \(line) is not closed: it was taken as it stands")
    }
  }

  private func item(_ record: CSVRecords.Record, _ names: [String]) -> Item {
    var columns: [Item.Column] = []
    for (index, field) in record.fields.enumerated() {
      let key = index < names.count ? names[index] : "column-\(index + 1)"
      let data = field.text.trimmed.isEmpty ? [] : [Item.Datum(content: field)]
      columns.append(Item.Column(key: key, data: data))
    }
    return Item(line: record.line, endLine: record.endLine, columns: columns)
  }

  /// A row with a number in it names no columns.
  private static func isHeader(_ record: CSVRecords.Record) -> Bool {
    record.fields.allSatisfy {
      NumberText.parse($0.text) == nil && DateText.parse($0.text) == nil
    }
  }

  private static func names(_ record: CSVRecords.Record) -> [String] {
    var seen: [String: Int] = [:]
    return record.fields.enumerated().map { index, field in
      let name = field.text.trimmed.isEmpty ? "column-\(index + 1)" : field.text.trimmed
      let count = (seen[name] ?? 0) + 1
      seen[name] = count
      return count == 1 ? name : "\(name)-\(count)"
    }
  }
}

/// Which sign parts the fields of a table.
enum CSVDelimiter {
  private static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  private static let sample = 1 << 16
  private static let sampleRows = 50

  /// The candidate that most rows of the start hold equally often, outside quotes.
  static func detect(_ bytes: [UInt8]) -> UInt8 {
    let start = Array(bytes.prefix(sample))
    var best: (sign: UInt8, score: (Int, Int)) = (0x2C, (0, 0))
    for sign in candidates {
      var rows = CSVRecords(start, delimiter: sign, start: 0, line: 1)
      guard let width = rows.next()?.fields.count, width > 1 else { continue }
      var equal = 1
      var all = 1
      while all < sampleRows, let row = rows.next() {
        all += 1
        if row.fields.count == width { equal += 1 }
      }
      let score = (equal * 100 / all, width)
      if score > best.score { best = (sign, score) }
    }
    return best.sign
  }
}
