internal import KBSchema
internal import KBText

/// The best passage of a text: the one with the most different words of the query, the rarest
/// first in weight being those that the query names once.
struct SnippetMaker {
  /// An excerpt with what to emphasise.
  struct Snippet: Equatable {
    var text: String
    var line: Int
    var highlights: [Highlight]
  }

  /// Bytes of an excerpt, about.
  static let length = 280

  private let analyzer: Analyzer
  private let words: WordList
  private let stems: WordList
  private let prefixes: [(start: [UInt8], term: Int)]
  /// Words of phrases by their numbers.
  private let units: WordList
  private let phrases: [(units: [Int], term: Int)]
  /// For each byte, whether a word asked for may begin with it, in the text as it is written.
  private let starts: [Bool]
  private let termCount: Int

  init(analyzer: Analyzer, marks: [HighlightTerm]) {
    self.analyzer = analyzer
    var words: [WordList.Entry] = []
    var stems: [WordList.Entry] = []
    var prefixes: [([UInt8], Int)] = []
    var phrases: [([[UInt8]], Int)] = []
    var termCount = 0
    var last: HighlightTerm?
    for mark in marks.sorted(by: { $0.precedes($1) }) where mark != last {
      last = mark
      let term = termCount
      termCount += 1
      switch mark {
      case .word(let word): words.append(WordList.Entry(word: word, number: term))
      case .stem(let stem): stems.append(WordList.Entry(word: stem, number: term))
      case .prefix(let start): prefixes.append((start, term))
      case .phrase(let units):
        if units.count == 1 {
          words.append(WordList.Entry(word: units[0], number: term))
        } else {
          phrases.append((units, term))
        }
      }
    }
    let units = phrases.flatMap(\.0)
    self.words = WordList(words)
    self.stems = WordList(stems)
    self.prefixes = prefixes
    let numbered = WordList(units.enumerated().map { WordList.Entry(word: $1, number: $0) })
    self.units = numbered
    self.phrases = phrases.map { units, term in
      (units.map { $0.withUnsafeBufferPointer { numbered[$0] ?? -1 } }, term)
    }
    self.termCount = termCount
    starts = SnippetMaker.starts(
      words.map(\.word) + stems.map(\.word) + prefixes.map(\.0) + units)
  }

  /// Words with numbers, looked for by their bytes. A query has few: an ordered list costs less than
  /// to hash each word of a text, and than the types of a dictionary.
  private struct WordList {
    struct Entry {
      var word: [UInt8]
      var number: Int
    }

    private let entries: [Entry]

    /// Of the same word, the last entry counts.
    init(_ all: [Entry]) {
      var entries: [Entry] = []
      for entry in all {
        let place = WordList.place(of: entry.word, in: entries)
        if place < entries.count, entries[place].word == entry.word {
          entries[place] = entry
        } else {
          entries.insert(entry, at: place)
        }
      }
      self.entries = entries
    }

    private static func place(of word: [UInt8], in entries: [Entry]) -> Int {
      entries.firstIndex { !$0.word.lexicographicallyPrecedes(word) } ?? entries.count
    }

    var isEmpty: Bool { entries.isEmpty }

    subscript(word: UnsafeBufferPointer<UInt8>) -> Int? {
      var low = 0
      var high = entries.count
      while low < high {
        let middle = (low + high) / 2
        switch WordList.order(entries[middle].word, word) {
        case 0: return entries[middle].number
        case ..<0: low = middle + 1
        default: high = middle
        }
      }
      return nil
    }

    /// Negative where `a` comes first, 0 where both are the same.
    private static func order(_ a: [UInt8], _ b: UnsafeBufferPointer<UInt8>) -> Int {
      a.withUnsafeBufferPointer { a in
        for index in 0..<min(a.count, b.count) where a[index] != b[index] {
          return Int(a[index]) - Int(b[index])
        }
        return a.count - b.count
      }
    }
  }

  private static func starts(_ words: [[UInt8]]) -> [Bool] {
    var result = [Bool](repeating: false, count: 256)
    for byte in words.compactMap({ $0.first }) {
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
    return text.withUTF8 { bytes in
      let (range, found) = best(in: bytes)
      let start = firstSign(bytes, from: range.lowerBound)
      var end = max(start, range.upperBound)
      while end > start, isSpace(bytes[end - 1]) { end -= 1 }
      var highlights: [Highlight] = []
      for one in found where one.start >= start && one.end <= range.upperBound {
        let (first, last) = (one.start - start, min(one.end, end) - start)
        if first < last { highlights.append(Highlight(start: first, end: last)) }
      }
      return Snippet(
        text: String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self),
        line: body.place(at: start).line, highlights: highlights)
    }
  }

