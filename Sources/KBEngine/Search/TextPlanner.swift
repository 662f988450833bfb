internal import KBQuery
internal import KBSchema
internal import KBText
internal import Xapian

/// Plans words and phrases: of the text, or of a field's values.
struct TextPlanner {
  /// Most words that a prefix stands for.
  static let mostExpansions = 3000

  /// Where words are looked up.
  enum Place {
    case text
    case field(Int, IndexFormat.Scope)
    case fact(Int, IndexFormat.Family, Int, statedOnly: Bool)
  }

  let analyzer: Analyzer
  /// Number of the field of titles; a word of the text that is also in the title weighs more.
  let titleField: Int
  /// Terms of the index that begin with some bytes.
  let expand: ([UInt8], Int) throws(XapianError) -> (terms: [[UInt8]], isCut: Bool)

  /// What became of a word.
  struct Planned {
    var query: Query
    /// Words and prefixes to highlight.
    var marks: [HighlightTerm] = []
    /// A prefix that stands for more words than are taken.
    var isCut = false
    /// Whether there was any word in it.
    var isEmpty = false
  }

  /// A written unit: a word by its stem, a word with signs as it is written, a run of words
  /// (`state-of-the-art`) as a phrase.
  func word(_ text: String, isPrefix: Bool, in place: Place) throws(XapianError) -> Planned {
    let words = analyzer.words(text)
    guard let last = words.last else { return Planned(query: .nothing, isEmpty: true) }
    if isPrefix { return try prefix(words, in: place) }
    let length = text.utf8.count
    if let whole = words.first(where: { $0.token.isCompound && $0.token.range == 0..<length }) {
      let query = Query.term(term(whole.term, place))
      return Planned(
        query: entitled(query, [whole.term], whole.term, place), marks: [.word(whole.term)])
    }
    if words.count == 1 { return single(last.term, in: place) }
    return phrase(words, window: nil, in: place)
  }

  /// Whether a written word is one of the language's function words.
  func isFunctionWord(_ text: String) -> Bool {
    let words = analyzer.words(text)
    return words.count == 1 && FunctionWords.contains(words[0].term, language: analyzer.language)
  }

  private func single(_ word: [UInt8], in place: Place) -> Planned {
    let stem = analyzer.stem(word)
    let query = Query.synonym(forms(of: word).map { .term(term($0, place)) })
    return Planned(
      query: entitled(query, [word, IndexFormat.stem(stem)], word, place), marks: [.stem(stem)])
  }

  /// How much a word in the page's title adds, against its weight as a word of the title alone.
  /// `docs/relevance.md` has the figures.
  static let titleWeight = 0.2

  /// The query with more weight for sections of pages that have one of the forms in their title.
  private func entitled(
    _ query: Query, _ forms: [[UInt8]], _ word: [UInt8], _ place: Place
  ) -> Query {
    guard case .text = place, !FunctionWords.contains(word, language: analyzer.language) else {
      return query
    }
    let title = forms.map {
      Query.term(IndexFormat.word($0, field: titleField, scope: .inherited))
    }
    return .andMaybe(query, .scaled(.synonym(title), by: TextPlanner.titleWeight))
  }

  /// What a value must say to have a written unit, as `word` asks it of postings.
  func pattern(word text: String, isPrefix: Bool) -> ValuePattern? {
    let words = analyzer.words(text)
    guard let last = words.last else { return nil }
    if isPrefix { return .phrase(units(words), endsInPrefix: true) }
    let length = text.utf8.count
    if let whole = words.first(where: { $0.token.isCompound && $0.token.range == 0..<length }) {
      return .word([whole.term])
    }
    if words.count == 1 { return .word(forms(of: last.term)) }
    return .phrase(units(words), endsInPrefix: false)
  }

  /// What a value must say to have quoted words, as `phrase` asks it of postings.
  func pattern(phrase text: String, slop: Int) -> ValuePattern? {
    let units = units(analyzer.words(text))
    guard !units.isEmpty else { return nil }
    return slop == 0
      ? .phrase(units, endsInPrefix: false)
      : .near(units, window: max(slop + 1, units.count))
  }

  /// The terms of a word's family: its stem, and the stem as a written word where that is its own
  /// stem. `alias` is the stem of `aliases`, but has the stem `alia`.
  private func forms(of word: [UInt8]) -> [[UInt8]] {
    let stem = analyzer.stem(word)
    return [IndexFormat.stem(stem)] + (analyzer.stem(stem) == stem ? [stem] : [])
  }

