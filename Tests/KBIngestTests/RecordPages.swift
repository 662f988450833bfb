import KBIngest
import KBSchema

/// Documents written line by line, so that a test's lines are the file's lines: `#` headings (with
/// `{#id}`), `-` items (two blanks a depth), `|` rows (the first of a table names its columns),
/// `key: value` between `---`, other lines are paragraphs.
struct PageLines {
  private var blocks: [Block] = []
  private var metadata: [Document.Entry] = []
  private var columns: [String] = []
  private let lines: [String]

  static func document(_ text: String, path: String = "page.md") -> Document {
    var page = PageLines(text)
    page.read()
    return Document(
      path: path, format: "markdown", metadata: page.metadata, blocks: page.blocks,
      lineCount: page.lines.count)
  }

  private init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private mutating func read() {
    var start = 0
    if lines.first == "---" {
      start = 1
      while lines[start] != "---" {
        readKey(lines[start], line: start + 1)
        start += 1
      }
      start += 1
    }
    for index in start..<lines.count { readLine(lines[index], line: index + 1) }
  }

  private mutating func readKey(_ text: String, line: Int) {
    guard let colon = text.firstIndex(of: ":") else { return }
    let key = String(text[..<colon])
    let rest = text[text.index(after: colon)...].drop { $0 == " " }
    let column = text.utf8.count - rest.utf8.count
    var values: [Document.Entry.Scalar] = []
    var offset = column
    for part in rest.split(separator: "&", omittingEmptySubsequences: false) {
      let isQuoted = part.hasPrefix("\"")
      values.append(
        Document.Entry.Scalar(
          text: isQuoted ? String(part.dropFirst().dropLast()) : String(part), isQuoted: isQuoted,
          line: line, columns: offset..<offset + part.utf8.count))
      offset += part.utf8.count + 1
    }
    metadata.append(Document.Entry(key: key, values: values))
  }

  private mutating func readLine(_ text: String, line: Int) {
    if !text.hasPrefix("|") { columns = [] }
    let indent = text.prefix { $0 == " " }.count
    let rest = String(text.dropFirst(indent))
    if rest.isEmpty { return }
    if rest.hasPrefix("#") { return heading(rest, line: line) }
    if rest.hasPrefix("|") { return row(rest, line: line) }
    if rest.hasPrefix("- ") {
      return add(
        .listItem(depth: indent / 2), String(rest.dropFirst(2)), line: line, column: indent + 2)
    }
    add(.paragraph, rest, line: line, column: indent)
  }

  private mutating func heading(_ text: String, line: Int) {
    let level = text.prefix { $0 == "#" }.count
    var title = String(text.dropFirst(level + 1))
    var id: String?
    if let brace = title.firstRange(of: " {#") {
      id = String(title[brace.upperBound...].dropLast())
      title = String(title[..<brace.lowerBound])
    }
    add(.heading(level: level, id: id), title, line: line, column: level + 1)
  }

  private mutating func row(_ text: String, line: Int) {
    var content = MarkedText()
    var cells: [Range<Int>] = []
    var names: [String] = []
    var column = 1
    for cell in text.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
    {
      let trimmed = cell.drop { $0 == " " }
      let lead = cell.utf8.count - trimmed.utf8.count
      let word = String(trimmed.reversed().drop { $0 == " " }.reversed())
      if !cells.isEmpty { content.append(" | ", line: line, column: column) }
      let start = content.text.utf8.count
      content.append(word, line: line, column: column + lead)
      cells.append(start..<content.text.utf8.count)
      names.append(word)
      column += cell.utf8.count + 1
    }
    blocks.append(
      Block(
        kind: .tableRow(columns: columns, cells: cells), content: content, line: line,
        endLine: line))
    if columns.isEmpty { columns = names }
  }

  private mutating func add(_ kind: Block.Kind, _ text: String, line: Int, column: Int) {
    var content = MarkedText()
    content.append(text, line: line, column: column)
    blocks.append(Block(kind: kind, content: content, line: line, endLine: line))
  }
}