  private func firstSign(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var start = start
    while start < bytes.count {
      let byte = bytes[start]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      start += 1
    }
    return min(start, bytes.count)
  }

  // MARK: Finding

  private struct Found {
    var range: Range<Int>
    var term: Int
  }

  private func best(
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> (range: Range<Int>, highlights: [Highlight]) {
    let found = find(in: bytes)
    guard !found.isEmpty else { return (passage(around: 0..<0, in: bytes), []) }
    var bestScore = -1
    var bestRange = found[0].range
    var first = 0
    // How often each word asked for is in the window, and how many of them are.
    var counts = [Int](repeating: 0, count: termCount)
    var different = 0
    for last in found.indices {
      counts[found[last].term] += 1
      if counts[found[last].term] == 1 { different += 1 }
      while found[last].range.upperBound - found[first].range.lowerBound > SnippetMaker.length {
        counts[found[first].term] -= 1
        if counts[found[first].term] == 0 { different -= 1 }
        first += 1
        if first > last { break }
      }
      guard first <= last else { continue }
      // Different words count fully, repetitions little.
      let score = different * 10 + min(last - first + 1 - different, 5)
      if score > bestScore {
        bestScore = score
        bestRange = found[first].range.lowerBound..<found[last].range.upperBound
      }
    }
    let range = passage(around: bestRange, in: bytes)
    return (range, highlights(found, in: range))
  }

  private func find(in bytes: UnsafeBufferPointer<UInt8>) -> [Found] {
    guard termCount > 0 else { return [] }
    var result: [Found] = []
    if phrases.isEmpty {
      Tokenizer.scan(bytes, startingWith: starts) { token in
        guard starts[Int(bytes[token.range.lowerBound])] else { return }
        if let term = analyzer.withTerms(of: token, in: bytes, { term(of: $0) }) {
          result.append(Found(range: token.range, term: term))
        }
      }
    } else {
      findWithPhrases(in: bytes, &result)
    }
    result.sort { $0.range.lowerBound < $1.range.lowerBound }
    return result
  }

  private func findWithPhrases(in bytes: UnsafeBufferPointer<UInt8>, _ result: inout [Found]) {
    /// A word by its number among those of the phrases, -1 for another.
    var run: [(unit: Int, range: Range<Int>)] = []
    let longest = phrases.map(\.units.count).max() ?? 0
    var next = 0
    Tokenizer.scan(bytes, startingWith: starts) { token in
      // A word that begins otherwise than every word asked for only ends phrases, whether it was passed
      // over or not.
      if !token.isCompound {
        if token.position != next { run.removeAll(keepingCapacity: true) }
        next = token.position + 1
      }
      guard starts[Int(bytes[token.range.lowerBound])] else {
        if !token.isCompound { run.removeAll(keepingCapacity: true) }
        return
      }
      let (term, unit) = analyzer.withTerms(of: token, in: bytes) {
        (self.term(of: $0), units[$0.term] ?? -1)
      }
      if let term { result.append(Found(range: token.range, term: term)) }
      if token.isCompound, let last = run.last, last.range.upperBound <= token.range.upperBound,
        last.range.lowerBound >= token.range.lowerBound, unit >= 0
      {
        run[run.count - 1] = (unit, token.range)
      } else if !token.isCompound {
        run.append((unit, token.range))
      }
      if run.count > longest { run.removeFirst(run.count - longest) }
      for phrase in phrases where run.count >= phrase.units.count {
        let start = run.count - phrase.units.count
        if phrase.units.indices.allSatisfy({ run[start + $0].unit == phrase.units[$0] }) {
          result.append(
            Found(
              range: run[start].range.lowerBound..<run[run.count - 1].range.upperBound,
              term: phrase.term))
        }
      }
    }
  }

  private func term(of word: WordTable.Terms) -> Int? {
    if let term = words[word.term] { return term }
    if !stems.isEmpty {
      // The term of a stem begins with its prefix.
      let stem = word.stem.map { UnsafeBufferPointer(rebasing: $0.dropFirst()) } ?? word.term
      if let term = stems[stem] { return term }
    }
    return prefixes.first { word.term.starts(with: $0.start) }?.term
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

  /// What was found from its start on in a range, in order, as highlights that do not overlap.
  private func highlights(_ found: [Found], in range: Range<Int>) -> [Highlight] {
    var result: [Highlight] = []
    for one in found where range.contains(one.range.lowerBound) {
      if let last = result.last, one.range.lowerBound < last.end {
        result[result.count - 1].end = max(last.end, one.range.upperBound)
      } else {
        result.append(Highlight(start: one.range.lowerBound, end: one.range.upperBound))
      }
    }
    return result
  }
}
