/// A word, a number or one sign of a text, as the extractors read it.
struct Lexeme {
  enum Kind: UInt8 { case word, number, sign }

  /// The key: short ones stand here, and become a string where somebody asks for it.
  private let short: ShortKey
  let kind: Kind
  /// Nothing stands between it and the lexeme before.
  let isGlued: Bool
  /// The hash of `key`.
  let hash: KeyHash
  /// UTF-8 bytes of the text.
  let range: Range<Int>
  private let long: String

  /// Whether the key is a known one.
  @inline(__always)
  func isKey(_ known: KnownKey) -> Bool {
    short.count > 0 ? short == known.short : long == known.text
  }

  /// Whether the key is that text.
  func isKey(_ text: String) -> Bool {
    short.count > 0 ? short.holds(text) : long == text
  }

  /// A word folded; a sign in its plain form (every dash is `-`); a number as written.
  var key: String { short.count > 0 ? short.text : long }

  init(kind: Kind, isGlued: Bool, range: Range<Int>, short: ShortKey, hash: KeyHash) {
    self.kind = kind
    self.isGlued = isGlued
    self.range = range
    self.short = short
    self.hash = hash
    long = ""
  }

  init(kind: Kind, isGlued: Bool, range: Range<Int>, key: String) {
    self.kind = kind
    self.isGlued = isGlued
    self.range = range
    short = ShortKey()
    hash = KeyHash(key)
    long = key
  }
}

/// A key that those of lexemes are compared with.
struct KnownKey: Sendable, Equatable {
  let text: String
  /// The same where it is short, else empty.
  let short: ShortKey

  init(_ text: String) {
    self.text = text
    short = ShortKey(text) ?? ShortKey()
  }

  static func == (a: KnownKey, b: KnownKey) -> Bool { a.text == b.text }
}

/// Up to sixteen bytes of ASCII.
struct ShortKey: Sendable, Equatable {
  static let longest = 16

  private var bytes: (UInt64, UInt64) = (0, 0)
  private var length: UInt8 = 0

  var count: Int { Int(length) }

  /// Adds a byte, where there is room.
  @inline(__always)
  mutating func add(_ byte: UInt8) {
    let place = UInt64(truncatingIfNeeded: count & 7) &* 8
    if count < 8 { bytes.0 |= UInt64(byte) << place } else { bytes.1 |= UInt64(byte) << place }
    length &+= 1
  }

  /// Bytes of which each number has up to eight, the first lowest.
  @inline(__always)
  init(_ first: UInt64, _ second: UInt64, count: Int) {
    bytes = (first, second)
    length = UInt8(truncatingIfNeeded: count)
  }

  init() {}

  /// The bytes of a text; nil for one that is longer or has others.
  init?(_ text: String) {
    guard text.utf8.count <= ShortKey.longest else { return nil }
    for byte in text.utf8 {
      guard byte < 0x80 else { return nil }
      add(byte)
    }
  }

  /// Whether the bytes are those of a text.
  func holds(_ text: String) -> Bool {
    guard text.utf8.count == count else { return false }
    var text = text
    return text.withUTF8 { text in
      for index in text.indices {
        let word = index < 8 ? bytes.0 : bytes.1
        if UInt8(truncatingIfNeeded: word &>> UInt64(8 * (index & 7))) != text[index] {
          return false
        }
      }
      return true
    }
  }

  @inline(__always)
  static func == (a: ShortKey, b: ShortKey) -> Bool {
    a.bytes.0 == b.bytes.0 && a.bytes.1 == b.bytes.1 && a.length == b.length
  }

  var text: String {
    let bytes = (bytes.0.littleEndian, bytes.1.littleEndian)
    return withUnsafeBytes(of: bytes) {
      String(decoding: UnsafeRawBufferPointer(rebasing: $0[..<count]), as: UTF8.self)
    }
  }
}

/// A text cut into lexemes, in one pass over its bytes.
///
/// A word starts with a letter and runs over letters and digits; a number starts with a digit and
/// runs over digits and the separators between them, so that `120k` is a number and a glued word.
struct Lexemes {
  let bytes: [UInt8]
  let items: [Lexeme]
  /// The hashes of the keys side by side: what looks for words passes over most of them.
  let hashes: [KeyHash]
  /// Whether there is a number.
  let hasNumber: Bool

  init(_ text: some StringProtocol) { self.init(bytes: Array(text.utf8)) }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    var cutter = LexemeCutter(bytes)
    cutter.cut()
    items = cutter.items
    hashes = cutter.hashes
    hasNumber = cutter.hasNumber
  }

  var count: Int { items.count }
  subscript(_ index: Int) -> Lexeme { items[index] }

  /// The key at an index, empty outside.
  func key(_ index: Int) -> String { items.indices.contains(index) ? items[index].key : "" }

  /// The hash of the key at an index of the text.
  func hash(_ index: Int) -> KeyHash { hashes[index] }

  /// Whether there may be a lexeme with the key of a hash: false where there is none.
  func mayHold(_ hash: KeyHash) -> Bool { hashes.contains(hash) }

  /// Whether a lexeme of that key stands at the index.
  func at(_ index: Int, _ key: String) -> Bool {
    items.indices.contains(index) ? items[index].isKey(key) : key.isEmpty
  }

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
}
