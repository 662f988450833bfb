/// A word of a text, or a word together with the signs that make another name of it.
public struct Token: Sendable, Equatable {
  /// UTF-8 bytes of the text.
  public var range: Range<Int>
  /// Word position from 0; a compound has the position of its first part.
  public var position: Int
  /// Whether it is written with signs that belong to it: `c++`, `c#`, `.net`, `r&d`, `401(k)`.
  /// Its parts are tokens of their own, before it.
  public var isCompound: Bool

  /// A token.
  public init(range: Range<Int>, position: Int, isCompound: Bool = false) {
    self.range = range
    self.position = position
    self.isCompound = isCompound
  }
}

/// Splits text into words, the same for documents, queries and snippets.
///
/// A word is a run of letters, digits and combining marks, with an apostrophe between letters and
/// a comma between groups of three digits inside it. All other signs separate, so that
/// `state-of-the-art` and `node.js` are runs of adjacent words. Chinese, Japanese and Korean signs
/// are words by themselves, found as phrases.
public enum Tokenizer {
  /// Longest folded word in bytes; the rest of a longer one is not told apart.
  public static let longestWord = 120

  /// Calls `emit` for each token in order of position.
  @inlinable
  public static func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ emit: (Token) -> Void) {
    var words = Words(bytes)
    while let token = words.next() { emit(token) }
  }

  /// The tokens of a text in order of position, one after another. The bytes are somebody else's.
  public struct Words {
    private var scanner: Scanner
    /// The rest of what is written with signs: where its next part is looked for, and the whole.
    private var part = 0
    private var compound: Range<Int>?
    /// Position of its first part.
    private var first = 0

    /// The tokens of `bytes`, from the start.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) { scanner = Scanner(bytes: bytes) }

    /// The next token; nil behind the last.
    public mutating func next() -> Token? {
      if let compound { return nextPart(of: compound) }
      guard let start = scanner.nextWord() else { return nil }
      let position = scanner.position
      scanner.position = position + 1
      if scanner.isIdeograph {
        return Token(range: start..<scanner.index, position: position)
      }
      let end = scanner.endOfWord(from: start)
      scanner.index = end
      if scanner.mayBeCompound(start, end), let whole = scanner.compound(start, end) {
        compound = whole
        part = end
        first = position
      }
      return Token(range: start..<end, position: position)
    }

    private mutating func nextPart(of whole: Range<Int>) -> Token {
      while part < whole.upperBound {
        guard scanner.isWord(at: part) else {
          part += 1
          continue
        }
        let start = part
        part = scanner.endOfWord(from: start)
        defer { scanner.position += 1 }
        return Token(range: start..<part, position: scanner.position)
      }
      compound = nil
      scanner.index = whole.upperBound
      return Token(range: whole, position: first, isCompound: true)
    }
  }

  /// Calls `emit` for each token that begins with one of some bytes, and perhaps for others: all that
  /// begin beyond ASCII, and the rest of what is written with signs. `starts` has an entry a byte.
  /// Those passed over have their positions. It takes a fraction of reading them.
  public static func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, startingWith starts: [Bool], _ emit: (Token) -> Void
  ) {
    var scanner = Scanner(bytes: bytes)
    starts.withUnsafeBufferPointer { scanner.run(startingWith: $0, emit) }
  }

  /// The tokens of a text.
  public static func tokens(in text: some StringProtocol) -> [Token] {
    var result: [Token] = []
    let bytes = Array(text.utf8)
    bytes.withUnsafeBufferPointer { scan($0) { result.append($0) } }
    return result
  }

  /// The form of a token in which words compare: folded, commas of numbers left out, the
  /// typographic apostrophe as the plain one, at most `longestWord` bytes.
  public static func normalise(_ bytes: UnsafeBufferPointer<UInt8>, into word: inout [UInt8]) {
    word.removeAll(keepingCapacity: true)
    var needsFolding = false
    for byte in bytes {
      if byte >= 0x80 { needsFolding = true }
      if byte == UInt8(ascii: ",") { continue }
      word.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    if needsFolding {
      replaceApostrophes(&word)
      Folding.fold(&word)
    }
    if word.count > longestWord { truncate(&word) }
  }

  private static func replaceApostrophes(_ word: inout [UInt8]) {
    var index = 0
    while index + 2 < word.count {
      if word[index] == 0xE2, word[index + 1] == 0x80, word[index + 2] == 0x99 {
        word.replaceSubrange(index..<index + 3, with: CollectionOfOne(UInt8(ascii: "'")))
      }
      index += 1
    }
  }

  private static func truncate(_ word: inout [UInt8]) {
    var end = longestWord
    while end > 0, word[end] & 0xC0 == 0x80 { end -= 1 }
    word.removeSubrange(end...)
  }
}

