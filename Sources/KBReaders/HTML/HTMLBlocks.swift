internal import CGumbo
internal import KBIngest
internal import KBSchema

/// Turns a tree into blocks in the order of the page. The walk has no recursion but for tables
/// within tables.
final class HTMLBlocks {
  private let lines: SourceLines
  private var blocks: [Block] = []
  private var text: HTMLText
  /// What the words collected now will be.
  private var kind = Block.Kind.paragraph
  private var lists = 0
  /// An id of a section or division that no heading has taken yet.
  private var sectionID: String?
  private var heading: (level: Int, id: String?, line: Int)?
  private var term: HTMLText?
  private let root: HTMLTree.Node
  private let isBody: Bool

  /// The blocks below a node.
  static func read(_ root: HTMLTree.Node, lines: SourceLines) -> [Block] {
    let reader = HTMLBlocks(root, lines)
    root.walk(enter: { reader.enter($0) }, leave: { reader.leave($0) })
    reader.flush()
    return reader.blocks
  }

  private init(_ root: HTMLTree.Node, _ lines: SourceLines) {
    self.root = root
    self.lines = lines
    text = HTMLText(lines: lines)
    isBody = root.tag == GUMBO_TAG_BODY || root.tag == GUMBO_TAG_HTML
  }

  // MARK: The walk

  private func enter(_ node: HTMLTree.Node) -> Bool {
    guard node.isElement else {
      text.add(node)
      return true
    }
    guard node != root else { return true }
    if HTMLBoilerplate.isSilent(node) || HTMLBoilerplate.isAround(node) { return false }
    if HTMLBoilerplate.isPermalink(node) {
      if heading != nil, heading?.id == nil { heading?.id = HTMLBlocks.target(node) }
      return false
    }
    if let level = HTMLBlocks.level(node.tag) {
      if HTMLBlocks.isLabel(node) { flush() } else { beginHeading(node, level) }
      return true
    }
    if heading != nil, heading?.id == nil, node.tag == GUMBO_TAG_A || node.tag == GUMBO_TAG_SPAN {
      heading?.id = node.filled("id") ?? node.filled("name")
    }
    return enterBlock(node)
  }

  private func enterBlock(_ node: HTMLTree.Node) -> Bool {
    switch node.tag {
    case GUMBO_TAG_HEADER where isBody && !HTMLBlocks.holdsHeading(node): return false
    case GUMBO_TAG_SECTION, GUMBO_TAG_DIV, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN:
      flush()
      if let id = node.filled("id") { sectionID = id }
    case GUMBO_TAG_P, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION,
      GUMBO_TAG_ADDRESS, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_HR, GUMBO_TAG_FORM,
      GUMBO_TAG_FIELDSET, GUMBO_TAG_HEADER, GUMBO_TAG_HGROUP, GUMBO_TAG_CENTER, GUMBO_TAG_BODY,
      GUMBO_TAG_CAPTION:
      flush()
    case GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_MENU:
      flush()
      lists += 1
    case GUMBO_TAG_LI:
      flush()
      kind = .listItem(depth: max(0, lists - 1))
    case GUMBO_TAG_DL: flush()
    case GUMBO_TAG_DT:
      flush()
      flushTerm()
      kind = .definition(term: "")
    case GUMBO_TAG_DD:
      takeTerm()
    case GUMBO_TAG_PRE:
      flush()
      code(node)
      return false
    case GUMBO_TAG_TABLE:
      flush()
      if let rows = HTMLTable.rows(of: node, lines: lines) {
        blocks += rows
        sectionID = nil
        return false
      }
    case GUMBO_TAG_TR, GUMBO_TAG_TD, GUMBO_TAG_TH: flush()
    case GUMBO_TAG_BR: text.breakLine()
    default: break
    }
    return true
  }

  private func leave(_ node: HTMLTree.Node) {
    guard node.isElement, node != root else { return }
    if HTMLBlocks.level(node.tag) != nil {
      if heading == nil { flush() } else { endHeading() }
      return
    }
    switch node.tag {
    case GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_MENU:
      flush()
      lists = max(0, lists - 1)
    case GUMBO_TAG_DT: holdTerm()
    case GUMBO_TAG_DL:
      flush()
      flushTerm()
    case GUMBO_TAG_SECTION, GUMBO_TAG_DIV, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN, GUMBO_TAG_P,
      GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_ADDRESS,
      GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_HEADER,
      GUMBO_TAG_HGROUP, GUMBO_TAG_LI, GUMBO_TAG_DD, GUMBO_TAG_TR, GUMBO_TAG_TD, GUMBO_TAG_TH,
      GUMBO_TAG_CENTER, GUMBO_TAG_CAPTION:
      flush()
    default: break
    }
  }

