internal import KBDiagnostics
public import KBEngine
public import KBSchema

/// How a terminal is to be written to.
public struct TerminalStyle: Sendable, Equatable {
  /// Whether to use colours.
  public var hasColour: Bool
  /// Columns.
  public var width: Int

  /// Whether signs beyond ASCII are kept out of bars.
  public var isASCII: Bool

  /// A style.
  public init(hasColour: Bool, width: Int, isASCII: Bool = false) {
    self.hasColour = hasColour
    self.isASCII = isASCII
    self.width = Swift.max(40, width)
  }

  func paint(_ text: String, _ code: String) -> String {
    hasColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  func bold(_ text: String) -> String { paint(text, "1") }
  func dim(_ text: String) -> String { paint(text, "2") }
  func mark(_ text: String) -> String { paint(text, "1;31") }
  func path(_ text: String) -> String { paint(text, "36") }
  func value(_ text: String) -> String { paint(text, "32") }
}

/// Answers for people.
public struct TerminalRenderer: Sendable {
  /// Gives the absolute path of a shown one, where places are to be links; nil for plain places.
  public var linking: (@Sendable (String) -> String)?
  private let style: TerminalStyle
  /// Makes a document's path one that opens from the current folder.
  private let opening: @Sendable (String) -> String

  /// A renderer; `opening` turns a path relative to the knowledge base into one that opens here.
  public init(style: TerminalStyle, opening: @escaping @Sendable (String) -> String) {
    self.style = style
    self.opening = opening
  }

  /// Hits with snippets and values, one below the other. `next` is what to type for more hits.
  public func pretty(_ response: SearchResponse, next: String? = nil) -> String {
    var lines: [String] = []
    for hit in response.hits { lines += pretty(hit) + [""] }
    lines.append(summary(response, next))
    return lines.joined(by: "\n") + "\n"
  }

  private func pretty(_ hit: Hit) -> [String] {
    let number = "\(hit.rank). "
    let place = "\(Visible.line(opening(hit.path))):\(hit.line)"
    let stale = hit.isStale ? "  changed since it was indexed" : ""
    let heading = VisibleText.wrapped(
      number + headingPath(hit.headings), columns: style.width, indent: 3)
    var lines = [style.dim(number) + style.bold(String(heading[0].dropFirst(number.count)))]
    lines += heading.dropFirst().map { "   " + style.bold(String($0.dropFirst(3))) }
    lines += [
      "   " + linked(style.path(place), to: opening(hit.path)) + style.dim(stale)
    ]
    if !hit.snippet.isEmpty { lines += wrapped(marked(hit), indent: "   ", most: 4) }
    lines += values(hit.values)
    if let more = more(hit) { lines.append("   " + style.dim(more)) }
    return lines
  }

  /// What stands behind a hit: `and 4 identical: a.md:3, b.md:3…`.
  private func more(_ hit: Hit) -> String? {
    guard hit.collapsed > 0 else { return nil }
    guard !hit.identical.isEmpty else { return "and \(hit.collapsed) more" }
    var text = "and \(hit.collapsed) identical: "
    for (number, place) in hit.identical.enumerated() {
      if number > 0 { text += ", " }
      text += Visible.line(opening(place.path))
      text += ":"
      text += String(place.line)
    }
    if hit.collapsed > hit.identical.count { text += ", …" }
    return text
  }

  private func headingPath(_ headings: [String]) -> String {
    headings.map { Visible.line($0) }.joined(by: " › ")
  }

  /// How many there are, and how the query was read.
  private func summary(_ response: SearchResponse, _ next: String?) -> String {
    guard response.total > 0 else { return nothing(response) }
    let noun = response.total == 1 ? "section" : "sections"
    let about = response.isTotalExact ? "" : "about "
    let last = response.offset + response.hits.count
    let shown =
      response.hits.count < response.total - response.identical && last > response.offset
      ? ", \(response.offset + 1)–\(last) shown" : ""
    let isLast = last >= response.total - response.identical
    let onward = isLast || shown.isEmpty ? "" : next.map { "; \($0) shows the next" } ?? ""
    let collapsed = response.collapsed > 0 ? " (\(response.collapsed) more in their groups)" : ""
    let identical =
      response.identical > 0 ? ", \(response.identical) identical to others (--duplicates)" : ""
    return style.dim("\(about)\(response.total) \(noun)\(collapsed)\(identical)\(shown)\(onward)")
  }

  private func nothing(_ response: SearchResponse) -> String {
    var lines = ["no section matches \(Visible.line(response.reading))"]
    for suggestion in response.suggestions {
      let noun = suggestion.total == 1 ? "section" : "sections"
      lines.append(
        "  \(Visible.line(suggestion.reason)): \(suggestion.total) \(noun)  "
          + style.path(Visible.line(suggestion.query)))
    }
    return lines.joined(by: "\n")
  }

  // MARK: Snippets

  private struct Piece {
    var text: String
    var isMarked: Bool
  }

