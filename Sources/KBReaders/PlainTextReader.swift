internal import KBIngest
internal import KBSchema

/// Text without markup, as scraped pages and notes have it.
///
/// A short line alone between blank lines is a heading. The first is the title; of the others, one
/// that running text or another heading follows opens a chapter (level 2), one that a list follows
/// a subsection (level 3). Labels glued to the end of a list item, conclusions glued to the last
/// one, and `### Heading - item - item` runs in one line are taken apart; every piece keeps its line
/// and column.
enum PlainTextReader {
  /// Reads a text whose lines end in `\n`.
  static func read(_ text: String, path: String) -> Document {
    let lines = SourceLines(text)
    var outline = PlainTextOutline(units: PlainTextUnits.read(lines))
    return Document(
      path: path, format: "text", blocks: outline.blocks(lines), lineCount: lines.count)
  }
}

/// A run of lines that belong together.
struct PlainTextUnit {
  enum Kind: Equatable {
    /// A short line by itself.
    case candidate
    /// A heading that a line of signs underlines.
    case underlined(level: Int)
    case prose
    case item(depth: Int)
  }

  var kind: Kind
  /// First and last line.
  var lines: ClosedRange<Int>
  /// Bytes of the first line before the words: indent and bullet.
  var column: Int
}

/// Lines to units.
enum PlainTextUnits {
  static func read(_ lines: SourceLines) -> [PlainTextUnit] {
    var units: [PlainTextUnit] = []
    var number = 1
    while number <= lines.count {
      let line = lines.line(number)
      if isBlank(line) {
        number += 1
      } else if let (depth, column) = bullet(line) {
        var last = number
        while last < lines.count, continues(lines.line(last + 1), after: column) { last += 1 }
        units.append(
          PlainTextUnit(kind: .item(depth: depth), lines: number...last, column: column))
        number = last + 1
      } else {
        var last = number
        while last < lines.count, !isBlank(lines.line(last + 1)),
          bullet(lines.line(last + 1)) == nil
        {
          last += 1
        }
        units += prose(number...last, lines)
        number = last + 1
      }
    }
    return PlainTextPromotion(units: units, lines: lines).promoted()
  }

