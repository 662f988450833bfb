internal import CGumbo
internal import KBIngest
internal import KBSchema

/// The rows of a table of data, cells spread over the columns and rows that they span.
struct HTMLTable {
  private struct Cell {
    var text: HTMLText
    var isHeader: Bool
    var columns: Int
    var rows: Int
    /// Stands in the row above as well.
    var isRepeated = false
  }

  private let lines: SourceLines
  private var carried: [Int: Cell] = [:]
  private var columns: [String] = []
  private var blocks: [Block] = []

  /// Its rows; nil for a table that only lays out a page, whose cells hold blocks.
  static func rows(of node: HTMLTree.Node, lines: SourceLines) -> [Block]? {
    guard !laysOut(node) else { return nil }
    var table = HTMLTable(lines: lines)
    for row in rowNodes(node) { table.add(row) }
    return table.blocks
  }

  private init(lines: SourceLines) { self.lines = lines }

  private static let widest = 1_000

  private static func laysOut(_ table: HTMLTree.Node) -> Bool {
    if let role = table.attribute("role"), role == "presentation" || role == "none" { return true }
    if table.first(where: { $0.tag == GUMBO_TAG_TH || $0.tag == GUMBO_TAG_CAPTION }) != nil {
      return table.first { $0 != table && $0.tag == GUMBO_TAG_TABLE } != nil
    }
    return table.first { $0 != table && holders.contains($0.tag.rawValue) } != nil
  }

  private static let holders = Set(
    [
      GUMBO_TAG_TABLE, GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_UL,
      GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_PRE, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE,
    ].map(\.rawValue))

  private static func rowNodes(_ table: HTMLTree.Node) -> [HTMLTree.Node] {
    var rows: [HTMLTree.Node] = []
    table.walk(enter: { node in
      if node.tag == GUMBO_TAG_TR { rows.append(node) }
      return node.tag != GUMBO_TAG_TR && !HTMLBoilerplate.isSilent(node)
    })
    return rows
  }

  // MARK: Rows

  private mutating func add(_ row: HTMLTree.Node) {
    let cells = cells(of: row)
    guard cells.contains(where: { !$0.text.isEmpty }) else { return }
    let isHead = columns.isEmpty && blocks.isEmpty && isHeader(row, cells)
    var content = MarkedText()
    var ranges: [Range<Int>] = []
    for cell in cells {
      if !ranges.isEmpty { content.text += " | " }
      let start = content.text.utf8.count
      content.append(cell.text.content)
      for _ in 0..<min(cell.columns, HTMLTable.widest) {
        ranges.append(start..<content.text.utf8.count)
      }
    }
    if content.marks.isEmpty || content.marks[0].offset > 0 {
      content.marks.insert(.init(offset: 0, line: row.line, column: 0), at: 0)
    }
    let last = cells.map(\.text.last).max() ?? row.line
    blocks.append(
      Block(
        kind: .tableRow(columns: columns, cells: ranges), content: content, line: row.line,
        endLine: max(row.line, last)))
    if isHead { columns = names(cells) }
  }

  private func isHeader(_ row: HTMLTree.Node, _ cells: [Cell]) -> Bool {
    row.pointee.parent?.tag == GUMBO_TAG_THEAD || cells.allSatisfy(\.isHeader)
  }

  private func names(_ cells: [Cell]) -> [String] {
    cells.flatMap { cell in
      Array(repeating: cell.text.content.text, count: min(cell.columns, HTMLTable.widest))
    }
  }

  /// The cells of a row, with those that hang down from the rows above.
  private mutating func cells(of row: HTMLTree.Node) -> [Cell] {
    var own = row.children.filter { $0.tag == GUMBO_TAG_TD || $0.tag == GUMBO_TAG_TH }.map(cell)[
      ...]
    var result: [Cell] = []
    var column = 0
    while !own.isEmpty || carried.keys.contains(where: { $0 >= column }), column < HTMLTable.widest
    {
      if var above = carried[column] {
        carried[column] = nil
        above.rows -= 1
        above.isRepeated = true
        result.append(above)
        if above.rows > 0 { carried[column] = above }
        column += above.columns
      } else if let next = own.popFirst() {
        result.append(next)
        if next.rows > 1 {
          var below = next
          below.rows -= 1
          carried[column] = below
        }
        column += next.columns
      } else {
        column += 1
      }
    }
    return result
  }

  private func cell(_ node: HTMLTree.Node) -> Cell {
    var text = HTMLText(lines: lines)
    node.walk(enter: { inner in
      if inner.isElement {
        if HTMLBoilerplate.isSilent(inner) || HTMLBoilerplate.isPermalink(inner) { return false }
        if inner.tag == GUMBO_TAG_BR || HTMLTable.parts.contains(inner.tag.rawValue) {
          text.separate()
        }
      } else {
        text.add(inner)
      }
      return true
    })
    func span(_ name: String) -> Int {
      min(max(1, node.attribute(name).flatMap { Int($0) } ?? 1), HTMLTable.widest)
    }
    return Cell(
      text: text, isHeader: node.tag == GUMBO_TAG_TH, columns: span("colspan"),
      rows: span("rowspan"))
  }

  private static let parts = Set(
    [GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_LI, GUMBO_TAG_DD, GUMBO_TAG_DT].map(\.rawValue))
}
