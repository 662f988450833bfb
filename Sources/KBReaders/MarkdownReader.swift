internal import CCMarkGFM
internal import Glibc
internal import KBIngest
internal import KBSchema

/// GitHub-flavoured Markdown, by cmark-gfm.
enum MarkdownReader {
  /// Reads a text whose lines end in `\n`.
  static func read(_ text: String, path: String) throws(ReadError) -> Document {
    let lines = SourceLines(text)
    let front = FrontMatter.cut(lines)
    let body = Array(lines.bytes[front.bodyOffset...])
    var blocks = try MarkdownBlocks(lines: lines, lineOffset: front.bodyLine - 1).read(body)
    blocks.removeAll { $0.content.text.isEmpty && !$0.isHeading }
    return Document(
      path: path, format: "markdown", declaredTitle: front.title, metadata: front.entries,
      blocks: blocks, lineCount: lines.count, warnings: front.warnings)
  }
}

/// Walks the tree of one text. The walk is iterative: depth costs no stack.
private struct MarkdownBlocks {
  let lines: SourceLines
  /// Lines of front matter above the body.
  let lineOffset: Int

  private typealias Node = OpaquePointer

  func read(_ body: [UInt8]) throws(ReadError) -> [Block] {
    cmark_gfm_core_extensions_ensure_registered()
    // The text is valid UTF-8, or it would be no `String`.
    let options = CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE
    guard let parser = cmark_parser_new(options) else {
      throw ReadError(reason: "the Markdown parser could not be started")
    }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "tasklist"] {
      if let found = cmark_find_syntax_extension(name) {
        cmark_parser_attach_syntax_extension(parser, found)
      }
    }
    body.withUnsafeBytes {
      cmark_parser_feed(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    guard let root = cmark_parser_finish(parser) else {
      throw ReadError(reason: "the Markdown parser gave no result")
    }
    defer { cmark_node_free(root) }
    return walk(root)
  }

  private func walk(_ root: Node) -> [Block] {
    var blocks: [Block] = []
    var lists = 0
    var columns: [String] = []
    guard let iterator = cmark_iter_new(root) else { return [] }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return blocks }
      guard let node = cmark_iter_get_node(iterator) else { return blocks }
      let type = cmark_node_get_type(node)
      let isEntering = event == CMARK_EVENT_ENTER
      if type == CMARK_NODE_LIST {
        lists += isEntering ? 1 : -1
        continue
      }
      guard isEntering else { continue }
      switch type {
      case CMARK_NODE_HEADING:
        blocks.append(heading(node))
        cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
      case CMARK_NODE_PARAGRAPH:
        blocks += paragraph(node, depth: lists - 1)
        cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
      case CMARK_NODE_CODE_BLOCK: blocks.append(code(node))
      case CMARK_NODE_HTML_BLOCK: blocks += html(node)
      default:
        let name = String(cString: cmark_node_get_type_string(node))
        if name == "table" { columns = [] }
        if name == "table_header" || name == "table_row" {
          let row = row(node, columns: columns)
          if name == "table_header" { columns = row.cells }
          blocks.append(row.block)
          cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
        }
      }
    }
  }

  // MARK: Kinds of blocks

  private func line(_ node: Node) -> Int {
    let known = Int(cmark_node_get_start_line(node))
    return (known > 0 ? known : lineBehindPrevious(node)) + lineOffset
  }

  /// The paragraph that cmark-gfm cuts off the front of a table has no line: it begins with the first
  /// words behind what stands before it.
  private func lineBehindPrevious(_ node: Node) -> Int {
    let previous = cmark_node_previous(node).map { Int(cmark_node_get_end_line($0)) }
    let parent = cmark_node_parent(node).map { Int(cmark_node_get_start_line($0)) }
    var number = max(1, previous.map { $0 + 1 } ?? parent ?? 1)
    while number + lineOffset < lines.count, PlainTextUnits.isBlank(lines.line(number + lineOffset))
    {
      number += 1
    }
    return number
  }

  private func endLine(_ node: Node) -> Int {
    max(line(node), Int(cmark_node_get_end_line(node)) + lineOffset)
  }

  private func heading(_ node: Node) -> Block {
    var content = inlines(of: node)
    let id = MarkdownBlocks.cutID(&content)
    return Block(
      kind: .heading(level: Int(cmark_node_get_heading_level(node)), id: id), content: content,
      line: line(node), endLine: line(node))
  }

  /// `{#id}` at the end of a heading names its anchor.
  private static func cutID(_ content: inout MarkedText) -> String? {
    let bytes = Array(content.text.utf8)
    guard bytes.last == UInt8(ascii: "}"), let open = bytes.lastIndex(of: UInt8(ascii: "{")),
      open + 1 < bytes.count, bytes[open + 1] == UInt8(ascii: "#")
    else { return nil }
    let id = String(decoding: bytes[(open + 2)..<(bytes.count - 1)], as: UTF8.self)
    guard !id.isEmpty, !id.contains(" ") else { return nil }
    var end = open
    while end > 0, bytes[end - 1] == 0x20 { end -= 1 }
    content.text = String(decoding: bytes[..<end], as: UTF8.self)
    content.marks.removeAll { $0.offset >= end && $0.offset > 0 }
    return id
  }

  private func paragraph(_ node: Node, depth: Int) -> [Block] {
    let content = Noise.removed(from: inlines(of: node))
    guard !content.text.isEmpty else { return [] }
    let parent = cmark_node_parent(node)
    let isItem =
      parent.map {
        cmark_node_get_type($0) == CMARK_NODE_ITEM
          || String(cString: cmark_node_get_type_string($0)) == "tasklist"
      } ?? false
    let isFirst = cmark_node_previous(node) == nil
    let kind: Block.Kind = isItem && isFirst ? .listItem(depth: max(0, depth)) : .paragraph
    if kind == .paragraph, let list = DefinitionList(content) { return list.blocks }
    return [Block(kind: kind, content: content, line: line(node), endLine: endLine(node))]
  }

  private func code(_ node: Node) -> Block {
    let code = SourceLines(MarkdownBlocks.literal(of: node))
    let isFenced = cmark_node_get_fence_info(node) != nil && opensFence(line(node))
    let first = line(node) + (isFenced ? 1 : 0)
    var content = MarkedBytes(bytes: code.bytes.count, marks: code.count)
    for index in 0..<code.count {
      let one = code.line(index + 1)
      guard !one.isEmpty else { continue }
      if !content.isEmpty { content.endLine() }
      let column = lines.column(of: one, in: first + index, from: 0) ?? 0
      content.append(one, line: first + index, column: column)
    }
    let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
    let language = info.split(separator: " ").first.map(String.init) ?? ""
    return Block(
      kind: .code(language: language), content: content.text, line: line(node),
      endLine: endLine(node))
  }

  /// The bytes of a node's own text.
  private static func literal(of node: Node) -> [UInt8] {
    guard let literal = cmark_node_get_literal(node) else { return [] }
    return Array(bytes(of: literal))
  }

  private static func bytes(of literal: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
    let count = strlen(literal)
    let start = UnsafeRawPointer(literal).assumingMemoryBound(to: UInt8.self)
    return UnsafeBufferPointer(start: start, count: count)
  }

  private static let fences = [Array("```".utf8), Array("~~~".utf8)]

  private func opensFence(_ number: Int) -> Bool {
    MarkdownBlocks.fences.contains { lines.column(of: $0, in: number, from: 0) != nil }
  }

  /// The text of raw HTML, tags and comments left out.
  private func html(_ node: Node) -> [Block] {
    let raw = SourceLines(MarkdownBlocks.literal(of: node))
    var content = MarkedText()
    var isInTag = false
    var isInComment = false
    for index in 0..<raw.count {
      let text = HTMLTags.stripped(raw.line(index + 1), &isInTag, &isInComment)
      guard !text.isEmpty else { continue }
      if !content.text.isEmpty { content.text += "\n" }
      let number = line(node) + index
      content.append(
        text, line: number, column: lines.column(of: text.utf8, in: number, from: 0) ?? 0)
    }
    guard !content.text.isEmpty else { return [] }
    return [Block(kind: .paragraph, content: content, line: line(node), endLine: endLine(node))]
  }

  /// Where a paragraph is glued to a table, cmark-gfm gives the header row the paragraph's line: it
  /// stands two lines above the first row.
  private func rowLine(_ node: Node) -> Int {
    guard cmark_node_previous(node) == nil, let next = cmark_node_next(node) else {
      return line(node)
    }
    return max(line(node), line(next) - 2)
  }

  private func row(_ node: Node, columns: [String]) -> (block: Block, cells: [String]) {
    var content = MarkedText()
    var ranges: [Range<Int>] = []
    var names: [String] = []
    let number = rowLine(node)
    var column = 0
    var cell = cmark_node_first_child(node)
    while let current = cell {
      if !ranges.isEmpty { content.text += " | " }
      let start = content.text.utf8.count
      let text = inlines(of: current, line: number, from: column)
      content.append(text)
      column = text.marks.last.map { $0.column + text.text.utf8.count - $0.offset } ?? column
      ranges.append(start..<content.text.utf8.count)
      names.append(text.text)
      cell = cmark_node_next(current)
    }
    let block = Block(
      kind: .tableRow(columns: columns, cells: ranges), content: content, line: number,
      endLine: number)
    return (block, names)
  }

  // MARK: Inlines

  /// The text of a block's inlines. Columns come from looking for each piece in its source line:
  /// cmark's own are unreliable there.
  private func inlines(of node: Node, line first: Int? = nil, from start: Int = 0) -> MarkedText {
    var result = MarkedBytes()
    var number = first ?? line(node)
    var column = start
    guard let iterator = cmark_iter_new(node) else { return MarkedText() }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return result.text }
      guard event == CMARK_EVENT_ENTER, let inline = cmark_iter_get_node(iterator) else { continue }
      switch cmark_node_get_type(inline) {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE:
        guard let literal = cmark_node_get_literal(inline) else { continue }
        let piece = MarkdownBlocks.bytes(of: literal)
        let found = lines.column(of: piece, in: number, from: column)
        result.append(piece, line: number, column: found ?? column)
        if let found { column = found + piece.count }
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
        result.endLine()
        number += 1
        column = 0
      default: break
      }
    }
  }
}