  /// The snippet's words, those to emphasise marked.
  private func marked(_ hit: Hit) -> [Piece] {
    let bytes = Array(hit.snippet.utf8)
    var pieces: [Piece] = []
    var at = 0
    func add(_ range: Range<Int>, _ isMarked: Bool) {
      guard !range.isEmpty else { return }
      let text = String(decoding: bytes[range], as: UTF8.self)
      pieces.append(Piece(text: text, isMarked: isMarked))
    }
    for highlight in hit.highlights {
      let range = (highlight.start..<highlight.end).clamped(to: at..<Swift.max(at, bytes.count))
      add(at..<range.lowerBound, false)
      add(range, true)
      at = range.upperBound
    }
    add(at..<Swift.max(at, bytes.count), false)
    return pieces
  }

  /// Breaks pieces into lines of the terminal's width, at most `most`.
  private func wrapped(_ pieces: [Piece], indent: String, most: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var width = 0
    let room = style.width - indent.count - 1
    func flush() {
      if width > 0 { lines.append(indent + line) }
      line = ""
      width = 0
    }
    var isGlued = true
    for piece in pieces {
      let words = piece.text.split(omittingEmptySubsequences: false) { $0.isWhitespace }
      for (index, word) in words.enumerated() {
        if index > 0 { isGlued = false }
        guard !word.isEmpty else { continue }
        let shown = Visible.line(word)
        let columns = Visible.width(shown)
        if width > 0, width + columns + (isGlued ? 0 : 1) > room { flush() }
        if width > 0, !isGlued {
          line += " "
          width += 1
        }
        line += piece.isMarked ? style.mark(shown) : shown
        width += columns
        isGlued = true
      }
    }
    flush()
    guard lines.count > most else { return lines }
    return lines.prefix(most - 1) + [lines[most - 1] + " …"]
  }

  // MARK: Values

  private static let mostValues = 4

  /// A value with what stands behind it.
  private struct ShownValue: Equatable {
    var text: String
    var remark: String
  }

  /// One line a field: the values with the line that states them.
  private func values(_ values: [HitValue]) -> [String] {
    var fields: [String] = []
    for value in values where !fields.contains(value.value.field) {
      fields.append(value.value.field)
    }
    return fields.map { field in
      var all: [ShownValue] = []
      for one in values where one.value.field == field {
        let value = ShownValue(
          text: ReadableValue.text(one.value.content),
          remark: one.source == .section ? "" : " (line \(one.value.provenance.line))")
        if !all.contains(value) { all.append(value) }
      }
      let shown = Array(all.prefix(TerminalRenderer.mostValues))
      return listed(
        shown, rest: all.count - shown.count, under: "   \(Visible.line(field)): ")
    }
  }

  /// A name and a list of values, with no value across the end of a line.
  private func listed(_ values: [ShownValue], rest: Int, under name: String) -> String {
    var values = values
    if rest > 0 { values.append(ShownValue(text: "", remark: "and \(rest) more")) }
    var text = style.dim(name)
    var column = Visible.width(name)
    for (index, value) in values.enumerated() {
      let comma = index + 1 < values.count ? "," : ""
      let columns = Visible.width(value.text) + Visible.width(value.remark) + comma.count
      if index > 0, column + 1 + columns > style.width {
        text += "\n" + String(repeating: " ", count: 5)
        column = 5
      } else if index > 0 {
        text += " "
        column += 1
      }
      text += style.value(value.text) + style.dim(value.remark) + comma
      column += columns
    }
    return text
  }

  // MARK: Other forms

  /// One line a hit: path, line, heading path, snippet, parted by tabs.
  public func plain(_ response: SearchResponse) -> String {
    var text = ""
    for hit in response.hits {
      text += Visible.line(opening(hit.path))
      text += ":"
      text += String(hit.line)
      text += "\t"
      for (number, heading) in hit.headings.enumerated() {
        if number > 0 { text += " › " }
        text += Visible.line(heading)
      }
      text += "\t"
      text += Visible.line(hit.snippet)
      if let more = more(hit) { text += "\t" + more }
      text += "\n"
    }
    return text
  }

  /// The paths of the hits' documents, each once. Ended by a zero byte, they are as they are: no
  /// terminal reads those.
  public func paths(_ response: SearchResponse, endedBy end: String = "\n") -> String {
    var seen: Set<PathKey> = []
    return response.hits.filter { seen.insert(PathKey($0.path)).inserted }.map { hit in
      let path = opening(hit.path)
      return (end == "\0" ? path : Visible.line(path)) + end
    }.joined(by: "")
  }

  /// A text that opens a file where the terminal knows links (OSC 8); every byte of the path that
  /// could be read otherwise is a percent escape.
  private func linked(_ text: String, to path: String) -> String {
    guard let linking else { return text }
    let escaped = linking(path).utf8.map { byte -> String in
      let isPlain =
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
        || "/-._~".utf8.contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain
        ? String(decoding: [byte], as: UTF8.self)
        : "%" + String(repeating: "0", count: 2 - digits.utf8.count) + digits
    }.joined(by: "")
    return "\u{1B}]8;;file://\(escaped)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
  }