  static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  private static func indent(_ line: ArraySlice<UInt8>) -> Int {
    line.prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  /// `• `, `- `, `* `, `1. `, `2) ` after any indent.
  private static func bullet(_ line: ArraySlice<UInt8>) -> (depth: Int, column: Int)? {
    let indent = indent(line)
    let rest = line.dropFirst(indent)
    let depth = indent / 4
    for mark in ["• ", "- ", "* ", "– ", "◦ ", "▪ ", "· "] where rest.starts(with: mark.utf8) {
      return (depth, indent + mark.utf8.count)
    }
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    guard (1...3).contains(digits), rest.count > digits + 2 else { return nil }
    let after = rest.startIndex + digits
    guard rest[after] == UInt8(ascii: ".") || rest[after] == UInt8(ascii: ")"),
      rest[after + 1] == 0x20
    else { return nil }
    return (depth, indent + digits + 2)
  }

  /// A line that is indented like the words of the item above.
  private static func continues(_ line: ArraySlice<UInt8>, after column: Int) -> Bool {
    !isBlank(line) && bullet(line) == nil && indent(line) >= 2 && indent(line) + 3 >= column
  }

  /// Underlined headings first, then the rest as one paragraph or heading.
  private static func prose(
    _ range: ClosedRange<Int>, _ lines: SourceLines
  ) -> [PlainTextUnit] {
    if range.count >= 2, let level = underline(lines.line(range.lowerBound + 1)),
      lines.line(range.lowerBound).count <= 100
    {
      let heading = PlainTextUnit(
        kind: .underlined(level: level), lines: range.lowerBound...range.lowerBound + 1,
        column: indent(lines.line(range.lowerBound)))
      guard range.count > 2 else { return [heading] }
      return [heading] + prose(range.lowerBound + 2...range.upperBound, lines)
    }
    if range.count > 1, let run = range.first(where: { isRun(lines.text($0)) }) {
      let before = run > range.lowerBound ? prose(range.lowerBound...run - 1, lines) : []
      let after = run < range.upperBound ? prose(run + 1...range.upperBound, lines) : []
      return before + prose(run...run, lines) + after
    }
    let first = lines.text(range.lowerBound)
    if range.count > 1, isShouted(first), !isShouted(lines.text(range.lowerBound + 1)) {
      return prose(range.lowerBound...range.lowerBound, lines)
        + prose(range.lowerBound + 1...range.upperBound, lines)
    }
    let kind: PlainTextUnit.Kind =
      range.count == 1 && readsAsHeading(lines.text(range.lowerBound)) ? .candidate : .prose
    return [
      PlainTextUnit(kind: kind, lines: range, column: indent(lines.line(range.lowerBound)))
    ]
  }

  /// `### Heading - item - item` in one line.
  private static func isRun(_ line: String) -> Bool {
    line.hasPrefix("### ") || line.contains(" ### ")
  }

  private static func underline(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.count >= 3, let first = line.first else { return nil }
    guard line.allSatisfy({ $0 == first }) else { return nil }
    return first == UInt8(ascii: "=") ? 1 : first == UInt8(ascii: "-") ? 2 : nil
  }

  /// A heading in capitals right above its text: `DUTIES`.
  private static func isShouted(_ line: String) -> Bool {
    readsAsHeading(line) && line.split(separator: " ").count <= 6
      && line.contains(where: \.isLetter) && !line.contains(where: \.isLowercase)
      && line.count(where: \.isLetter) > 2 && !line.contains(where: \.isNumber)
  }

  /// Short, begins with a capital or digit, no sign of a sentence at its end.
  static func readsAsHeading(_ line: String) -> Bool {
    let text = line.trimmed
    guard (1...90).contains(text.utf8.count), let first = text.first, let last = text.last else {
      return false
    }
    let words = text.split(separator: " ")
    guard words.count <= 12, first.isUppercase || first.isNumber || isNoise(text) else {
      return false
    }
    return !".!?,;:…".contains(last) && !text.contains(" ### ")
  }

  /// Captions and logos that a scraper leaves between the words.
  static func isNoise(_ text: String) -> Bool {
    let words = text.lowercased().split(separator: " ")
    guard words.count <= 3, let last = words.last else { return false }
    if ["image", "photo", "picture", "logo", "advertisement", "ad"].contains(last) { return true }
    return words.count == 1 && (text.hasPrefix("logo") || text.hasPrefix("Logo"))
  }
}

/// Units to blocks: which candidates are headings, and of which level.
struct PlainTextOutline {
  private var units: [PlainTextUnit]
  private var result: [Block] = []
  private var hasTitle = false
  private var hasSubsections = false
  private var hasChapter = false
  private var isInCards = false

  init(units: [PlainTextUnit]) { self.units = units }

  /// The blocks of the document.
  mutating func blocks(_ lines: SourceLines) -> [Block] {
    dropNoise(lines)
    for index in units.indices {
      let unit = units[index]
      switch unit.kind {
      case .candidate: candidate(index, lines)
      case .underlined(let level):
        hasTitle = true
        heading(unit, level: level, lines)
      case .prose: prose(index, lines)
      case .item(let depth): item(index, depth, lines)
      }
    }
    PlainTextLevels.flatten(&result)
    return result
  }

  /// Leaves out captions and logos, and a title that stands there twice.
  private mutating func dropNoise(_ lines: SourceLines) {
    var kept: [PlainTextUnit] = []
    for unit in units {
      let text = lines.text(unit.lines.lowerBound).trimmed
      if unit.kind == .candidate {
        if PlainTextUnits.isNoise(text) { continue }
        if let last = kept.last, last.kind == .candidate,
          lines.text(last.lines.lowerBound).trimmed == text
        {
          continue
        }
      }
      kept.append(unit)
    }
    units = kept
  }

  // MARK: Headings

  private mutating func candidate(_ index: Int, _ lines: SourceLines) {
    let unit = units[index]
    let text = lines.text(unit.lines.lowerBound).trimmed
    guard hasTitle else {
      hasTitle = true
      return heading(unit, level: 1, lines)
    }
    if isCardList(text) {
      isInCards = true
      return heading(unit, level: 2, lines)
    }
    if isInCards { return heading(unit, level: 3, lines) }
    let depth = PlainTextLevels.depth(of: text)
    if depth > 1 { return heading(unit, level: min(6, depth + 1), lines) }
    if depth == 1 && !hasChapter || opensChapter(index) {
      hasSubsections = false
      hasChapter = hasChapter || depth == 0
      heading(unit, level: 2, lines)
    } else {
      hasSubsections = true
      heading(unit, level: 3, lines)
    }
  }