/// Tags of HTML within Markdown.
enum HTMLTags {
  /// A line without tags and comments; both may run over several lines.
  static func stripped(
    _ line: ArraySlice<UInt8>, _ isInTag: inout Bool, _ isInComment: inout Bool
  ) -> String {
    var result: [UInt8] = []
    var rest = line
    while let first = rest.first {
      if isInComment {
        guard let end = end(of: rest) else { break }
        rest = rest[end...]
        isInComment = false
      } else if isInTag {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
        rest = rest[(end + 1)...]
        isInTag = false
      } else if rest.starts(with: "<!--".utf8) {
        rest = rest.dropFirst(4)
        isInComment = true
      } else if first == UInt8(ascii: "<") {
        rest = rest.dropFirst()
        isInTag = true
      } else {
        let text = rest.prefix { $0 != UInt8(ascii: "<") }
        result += text
        rest = rest[text.endIndex...]
      }
    }
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    while let last = result.last, isBlank(last) { result.removeLast() }
    return String(decoding: result.drop(while: isBlank), as: UTF8.self)
  }

  /// Where a comment ends that a text begins inside.
  private static func end(of text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { text[$0...].starts(with: "-->".utf8) }.map { $0 + 3 }
  }
}

/// Lines that templates and components put between the words.
enum Noise {
  /// A paragraph without lines that are Liquid tags (`{% … %}`) or MDX imports alone.
  static func removed(from content: MarkedText) -> MarkedText {
    guard content.text.holds("{%") || content.text.hasPrefix("import ") else { return content }
    let lines = content.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.contains(where: isNoise) else { return content }
    var result = MarkedText()
    var offset = 0
    for line in lines {
      if !isNoise(line) {
        if !result.text.isEmpty { result.text += "\n" }
        let base = result.text.utf8.count
        let place = content.place(at: offset)
        result.marks.append(.init(offset: base, line: place.line, column: place.column))
        result.text += line
      }
      offset += line.utf8.count + 1
    }
    return result
  }

  private static func isNoise(_ line: Substring) -> Bool {
    let line = line.drop { $0 == " " }
    if line.hasPrefix("{%"), line.reversed().drop(while: { $0 == " " }).starts(with: "}%") {
      return true
    }
    return line.hasPrefix("import ") && line.contains(" from ") && line.contains("\"")
  }
}
