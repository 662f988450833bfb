internal import KBText

/// The words of a fact with their places: what every extractor looks at.
struct FactWords {
  /// One word.
  struct Word {
    /// Folded.
    var key: String
    /// UTF-8 bytes of the text.
    var range: Range<Int>
  }

  /// The text.
  let bytes: [UInt8]
  /// Its words in order, compounds (`c++`) left out.
  let words: [Word]
  /// Compounds, by where they begin.
  let compounds: [Int: Word]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var words: [Word] = []
    var compounds: [Int: Word] = [:]
    bytes.withUnsafeBufferPointer { buffer in
      Tokenizer.scan(buffer) { token in
        var folded: [UInt8] = []
        Tokenizer.normalise(UnsafeBufferPointer(rebasing: buffer[token.range]), into: &folded)
        let word = Word(key: String(decoding: folded, as: UTF8.self), range: token.range)
        if token.isCompound { compounds[token.range.lowerBound] = word } else { words.append(word) }
      }
    }
    self.words = words
    self.compounds = compounds
  }

  /// The words between two bytes as the text writes them.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// Index of the first word that begins at or after a byte.
  func index(atOrAfter offset: Int) -> Int {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether only white space and the given signs stand between two bytes.
  func isGap(_ from: Int, _ to: Int, of signs: String = " \t\n-") -> Bool {
    guard from <= to else { return false }
    let allowed = Array(signs.utf8)
    return bytes[from..<to].allSatisfy { allowed.contains($0) }
  }

  /// Whether the word at an index begins with a capital.
  func isCapital(_ index: Int) -> Bool {
    let byte = bytes[words[index].range.lowerBound]
    return byte >= 0x41 && byte <= 0x5A
  }
}
