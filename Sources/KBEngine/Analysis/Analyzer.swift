internal import KBSchema
internal import KBText
internal import Xapian

/// Turns text into terms, the same way for documents, queries and snippets.
///
/// Words are kept as written (folded) with their positions, so that phrases are exact and prefixes
/// complete; a stem stands beside them where it differs from the word, without positions. A query
/// word asks for its stem under both forms.
final class Analyzer {
  /// A word of a text, analysed.
  struct Word {
    /// Folded, as written.
    var term: [UInt8]
    /// Its token.
    var token: Token
  }

  /// The Snowball name of the language, or `none`.
  let language: String
  private let stemmer: Stemmer?
  private var scratch: [UInt8] = []
  private lazy var known = WordTable()

  /// An analyser for a Snowball language; `none` for no stemming.
  init(language: String) throws(XapianError) {
    self.language = language
    stemmer = language == "none" ? nil : try Stemmer(language: language)
  }

  /// Calls `emit` for each word of `text` in order.
  func scan(_ text: some StringProtocol, _ emit: (Word) -> Void) {
    var text = String(text)
    text.withUTF8 { bytes in
      Tokenizer.scan(bytes) { token in
        let term = term(of: token, in: bytes)
        // A combining mark by itself folds to nothing.
        if !term.isEmpty { emit(Word(term: term, token: token)) }
      }
    }
  }

  /// Calls `emit` for each word of `text` in order, with its term and the term of its stem where that
  /// is not the word: what an index has of it. The bytes hold while `emit` runs.
  @inline(__always)
  func scanTerms(_ text: String, _ emit: (WordTable.Terms, Token) -> Void) {
    var text = text
    text.withUTF8 { bytes in
      var words = Tokenizer.Words(bytes)
      while let token = words.next() {
        let word = UnsafeBufferPointer(rebasing: bytes[token.range])
        let hash = WordTable.hash(word)
        let terms = known.terms(of: word, hash) ?? added(token, in: bytes, hash)
        if !terms.term.isEmpty { emit(terms, token) }
      }
    }
  }

  /// Calls `body` with the terms of a token; the bytes hold while it runs.
  func withTerms<Result>(
    of token: Token, in bytes: UnsafeBufferPointer<UInt8>, _ body: (WordTable.Terms) -> Result
  ) -> Result {
    let word = UnsafeBufferPointer(rebasing: bytes[token.range])
    let hash = WordTable.hash(word)
    return body(known.terms(of: word, hash) ?? added(token, in: bytes, hash))
  }

  /// The terms of a word that is met for the first time.
  @inline(never)
  private func added(
    _ token: Token, in bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt32
  ) -> WordTable.Terms {
    let (term, stem) = terms(of: token, in: bytes)
    let word = UnsafeBufferPointer(rebasing: bytes[token.range])
    return known.add(word, hash, term, stem)
  }

  private func terms(
    of token: Token, in bytes: UnsafeBufferPointer<UInt8>
  ) -> (term: [UInt8], stem: [UInt8]?) {
    let word = Word(term: term(of: token, in: bytes), token: token)
    return (word.term, fieldStem(of: word))
  }

  /// Posts the words of a name and their stems under `prefix`, and returns from where the next name of
  /// the same field is to be posted. Only with `hasPositions` are they told.
  func post(
    _ text: String, under prefix: [UInt8], from base: Int, hasPositions: Bool, wdf: Int = 1,
    to document: inout IndexDocument
  ) -> Int {
    var last = base
    scanTerms(text) { word, token in
      last = base + token.position
      document.addWord(prefix, word.term, position: hasPositions ? last : nil, wdf: wdf)
      if let stem = word.stem { document.addWord(prefix, stem, position: nil, wdf: wdf) }
    }
    return last + RecordIndexer.positionGap
  }

  /// The words of a text.
  func words(_ text: some StringProtocol) -> [Word] {
    var result: [Word] = []
    scan(text) { result.append($0) }
    return result
  }

  /// The folded form of a token.
  func term(of token: Token, in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    Tokenizer.normalise(UnsafeBufferPointer(rebasing: bytes[token.range]), into: &scratch)
    return scratch
  }

  /// The stem of a folded word; the word itself where it has none (numbers, symbols, short words).
  func stem(_ word: [UInt8]) -> [UInt8] {
    guard let stemmer, word.count > 2, let first = word.first, first >= 0x61 || first >= 0x80
    else { return word }
    return stemmer.stem(word)
  }

  /// The term of a word's stem within a field, nil where the stem is the word.
  func fieldStem(of word: Word) -> [UInt8]? {
    guard !word.token.isCompound else { return nil }
    let stem = stem(word.term)
    return stem == word.term ? nil : IndexFormat.stem(stem)
  }
}

/// The form in which whole values compare: folded, white space single and none at the ends.
enum WholeValue {
  static func fold(_ text: some StringProtocol) -> [UInt8] {
    let folded = Folding.fold(text)
    return [UInt8](unsafeUninitializedCapacity: folded.count) { result, count in
      var isPending = false
      for byte in folded {
        if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
          isPending = count > 0
          continue
        }
        if isPending {
          result.initializeElement(at: count, to: 0x20)
          count += 1
          isPending = false
        }
        result.initializeElement(at: count, to: byte)
        count += 1
      }
    }
  }
}