  /// Quoted words, as written.
  func phrase(_ text: String, slop: Int, in place: Place) -> Planned {
    let words = analyzer.words(text)
    guard !words.isEmpty else { return Planned(query: .nothing, isEmpty: true) }
    return phrase(words, window: slop == 0 ? nil : slop, in: place)
  }

  private func phrase(_ words: [Analyzer.Word], window: Int?, in place: Place) -> Planned {
    let units = units(words)
    let marks = [HighlightTerm.phrase(units)]
    let terms = units.map { Query.term(term($0, place)) }
    if terms.count == 1 { return Planned(query: terms[0], marks: marks) }
    guard let window else {
      return Planned(query: .phrase(terms, window: terms.count), marks: marks)
    }
    return Planned(
      query: .near(terms, window: max(window + 1, terms.count)), marks: units.map { .word($0) })
  }

  /// One term a position: a word with signs (`c++`) stands for its one part; of one with several
  /// (`r&d`), the parts stand.
  private func units(_ words: [Analyzer.Word]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for (index, word) in words.enumerated() {
      guard word.token.isCompound else {
        result.append(word.term)
        continue
      }
      if index > 0, words[index - 1].token.position == word.token.position {
        result[result.count - 1] = word.term
      }
    }
    return result
  }

  private func prefix(_ words: [Analyzer.Word], in place: Place) throws(XapianError) -> Planned {
    let units = units(words)
    let start = units[units.count - 1]
    let (terms, isCut) = try expand(term(start, place), TextPlanner.mostExpansions)
    let mark = HighlightTerm.prefix(start)
    guard !terms.isEmpty else { return Planned(query: .nothing, marks: [mark]) }
    let alternatives = Query.or(terms.map { .term($0) })
    guard units.count > 1 else {
      return Planned(query: .synonym(terms.map { .term($0) }), marks: [mark], isCut: isCut)
    }
    let front = units.dropLast()
    let parts = front.map { Query.term(term($0, place)) } + [alternatives]
    return Planned(
      query: .phrase(parts, window: parts.count), marks: front.map { .word($0) } + [mark],
      isCut: isCut)
  }

  /// Two words at most `distance` positions apart, as written; each may be a beginning.
  func near(_ a: BoundWord, _ b: BoundWord, distance: Int) throws(XapianError) -> Planned {
    guard let first = try side(a), let second = try side(b) else {
      return Planned(query: .nothing, isEmpty: true)
    }
    return Planned(
      query: .near([first.query, second.query], window: distance + 1),
      marks: [first.mark, second.mark], isCut: first.isCut || second.isCut)
  }

  private func side(
    _ word: BoundWord
  ) throws(XapianError) -> (query: Query, mark: HighlightTerm, isCut: Bool)? {
    guard let unit = units(analyzer.words(word.text)).first else { return nil }
    guard word.isPrefix else { return (.term(unit), .word(unit), false) }
    let (terms, isCut) = try expand(unit, TextPlanner.mostExpansions)
    return (.or(terms.map { .term($0) }), .prefix(unit), isCut)
  }

  private func term(_ word: [UInt8], _ place: Place) -> [UInt8] {
    switch place {
    case .text: word
    case .field(let field, let scope): IndexFormat.word(word, field: field, scope: scope)
    case .fact(let field, let family, let number, let statedOnly):
      IndexFormat.factWord(
        word, field: field, family: family, number: number, statedOnly: statedOnly)
    }
  }
}

/// A word to emphasise in a snippet.
enum HighlightTerm: Hashable, Sendable {
  /// A word as written.
  case word([UInt8])
  /// All words of a stem.
  case stem([UInt8])
  /// All words that begin so.
  case prefix([UInt8])
  /// Words in order.
  case phrase([[UInt8]])

  /// Puts terms in an order that does not depend on the run.
  func precedes(_ other: HighlightTerm) -> Bool {
    let (a, b) = (key, other.key)
    return a.kind == b.kind ? a.bytes.lexicographicallyPrecedes(b.bytes) : a.kind < b.kind
  }

  private var key: (kind: Int, bytes: [UInt8]) {
    switch self {
    case .word(let word): (0, word)
    case .stem(let stem): (1, stem)
    case .prefix(let start): (2, start)
    case .phrase(let words): (3, Array(words.joined(separator: [0x20])))
    }
  }
}
