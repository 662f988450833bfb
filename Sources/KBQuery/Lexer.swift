/// Query text to tokens. Total: every text has tokens, every byte that is no white space belongs
/// to exactly one. It knows no fields: it marks what has the form of one.
public struct Lexer {
  private let bytes: [UInt8]
  /// Brackets whose partner stands in the same run of non-space: `401(k)`.
  private let paired: [Bool]
  private var position = 0
  private var isGlued = false
  /// Open brackets; true for one that opens a list of values.
  private var brackets: [Bool] = []
  private var tokens: [Token] = []

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    self.paired = Lexer.pairBrackets(bytes)
  }

  /// The tokens of a text, in order.
  public static func tokens(of text: String) -> [Token] { tokens(of: Array(text.utf8)) }

  static func tokens(of bytes: [UInt8]) -> [Token] {
    var lexer = Lexer(bytes)
    lexer.run()
    return lexer.tokens
  }

  /// Marks the `(` that close again before the next white space or quote.
  private static func pairBrackets(_ bytes: [UInt8]) -> [Bool] {
    var paired = [Bool](repeating: false, count: bytes.count)
    var open: [Int] = []
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "("): open.append(index)
      case UInt8(ascii: ")"):
        if let start = open.popLast() { paired[start] = true }
      case UInt8(ascii: "\""): open.removeAll(keepingCapacity: true)
      default:
        if Bytes.spaceLength(bytes, at: index) > 0 { open.removeAll(keepingCapacity: true) }
      }
    }
    return paired
  }

  private mutating func run() {
    while skipSpace() {
      switch bytes[position] {
      case UInt8(ascii: "\""): phrase()
      case UInt8(ascii: "("): open()
      case UInt8(ascii: ")"): close()
      case UInt8(ascii: "^") where isGlued && endsAtom(): suffixBoost()
      default:
        if brackets.last == true {
          listItem()
        } else if bytes[position] == UInt8(ascii: "-") {
          dashes()
        } else {
          unit()
        }
      }
    }
  }

  /// Moves to the next token; false at the end of the text.
  private mutating func skipSpace() -> Bool {
    let start = position
    while position < bytes.count {
      let length = Bytes.spaceLength(bytes, at: position)
      if length == 0 { break }
      position += length
    }
    isGlued = start > 0 && position == start
    return position < bytes.count
  }

  private mutating func emit(_ kind: Token.Kind, to end: Int) {
    tokens.append(Token(kind: kind, span: position..<end, isGlued: isGlued))
    position = end
    isGlued = true
  }

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Whether nothing of a token stands at `index`: white space, a closing bracket, the end.
  private func isBreak(at index: Int) -> Bool {
    guard let byte = byte(at: index) else { return true }
    return byte == UInt8(ascii: ")") || Bytes.spaceLength(bytes, at: index) > 0
  }

  // MARK: Brackets and phrases

  private mutating func open() {
    if isGlued, let last = tokens.last, last.isGlued, case .comparison = last.kind {
      brackets.append(true)
      emit(.listOpen, to: position + 1)
    } else {
      brackets.append(false)
      emit(.open, to: position + 1)
    }
  }

  private mutating func close() {
    _ = brackets.popLast()
    emit(.close, to: position + 1)
  }

  private mutating func phrase() {
    var end = position + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
    let closed = end < bytes.count
    emit(.phrase(closed: closed), to: closed ? end + 1 : end)
    if byte(at: position) == UInt8(ascii: "~") { slop() }
  }

  private mutating func slop() {
    var end = position + 1
    while let next = byte(at: end), Bytes.isWordByte(next) { end += 1 }
    let number = NumberText.integer(bytes[position + 1..<end])
    emit(.slop(number.flatMap { Limits.distance.contains($0) ? $0 : nil }), to: end)
  }

  /// Whether the last token ends an atom, so that `^n` behind it is a boost.
  private func endsAtom() -> Bool {
    switch tokens.last?.kind {
    case .phrase, .slop, .close: true
    default: false
    }
  }

  private mutating func suffixBoost() {
    var end = position + 1
    while end < bytes.count, !isBreak(at: end), bytes[end] != UInt8(ascii: "\""),
      bytes[end] != UInt8(ascii: "(")
    { end += 1 }
    emit(.boost(Limits.boost(bytes[position + 1..<end])), to: end)
  }

  // MARK: Units

  /// A run of dashes: negations before something, text where nothing follows (`- x`, `---`, `->`).
  private mutating func dashes() {
    var end = position
    while byte(at: end) == UInt8(ascii: "-") { end += 1 }
    if isBreak(at: end) || [0x3C, 0x3D, 0x3E, 0x7C, 0x2C].contains(bytes[end]) {
      return unit()
    }
    while position < end { emit(.minus, to: position + 1) }
    isGlued = true
  }

  /// A value of a list: no field stands in it, and a dash belongs to it (`-30d`).
  private mutating func listItem() {
    let end = unitEnd(from: position)
    switch Bytes.string(bytes, position..<end) {
    case "OR", "|", "||": emit(.or, to: end)
    case "AND": emit(.and, to: end)
    case "NOT": emit(.not, to: end)
    default: atom(.value, to: end)
    }
  }

  /// The end of the written unit that begins at `start`.
  private func unitEnd(from start: Int) -> Int {
    var index = start
    var depth = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") || Bytes.spaceLength(bytes, at: index) > 0 { break }
      if byte == UInt8(ascii: "(") {
        if index > start, !paired[index] || isOperatorWord(start..<index) { break }
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      index += 1
    }
    return index
  }

  private func isOperatorWord(_ span: Range<Int>) -> Bool {
    guard span.count <= 3 else { return false }
    return ["AND", "OR", "NOT", "|"].contains(Bytes.string(bytes, span))
  }

  /// A field candidate, an operator or a word.
  private mutating func unit() {
    if fieldHead() || spacedComparison() { return }
    let end = unitEnd(from: position)
    switch Bytes.string(bytes, position..<min(end, position + 5)) {
    case "OR", "|", "||": emit(.or, to: end)
    case "AND": emit(.and, to: end)
    case "NOT": emit(.not, to: end)
    case "NEAR/": near(to: end)
    default: atom(.word, to: end)
    }
  }

  private mutating func near(to end: Int) {
    let number = NumberText.integer(bytes[position + 5..<end])
    emit(.near(number.flatMap { $0 > 0 && Limits.distance.contains($0) ? $0 : nil }), to: end)
  }

  /// A word or value, and the boost at its end.
  private mutating func atom(_ kind: Token.Kind, to end: Int) {
    guard let caret = boostStart(in: position..<end) else { return emit(kind, to: end) }
    if let first = boostStart(in: position..<caret) {
      emit(kind, to: first)
      return emit(.boost(nil), to: end)
    }
    emit(kind, to: caret)
    emit(.boost(Limits.boost(bytes[caret + 1..<end])), to: end)
  }

  /// The `^` that begins a boost: nothing, a number or a sign follows it to the unit's end.
  private func boostStart(in span: Range<Int>) -> Int? {
    guard let caret = bytes[span].lastIndex(of: UInt8(ascii: "^")), caret > span.lowerBound,
      bytes[caret - 1] != UInt8(ascii: "^")
    else { return nil }
    guard caret + 1 < span.upperBound else { return caret }
    let next = bytes[caret + 1]
    let isNumber = Bytes.isDigit(next) || [0x2B, 0x2D, 0x2E].contains(next)
    return isNumber ? caret : nil
  }

  // MARK: Field candidates

  /// `name` with a comparison right behind it, and the value behind that.
  private mutating func fieldHead() -> Bool {
    let first = bytes[position]
    guard Bytes.isLetter(first) || first >= 0x80 || first == UInt8(ascii: "_") else { return false }
    var end = position
    while end < bytes.count, Bytes.isNameByte(bytes[end]), Bytes.spaceLength(bytes, at: end) == 0,
      Comparisons.wide(bytes, at: end) == nil
    { end += 1 }
    let signs = Comparisons.end(bytes, from: end)
    guard end > position, signs > end, !isText(name: position..<end, signs: end..<signs) else {
      return false
    }
    emit(.name, to: end)
    emit(.comparison(Comparisons.read(bytes[end..<signs])), to: signs)
    gluedValue()
    return true
  }

  /// What has a field's form and never is one: `http://x`, `std::vector`, `C:\x`, `a->b`.
  private func isText(name: Range<Int>, signs: Range<Int>) -> Bool {
    if bytes[name.upperBound - 1] == UInt8(ascii: "-"), bytes[signs.lowerBound] == 0x3E {
      return true
    }
    guard bytes[signs.lowerBound] == UInt8(ascii: ":") else { return false }
    if signs.count > 1 { return bytes[signs.lowerBound + 1] == UInt8(ascii: ":") }
    let next = byte(at: signs.upperBound)
    let slash = UInt8(ascii: "/")
    if next == slash && byte(at: signs.upperBound + 1) == slash { return true }
    return name.count == 1 && (next == slash || next == UInt8(ascii: "\\"))
  }

  private mutating func gluedValue() {
    guard !isBreak(at: position) else { return }
    let next = bytes[position]
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "(") { return }
    atom(.value, to: unitEnd(from: position))
  }

  /// A comparison that stands apart behind a word that may be a field: `salary > 5`.
  private mutating func spacedComparison() -> Bool {
    guard !isGlued, let last = tokens.last, last.kind == .word, isName(last.span) else {
      return false
    }
    let end = Comparisons.end(bytes, from: position)
    guard end > position, !startsDoubleColon(end) else { return false }
    emit(.comparison(Comparisons.read(bytes[position..<end])), to: end)
    return true
  }

  private func startsDoubleColon(_ end: Int) -> Bool {
    end - position > 1 && bytes[position] == 0x3A && bytes[position + 1] == 0x3A
  }

  private func isName(_ span: Range<Int>) -> Bool {
    let first = bytes[span.lowerBound]
    return (Bytes.isLetter(first) || first >= 0x80 || first == UInt8(ascii: "_"))
      && span.allSatisfy { Bytes.isNameByte(bytes[$0]) && Comparisons.wide(bytes, at: $0) == nil }
  }
}
