internal import CGumbo
internal import KBSchema

/// Collects the words of inline nodes with their places, white space made single.
struct HTMLText {
  private(set) var content = MarkedText()
  private let lines: SourceLines
  private var pending: String?
  /// First and last line of the words.
  private(set) var first: Int?
  private(set) var last = 0

  init(lines: SourceLines) { self.lines = lines }

  var isEmpty: Bool { content.text.isEmpty }

  /// Adds a text node. A break of its source line stays one.
  mutating func add(_ node: HTMLTree.Node) {
    guard let text = node.text else { return }
    var line = node.line
    var column = max(0, Int(node.pointee.v.text.start_pos.column) - 1)
    for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 {
        line += 1
        column = 0
        pending = "\n"
      }
      addLine(part, line: line, column: &column)
    }
  }

  private mutating func addLine(_ part: Substring, line: Int, column: inout Int) {
    var rest = part
    while let start = rest.firstIndex(where: { !HTMLText.isSpace($0) }) {
      if start != rest.startIndex, pending == nil { pending = " " }
      var end = rest[start...].firstIndex(where: HTMLText.isSpace) ?? rest.endIndex
      // Words that one blank parts stay one piece.
      while end < rest.endIndex, rest[end] == " " {
        let next = rest.index(after: end)
        guard next < rest.endIndex, !HTMLText.isSpace(rest[next]) else { break }
        end = rest[next...].firstIndex(where: HTMLText.isSpace) ?? rest.endIndex
      }
      let piece = rest[start..<end]
      let found = lines.column(of: piece.utf8, in: line, from: min(column, lines.line(line).count))
      append(piece, line: line, column: found ?? column)
      column = (found ?? column) + piece.utf8.count
      rest = rest[end...]
    }
    if !rest.isEmpty, pending == nil { pending = " " }
  }

  private mutating func append(_ piece: Substring, line: Int, column: Int) {
    if let gap = pending, !content.text.isEmpty { content.text += gap }
    pending = nil
    content.append(piece, line: line, column: column)
    first = first ?? line
    last = max(last, line)
  }

  /// A line break of the page.
  mutating func breakLine() {
    if !content.text.isEmpty { pending = "\n" }
  }

  /// A gap between words, as between the cells of a row.
  mutating func separate() {
    if !content.text.isEmpty, pending == nil { pending = " " }
  }

  /// Ends a term, so that what it means follows.
  mutating func joinMeaning() {
    guard !content.text.isEmpty else { return }
    pending = content.text.hasSuffix(":") ? " " : ": "
  }

  private static func isSpace(_ sign: Character) -> Bool {
    sign == " " || sign == "\t" || sign == "\u{0C}" || sign == "\r" || sign == "\u{A0}"
  }
}