  /// What a list follows is a subsection, and so is a heading of running text alone that stands
  /// among subsections; all else opens a chapter.
  private func opensChapter(_ index: Int) -> Bool {
    guard index + 1 < units.count else { return true }
    switch units[index + 1].kind {
    case .item: return false
    case .candidate, .underlined: return true
    case .prose:
      guard hasSubsections else { return true }
      let next = units[(index + 2)...].prefix(2)
      if case .item? = next.first?.kind { return true }
      // Text, then other text: the second one's heading got lost.
      return next.first?.kind != .prose
    }
  }

  /// "More careers", "Related roles", "Similar jobs".
  private func isCardList(_ text: String) -> Bool {
    let words = Set(text.lowercased().split { !$0.isLetter }.map(String.init))
    let isOther = !words.isDisjoint(with: ["more", "related", "other", "similar", "explore"])
    return isOther
      && !words.isDisjoint(with: ["careers", "roles", "jobs", "professions", "positions"])
  }

  private mutating func heading(_ unit: PlainTextUnit, level: Int, _ lines: SourceLines) {
    let number = unit.lines.lowerBound
    let text = String(lines.text(number).utf8.dropFirst(unit.column)) ?? lines.text(number)
    var content = MarkedText()
    let name = text.trimmedEnd
    content.append(
      name.hasSuffix(":") ? String(name.dropLast()) : name, line: number, column: unit.column)
    result.append(
      Block(kind: .heading(level: level, id: nil), content: content, line: number, endLine: number))
  }

  // MARK: Text

  private mutating func prose(_ index: Int, _ lines: SourceLines) {
    let unit = units[index]
    let text = lines.text(unit.lines.lowerBound)
    if unit.lines.count == 1, text.contains("### ") || text.contains(": - ") {
      result += InlineRun(text: text, line: unit.lines.lowerBound).blocks(level: isInCards ? 4 : 3)
      return
    }
    if isOrphan(index) { lostHeading(unit, lines) }
    let isLed = index + 1 < units.count && isItem(index + 1)
    add(.paragraph, unit, lines, splitsLabel: isLed)
  }

  private func isItem(_ index: Int) -> Bool {
    if case .item = units[index].kind { return true }
    return false
  }

  /// A second paragraph after a subsection's text that introduces further subsections: the heading
  /// of its chapter got lost.
  private func isOrphan(_ index: Int) -> Bool {
    guard hasSubsections, !isInCards, index > 1, index + 2 < units.count else { return false }
    return units[index - 1].kind == .prose && units[index - 2].kind == .candidate
      && units[index + 1].kind == .candidate && isItem(index + 2)
  }

  /// Stands for a lost heading: the first words of what it headed.
  private mutating func lostHeading(_ unit: PlainTextUnit, _ lines: SourceLines) {
    let number = unit.lines.lowerBound
    let words = lines.text(number).split(separator: " ").prefix(6).joined(separator: " ")
    var content = MarkedText()
    content.append("\(words) …", line: number, column: unit.column)
    hasSubsections = false
    result.append(
      Block(kind: .heading(level: 2, id: nil), content: content, line: number, endLine: number))
  }

  private mutating func item(_ index: Int, _ depth: Int, _ lines: SourceLines) {
    let unit = units[index]
    let next = index + 1 < units.count ? units[index + 1] : nil
    let isFollowed =
      next.map { isItem(index + 1) && $0.lines.lowerBound <= unit.lines.upperBound + 2 } ?? false
    add(.listItem(depth: depth), unit, lines, splitsLabel: isFollowed, splitsEnd: !isFollowed)
  }