  // MARK: Text

  /// Ends the block whose words were collected.
  private func flush() {
    let done = text
    text = HTMLText(lines: lines)
    let kind = self.kind
    guard heading == nil else {
      // A division inside a heading parts words only.
      text = done
      text.separate()
      return
    }
    guard !done.isEmpty else { return }
    self.kind = .paragraph
    sectionID = nil
    append(kind, done)
  }

  private func append(_ kind: Block.Kind, _ text: HTMLText) {
    blocks.append(
      Block(
        kind: kind, content: text.content, line: text.first ?? 1,
        endLine: max(text.last, text.first ?? 1)))
  }

  // MARK: Headings

  private func beginHeading(_ node: HTMLTree.Node, _ level: Int) {
    flush()
    let id = node.filled("id") ?? sectionID
    heading = (level, id, node.line)
    text = HTMLText(lines: lines)
  }

  private func endHeading() {
    guard let ended = heading else { return }
    heading = nil
    let words = text
    text = HTMLText(lines: lines)
    kind = .paragraph
    sectionID = nil
    guard !words.isEmpty else { return }
    blocks.append(
      Block(
        kind: .heading(level: ended.level, id: ended.id), content: words.content,
        line: ended.line, endLine: max(ended.line, words.last)))
  }

  /// "Note", "Tip": the label of a box within a section, which goes on behind it.
  private static func isLabel(_ node: HTMLTree.Node) -> Bool {
    node.pointee.parent?.classes.contains { boxes.contains($0) } == true
  }

  private static let boxes: Set<String> = [
    "note", "tip", "warning", "caution", "important", "admonition", "callout", "alert", "hint",
    "danger", "info",
  ]

  private static func level(_ tag: GumboTag) -> Int? {
    switch tag {
    case GUMBO_TAG_H1: 1
    case GUMBO_TAG_H2: 2
    case GUMBO_TAG_H3: 3
    case GUMBO_TAG_H4: 4
    case GUMBO_TAG_H5: 5
    case GUMBO_TAG_H6: 6
    default: nil
    }
  }

  private static func holdsHeading(_ node: HTMLTree.Node) -> Bool {
    node.first { level($0.tag) == 1 } != nil
  }

  /// The id that a permalink names.
  private static func target(_ node: HTMLTree.Node) -> String? {
    guard let link = node.attribute("href"), link.hasPrefix("#"), link.utf8.count > 1 else {
      return nil
    }
    return String(link.dropFirst())
  }

  // MARK: Definitions

  /// A term waits for what it means.
  private func holdTerm() {
    guard !text.isEmpty else { return }
    if term != nil { flushTerm() }
    term = text
    text = HTMLText(lines: lines)
    kind = .paragraph
  }

  /// A term without a meaning is a paragraph.
  private func flushTerm() {
    guard let alone = term else { return }
    term = nil
    append(.paragraph, alone)
  }

  /// The meaning begins with its term, so that both stand in one text.
  private func takeTerm() {
    flush()
    guard let held = term else { return }
    term = nil
    kind = .definition(term: held.content.text)
    text = held
    text.joinMeaning()
  }

  // MARK: Code

  private func code(_ node: HTMLTree.Node) {
    var raw: [(text: String, line: Int)] = []
    node.walk(enter: { inner in
      if let text = inner.text { raw.append((text, inner.line)) }
      return true
    })
    var content = MarkedText()
    var isNewLine = true
    for piece in raw {
      var line = piece.line
      for (index, part) in piece.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 {
          line += 1
          isNewLine = true
        }
        guard !part.isEmpty else { continue }
        if isNewLine, !content.text.isEmpty { content.text += "\n" }
        isNewLine = false
        content.append(
          part, line: line, column: lines.column(of: part.utf8, in: line, from: 0) ?? 0)
      }
    }
    guard !content.text.trimmed.isEmpty else { return }
    blocks.append(
      Block(
        kind: .code(language: HTMLBlocks.language(node)), content: content, line: node.line,
        endLine: max(node.line, content.marks.last?.line ?? node.line)))
  }

  private static func language(_ node: HTMLTree.Node) -> String {
    let holders = [node] + [node.first { $0.tag == GUMBO_TAG_CODE }].compactMap { $0 }
    for name in holders.flatMap(\.classes) {
      for prefix in ["language-", "lang-", "highlight-"] where name.hasPrefix(prefix) {
        return String(name.dropFirst(prefix.count))
      }
    }
    return ""
  }
}
