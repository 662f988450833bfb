internal import KBSchema

/// A line that leads to others: a list's introduction, or an item with items of its own.
struct LeadText {
  /// Number of the unit within its section; nil for the term of a definition.
  var ordinal: Int?
  /// Its words, or the end of them where they are many.
  var text: String
  /// The text it was cut from, and where it begins there.
  var source: MarkedText
  var base: Int
  /// Depth of the list item; -1 for anything else.
  var depth: Int

  /// Where bytes of the lead's text stand in the file.
  func provenance(of span: Range<Int>) -> Provenance {
    source.provenance(of: base + span.lowerBound..<base + span.upperBound)
  }
}

/// A unit of text that states values together, with the way back to the file.
struct FactUnit {
  /// What extractors look at.
  var text: FactText
  /// The text it was cut from.
  var source: MarkedText
  /// Where the unit's text begins in `source`.
  var base: Int
  /// Number of the unit within its section.
  var ordinal: Int
  /// The line of the same section that leads to this one, if any.
  var lead: LeadText?
  /// For a table row: the row of the columns' names.
  var header: Block?

  /// Where bytes of the unit's text stand in the file.
  func provenance(of span: Range<Int>, declared: Bool = false) -> Provenance {
    source.provenance(of: base + span.lowerBound..<base + span.upperBound, declared: declared)
  }
}

/// Cuts a section into the units that facts are made of.
struct FactSplitter {
  /// The body that gets each unit.
  typealias Body = (FactUnit) -> Void

  private let section: Section
  private let headings: [String]
  private var count = 0
  /// List items that enclose the next one, outermost first.
  private var items: [LeadText] = []
  /// The sentence or item ending in a colon that leads to what follows.
  private var intro: LeadText?
  private var header: Block?

  /// A splitter of one section. `headings` is the path above its text, from its subject down.
  init(_ section: Section, headings: [String]) {
    self.section = section
    self.headings = headings
  }

  /// A lead is looked at for labels, not searched: its end is enough.
  private static let longestLead = 300
  /// A list item or definition longer than this states values sentence by sentence.
  private static let longestUnit = 4096

  /// The units in the order of the file, the heading first.
  mutating func forEach(_ body: Body) {
    if let heading = section.heading {
      emit(.heading, heading, headings: Array(headings.dropLast()), body)
    }
    for index in section.blocks.indices {
      let block = section.blocks[index]
      switch block.kind {
      case .heading, .code: endLists()
      case .paragraph: paragraph(block, body)
      case .listItem(let depth): item(block, depth: depth, body)
      case .tableRow(let columns, let cells):
        if columns.isEmpty && namesColumns(index) {
          header = block
          items = []
        } else {
          row(block, columns, cells, body)
        }
      case .definition(let term): definition(block, term: term, body)
      }
    }
  }

  private mutating func endLists() {
    items = []
    intro = nil
    header = nil
  }

  // MARK: Kinds of blocks

  private mutating func paragraph(_ block: Block, _ body: Body) {
    endLists()
    let bytes = Array(block.content.text.utf8)
    var last: Range<Int>?
    SentenceSplitter(bytes).forEach { range in
      emit(.sentence, block.content, bytes, range, lead: nil, body)
      last = range
    }
    if let last, bytes[last.upperBound - 1] == 0x3A {
      intro = FactSplitter.lead(count - 1, bytes, last, of: block, depth: -1)
    }
  }

  private mutating func definition(_ block: Block, term: String, _ body: Body) {
    items = []
    header = nil
    var lead = intro
    if !block.content.text.hasPrefix(term) {
      var source = MarkedText()
      source.append(term, line: block.line, column: 0)
      lead = LeadText(ordinal: nil, text: term, source: source, base: 0, depth: -1)
    }
    emit(.definition, block, headings: headings, lead: lead, body)
  }

  private mutating func item(_ block: Block, depth: Int, _ body: Body) {
    header = nil
    while let last = items.last, last.depth >= depth { items.removeLast() }
    endItemIntro(before: depth)
    let bytes = Array(block.content.text.utf8)
    let range = (0..<bytes.count).trimmed(in: bytes)
    let announces = !range.isEmpty && bytes[range.upperBound - 1] == 0x3A
    let lead = items.last ?? (announces && intro.map { $0.depth >= 0 } == true ? nil : intro)
    let own = FactSplitter.lead(count, bytes, range, of: block, depth: depth)
    emit(.listItem, block, headings: headings, lead: lead, body)
    items.append(own)
    if announces { intro = own }
  }

