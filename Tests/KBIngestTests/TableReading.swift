import KBIngest
import KBReaders
import KBSchema

/// What a table's text is read as, without configuration.
struct TableReading {
  var documents: [Document] = []
  var remarks: [String] = []

  init(_ text: String, _ format: DocumentFormat) throws {
    try self.init(Array(text.utf8), format)
  }

  init(_ bytes: [UInt8], _ format: DocumentFormat) throws {
    var documents: [Document] = []
    remarks = try DocumentReader.forEach(
      bytes: bytes, path: "table", format: format, modified: 0
    ) { documents.append($0) }
    self.documents = documents
  }

  /// `key=value` of every declared datum of an item, in order.
  func declared(_ item: Int) -> [String] {
    documents[item].metadata.flatMap { entry in entry.values.map { "\(entry.key)=\($0.text)" } }
  }

  /// The headings, the names of the items.
  var titles: [String] { documents.map { $0.blocks[0].content.text } }

  /// Lines on which the items begin.
  var lines: [Int] { documents.map { $0.blocks[0].line } }

  /// Their anchors.
  var anchors: [String] {
    documents.map {
      guard case .heading(_, let id?) = $0.blocks[0].kind else { return "" }
      return id
    }
  }

  /// The running text of an item: its blocks but for the heading and the row of short values.
  func text(_ item: Int) -> [String] {
    documents[item].blocks.compactMap {
      switch $0.kind {
      case .paragraph: $0.content.text
      case .listItem: "- " + $0.content.text
      default: nil
      }
    }
  }

  /// The records of all items, numbered through.
  func records(schema: Schema, reading: ValueReading) -> DocumentRecords {
    let builder = RecordBuilder(schema: schema, reading: reading)
    var numbers = ItemNumbers()
    var whole = DocumentRecords(path: "table", records: [], subjects: [])
    for document in documents { whole.append(numbers.next(builder.build(document))) }
    return whole
  }
}