  /// Adds a unit; a label or a conclusion glued to its end becomes a block of its own.
  private mutating func add(
    _ kind: Block.Kind, _ unit: PlainTextUnit, _ lines: SourceLines, splitsLabel: Bool = false,
    splitsEnd: Bool = false
  ) {
    let last = unit.lines.upperBound
    var pieces: [(Block.Kind, MarkedText)] = [(kind, MarkedText())]
    for number in unit.lines {
      let start =
        number == unit.lines.lowerBound
        ? unit.column : lines.line(number).prefix { $0 == 0x20 }.count
      let bytes = Array(lines.line(number).dropFirst(start))
      let text = String(decoding: bytes, as: UTF8.self).trimmedEnd
      if !pieces[0].1.text.isEmpty { pieces[0].1.text += "\n" }
      guard number == last, let cut = Glue.cut(text, label: splitsLabel, end: splitsEnd) else {
        pieces[0].1.append(text, line: number, column: start)
        continue
      }
      let head = String(decoding: bytes[..<cut], as: UTF8.self).trimmedEnd
      pieces[0].1.append(head, line: number, column: start)
      var tail = MarkedText()
      let rest = String(decoding: bytes[cut...], as: UTF8.self).trimmedEnd
      tail.append(rest, line: number, column: start + cut)
      pieces.append((.paragraph, tail))
    }
    for (kind, content) in pieces where !content.text.isEmpty {
      result.append(
        Block(
          kind: kind, content: content, line: content.marks.first?.line ?? unit.lines.lowerBound,
          endLine: last))
    }
  }
}

/// What scrapers glue to the end of a list item.
enum Glue {
  private static let joints: Set<Substring> = [
    "and", "of", "for", "in", "the", "from", "to", "&", "with", "or",
  ]
  private static let openers: Set<Substring> = [
    "In", "By", "These", "This", "Overall", "Overcoming", "Developing", "Ultimately", "The", "With",
    "Through", "Note:", "Together,", "As", "While",
  ]

  /// Byte at which a label ("… systems Skills and Qualifications:") or a closing sentence begins.
  static func cut(_ text: String, label: Bool, end: Bool) -> Int? {
    if label, text.hasSuffix(":") { return labelStart(text) }
    return end ? conclusionStart(text) : nil
  }

  private static func labelStart(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    var first = words.count
    while first > 0 {
      let word = words[first - 1]
      let isCapital = word.first?.isUppercase == true
      guard isCapital || joints.contains(word) else { break }
      first -= 1
      if first > 0, let last = words[first - 1].last, ".!?".contains(last) { break }
    }
    while first < words.count, joints.contains(words[first]) { first += 1 }
    guard first > 0, first < words.count, words.count - first <= 7 else { return nil }
    return text.utf8.distance(from: text.startIndex, to: words[first].startIndex)
  }

  /// A sentence that begins without a full stop before it, and runs to the end.
  static func conclusionStart(_ text: String) -> Int? {
    guard text.hasSuffix("."), text.utf8.count > 80 else { return nil }
    let words = text.split(separator: " ")
    for index in words.indices.dropFirst(2) where openers.contains(words[index]) {
      guard let before = words[index - 1].last, before.isLetter || before == ")" || before == "+",
        index + 1 < words.count, words[index - 1].first?.isUppercase != true || index > 3,
        text.utf8.distance(from: words[index].startIndex, to: text.endIndex) > 50
      else { continue }
      return text.utf8.distance(from: text.startIndex, to: words[index].startIndex)
    }
    return sentenceStart(text, words)
  }

  /// A capital in the middle of lower-case words, after which a long sentence follows.
  private static func sentenceStart(_ text: String, _ words: [Substring]) -> Int? {
    for index in words.indices.dropFirst(3) {
      guard words[index].first?.isUppercase == true, words[index].utf8.count > 3,
        words[index].dropFirst().allSatisfy({ $0.isLowercase }),
        words[index - 1].allSatisfy({ $0.isLowercase }), index + 6 < words.count,
        words[(index + 1)...(index + 2)].allSatisfy({ $0.first?.isLowercase == true })
      else { continue }
      return text.utf8.distance(from: text.startIndex, to: words[index].startIndex)
    }
    return nil
  }
}

/// `Intro text. ### Heading - item - item ### Heading 1. item` in one line.
struct InlineRun {
  private let bytes: [UInt8]
  private let line: Int

  init(text: String, line: Int) {
    bytes = Array(text.utf8)
    self.line = line
  }

  /// The blocks of the line, headings at `level`.
  func blocks(level: Int) -> [Block] {
    var result: [Block] = []
    var at = 0
    let marks = marks("### ")
    for (index, mark) in marks.enumerated() {
      result += items(at..<mark)
      let end = mark + 4
      let next = index + 1 < marks.count ? marks[index + 1] : bytes.count
      let stop = max(end, min(endOfHeading(end), next))
      result.append(block(.heading(level: level, id: nil), end..<stop))
      at = stop
    }
    return result + items(at..<bytes.count)
  }

