internal import KBSchema

/// A document cut at its headings, and what its sections are about.
struct SectionTree {
  /// The title: declared, else the first heading of level 1, else the first heading, else the
  /// file's name without its ending.
  let title: String
  /// Line that states the title; 1 for a file's name.
  let titleLine: Int
  /// The sections in the order of the file.
  var sections: [Section]
  /// For each section, the one whose heading encloses it.
  let parents: [Int?]
  /// The subjects in the order of their ordinals.
  var subjects: [Subject] = []

  /// The sections and subjects of a document.
  static func build(
    _ document: Document, reading: ValueReading, fields: FactFields,
    subject: SubjectRule = .auto
  ) -> SectionTree {
    var cutter = SectionCutter(document)
    cutter.cut()
    var tree = SectionTree(
      title: cutter.title.text, titleLine: cutter.title.line, sections: cutter.sections,
      parents: cutter.parents)
    var subjects = Subjects(document: document, reading: reading, fields: fields)
    subjects.assign(&tree, rule: subject)
    return tree
  }
}

/// Cuts a document at its headings.
private struct SectionCutter {
  let document: Document
  let title: (text: String, line: Int)
  var sections: [Section] = []
  var parents: [Int?] = []
  private var anchors: Anchors
  /// Sections whose headings enclose what comes next, outermost first.
  private var open: [Int] = []

  init(_ document: Document) {
    self.document = document
    title = SectionCutter.title(of: document)
    let count = document.blocks.count { $0.isHeading } + 1
    sections.reserveCapacity(count)
    parents.reserveCapacity(count)
    anchors = Anchors(
      explicit: document.blocks.compactMap {
        guard case .heading(_, let id?) = $0.kind, !id.isEmpty else { return nil }
        return id
      })
  }

  mutating func cut() {
    let blocks = document.blocks
    var start = 0
    while start < blocks.count {
      if case .heading(let level, let id) = blocks[start].kind {
        begin(blocks[start], level: level, id: id)
        start += 1
      } else {
        let end = blocks[start...].firstIndex { $0.isHeading } ?? blocks.count
        add(blocks[start..<end])
        start = end
      }
    }
    if sections.isEmpty && !document.metadata.isEmpty { beginText(line: 1) }
  }

  private mutating func begin(_ block: Block, level: Int, id: String?) {
    let name = block.content.text.trimmed
    while let last = open.last, sections[last].level >= level { open.removeLast() }
    let above = open.last.map { sections[$0].headings } ?? []
    parents.append(open.last)
    open.append(sections.count)
    sections.append(
      Section(
        headings: above + [name], level: level, heading: block,
        anchor: anchors.next(for: name, id: id), line: block.line,
        endLine: max(block.line, block.endLine), blocks: []))
  }

  /// Adds blocks, one or more.
  private mutating func add(_ blocks: ArraySlice<Block>) {
    if sections.isEmpty { beginText(line: blocks.first?.line ?? 1) }
    let last = sections.count - 1
    sections[last].blocks += blocks
    sections[last].endLine = blocks.reduce(sections[last].endLine) { max($0, $1.endLine) }
  }

  /// A section of text before the first heading: it has no anchor, a link to it is one to the file.
  private mutating func beginText(line: Int) {
    parents.append(nil)
    sections.append(
      Section(
        headings: [title.text], level: 0, heading: nil, anchor: "", line: line, endLine: line,
        blocks: []))
  }

  private static func title(of document: Document) -> (text: String, line: Int) {
    let entry = document.metadata.first { Field.normalise($0.key) == "title" }?.values.first
    if let declared = document.declaredTitle?.trimmed, !declared.isEmpty {
      return (declared, entry?.line ?? firstHeading(of: document)?.line ?? 1)
    }
    if let entry, !entry.text.trimmed.isEmpty { return (entry.text.trimmed, entry.line) }
    return firstHeading(of: document) ?? (fileStem(document.path), 1)
  }

  private static func firstHeading(of document: Document) -> (text: String, line: Int)? {
    var first: (text: String, line: Int)?
    for block in document.blocks {
      guard case .heading(let level, _) = block.kind else { continue }
      let text = block.content.text.trimmed
      if text.isEmpty { continue }
      if level == 1 { return (text, block.line) }
      if first == nil { first = (text, block.line) }
    }
    return first
  }

  private static func fileStem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
