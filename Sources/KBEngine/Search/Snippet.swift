internal import KBSchema
internal import KBText

/// The best passage of a text: the one with the most different words of the query, the rarest
/// first in weight being those that the query names once.
struct SnippetMaker {
  /// An excerpt with what to emphasise.
  struct Snippet: Equatable {
    var text: String
    var line: Int
    var highlights: [Range<Int>]
  }

  /// Bytes of an excerpt, about.
  static let length = 280

  private let analyzer: Analyzer
  private let words: [[UInt8]: Int]
  private let stems: [[UInt8]: Int]
  private let prefixes: [(start: [UInt8], term: Int)]
  private let phrases: [(words: [[UInt8]], term: Int)]
  /// For each byte, whether a word asked for may begin with it, in the text as it is written.
  private let starts: [Bool]
  private let termCount: Int

  init(analyzer: Analyzer, marks: [HighlightTerm]) {
    self.analyzer = analyzer
    var words: [[UInt8]: Int] = [:]
    var stems: [[UInt8]: Int] = [:]
    var prefixes: [([UInt8], Int)] = []
    var phrases: [([[UInt8]], Int)] = []
    for (term, mark) in Set(marks).sorted(by: { $0.precedes($1) }).enumerated() {
      switch mark {
      case .word(let word): words[word] = term
      case .stem(let stem): stems[stem] = term
      case .prefix(let start): prefixes.append((start, term))
      case .phrase(let units):
        if units.count == 1 { words[units[0]] = term } else { phrases.append((units, term)) }
      }
    }
    self.words = words
    self.stems = stems
    self.prefixes = prefixes
    self.phrases = phrases
    termCount = Set(marks).count
    starts = SnippetMaker.starts(
      Array(words.keys) + Array(stems.keys) + prefixes.map(\.0) + phrases.flatMap(\.0))
  }

  private static func starts(_ words: [[UInt8]]) -> [Bool] {
    var result = [Bool](repeating: false, count: 256)
    for byte in words.compactMap(\.first) {
      // What folds to a letter beyond ASCII may be written otherwise.
      if byte >= 0x80 { return [Bool](repeating: true, count: 256) }
      result[Int(byte)] = true
      if byte >= 0x61, byte <= 0x7A { result[Int(byte & 0xDF)] = true }
    }
    for byte in 0x80...0xFF { result[byte] = true }
    return result
  }

  /// The best passage of a body.
  func snippet(of body: MarkedText) -> Snippet {
    var text = body.text
    let (range, hits) = text.withUTF8 { bytes in best(in: bytes) }
    let start = firstSign(text, from: range.lowerBound)
    let excerpt = String(
      decoding: Array(text.utf8)[start..<max(start, range.upperBound)], as: UTF8.self)
    return SnippetMaker.tidied(
      excerpt, line: body.place(at: start).line,
      highlights: hits.filter { $0.lowerBound >= start && $0.upperBound <= range.upperBound }
        .map { $0.lowerBound - start..<$0.upperBound - start })
  }

  private func firstSign(_ text: String, from start: Int) -> Int {
    var start = start
    for byte in text.utf8.dropFirst(start) {
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      start += 1
    }
    return min(start, text.utf8.count)
  }

  // MARK: Finding

  private struct Found {
    var range: Range<Int>
    var term: Int
  }