  /// An item that ends in a colon leads to the items beside it ("Austin:", "Senior: $150k"), unless
  /// it has items of its own or its list has ended.
  private mutating func endItemIntro(before depth: Int) {
    guard let current = intro, current.depth >= 0 else { return }
    if current.depth > depth || items.contains(where: { $0.ordinal == current.ordinal }) {
      intro = nil
    }
  }

  private mutating func row(
    _ block: Block, _ columns: [String], _ cells: [Range<Int>], _ body: Body
  ) {
    items = []
    var named: [(column: String, range: Range<Int>)] = []
    for (index, range) in cells.enumerated() {
      named.append((column: index < columns.count ? columns[index] : "", range: range))
    }
    let bytes = Array(block.content.text.utf8)
    emit(
      .tableRow, block.content, bytes, 0..<bytes.count, lead: intro, cells: named, body)
  }

  /// Whether the row at `index` names the columns of the row after it: then it states nothing.
  private func namesColumns(_ index: Int) -> Bool {
    guard index + 1 < section.blocks.count else { return false }
    guard case .tableRow(let columns, _) = section.blocks[index + 1].kind else { return false }
    return !columns.isEmpty
  }

  // MARK: Units

  /// A block as one unit, or sentence by sentence where it is long.
  private mutating func emit(
    _ kind: FactText.Kind, _ block: Block, headings: [String], lead: LeadText? = nil, _ body: Body
  ) {
    let bytes = Array(block.content.text.utf8)
    let whole = (0..<bytes.count).trimmed(in: bytes)
    guard whole.count > FactSplitter.longestUnit else {
      emit(kind, block.content, bytes, whole, headings: headings, lead: lead, body)
      return
    }
    SentenceSplitter(bytes).forEach { range in
      emit(kind, block.content, bytes, range, headings: headings, lead: lead, body)
    }
  }

  private mutating func emit(
    _ kind: FactText.Kind, _ source: MarkedText, _ bytes: [UInt8], _ range: Range<Int>,
    headings: [String]? = nil, lead: LeadText?,
    cells: [(column: String, range: Range<Int>)] = [], _ body: Body
  ) {
    guard !range.isEmpty else { return }
    let text = FactText(
      kind: kind, text: String(decoding: bytes[range], as: UTF8.self),
      headings: headings ?? self.headings, cells: cells, lead: lead?.text ?? "",
      level: kind == .heading ? section.level : 0)
    let unit = FactUnit(
      text: text, source: source, base: range.lowerBound, ordinal: count, lead: lead,
      header: cells.isEmpty ? nil : header)
    count += 1
    body(unit)
  }

  private static func lead(
    _ ordinal: Int, _ bytes: [UInt8], _ range: Range<Int>, of block: Block, depth: Int
  ) -> LeadText {
    var tail = bytes[range].suffix(longestLead)
    while let first = tail.first, first & 0xC0 == 0x80 { tail.removeFirst() }
    return LeadText(
      ordinal: ordinal, text: String(decoding: tail, as: UTF8.self), source: block.content,
      base: tail.startIndex, depth: depth)
  }
}

extension MarkedText {
  /// Where bytes of the text stand in the file: the line of the first, and the columns up to the
  /// last byte that stands on that line.
  func provenance(of range: Range<Int>, declared: Bool = false) -> Provenance {
    let start = place(at: range.lowerBound)
    let last = endOnLine(of: start.line, in: range)
    let end = place(at: last).column + 1
    let bytes = text.utf8
    let low = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
    let high = bytes.index(low, offsetBy: range.count)
    return Provenance(
      line: start.line, columns: start.column..<max(start.column, end),
      text: String(text[low..<high]), declared: declared)
  }

  /// The last offset of a range that stands on the line where the range begins.
  private func endOnLine(of line: Int, in range: Range<Int>) -> Int {
    let last = range.upperBound - 1
    if place(at: last).line == line { return last }
    var low = range.lowerBound
    var high = last
    while low < high {
      let middle = (low + high + 1) / 2
      if place(at: middle).line == line { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
