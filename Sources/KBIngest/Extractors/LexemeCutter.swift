internal import KBText

/// Cuts a text into lexemes.
struct LexemeCutter {
  let bytes: [UInt8]
  /// What has been cut off.
  private(set) var items: [Lexeme] = []
  /// The hashes of their keys.
  private(set) var hashes: [KeyHash] = []
  private(set) var hasNumber = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    items.reserveCapacity(bytes.count / 5 + 4)
    hashes.reserveCapacity(bytes.count / 5 + 4)
  }

  mutating func cut() {
    var index = 0
    var end = 0
    while index < bytes.count {
      let start = index
      let byte = bytes[index]
      if byte <= 0x20 {
        index &+= 1
        continue
      }
      if byte < 0x80, !byte.isLetter, !byte.isDigit {
        index &+= 1
        var hash = KeyHash()
        hash.add(byte)
        append(
          .sign, start..<index, ShortKey(UInt64(byte), 0, count: 1), hash, isGlued: start == end)
        end = index
        continue
      }
      if let word = plainWord(from: start) {
        index = word.end
        append(.word, start..<index, word.key, word.hash, isGlued: start == end)
        end = index
        continue
      }
      switch shape(at: index) {
      case .blank(let length):
        index += length
        continue
      case .digit:
        index = numberEnd(from: start)
        hasNumber = true
        append(.number, start..<index, isGlued: start == end)
      case .letter:
        let isASCII: Bool
        (index, isASCII) = wordEnd(from: start)
        if isASCII {
          append(.word, start..<index, isGlued: start == end)
        } else {
          append(.word, start..<index, key: folded(start..<index), isGlued: start == end)
        }
      case .sign(let length, let plain):
        index = min(bytes.count, start + length)
        if let plain {
          append(.sign, start..<index, key: plain, isGlued: start == end)
        } else {
          append(.sign, start..<index, isGlued: start == end)
        }
      }
      end = index
    }
  }

  private mutating func append(
    _ kind: Lexeme.Kind, _ range: Range<Int>, _ key: ShortKey, _ hash: KeyHash, isGlued: Bool
  ) {
    hashes.append(hash)
    items.append(
      Lexeme(
        kind: kind, isGlued: isGlued && range.lowerBound > 0, range: range, short: key, hash: hash))
  }

  private mutating func append(
    _ kind: Lexeme.Kind, _ range: Range<Int>, key: String, isGlued: Bool
  ) {
    let lexeme = Lexeme(
      kind: kind, isGlued: isGlued && range.lowerBound > 0, range: range, key: key)
    hashes.append(lexeme.hash)
    items.append(lexeme)
  }

  // MARK: Keys

  /// Appends a lexeme whose key is its bytes, ASCII letters in lower case.
  private mutating func append(_ kind: Lexeme.Kind, _ range: Range<Int>, isGlued: Bool) {
    guard range.count <= ShortKey.longest, bytes[range].allSatisfy({ $0 < 0x80 }) else {
      append(kind, range, key: String(lowering: bytes[range]), isGlued: isGlued)
      return
    }
    var key = ShortKey()
    var hash = KeyHash()
    for byte in bytes[range] {
      key.add(byte.lowered)
      hash.add(byte.lowered)
    }
    append(kind, range, key, hash, isGlued: isGlued)
  }

  /// A word that has other letters than those of ASCII, folded.
  private func folded(_ range: Range<Int>) -> String {
    Folding.key(String(decoding: bytes[range], as: UTF8.self))
  }

  /// A short word of letters of ASCII alone, as most are; nil where something else begins.
  @inline(__always)
  private func plainWord(from start: Int) -> (end: Int, key: ShortKey, hash: KeyHash)? {
    bytes.withUnsafeBufferPointer { bytes in
      var hash = KeyHash()
      var index = start
      let first = letters(bytes, &index, &hash)
      guard index > start else { return nil }
      let second = index == start + 8 ? letters(bytes, &index, &hash) : 0
      if index < bytes.count {
        let byte = bytes[index]
        if byte >= 0x80 || byte.isDigit || byte.isLetter { return nil }
      }
      return (index, ShortKey(first, second, count: index - start), hash)
    }
  }

  /// Up to eight letters of ASCII in lower case, the first lowest.
  @inline(__always)
  private func letters(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ hash: inout KeyHash
  ) -> UInt64 {
    let end = min(bytes.count, index + 8)
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while index < end {
      let byte = bytes[index] | 0x20
      guard byte &- 0x61 < 26 else { break }
      hash.add(byte)
      result |= UInt64(byte) &<< shift
      shift &+= 8
      index &+= 1
    }
    return result
  }

  // MARK: Ends

  /// The end of a word, and whether all its letters are ASCII.
  private func wordEnd(from start: Int) -> (end: Int, isASCII: Bool) {
    var index = start
    var isASCII = true
    while index < bytes.count {
      let byte = bytes[index]
      if byte.isLetter {
        index += 1
      } else if byte.isDigit {
        if Currencies.isPrefix(bytes[start..<index]) || isRand(start, index)
          || isIdeograph(before: index, from: start)
        {
          break
        }
        index += 1
      } else {
        guard byte >= 0x80, case .letter = shape(at: index) else { break }
        isASCII = false
        index += LexemeCutter.length(byte)
      }
    }
    return (min(index, bytes.count), isASCII)
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

  private func shape(at index: Int) -> Shape {
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
      return LexemeCutter.punctuation(second, third)
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
