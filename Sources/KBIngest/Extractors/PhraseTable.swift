/// Phrases by their first word, so that a text is matched against all of them in one pass.
///
/// A hyphen between two words is a blank: `entry-level` and `entry level` are one phrase. Other
/// signs (`c++`, `node.js`) are part of a phrase and stand where it has them.
struct PhraseTable: Sendable {
  private struct Piece: Sendable, Equatable {
    var key: KnownKey
    var hash: KeyHash
    var isSign: Bool
    var isGlued: Bool
  }

  private struct Entry: Sendable {
    /// The pieces behind the first.
    var rest: [Piece]
    /// The hash of the first of them, and whether it is a sign; nil where there are none.
    var next: (hash: KeyHash, isSign: Bool)?
    var payload: Int

    init(rest: [Piece], payload: Int) {
      self.rest = rest
      self.payload = payload
      next = rest.first.map { ($0.hash, $0.isSign) }
    }
  }

  /// The first words of the phrases.
  private var words = KeyTable()
  /// For each of them, the phrases that begin with it, the longest first.
  private var entries: [[Entry]] = []
  /// Turns away most words that begin no phrase.
  private var first = KeyFilter()

  /// Adds a phrase; the first payload of a phrase is kept.
  mutating func add(_ phrase: String, _ payload: Int) {
    let pieces = PhraseTable.pieces(phrase)
    guard let first = pieces.first else { return }
    let rest = Array(pieces.dropFirst())
    let number = words.add(first.key.text)
    if number == entries.count { entries.append([]) }
    let list = entries[number]
    guard !list.contains(where: { $0.rest == rest }) else { return }
    let place = list.firstIndex { $0.rest.count < rest.count } ?? list.count
    entries[number].insert(Entry(rest: rest, payload: payload), at: place)
    self.first.insert(first.hash)
  }

  /// The longest phrase that starts at a lexeme, and the index after it.
  @inline(__always)
  func match(_ text: Lexemes, at start: Int) -> (payload: Int, end: Int)? {
    first.mayHold(text.hash(start)) ? found(text, at: start) : nil
  }

  /// The first lexeme, at an index or behind it, that may begin a phrase.
  @inline(__always)
  func next(in text: Lexemes, from index: Int) -> Int? { first.next(in: text.hashes, from: index) }

  @inline(never)
  private func found(_ text: Lexemes, at start: Int) -> (payload: Int, end: Int)? {
    guard let number = words.number(of: text, at: start) else { return nil }
    let next = start + 1 < text.count ? text.hash(start + 1) : nil
    let word = PhraseTable.isHyphen(text, start + 1) ? text.hash(start + 2) : next
    for index in entries[number].indices {
      if let second = entries[number][index].next,
        second.hash != (second.isSign ? next : word)
      {
        continue
      }
      if let end = PhraseTable.end(of: entries[number][index].rest, text, after: start) {
        return (entries[number][index].payload, end)
      }
    }
    return nil
  }

  /// All matches from left to right, the longest at each place, none overlapping.
  func matches(_ text: Lexemes) -> [(payload: Int, range: Range<Int>)] {
    var result: [(payload: Int, range: Range<Int>)] = []
    var index = 0
    while let start = next(in: text, from: index) {
      if let found = found(text, at: start) {
        result.append((found.payload, start..<found.end))
        index = found.end
      } else {
        index = start + 1
      }
    }
    return result
  }

  /// The payload of the phrase that makes up the whole text.
  func whole(_ text: String) -> Int? {
    let pieces = PhraseTable.pieces(text)
    guard let first = pieces.first else { return nil }
    let keys = pieces.dropFirst().map(\.key)
    guard let number = words.number(of: first.key.text, first.hash) else { return nil }
    return entries[number].first { $0.rest.map(\.key) == keys }?.payload
  }

  private static func end(of rest: [Piece], _ text: Lexemes, after start: Int) -> Int? {
    var index = start + 1
    for piece in rest {
      if !piece.isSign, isHyphen(text, index) { index += 1 }
      guard index < text.count, text.hash(index) == piece.hash, text.items[index].isKey(piece.key)
      else { return nil }
      if piece.isSign || piece.isGlued, text[index].isGlued != piece.isGlued { return nil }
      index += 1
    }
    return index
  }

  private static let hyphen = KeyHash("-")

  private static func isHyphen(_ text: Lexemes, _ index: Int) -> Bool {
    index + 1 < text.count && text.hash(index) == hyphen && text.items[index].isKey("-")
      && text[index].isGlued
      && text[index + 1].isGlued
  }

  /// The pieces of a phrase, hyphens between words left out.
  private static func pieces(_ phrase: String) -> [Piece] {
    let text = Lexemes(phrase)
    var result: [Piece] = []
    for index in 0..<text.count {
      let lexeme = text[index]
      let isSign = lexeme.kind == .sign
      if isSign, lexeme.key == "-", index > 0, index + 1 < text.count { continue }
      let afterHyphen = index > 0 && text[index - 1].key == "-"
      let afterWord = index > 0 && text[index - 1].kind != .sign
      let isGlued = lexeme.isGlued && !afterHyphen
      result.append(
        Piece(
          key: KnownKey(lexeme.key), hash: lexeme.hash, isSign: isSign,
          isGlued: isGlued && !(afterWord && !isSign)))
    }
    return result
  }
}
