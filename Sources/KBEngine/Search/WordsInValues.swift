internal import KBSchema
internal import KBText
internal import Xapian

/// What a value must say, as `TextPlanner` asks it of postings: the same words, forms and distances.
enum ValuePattern {
  /// One of these terms.
  case word([[UInt8]])
  /// Terms in order, side by side; the last may be a beginning.
  case phrase([[UInt8]], endsInPrefix: Bool)
  /// Terms in any order within so many positions.
  case near([[UInt8]], window: Int)

  /// Whether one word decides, wherever it stands in the value.
  var isOneWord: Bool {
    switch self {
    case .word: true
    case .phrase(let words, _), .near(let words, _): words.count < 2
    }
  }
}

/// Finds values by their words among the distinct values that the index holds: far fewer than the
/// sections that state or inherit them.
struct WordsInValues {
  let analyzer: Analyzer
  /// All terms of the index that begin so.
  let terms: ([UInt8]) throws(XapianError) -> [[UInt8]]

  /// Sections with a value that fits, of those whose terms begin with `prefix`. Values too long for a
  /// term are none of them.
  func query(_ prefix: [UInt8], _ pattern: ValuePattern) throws(XapianError) -> Query {
    var found: [Query] = []
    for term in try terms(prefix)
    where term.count - prefix.count <= IndexFormat.longestValue
      && mayFit(term, pattern, from: prefix.count)
    {
      let text = String(decoding: term.dropFirst(prefix.count), as: UTF8.self)
      if ValueWords(text, analyzer).fits(pattern) { found.append(.term(term)) }
    }
    return found.isEmpty ? .nothing : .or(found)
  }

  /// A quick look before a value is analysed: it must hold the first two bytes of what is asked for
  /// as it is written.
  private func mayFit(_ term: [UInt8], _ pattern: ValuePattern, from start: Int) -> Bool {
    let units: [[UInt8]]
    switch pattern {
    case .word: return true
    case .phrase(let words, _), .near(let words, _): units = words
    }
    return units.allSatisfy { unit in
      guard unit.count >= 2, term.count - start >= 2 else { return true }
      return (start..<term.count - 1).contains { term[$0] == unit[0] && term[$0 + 1] == unit[1] }
    }
  }
}

/// The words of one value, at their positions.
private struct ValueWords {
  private var positions: [[UInt8]: [Int]] = [:]

  init(_ text: String, _ analyzer: Analyzer) {
    analyzer.scan(text) { word in
      positions[word.term, default: []].append(word.token.position)
      if let stem = analyzer.fieldStem(of: word) { positions[stem] = [] }
    }
  }

  func fits(_ pattern: ValuePattern) -> Bool {
    switch pattern {
    case .word(let forms): forms.contains { positions[$0] != nil }
    case .phrase(let words, let endsInPrefix): hasPhrase(words, endsInPrefix)
    case .near(let words, let window): hasNear(words, window)
    }
  }

  private func hasPhrase(_ words: [[UInt8]], _ endsInPrefix: Bool) -> Bool {
    guard let last = words.last else { return false }
    let ends =
      endsInPrefix
      ? positions.filter { $0.key.starts(with: last) }.flatMap(\.value) : positions[last] ?? []
    return ends.contains { end in
      words.dropLast().enumerated().allSatisfy { index, word in
        positions[word]?.contains(end - words.count + 1 + index) ?? false
      }
    }
  }

  /// Whether each word has a position of its own within the window.
  private func hasNear(_ words: [[UInt8]], _ window: Int) -> Bool {
    let places = words.map { positions[$0] ?? [] }
    return places.joined().contains { start in
      var taken: Set<Int> = []
      return places.allSatisfy { mine in
        guard
          let free = mine.first(where: {
            $0 >= start && $0 < start + window && !taken.contains($0)
          })
        else { return false }
        taken.insert(free)
        return true
      }
    }
  }
}

/// A value of a field, whoever states it.
struct HeldValue {
  /// As it is compared.
  var folded: [UInt8]
  /// Its terms: own, inherited, shared.
  var terms: [[UInt8]]
  /// At least as many sections as have it.
  var documents: Int
}

extension Searcher {
  /// The distinct values of a field that sections hold, in the order of their bytes.
  func heldValues(of field: Int, limit: Int) throws(XapianError) -> [HeldValue] {
    var byValue: [[UInt8]: HeldValue] = [:]
    for scope in IndexFormat.Scope.held {
      let prefix = IndexFormat.value([], field: field, scope: scope)
      for found in try terms(from: prefix, limit: limit) {
        let folded = Array(found.term.dropFirst(prefix.count))
        var value = byValue[folded] ?? HeldValue(folded: folded, terms: [], documents: 0)
        value.terms.append(found.term)
        value.documents += found.documents
        byValue[folded] = value
      }
    }
    return byValue.values.sorted { $0.folded.lexicographicallyPrecedes($1.folded) }
  }

  /// The words of the values of a field, as written, with at least as many sections as have them.
  func heldWords(of field: Field, limit: Int) throws(XapianError) -> [[UInt8]: Int] {
    var result: [[UInt8]: Int] = [:]
    for scope in [IndexFormat.Scope.own, .inherited] {
      let prefix = IndexFormat.word([], field: field.number, scope: scope)
      for found in try terms(from: prefix, limit: limit) where found.term.count > prefix.count {
        guard found.term[prefix.count] != UInt8(ascii: "Z") else { continue }
        result[Array(found.term.dropFirst(prefix.count)), default: 0] += found.documents
      }
    }
    guard field.origin == .inferred else { return result }
    let prefix = IndexFormat.value([], field: field.number, scope: .shared)
    for found in try terms(from: prefix, limit: limit) {
      let text = String(decoding: found.term.dropFirst(prefix.count), as: UTF8.self)
      for word in Set(analyzer.words(text).map(\.term)) {
        result[word, default: 0] += found.documents
      }
    }
    return result
  }
}
