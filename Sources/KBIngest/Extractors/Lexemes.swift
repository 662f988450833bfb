/// A word, a number or one sign of a text, as the extractors read it.
struct Lexeme {
  enum Kind: UInt8 { case word, number, sign }

  var kind: Kind
  /// Nothing stands between it and the lexeme before.
  var isGlued: Bool
  /// The hash of `key`.
  var hash: KeyHash
  /// UTF-8 bytes of the text.
  var range: Range<Int>
  /// A word folded; a sign in its plain form (every dash is `-`); a number as written.
  var key: String
}

/// A text cut into lexemes, in one pass over its bytes.
///
/// A word starts with a letter and runs over letters and digits; a number starts with a digit and
/// runs over digits and the separators between them, so that `120k` is a number and a glued word.
struct Lexemes {
  let bytes: [UInt8]
  let items: [Lexeme]

  init(_ text: some StringProtocol) {
    bytes = Array(text.utf8)
    var cutter = LexemeCutter(bytes)
    cutter.cut()
    items = cutter.items
  }

  var count: Int { items.count }
  subscript(_ index: Int) -> Lexeme { items[index] }

  /// The key at an index, empty outside.
  func key(_ index: Int) -> String { items.indices.contains(index) ? items[index].key : "" }

  /// The hash of the key at an index of the text.
  func hash(_ index: Int) -> KeyHash { items[index].hash }

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
}
