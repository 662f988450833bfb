internal import KBDiagnostics

/// Free text: words and their wildcards, and what only looks like an operator.
extension Binding {
  mutating func word(_ text: String, span: Range<Int>) -> BoundNode? {
    if text == "*" { return BoundNode(.all, span: span) }
    noteLookalikes(text, span: span)
    return plainWord(text, span: span).map { BoundNode(.word($0), span: span) }
  }

  /// A word with its wildcard apart; nil (and a problem) where that stands wrong.
  private mutating func plainWord(_ text: String, span: Range<Int>) -> BoundWord? {
    let bytes = Array(text.utf8)
    let star = UInt8(ascii: "*")
    guard fuzzyMark(text, span: span) == nil else { return nil }
    if bytes.first == star || bytes.suffix(2).elementsEqual([star, star]) {
      misplacedWildcard(text, span: span)
      return nil
    }
    if bytes.dropLast().contains(star) {
      problems.add(
        .wildcardAsText, "`*` within a word is text; as a wildcard it stands at the end", at: span,
        fixes: beginning(of: bytes).map { [FixIt("look for the beginning", span, $0)] } ?? [])
    }
    guard bytes.last == star else { return BoundWord(text: text, span: span) }
    let stem = String(text.dropLast())
    guard isLongEnough(stem, span: span) else { return nil }
    return BoundWord(text: stem, isPrefix: true, span: span)
  }

  private func beginning(of bytes: [UInt8]) -> String? {
    let stem = bytes.prefix { $0 != UInt8(ascii: "*") }
    return stem.count > 1 ? String(decoding: stem, as: UTF8.self) + "*" : nil
  }

  /// Reports a wildcard at the start, or more than one at the end.
  mutating func misplacedWildcard(_ text: String, span: Range<Int>) {
    let stem = text.filter { $0 != "*" }
    let isBlank = !stem.utf8.contains(where: Bytes.isWordByte)
    var fixes =
      isBlank ? [FixIt("take it out", span, "*")] : [FixIt("look for the word", span, stem)]
    if !isBlank, text.hasSuffix("*"), stem.unicodeScalars.count > 1 {
      fixes.insert(FixIt("look for the beginning", span, stem + "*"), at: 0)
    }
    problems.add(
      .wildcardPlace, "a wildcard stands only at the end of a word", at: span,
      notes: ["`serializ*` finds every word that begins so; `*` alone finds every section"],
      fixes: fixes)
  }

  /// Whether what stands before a `*` has two characters; else reports it.
  mutating func isLongEnough(_ stem: String, span: Range<Int>) -> Bool {
    let isLong =
      stem.unicodeScalars.lazy.filter { !$0.properties.isGraphemeExtend }.prefix(2).count > 1
    if isLong && stem.utf8.contains(where: Bytes.isWordByte) { return true }
    problems.add(
      .wildcardShort, "a wildcard needs at least 2 characters before it", at: span,
      fixes: [FixIt("look for it as written", span, stem)])
    return false
  }

  /// Reports `x~` and `x~2`.
  mutating func fuzzyMark(_ text: String, span: Range<Int>) -> String? {
    guard let tilde = text.utf8.lastIndex(of: UInt8(ascii: "~")), tilde > text.startIndex,
      text[text.index(after: tilde)...].utf8.allSatisfy(Bytes.isDigit)
    else { return nil }
    let stem = String(text[..<tilde])
    guard stem.utf8.contains(where: Bytes.isWordByte) else { return nil }
    problems.add(
      .fuzzyWord, "`~` stands behind a phrase; words are not compared loosely", at: span,
      notes: ["a query without hits offers words that are spelled alike"],
      fixes: [FixIt("look for the word", span, stem)])
    return stem
  }

  mutating func near(
    _ a: SyntaxWord, _ b: SyntaxWord, _ distance: Int, span: Range<Int>
  ) -> BoundNode? {
    let words = [a, b].compactMap { word -> BoundWord? in
      guard word.text != "*" else {
        misplacedWildcard(word.text, span: word.span)
        return nil
      }
      return plainWord(word.text, span: word.span)
    }
    guard words.count == 2 else { return nil }
    return BoundNode(.near(words[0], words[1], distance: distance), span: span)
  }

  // MARK: Notes

  private mutating func noteLookalikes(_ text: String, span: Range<Int>) {
    if text == "NEAR" {
      problems.add(
        .nearAsText, "`NEAR` without a number is a word", at: span,
        fixes: [FixIt("allow ten positions", span, "NEAR/10")])
    }
    let bytes = Array(text.utf8)
    if bytes.contains(UInt8(ascii: "|")) { notePipe(bytes, span: span) }
    guard let first = bytes.first, Bytes.isDigit(first) || [0x3C, 0x3D, 0x3E].contains(first),
      bytes.contains(where: { $0 == 0x3C || $0 == 0x3E }) || (first == 0x3D && bytes.count <= 2)
    else { return }
    comparisonNote(at: span)
  }

  private mutating func notePipe(_ bytes: [UInt8], span: Range<Int>) {
    let sides = bytes.split(separator: UInt8(ascii: "|"))
    guard sides.contains(where: { $0.contains(where: Bytes.isWordByte) }) else { return }
    let spaced = sides.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " | ")
    problems.add(
      .pipeAsText, "`|` within a word is text; between alternatives it stands free", at: span,
      fixes: sides.count > 1 ? [FixIt("ask for either", span, "(\(spaced))")] : [])
  }

  mutating func comparisonNote(at span: Range<Int>) {
    problems.add(
      .comparisonAsText, "this comparison is read as text: no field stands before it", at: span,
      notes: ["a comparison is a field, a sign and a value: `salary>150k`"])
  }

  /// A note on typographic quotation marks, which make no phrase.
  mutating func curlyQuotes(_ tokens: [Token]) {
    guard source.contains(0xE2) else { return }
    let marks = [[0xE2, 0x80, 0x9C], [0xE2, 0x80, 0x9D], [0xE2, 0x80, 0x9E]] as [[UInt8]]
    let source = self.source
    func isMark(at index: Int) -> Bool { marks.contains { source[index...].starts(with: $0) } }
    let begins = tokens.lazy.filter { token in
      guard case .word = token.kind, source[token.span.lowerBound] == 0xE2 else { return false }
      return isMark(at: token.span.lowerBound)
    }
    guard let first = begins.first else { return }
    let edits = source.indices.lazy.filter { source[$0] == 0xE2 && isMark(at: $0) }.prefix(20)
      .map { FixIt.Edit(span: $0..<$0 + 3, replacement: "\"") }
    problems.add(
      .curlyQuotes, "typographic quotation marks are read as text", at: first.span,
      fixes: [FixIt(message: "ask for the phrase", edits: Array(edits))])
  }
}
