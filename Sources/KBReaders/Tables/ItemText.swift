internal import KBIngest
internal import KBSchema

/// The running text of an item's columns, cut into blocks.
enum ItemText {
  /// Blocks of a text: list items where lines begin with a bullet, else paragraphs between blank
  /// lines. Tags of HTML are left out; those of blocks end a line.
  static func blocks(_ content: MarkedText) -> [Block] {
    let bytes = Array(content.text.utf8)
    let plain = looksLikeHTML(bytes) ? withoutTags(content, bytes) : content
    return lines(of: plain)
  }

  /// The text on one line: white space of any length as one blank.
  static func oneLine(_ content: MarkedText) -> MarkedText {
    let bytes = Array(content.text.utf8)
    guard bytes.contains(where: { $0 < 0x20 }) else { return content }
    var result = MarkedText()
    for range in runs(of: bytes, where: { $0 > 0x20 }) {
      if !result.text.isEmpty { result.text += " " }
      result.append(content.piece(range, bytes))
    }
    return result
  }

  // MARK: Lines

  private static func lines(of content: MarkedText) -> [Block] {
    let bytes = Array(content.text.utf8)
    var result: [Block] = []
    var paragraph: Range<Int>?
    func flush() {
      if let range = paragraph { result.append(block(.paragraph, range, content, bytes)) }
      paragraph = nil
    }
    for range in runs(of: bytes, where: { $0 != 0x0A }) {
      let isApart = paragraph.map { range.lowerBound > $0.upperBound + 1 } ?? false
      if isApart { flush() }
      let line = range.withoutBlanks(in: bytes)
      if line.isEmpty {
        flush()
      } else if let bullet = bullet(line, bytes) {
        flush()
        result.append(block(.listItem(depth: 0), bullet..<line.upperBound, content, bytes))
      } else {
        paragraph = (paragraph?.lowerBound ?? line.lowerBound)..<line.upperBound
      }
    }
    flush()
    return result
  }

  /// Where the text after a bullet begins; nil without one.
  private static func bullet(_ line: Range<Int>, _ bytes: [UInt8]) -> Int? {
    let start = line.lowerBound
    for sign in ["-", "*", "•", "–", "·", "●"] {
      let mark = Array(sign.utf8)
      let next = start + mark.count
      guard next < line.upperBound, bytes[start..<next].elementsEqual(mark) else { continue }
      let isSpaced = bytes[next] == 0x20 || bytes[next] == 0x09
      guard isSpaced || mark.count == 3 else { return nil }
      return (next..<line.upperBound).withoutBlanks(in: bytes).lowerBound
    }
    return nil
  }

  private static func block(
    _ kind: Block.Kind, _ range: Range<Int>, _ content: MarkedText, _ bytes: [UInt8]
  ) -> Block {
    let piece = content.piece(range, bytes)
    return Block(
      kind: kind, content: piece, line: piece.place(at: 0).line,
      endLine: piece.place(at: max(0, piece.text.utf8.count - 1)).line)
  }

  // MARK: HTML

  private static let blockTags: Set<String> = [
    "p", "br", "div", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "hr", "dl", "dt", "dd", "blockquote", "pre",
  ]

  private static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    var index = bytes.startIndex
    while let open = bytes[index...].firstIndex(of: 0x3C) {
      if let tag = tag(at: open, bytes),
        blockTags.contains(tag.name)
          || ["li", "b", "strong", "em", "i", "a", "span"].contains(tag.name)
      {
        return true
      }
      index = open + 1
    }
    return false
  }

  /// The name of the tag that opens at a byte, and where it ends; nil if it is none.
  private static func tag(at open: Int, _ bytes: [UInt8]) -> (name: String, end: Int)? {
    var index = open + 1
    if index < bytes.count, bytes[index] == 0x2F { index += 1 }
    let start = index
    while index < bytes.count, bytes[index].isASCIIAlphanumeric, index - start < 12 { index += 1 }
    guard index > start, !(0x30...0x39).contains(bytes[start]) else { return nil }
    let name = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    let limit = min(bytes.count, index + 2000)
    guard let end = bytes[index..<limit].firstIndex(of: 0x3E) else { return nil }
    return (name, end + 1)
  }

  private static func withoutTags(_ content: MarkedText, _ bytes: [UInt8]) -> MarkedText {
    var result = MarkedText()
    var start = 0
    var index = 0
    func take(_ end: Int) {
      if end > start { appendDecoded(start..<end, content, bytes, to: &result) }
    }
    while let open = bytes[index...].firstIndex(of: 0x3C) {
      guard let tag = tag(at: open, bytes) else {
        index = open + 1
        continue
      }
      take(open)
      if blockTags.contains(tag.name) { result.text += "\n\n" }
      if tag.name == "li", bytes[open + 1] != 0x2F { result.text += "\n- " }
      start = tag.end
      index = tag.end
    }
    take(bytes.count)
    return result
  }

  private static let entities: [(name: [UInt8], text: String)] = [
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "),
    ("ndash", "–"), ("mdash", "—"), ("pound", "£"), ("euro", "€"), ("#39", "'"), ("#8211", "–"),
    ("bull", "•"), ("rsquo", "’"), ("lsquo", "‘"), ("#160", " "),
  ].map { (Array("&\($0.0);".utf8), $0.1) }

  /// Appends a piece, the commonest entities replaced by what they stand for.
  private static func appendDecoded(
    _ range: Range<Int>, _ content: MarkedText, _ bytes: [UInt8], to result: inout MarkedText
  ) {
    var start = range.lowerBound
    var index = start
    while let sign = bytes[index..<range.upperBound].firstIndex(of: 0x26) {
      index = sign + 1
      guard let entity = entities.first(where: { bytes[sign...].starts(with: $0.name) }) else {
        continue
      }
      if sign > start { result.append(content.piece(start..<sign, bytes)) }
      let place = content.place(at: sign)
      result.append(entity.text, line: place.line, column: place.column)
      start = min(sign + entity.name.count, range.upperBound)
      index = start
    }
    if start < range.upperBound { result.append(content.piece(start..<range.upperBound, bytes)) }
  }

  /// Maximal runs of bytes that fit.
  private static func runs(
    of bytes: [UInt8], where fits: (UInt8) -> Bool
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      if fits(byte) {
        start = start ?? index
      } else if let first = start {
        result.append(first..<index)
        start = nil
      }
    }
    if let first = start { result.append(first..<bytes.count) }
    return result
  }
}

extension UInt8 {
  /// An ASCII letter or digit.
  var isASCIIAlphanumeric: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}

extension Range<Int> {
  /// The range without ASCII white space at its ends.
  func withoutBlanks(in bytes: [UInt8]) -> Range<Int> {
    var low = lowerBound
    var high = upperBound
    while low < high, bytes[low] <= 0x20 { low += 1 }
    while high > low, bytes[high - 1] <= 0x20 { high -= 1 }
    return low..<high
  }
}

extension MarkedText {
  /// A part of the text with its marks. `bytes` are the text's own.
  func piece(_ range: Range<Int>, _ bytes: [UInt8]) -> MarkedText {
    guard !range.isEmpty else { return MarkedText() }
    let start = place(at: range.lowerBound)
    var inner: [Mark] = [Mark(offset: 0, line: start.line, column: start.column)]
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].offset <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < marks.count, marks[low].offset < range.upperBound {
      let mark = marks[low]
      inner.append(
        Mark(offset: mark.offset - range.lowerBound, line: mark.line, column: mark.column))
      low += 1
    }
    return MarkedText(text: String(decoding: bytes[range], as: UTF8.self), marks: inner)
  }
}
