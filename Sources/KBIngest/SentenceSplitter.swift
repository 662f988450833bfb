/// Cuts running text into sentences. A full stop after an abbreviation ("U.S. Bureau", "e.g.",
/// "Ph.D.") or inside a number or name (`node.js`) ends none.
struct SentenceSplitter {
  private let bytes: [UInt8]
  /// A sentence longer than this is cut at white space, so that no unit of text grows with a file.
  private let longest: Int

  init(_ bytes: [UInt8], longest: Int = 8192) {
    self.bytes = bytes
    self.longest = longest
  }

  /// The sentences in order, without the white space between them.
  func forEach(_ body: (Range<Int>) -> Void) {
    let bytes = bytes
    var start = 0
    var index = 0
    while index < bytes.count {
      let limit = min(start + longest, bytes.count)
      index = bytes.withUnsafeBufferPointer { bytes in
        var index = index
        while index < limit, !SentenceSplitter.mayEnd(bytes[index]) { index &+= 1 }
        return index
      }
      guard index < bytes.count else { break }
      guard let end = endOfSentence(at: index, from: start) else {
        index += 1
        continue
      }
      emit(start..<end, body)
      start = end
      index = end
    }
    emit(start..<bytes.count, body)
  }

  private func emit(_ range: Range<Int>, _ body: (Range<Int>) -> Void) {
    let sentence = range.trimmed(in: bytes)
    if !sentence.isEmpty { body(sentence) }
  }

  /// Whether a byte is a stop, or the first of one.
  @inline(__always)
  private static func mayEnd(_ byte: UInt8) -> Bool {
    let stops: UInt64 = 1 << 0x2E | 1 << 0x21 | 1 << 0x3F
    return byte < 64 ? stops >> UInt64(byte) & 1 == 1 : byte == 0xE3 || byte == 0xEF
  }

  /// Where the sentence ends if a stop at `index` ends it.
  private func endOfSentence(at index: Int, from start: Int) -> Int? {
    switch bytes[index] {
    case 0x2E, 0x21, 0x3F:
      return endAfterStop(at: index, from: start)
    case 0xE3, 0xEF:
      return isWideStop(index) ? index + 3 : nil
    case 0x20, 0x0A:
      return index - start >= longest ? index : nil
    default:
      return nil
    }
  }

  /// `。`, `！` and `？`, which no white space follows.
  private func isWideStop(_ index: Int) -> Bool {
    guard index + 2 < bytes.count else { return false }
    switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
    case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): return true
    default: return false
    }
  }

  private func endAfterStop(at index: Int, from start: Int) -> Int? {
    let end = afterClosers(index + 1)
    guard end < bytes.count else { return end }
    guard bytes[end].isBlank else { return nil }
    var next = end
    while next < bytes.count, bytes[next].isBlank { next += 1 }
    guard next < bytes.count else { return end }
    if bytes[next].isSmall { return nil }
    if bytes[index] == 0x2E, end == index + 1, continues(stop: index, from: start, next: next) {
      return nil
    }
    return end
  }

  /// After further stops, quotes and brackets that belong to the sentence.
  private func afterClosers(_ index: Int) -> Int {
    var index = index
    while index < bytes.count {
      switch bytes[index] {
      case 0x2E, 0x21, 0x3F, 0x22, 0x27, 0x29, 0x5D, 0x2A, 0x5F: index += 1
      case 0xE2:
        guard index + 2 < bytes.count, bytes[index + 1] == 0x80 else { return index }
        guard bytes[index + 2] == 0x99 || bytes[index + 2] == 0x9D else { return index }
        index += 3
      default: return index
      }
    }
    return index
  }

  /// Whether the word before a full stop is an abbreviation, so that the sentence goes on.
  private func continues(stop: Int, from start: Int, next: Int) -> Bool {
    var low = stop
    while low > start, stop - low < 16, !bytes[low - 1].isBlank, bytes[low - 1] != 0x28 { low -= 1 }
    let word = String(lowering: bytes[low..<stop])
    if Abbreviations.always.contains(word) { return true }
    let startsWithNumber = bytes[next].isDigit || bytes[next] == 0x24 || bytes[next] == 0xC2
    if startsWithNumber && Abbreviations.beforeNumbers.contains(word) { return true }
    guard Abbreviations.mayEnd.contains(word) || isDotted(low..<stop) else { return false }
    return !beginsSentence(next)
  }

  /// Letters in ones and twos with full stops between: `U.S`, `Ph.D`; and a single letter.
  private func isDotted(_ range: Range<Int>) -> Bool {
    var run = 0
    for byte in bytes[range] {
      if byte == 0x2E {
        if run == 0 { return false }
        run = 0
      } else {
        run += 1
        guard byte.isLetter, run <= 2 else { return false }
      }
    }
    let hasStop = bytes[range].contains(0x2E)
    return hasStop || (run == 1 && bytes[range.lowerBound].isCapital)
  }

  private func beginsSentence(_ index: Int) -> Bool {
    var end = index
    while end < bytes.count, bytes[end].isLetter, end - index < 16 { end += 1 }
    let word = String(lowering: bytes[index..<end])
    return Abbreviations.openers.contains(word)
  }
}

/// Words that a full stop follows without ending a sentence.
private enum Abbreviations {
  static let always: Set<String> = [
    "e.g", "i.e", "eg", "ie", "vs", "cf", "dr", "mr", "mrs", "ms", "prof", "st", "approx", "est",
    "avg", "incl", "excl", "dept", "gov", "gen", "sen", "rep", "viz", "resp",
  ]
  static let beforeNumbers: Set<String> = [
    "no", "nos", "min", "max", "fig", "ca", "c", "p", "pp", "vol", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "sec", "ch",
  ]
  static let mayEnd: Set<String> = [
    "inc", "corp", "ltd", "co", "llc", "etc", "al", "jr", "sr", "yr", "yrs", "hr", "hrs", "mo",
    "mos", "wk", "wks", "univ", "assoc", "bros", "dipl",
  ]
  /// What opens a new sentence after an abbreviation that may end one.
  static let openers: Set<String> = [
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "they", "their", "there",
    "we", "our", "you", "your", "he", "she", "in", "on", "at", "for", "from", "with", "while",
    "when", "where", "if", "as", "and", "but", "or", "so", "however", "although", "though",
    "because", "since", "after", "before", "most", "many", "some", "all", "no", "not", "to",
  ]
}