  private func marks(_ sign: String) -> [Int] {
    let sign = Array(sign.utf8)
    guard bytes.count > sign.count else { return [] }
    return (0...(bytes.count - sign.count)).filter {
      bytes[$0..<$0 + sign.count].elementsEqual(sign)
    }
  }

  private static let sentenceOpeners: Set<String> = [
    "The", "This", "These", "A", "An", "In", "By", "It", "Here", "To", "For", "They", "With",
    "Their",
  ]

  /// A heading ends before ` - `, ` 1. `, or the sentence that follows it.
  private func endOfHeading(_ start: Int) -> Int {
    var at = start
    var words = 0
    while at < bytes.count {
      let end = bytes[at...].firstIndex(of: 0x20) ?? bytes.count
      let word = String(decoding: bytes[at..<end], as: UTF8.self)
      let isMark =
        word == "-" || word == "###" || (word.hasSuffix(".") && Int(word.dropLast()) != nil)
      if isMark || (words > 0 && InlineRun.sentenceOpeners.contains(word)) || words > 8 {
        return at
      }
      words += 1
      at = end + 1
    }
    return min(at, bytes.count)
  }

  /// Text between marks: paragraphs, and items after ` - ` or ` 1. `.
  private func items(_ range: Range<Int>) -> [Block] {
    var result: [Block] = []
    var starts: [(mark: Int, words: Int)] = []
    var at = range.lowerBound
    while at < range.upperBound {
      if let words = itemStart(at, range) { starts.append((at, words)) }
      at += 1
    }
    let first = starts.first?.mark ?? range.upperBound
    result += paragraph(range.lowerBound..<first)
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1].mark : range.upperBound
      result += item(start.words..<end, isLast: index == starts.count - 1)
    }
    return result
  }

  private func itemStart(_ at: Int, _ range: Range<Int>) -> Int? {
    guard at == range.lowerBound || bytes[at - 1] == 0x20 else { return nil }
    if bytes[at] == UInt8(ascii: "-"), at + 1 < range.upperBound, bytes[at + 1] == 0x20 {
      return at + 2
    }
    let digits = bytes[at..<range.upperBound].prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    guard (1...2).contains(digits), at + digits + 1 < range.upperBound,
      bytes[at + digits] == UInt8(ascii: "."), bytes[at + digits + 1] == 0x20,
      at > range.lowerBound + 1
        ? [UInt8(ascii: ":"), UInt8(ascii: ".")].contains(bytes[at - 2]) || bytes[at] != 0x30 : true
    else { return nil }
    return at + digits + 2
  }

  /// An item, with the label or sentence that is glued to its end.
  private func item(_ range: Range<Int>, isLast: Bool) -> [Block] {
    let text = String(decoding: bytes[range], as: UTF8.self).trimmedEnd
    let cut = Glue.cut(text, label: true, end: isLast)
    guard let cut else {
      return block(.listItem(depth: 0), range).content.text.isEmpty
        ? [] : [block(.listItem(depth: 0), range)]
    }
    return [
      block(.listItem(depth: 0), range.lowerBound..<range.lowerBound + cut),
      block(.paragraph, range.lowerBound + cut..<range.upperBound),
    ].filter { !$0.content.text.isEmpty }
  }

  private func paragraph(_ range: Range<Int>) -> [Block] {
    let text = String(decoding: bytes[range], as: UTF8.self).trimmedEnd
    guard !text.isEmpty else { return [] }
    guard text.hasSuffix(":"), let cut = Glue.cut(text, label: true, end: false) else {
      return [block(.paragraph, range)]
    }
    return [
      block(.paragraph, range.lowerBound..<range.lowerBound + cut),
      block(.paragraph, range.lowerBound + cut..<range.upperBound),
    ]
  }

  private func block(_ kind: Block.Kind, _ range: Range<Int>) -> Block {
    var start = range.lowerBound
    while start < range.upperBound, bytes[start] == 0x20 { start += 1 }
    var end = range.upperBound
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    var content = MarkedText()
    content.append(String(decoding: bytes[start..<end], as: UTF8.self), line: line, column: start)
    return Block(kind: kind, content: content, line: line, endLine: line)
  }
}
