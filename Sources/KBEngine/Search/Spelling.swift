internal import KBDiagnostics
internal import KBQuery
internal import KBSchema
internal import KBText
internal import Xapian

/// Other spellings of the words and values of a query, from what the index holds.
struct Spelling {
  let searcher: Searcher

  /// A changed place of the query.
  struct Correction {
    var span: Range<Int>
    var replacement: String
    /// What to show: the corrected word or value by itself.
    var word: String
  }

  /// Most terms looked at for one word.
  private static let mostTerms = 200_000

  /// What may have been meant, part by part. `source` is the query's text.
  func corrections(of parts: [BoundNode], in source: String) throws(XapianError) -> [Correction] {
    var result: [Correction] = []
    for part in parts {
      switch part.kind {
      case .word(let word) where !word.isPrefix:
        result += try words(in: word.text, at: word.span, source)
      case .phrase(let text, _): result += try words(in: text, at: part.span, source)
      case .filter(let filter): result += try values(of: filter, source)
      case .sameFact(let filters):
        for filter in filters { result += try values(of: filter, source) }
      case .or(let parts), .and(let parts): result += try corrections(of: parts, in: source)
      case .boost(let inner, _): result += try corrections(of: [inner], in: source)
      case .all, .word, .near, .not: break
      }
    }
    return result
  }

  /// One changed letter in short words, two and three in longer ones.
  private static func allowed(_ length: Int) -> Int { min(3, max(1, (length + 1) / 4)) }

  // MARK: Words of the text

  private func words(
    in text: String, at span: Range<Int>, _ source: String
  ) throws(XapianError) -> [Correction] {
    var result: [Correction] = []
    for word in text.split(separator: " ") {
      guard let better = try nearestWord(to: String(word)),
        let place = Spelling.place(of: String(word), in: source, span)
      else { continue }
      result.append(Correction(span: place, replacement: better, word: better))
    }
    return result
  }

  /// The most frequent word within two edits of one that the index does not have.
  private func nearestWord(to word: String) throws(XapianError) -> String? {
    let folded = Folding.fold(word)
    let stem = IndexFormat.stem(searcher.analyzer.stem(folded))
    guard folded.count >= 3, try searcher.frequency(of: folded) == 0,
      try searcher.frequency(of: stem) == 0
    else { return nil }
    let candidates = try searcher.terms(
      from: Array(folded.prefix(1)), limit: Spelling.mostTerms
    ).map { (word: $0.term, documents: $0.documents) }
    return nearest(to: folded, among: candidates)
  }

  /// The same for the words of a field's values.
  private func nearestWord(to word: String, of field: Field) throws(XapianError) -> String? {
    let folded = Folding.fold(word)
    guard folded.count >= 3 else { return nil }
    let known = try searcher.heldWords(of: field, limit: Spelling.mostTerms)
    let stem = searcher.analyzer.stem(folded)
    guard known[folded] == nil, !known.keys.contains(where: { searcher.analyzer.stem($0) == stem })
    else { return nil }
    return nearest(
      to: folded,
      among: known.filter { $0.key.first == folded.first }.map { ($0.key, $0.value) })
  }

  /// The nearest candidate, of those the most frequent, of those the first by its bytes.
  private func nearest(
    to folded: [UInt8], among candidates: [(word: [UInt8], documents: Int)]
  ) -> String? {
    let key = String(decoding: folded, as: UTF8.self)
    let limit = Spelling.allowed(folded.count)
    var best: (distance: Int, documents: Int, word: String)?
    for candidate in candidates where abs(candidate.word.count - folded.count) <= limit {
      let text = String(decoding: candidate.word, as: UTF8.self)
      guard let distance = EditDistance.between(key, text, limit: limit), distance > 0 else {
        continue
      }
      let isBetter = best.map {
        (distance, -candidate.documents, text) < ($0.distance, -$0.documents, $0.word)
      }
      if isBetter ?? true {
        best = (distance, candidate.documents, text)
      }
    }
    return best?.word
  }

  // MARK: Values of fields

  private func values(
    of filter: BoundFilter, _ source: String
  ) throws(XapianError) -> [Correction] {
    var result: [Correction] = []
    for clause in Spelling.alternatives(of: filter.clause) {
      switch clause {
      case .equals(let value), .whole(let value):
        result += try nearValue(value, filter, source)
      case .words(let text, prefix: false), .phrase(let text, slop: _):
        for word in text.split(separator: " ") {
          guard let better = try nearestWord(to: String(word), of: filter.field),
            let place = Spelling.place(of: String(word), in: source, filter.span)
          else { continue }
          result.append(
            Correction(
              span: place, replacement: better, word: "\(filter.field.name):\(better)"))
        }
      case .path(.prefix(let start)):
        guard try searcher.terms(from: IndexFormat.path(start), limit: 1).isEmpty,
          let place = Spelling.place(of: start, in: source, filter.span)
        else { continue }
        for glob in ["**/*\(start)*/**", "*\(start)*"] {
          result.append(Correction(span: place, replacement: glob, word: "path:\(glob)"))
        }
      default: break
      }
    }
    return result
  }

  private static func alternatives(of clause: BoundFilter.Clause) -> [BoundFilter.Clause] {
    if case .any(let clauses) = clause { return clauses.flatMap { alternatives(of: $0) } }
    return [clause]
  }

  /// A value of the field near one that no section has.
  private func nearValue(
    _ value: String, _ filter: BoundFilter, _ source: String
  ) throws(XapianError) -> [Correction] {
    let folded = WholeValue.fold(value)
    let field = filter.field.number
    guard folded.count >= 3, let place = Spelling.place(of: value, in: source, filter.span)
    else { return [] }
    for scope in IndexFormat.Scope.held {
      let term = IndexFormat.value(folded, field: field, scope: scope)
      if try searcher.frequency(of: term) > 0 { return [] }
    }
    let candidates = try searcher.heldValues(of: field, limit: Spelling.mostTerms).map {
      (word: $0.folded, documents: $0.documents)
    }
    guard let better = nearest(to: folded, among: candidates) else { return [] }
    let replacement = Spelling.isPlain(better) ? better : "\"\(better)\""
    return [
      Correction(
        span: place, replacement: replacement, word: "\(filter.field.name):\(replacement)")
    ]
  }

  private static func isPlain(_ value: String) -> Bool {
    value.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 > 0x7F
        || $0 == UInt8(ascii: "-")
    }
  }

  /// Where a word stands within a part of the query, with the quotation marks right around it; the
  /// last place, since names of fields come first.
  private static func place(of word: String, in source: String, _ span: Range<Int>) -> Range<Int>? {
    let bytes = Array(source.utf8)
    let word = Array(word.utf8)
    let span = span.clamped(to: 0..<bytes.count)
    guard !word.isEmpty, span.count >= word.count else { return nil }
    let starts = span.lowerBound...span.upperBound - word.count
    guard let start = starts.last(where: { bytes[$0..<$0 + word.count].elementsEqual(word) })
    else { return nil }
    let quote = UInt8(ascii: "\"")
    let end = start + word.count
    let isQuoted =
      start > 0 && bytes[start - 1] == quote && end < bytes.count && bytes[end] == quote
    return isQuoted ? start - 1..<end + 1 : start..<end
  }
}
