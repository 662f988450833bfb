/// Diagnostics as plain text: the message, the line of the source with carets under the place,
/// notes, and what would work. Control characters of the source become visible escapes.
public struct DiagnosticRenderer: Sendable {
  /// Columns of the terminal; a longer source line is shown as a window around the place.
  public var columns: Int
  /// What stands before the message: `error: `, and the like.
  public var showsSeverity: Bool
  /// Whether notes are broken into lines of the terminal's width, between words.
  public var wrapsNotes: Bool

  /// A renderer for a terminal of that width (at least 40 are used).
  public init(columns: Int = 80, showsSeverity: Bool = true, wrapsNotes: Bool = false) {
    self.columns = max(40, columns)
    self.showsSeverity = showsSeverity
    self.wrapsNotes = wrapsNotes
  }

  /// The diagnostic in lines, each ended by a newline.
  public func render(_ diagnostic: Diagnostic, source: String) -> String {
    var lines = [headline(diagnostic)]
    if !source.isEmpty { lines += excerpt(of: source, span: diagnostic.span) }
    for label in diagnostic.labels.prefix(3) {
      lines.append("  also: " + VisibleText.escape(label.text))
    }
    lines += diagnostic.notes.flatMap { note -> [String] in
      let line = "  note: " + VisibleText.escape(note)
      return wrapsNotes ? VisibleText.wrapped(line, columns: columns, indent: 4) : [line]
    }
    if !diagnostic.suggestions.isEmpty {
      let names = diagnostic.suggestions.map { "`\(VisibleText.escape($0))`" }
      lines.append("  did you mean " + names.joined(separator: ", ") + "?")
    }
    lines += diagnostic.fixIts.map { tryLine($0, source: source) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Several diagnostics, one after the other.
  public func render(_ diagnostics: [Diagnostic], source: String) -> String {
    diagnostics.map { render($0, source: source) }.joined()
  }

  private func headline(_ diagnostic: Diagnostic) -> String {
    let message = VisibleText.escape(diagnostic.message)
    return showsSeverity ? "\(diagnostic.severity.rawValue): \(message)" : message
  }

  private func tryLine(_ fixIt: FixIt, source: String) -> String {
    let first = fixIt.edits.first?.span.lowerBound ?? 0
    let result = Window(fixIt.applied(to: source), around: first..<first + 1, width: columns - 8)
    return "  try: " + result.text
  }

  private func excerpt(of source: String, span: Range<Int>) -> [String] {
    let window = Window(source, around: span, width: columns - 4)
    let carets = String(repeating: "^", count: max(1, window.columns.count))
    return [
      "  " + window.text, "  " + String(repeating: " ", count: window.columns.lowerBound) + carets,
    ]
  }
}

/// The part of a line that is shown, made visible, with the columns of the marked place in it.
struct Window {
  /// One scalar of the source as it is shown.
  private struct Cell {
    var offset: Int
    var text: String
    var width: Int
  }

  /// What is shown; `…` stands where the line goes on.
  private(set) var text = ""
  /// The columns of the place.
  private(set) var columns = 0..<0

  init(_ source: String, around span: Range<Int>, width: Int) {
    let cells = Window.cells(of: source, around: span, reach: width * 4)
    let whole = source.utf8.count
    let shown = Window.fitting(cells, span: span, width: width)
    let cutFront = shown.first.map { $0.offset > 0 } ?? false
    let cutBack = (shown.last.map { $0.offset + $0.length }).map { $0 < whole } ?? false
    text = (cutFront ? "…" : "") + shown.map(\.cell.text).joined() + (cutBack ? "…" : "")
    columns = Window.columns(of: span, in: shown.map(\.cell), shift: cutFront ? 1 : 0)
  }

  /// The scalars of the source near the place, as they are shown.
  private static func cells(of source: String, around span: Range<Int>, reach: Int) -> [Placed] {
    let bytes = Array(source.utf8)
    var start = max(0, min(span.lowerBound, bytes.count) - reach)
    while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    var end = min(bytes.count, max(span.lowerBound, start) + reach * 2)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    var offset = start
    return String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.map { scalar in
      let text = VisibleText.visible(scalar)
      defer { offset += UTF8.width(scalar) }
      let width = text.unicodeScalars.count > 1 ? text.count : VisibleText.width(text)
      return Placed(
        cell: Cell(offset: offset, text: text, width: width), length: UTF8.width(scalar))
    }
  }

  /// A shown scalar with its length in the source.
  private struct Placed {
    var cell: Cell
    var length: Int
    var offset: Int { cell.offset }
  }

  /// As many cells as fit, the start of the place among them and a third of the width before it.
  private static func fitting(_ cells: [Placed], span: Range<Int>, width: Int) -> [Placed] {
    let total = cells.reduce(0) { $0 + $1.cell.width }
    guard total > width else { return cells }
    let room = width - 2
    let anchor = cells.firstIndex { $0.offset >= span.lowerBound } ?? cells.count
    var first = anchor
    var used = 0
    let before = anchor == cells.count ? room : room / 3
    while first > 0, used + cells[first - 1].cell.width <= before {
      first -= 1
      used += cells[first].cell.width
    }
    var last = anchor
    while last < cells.count, used + cells[last].cell.width <= room {
      used += cells[last].cell.width
      last += 1
    }
    return Array(cells[first..<last])
  }

  private static func columns(of span: Range<Int>, in cells: [Cell], shift: Int) -> Range<Int> {
    var column = shift
    var start: Int?
    var end = shift
    for cell in cells {
      if cell.offset >= span.lowerBound, start == nil { start = column }
      column += cell.width
      if cell.offset < span.upperBound { end = column }
    }
    let from = start ?? column
    return from..<max(from, end)
  }
}
