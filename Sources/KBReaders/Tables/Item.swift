internal import KBIngest
internal import KBSchema

/// One item of a file that holds many: a row of a table, a line of JSON.
struct Item {
  /// A datum with the place where it stands.
  struct Datum {
    var content: MarkedText
    /// Whether the format says that it is a string though it looks like a number.
    var isString = false
  }

  /// A column or key with its data; none where it is empty.
  struct Column {
    var key: String
    var data: [Datum]
  }

  /// First line (1-based).
  var line: Int
  /// Last line.
  var endLine: Int
  var columns: [Column]
}

/// Makes documents of the items of one file.
struct ItemDocuments {
  let path: String
  let format: String
  let modified: Int
  private var anchors = ItemAnchors()

  init(path: String, format: String, modified: Int) {
    self.path = path
    self.format = format
    self.modified = modified
  }

  /// The document of the next item; nil for one without any data.
  mutating func next(_ item: Item) -> Document? {
    guard item.columns.contains(where: { !$0.data.isEmpty }) else { return nil }
    let names = item.columns.map { Field.normalise($0.key) }
    let title = ItemColumns.title(item, names)
    let id = ItemColumns.id(item, names).flatMap { item.columns[$0].data.first?.content.text }
    var metadata: [Document.Entry] = []
    var texts: [Item.Datum] = []
    var row = MarkedText()
    for (index, column) in item.columns.enumerated() where !column.data.isEmpty {
      if ItemColumns.isText(column, names[index]) {
        texts += column.data
        continue
      }
      metadata.append(
        Document.Entry(key: column.key, values: column.data.map(ItemDocuments.scalar)))
      if index != title { ItemDocuments.add(column, to: &row) }
    }
    let heading = heading(of: item, title: title, id: id)
    var blocks = [heading] + texts.flatMap { ItemText.blocks($0.content) }
    if !row.text.isEmpty {
      // Found by free text, but read for no values: the columns declare them.
      blocks.append(
        Block(
          kind: .code(language: ""), content: row, line: row.place(at: 0).line,
          endLine: row.place(at: row.text.utf8.count).line))
    }
    return Document(
      path: path, format: format, modified: modified, declaredTitle: heading.content.text,
      metadata: metadata, blocks: blocks, lineCount: item.endLine)
  }

  private mutating func heading(of item: Item, title: Int?, id: String?) -> Block {
    let anchor = anchors.next(id: id, line: item.line)
    var content = MarkedText()
    if let title, let datum = item.columns[title].data.first {
      content = ItemText.oneLine(datum.content)
    }
    if content.text.trimmed.isEmpty {
      content = MarkedText()
      content.append(id ?? "Line \(item.line)", line: item.line, column: 0)
    }
    return Block(
      kind: .heading(level: 1, id: anchor), content: content, line: item.line,
      endLine: item.line)
  }

  private static func scalar(_ datum: Item.Datum) -> Document.Entry.Scalar {
    let place = datum.content.place(at: 0)
    let text = datum.content.text
    return Document.Entry.Scalar(
      text: text, isQuoted: datum.isString, line: place.line,
      columns: place.column..<place.column + text.utf8.count)
  }

  private static func add(_ column: Item.Column, to row: inout MarkedText) {
    for datum in column.data where !ItemColumns.isAddress(datum.content.text) {
      if !row.text.isEmpty { row.text += " | " }
      row.append(ItemText.oneLine(datum.content))
    }
  }
}