private enum SignClass: UInt8 {
  case other, letter, digit
}

/// Arithmetic, for a table is asked whether it is there for every byte.
@inline(__always)
private func isASCIIWord(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
}

/// How many of eight bytes, from the first, are ASCII letters and digits: a bit at the top of each byte
/// tells. Sums that run over into the next byte begin at a byte beyond ASCII, which ends the word.
@inline(__always)
private func lengthOfWord(_ bytes: UInt64) -> Int {
  let each: UInt64 = 0x0101_0101_0101_0101
  let bytes = UInt64(littleEndian: bytes)
  let lower = bytes | each &* 0x20
  let letters = (lower &+ each &* (0x80 - 0x61)) & ~(lower &+ each &* (0x7F - 0x7A))
  let digits = (bytes &+ each &* (0x80 - 0x30)) & ~(bytes &+ each &* (0x7F - 0x39))
  let others = (~(letters | digits) | bytes) & (each &* 0x80)
  return others.trailingZeroBitCount / 8
}

@inline(__always)
private func asciiClass(_ byte: UInt8) -> SignClass {
  (byte | 0x20) &- 0x61 < 26 ? .letter : byte &- 0x30 < 10 ? .digit : .other
}

private struct Scanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether the word that `nextWord` found is a sign that is a word by itself; `index` is its end.
  private(set) var isIdeograph = false

  /// Where the next word begins; nil behind the last.
  mutating func nextWord() -> Int? {
    isIdeograph = false
    var start = index
    while start < bytes.count {
      let byte = bytes[start]
      if byte < 0x80 {
        if isASCIIWord(byte) {
          index = start
          return start
        }
        start &+= 1
        continue
      }
      let sign = sign(at: start)
      if sign.isIdeograph {
        isIdeograph = true
        index = start + sign.length
        return start
      }
      if sign.kind != .other {
        index = start
        return start
      }
      start += sign.length
    }
    index = start
    return nil
  }

  /// A look at the signs around a word: false for most words, of which `compound` makes nothing.
  @inline(__always)
  func mayBeCompound(_ start: Int, _ end: Int) -> Bool {
    if start > 0, bytes[start - 1] == UInt8(ascii: ".") { return true }
    guard end < bytes.count else { return false }
    switch bytes[end] {
    case UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: "&"): return true
    default: return false
    }
  }

  mutating func run(
    startingWith starts: UnsafeBufferPointer<Bool>, _ emit: (Token) -> Void
  ) {
    let dot = UInt8(ascii: ".")
    let hasDot = starts[Int(dot)]
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        if !isASCIIWord(byte) {
          index += 1
        } else if starts[Int(byte)] || (hasDot && index > 0 && bytes[index - 1] == dot) {
          word(emit)
        } else {
          pass()
        }
        continue
      }
      let sign = sign(at: index)
      if sign.isIdeograph {
        emit(Token(range: index..<index + sign.length, position: position))
        position += 1
      }
      if sign.isIdeograph || sign.kind == .other { index += sign.length } else { word(emit) }
    }
  }

  /// Goes to the end of the word that is begun: most end with a sign that cannot stand in one.
  @inline(__always)
  private mutating func pass() {
    index += 1
    position += 1
    while index < bytes.count {
      let byte = bytes[index]
      if isASCIIWord(byte) {
        index += 1
        continue
      }
      if byte >= 0x80 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "'") {
        index = endOfWord(from: index)
      }
      return
    }
  }

  private mutating func word(_ emit: (Token) -> Void) {
    let start = index
    let end = endOfWord(from: start)
    emit(Token(range: start..<end, position: position))
    if mayBeCompound(start, end), let compound = compound(start, end) {
      var last = end
      var next = position + 1
      while last < compound.upperBound {
        guard isWord(at: last) else {
          last += 1
          continue
        }
        let stop = endOfWord(from: last)
        emit(Token(range: last..<stop, position: next))
        next += 1
        last = stop
      }
      emit(Token(range: compound, position: position, isCompound: true))
      position = next
      index = compound.upperBound
    } else {
      position += 1
      index = end
    }
  }

  /// The whole of `c++`, `.net`, `r&d` or `401(k)` around the word at `start..<end`.
  func compound(_ start: Int, _ end: Int) -> Range<Int>? {
    var first = start
    var last = end
    let startsWithLetter = sign(at: start).kind == .letter
    if startsWithLetter, start > 0, bytes[start - 1] == UInt8(ascii: "."),
      start == 1 || isSpace(bytes[start - 2]) || bytes[start - 2] == UInt8(ascii: "(")
        || bytes[start - 2] == UInt8(ascii: "\"")
    {
      first = start - 1
    }
    if startsWithLetter, let stop = afterPlusOrHash(end) {
      last = stop
    } else if let stop = afterBracket(end) {
      last = stop
    } else {
      while startsWithLetter, last < bytes.count, bytes[last] == UInt8(ascii: "&"),
        isWord(at: last + 1)
      {
        last = endOfWord(from: last + 1)
      }
    }
    return first == start && last == end ? nil : first..<last
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  private func afterPlusOrHash(_ end: Int) -> Int? {
    guard end < bytes.count else { return nil }
    var stop = end
    if bytes[end] == UInt8(ascii: "#") {
      stop = end + 1
    } else if bytes[end] == UInt8(ascii: "+"), end + 1 < bytes.count,
      bytes[end + 1] == UInt8(ascii: "+")
    {
      stop = end + 2
    } else {
      return nil
    }
    return isWord(at: stop) ? nil : stop
  }

  private func afterBracket(_ end: Int) -> Int? {
    guard end + 2 < bytes.count, bytes[end] == UInt8(ascii: "(") else { return nil }
    var stop = end + 1
    while stop < bytes.count, stop < end + 3, bytes[stop] < 0x80, isWord(at: stop) { stop += 1 }
    guard stop > end + 1, stop < bytes.count, bytes[stop] == UInt8(ascii: ")") else { return nil }
    return isWord(at: stop + 1) ? nil : stop + 1
  }

  func isWord(at index: Int) -> Bool {
    guard index < bytes.count else { return false }
    let sign = sign(at: index)
    return sign.kind != .other && !sign.isIdeograph
  }

  func endOfWord(from start: Int) -> Int {
    let (bytes, count) = (bytes, bytes.count)
    var end = start
    while end < count {
      if end &+ 8 <= count {
        let length = lengthOfWord(
          UnsafeRawPointer(bytes.baseAddress! + end).loadUnaligned(as: UInt64.self))
        end &+= length
        if length == 8 { continue }
      } else if isASCIIWord(bytes[end]) {
        end &+= 1
        continue
      }
      let byte = bytes[end]
      if byte == 0x20 || byte == 0x0A { break }
      let sign = sign(at: end)
      if sign.kind != .other && !sign.isIdeograph {
        end += sign.length
      } else if joins(at: end, length: sign.length) {
        end += sign.length
      } else {
        break
      }
    }
    return end
  }

  /// Whether the sign at `index` stands inside a word: `don't`, `150,000`.
  private func joins(at index: Int, length: Int) -> Bool {
    let after = index + length
    guard after < bytes.count, index > 0 else { return false }
    if bytes[index] == UInt8(ascii: ",") {
      return isDigit(index - 1) && isDigit(after) && isDigit(after + 1) && isDigit(after + 2)
        && !isDigit(after + 3)
    }
    let isApostrophe =
      bytes[index] == UInt8(ascii: "'")
      || (length == 3 && bytes[index] == 0xE2 && bytes[index + 1] == 0x80
        && bytes[index + 2] == 0x99)
    guard isApostrophe else { return false }
    let next = sign(at: after)
    return next.kind == .letter && !next.isIdeograph
  }

  private func isDigit(_ index: Int) -> Bool {
    index >= 0 && index < bytes.count && bytes[index] >= 0x30 && bytes[index] <= 0x39
  }

  private struct Sign {
    var kind: SignClass
    var length: Int
    var isIdeograph = false
  }

  @inline(__always)
  private func sign(at index: Int) -> Sign {
    let byte = bytes[index]
    return byte < 0x80 ? Sign(kind: asciiClass(byte), length: 1) : unicodeSign(at: index)
  }

  /// Apart, for what asks Unicode's tables costs its caller something even where it is not run.
  @inline(never)
  private func unicodeSign(at index: Int) -> Sign {
    let (value, length) = scalar(at: index)
    guard let scalar = Unicode.Scalar(value) else { return Sign(kind: .other, length: length) }
    if isIdeographic(value) { return Sign(kind: .letter, length: length, isIdeograph: true) }
    return Sign(kind: Scanner.kind(of: scalar), length: length)
  }

  private func scalar(at index: Int) -> (value: UInt32, length: Int) {
    let first = bytes[index]
    let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, index + length <= bytes.count else { return (0xFFFD, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let next = bytes[index + offset]
      guard next & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    return (value, length)
  }

  private func isIdeographic(_ value: UInt32) -> Bool {
    guard value >= 0x3040 else { return false }
    switch value {
    case 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF,
      0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
      return true
    default:
      return false
    }
  }

  private static func kind(of scalar: Unicode.Scalar) -> SignClass {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark:
      .letter
    case .decimalNumber, .letterNumber, .otherNumber: .digit
    default: .other
    }
  }
}