  /// `path:line:column:text`, as editors read it.
  public func vimgrep(_ response: SearchResponse) -> String {
    response.hits.map { hit in
      let place = "\(Visible.line(opening(hit.path))):\(hit.snippetLine):1"
      return "\(place):\(Visible.line(hit.headings.last ?? "")): \(Visible.line(hit.snippet))\n"
    }.joined(by: "")
  }

  /// A whole section.
  public func section(_ section: Searcher.Section) -> String {
    let record = section.record
    var lines = [
      style.bold(headingPath(record.headings)),
      linked(
        style.path("\(Visible.line(opening(record.path))):\(record.line)"),
        to: opening(record.path))
        + style.dim(section.isStale ? "  changed since it was indexed" : ""), "",
      Visible.text(record.body.text), "",
    ]
    lines += values(section.values)
    return lines.joined(by: "\n") + "\n"
  }

  /// The records of a file as `inspect` shows them.
  public func inspection(_ document: DocumentRecords) -> String {
    var seen: Set<Int> = []
    return document.records.map { record in
      let isFirst = seen.insert(record.subjectOrdinal).inserted
      return inspection(record, declared: isFirst ? document.declared(for: record) : [])
    }.joined(by: "\n")
  }

  private func inspection(_ record: Record, declared: [HitValue]) -> String {
    var lines = [
      style.bold(headingPath(record.headings)),
      "   " + style.path("line \(record.line)–\(record.endLine)")
        + style.dim("  #\(Visible.line(record.anchor))  subject: \(Visible.line(record.subject))"),
    ]
    for one in declared {
      lines.append(inspection(one.value, remark: "  (declared for the \(one.source.rawValue))"))
    }
    for stated in record.statedValues {
      let remark = stated.isForeign ? "  (of another role)" : ""
      lines.append(inspection(stated.value, remark: remark))
    }
    for amount in record.ignored {
      lines.append(
        "   "
          + style.dim(
            "ignored \(Visible.line(amount.provenance.text)) on line \(amount.provenance.line): "
              + amount.reason))
    }
    return lines.joined(by: "\n") + "\n"
  }

  private func inspection(_ value: Value, remark: String) -> String {
    "   \(Visible.line(value.field)): " + style.value(ReadableValue.text(value.content))
      + style.dim("  line \(value.provenance.line): \(Visible.line(value.provenance.text))")
      + style.dim(remark)
  }

  /// The fields of an index with their conflicts.
  public func fields(_ schema: Schema) -> String {
    let used = schema.listed
    let names = used.map { Visible.width($0.name) }.max() ?? 0
    return used.map { field in
      let name = Visible.line(field.name)
      let pad = String(repeating: " ", count: Swift.max(0, names - Visible.width(name)))
      let unit = field.unit.map { " in \($0)" } ?? ""
      var line = "\(style.bold(name))\(pad)  \(field.type.rawValue)\(unit)"
      if field.origin != .builtin { line += style.dim("  \(field.sectionCount) sections") }
      if !field.aliases.isEmpty {
        line += style.dim("  also \(field.aliases.joined(by: ", "))")
      }
      for conflict in field.conflicts {
        line += "\n    conflict: \(conflict.reason)"
        for example in conflict.examples { line += "\n      \(Visible.line(example))" }
      }
      return line + "\n"
    }.joined(by: "")
  }

  // MARK: Facets

  /// Values of a field with their counts and a bar, one a line.
  public func facet(_ facet: Facet) -> String {
    let shown = facet.buckets.map { Visible.line($0.label) }
    let names = shown.map { Visible.width($0) }.max() ?? 0
    let most = facet.buckets.map(\.count).max() ?? 1
    let present = facet.total - facet.missing
    var text =
      style.bold(facet.field) + style.dim(facet.unit.map { " in \(Visible.line($0))" } ?? "")
      + style.dim("  \(present) \(present == 1 ? "section has" : "sections have") it")
    if facet.missing > 0 {
      text += style.dim(", \(facet.missing) \(facet.missing == 1 ? "does" : "do") not")
    }
    text += "\n"
    for (name, bucket) in zip(shown, facet.buckets) {
      let pad = String(repeating: " ", count: names - Visible.width(name))
      let count = String(bucket.count)
      let left = String(repeating: " ", count: Swift.max(0, 7 - count.utf8.count))
      let bar = String(
        repeating: style.isASCII ? "#" : "▇", count: Swift.max(1, 24 * bucket.count / most))
      text += "\(left)\(count)  \(name)\(pad)  \(style.dim(bar))\n"
    }
    if facet.isCut { text += style.dim("         more with --limit") + "\n" }
    for note in facet.notes { text += style.dim("         \(Visible.line(note))") + "\n" }
    return text
  }
}