  private func best(
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> (range: Range<Int>, highlights: [Range<Int>]) {
    let found = find(in: bytes)
    guard !found.isEmpty else { return (passage(around: 0..<0, in: bytes), []) }
    var bestScore = -1.0
    var bestRange = found[0].range
    var first = 0
    for last in found.indices {
      while found[last].range.upperBound - found[first].range.lowerBound > SnippetMaker.length {
        first += 1
        if first > last { break }
      }
      guard first <= last else { continue }
      let score = score(found[first...last])
      if score > bestScore {
        bestScore = score
        bestRange = found[first].range.lowerBound..<found[last].range.upperBound
      }
    }
    let range = passage(around: bestRange, in: bytes)
    return (range, merged(found.map(\.range).filter { range.contains($0.lowerBound) }))
  }

  /// Different words count fully, repetitions little; what stands close together counts more.
  private func score(_ found: ArraySlice<Found>) -> Double {
    let different = Set(found.map(\.term)).count
    let repeated = min(found.count - different, 5)
    return Double(different) * 10 + Double(repeated)
  }

  private func find(in bytes: UnsafeBufferPointer<UInt8>) -> [Found] {
    guard termCount > 0 else { return [] }
    var result: [Found] = []
    if phrases.isEmpty {
      Tokenizer.scan(bytes, startingWith: starts) { token in
        guard starts[Int(bytes[token.range.lowerBound])] else { return }
        if let term = term(of: analyzer.term(of: token, in: bytes)) {
          result.append(Found(range: token.range, term: term))
        }
      }
    } else {
      findWithPhrases(in: bytes, &result)
    }
    return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func findWithPhrases(in bytes: UnsafeBufferPointer<UInt8>, _ result: inout [Found]) {
    var run: [(word: [UInt8], range: Range<Int>)] = []
    let longest = phrases.map(\.words.count).max() ?? 0
    Tokenizer.scan(bytes) { token in
      // A word that begins otherwise than every word asked for is not folded: it only ends phrases.
      guard starts[Int(bytes[token.range.lowerBound])] else {
        if !token.isCompound { run.removeAll(keepingCapacity: true) }
        return
      }
      let word = analyzer.term(of: token, in: bytes)
      if let term = term(of: word) { result.append(Found(range: token.range, term: term)) }
      if token.isCompound, let last = run.last, last.range.upperBound <= token.range.upperBound,
        last.range.lowerBound >= token.range.lowerBound, words(contain: word)
      {
        run[run.count - 1] = (word, token.range)
      } else if !token.isCompound {
        run.append((word, token.range))
      }
      if run.count > longest { run.removeFirst(run.count - longest) }
      for phrase in phrases where run.count >= phrase.words.count {
        let tail = run.suffix(phrase.words.count)
        if zip(tail, phrase.words).allSatisfy({ $0.word == $1 }), let first = tail.first,
          let last = tail.last
        {
          result.append(
            Found(range: first.range.lowerBound..<last.range.upperBound, term: phrase.term))
        }
      }
    }
  }

  private func words(contain word: [UInt8]) -> Bool {
    phrases.contains { $0.words.contains(word) }
  }

  private func term(of word: [UInt8]) -> Int? {
    if let term = words[word] { return term }
    if !stems.isEmpty, let term = stems[analyzer.stem(word)] { return term }
    return prefixes.first { word.starts(with: $0.start) }?.term
  }

  // MARK: Cutting

  /// About `length` bytes around a place, from the start of a line or sentence where one is near,
  /// cut between words.
  private func passage(
    around focus: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    let room = max(0, SnippetMaker.length - focus.count)
    var start = max(0, focus.lowerBound - room / 3)
    if start > 0 { start = beginning(atOrAfter: start, before: focus.lowerBound, in: bytes) }
    var end = min(bytes.count, max(focus.upperBound, start + SnippetMaker.length))
    if end < bytes.count {
      while end > focus.upperBound, !isSpace(bytes[end]) { end -= 1 }
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    }
    return start..<max(start, end)
  }

  private func beginning(
    atOrAfter start: Int, before focus: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var word: Int?
    var index = start
    while index < focus {
      if bytes[index] == 0x0A { return index + 1 }
      if isSpace(bytes[index]), index > 0, ".!?:".utf8.contains(bytes[index - 1]) {
        return index + 1
      }
      if word == nil, isSpace(bytes[index]) { word = index + 1 }
      index += 1
    }
    return word ?? focus
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  private func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound < last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// White space at the end cut off; spans stay within.
  private static func tidied(_ text: String, line: Int, highlights: [Range<Int>]) -> Snippet {
    var bytes = Array(text.utf8)
    while let last = bytes.last, last == 0x20 || (last >= 0x09 && last <= 0x0D) {
      bytes.removeLast()
    }
    return Snippet(
      text: String(decoding: bytes, as: UTF8.self), line: line,
      highlights: highlights.map { $0.clamped(to: 0..<bytes.count) }.filter { !$0.isEmpty })
  }
}
