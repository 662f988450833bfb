internal import KBText

/// A word, a number or one sign of a text, as the extractors read it.
struct Lexeme {
  enum Kind: UInt8 { case word, number, sign }

  var kind: Kind
  /// UTF-8 bytes of the text.
  var range: Range<Int>
  /// A word folded; a sign in its plain form (every dash is `-`); a number as written.
  var key: String
  /// Nothing stands between it and the lexeme before.
  var isGlued: Bool
}

/// A text cut into lexemes, in one pass over its bytes.
///
/// A word starts with a letter and runs over letters and digits; a number starts with a digit and
/// runs over digits and the separators between them, so that `120k` is a number and a glued word.
struct Lexemes {
  let bytes: [UInt8]
  private(set) var items: [Lexeme] = []

  init(_ text: some StringProtocol) {
    bytes = Array(text.utf8)
    items.reserveCapacity(bytes.count / 4)
    cut()
  }

  var count: Int { items.count }
  subscript(_ index: Int) -> Lexeme { items[index] }

  /// The key at an index, empty outside.
  func key(_ index: Int) -> String { items.indices.contains(index) ? items[index].key : "" }

  /// Whether a lexeme of that key stands at the index.
  func at(_ index: Int, _ key: String) -> Bool { self.key(index) == key }

  /// The bytes from one lexeme to another, both included.
  func span(_ first: Int, _ last: Int) -> Range<Int> {
    items[first].range.lowerBound..<items[last].range.upperBound
  }

  /// Whether the word at the index begins with a capital.
  func isCapital(_ index: Int) -> Bool {
    guard items.indices.contains(index), items[index].kind == .word else { return false }
    return bytes[items[index].range.lowerBound].isCapital
  }

  /// Whether the word at the index has no small letter.
  func isAllCapitals(_ index: Int) -> Bool {
    guard items.indices.contains(index), items[index].kind == .word else { return false }
    return !bytes[items[index].range].contains { $0.isSmall }
  }

  /// Whether the lexeme is written letter by letter like that.
  func isWritten(_ index: Int, _ text: String) -> Bool {
    guard items.indices.contains(index) else { return false }
    return bytes[items[index].range].elementsEqual(text.utf8)
  }

  // MARK: Cutting

  private mutating func cut() {
    var index = 0
    var end = 0
    while index < bytes.count {
      let start = index
      switch Lexemes.shape(bytes, at: index) {
      case .blank(let length):
        index += length
        continue
      case .digit:
        index = numberEnd(from: start)
        append(.number, start..<index, isGlued: start == end)
      case .letter:
        index = wordEnd(from: start)
        append(.word, start..<index, isGlued: start == end)
      case .sign(let length, let key):
        index = min(bytes.count, start + length)
        items.append(
          Lexeme(
            kind: .sign, range: start..<index,
            key: key ?? String(decoding: bytes[start..<index], as: UTF8.self),
            isGlued: start == end && start > 0))
      }
      end = index
    }
  }

  private mutating func append(_ kind: Lexeme.Kind, _ range: Range<Int>, isGlued: Bool) {
    let slice = bytes[range]
    let key: String
    if kind == .number {
      key = String(decoding: slice, as: UTF8.self)
    } else if slice.contains(where: { $0 >= 0x80 }) {
      key = Folding.key(String(decoding: slice, as: UTF8.self))
    } else {
      key = String(decoding: slice.lazy.map(\.lowered), as: UTF8.self)
    }
    items.append(
      Lexeme(kind: kind, range: range, key: key, isGlued: isGlued && range.lowerBound > 0))
  }

  private func wordEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if bytes[index] < 0x80 {
        if bytes[index].isDigit {
          if Currencies.isPrefix(bytes[start..<index]) || isRand(start, index)
            || isIdeograph(before: index, from: start)
          {
            break
          }
        } else if !bytes[index].isLetter {
          break
        }
        index += 1
      } else {
        guard case .letter = Lexemes.shape(bytes, at: index) else { break }
        index += Lexemes.length(bytes[index])
      }
    }
    return min(index, bytes.count)
  }

  /// `R650`, `R45 000`: the South African rand in front of three digits or more.
  private func isRand(_ start: Int, _ index: Int) -> Bool {
    index == start + 1 && bytes[start] == 0x52 && index + 2 < bytes.count
      && bytes[index + 1].isDigit
      && (bytes[index + 2].isDigit
        || bytes[index + 2].isBlank && index + 3 < bytes.count && bytes[index + 3].isDigit)
  }

  /// Whether a Chinese, Japanese or Korean letter stands in front: a digit behind it begins a
  /// number, `年収600万円`.
  private func isIdeograph(before index: Int, from start: Int) -> Bool {
    index - 3 >= start && (0xE3...0xED).contains(bytes[index - 3]) && bytes[index - 2] >= 0x80
      && bytes[index - 1] >= 0x80
  }

  private func numberEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if bytes[index].isDigit {
        index += 1
      } else if let length = separator(at: index), index + length < bytes.count,
        bytes[index + length].isDigit
      {
        index += length
      } else {
        break
      }
    }
    return index
  }

  /// The length of a separator inside a number: `,` `.` `'` `_` or a typographic apostrophe.
  private func separator(at index: Int) -> Int? {
    switch bytes[index] {
    case 0x2C, 0x2E, 0x27, 0x5F: return 1
    case 0xE2:
      let isQuote = index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x99
      return isQuote ? 3 : nil
    default: return nil
    }
  }

  private enum Shape {
    case blank(Int), digit, letter, sign(Int, String?)
  }

  private static func length(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  private static func shape(_ bytes: [UInt8], at index: Int) -> Shape {
    let byte = bytes[index]
    if byte < 0x80 {
      if byte.isBlank || byte < 0x20 { return .blank(1) }
      if byte.isDigit { return .digit }
      return byte.isLetter ? .letter : .sign(1, nil)
    }
    let second = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch byte {
    case 0xC2: return second == 0xA0 ? .blank(2) : .sign(2, nil)
    case 0xC3: return second == 0x97 || second == 0xB7 ? .sign(2, nil) : .letter
    case 0xE2:
      let third = index + 2 < bytes.count ? bytes[index + 2] : 0
      return punctuation(second, third)
    case 0xE3 where second == 0x80: return .sign(3, nil)
    case 0xEF where second >= 0xBC || second == 0xB8: return .sign(3, nil)
    case 0xF0...: return .sign(4, nil)
    default: return .letter
    }
  }

  /// Signs of the block that begins with E2: spaces, dashes, quotes, currencies, arrows.
  private static func punctuation(_ second: UInt8, _ third: UInt8) -> Shape {
    switch (second, third) {
    case (0x80, 0x80...0x8B), (0x80, 0xA8...0xAF): .blank(3)
    case (0x80, 0x90...0x95), (0x88, 0x92): .sign(3, "-")
    case (0x80, 0x98...0x99): .sign(3, "'")
    case (0x88, 0xBC), (0x89, 0x88): .sign(3, "~")
    case (0x80...0xAF, _): .sign(3, nil)
    default: .letter
    }
  }
}
