internal import KBDiagnostics

/// The parser's diagnostics, each with what would work instead.
extension Parser {
  /// Takes a token out, with the white space before it.
  func removal(of token: Token, _ message: String) -> FixIt {
    FixIt(message, Bytes.withSpace(bytes, token.span), "")
  }

  /// Takes a part without content out; where nothing would be left, every section is asked for.
  private func emptied(_ span: Range<Int>) -> FixIt {
    let isAlone = bytes.indices.allSatisfy {
      span.contains($0) || Bytes.spaceLength(bytes, at: $0) > 0
    }
    return isAlone
      ? FixIt("ask for every section", span, "*")
      : FixIt("take them out", Bytes.withSpace(bytes, span), "")
  }

  mutating func dangling(_ token: Token) {
    let written = text(token.span)
    let lacks = token.kind == .not || token.kind == .minus ? "nothing to negate" : "a side missing"
    problems.add(
      .danglingOperator, "\(quoted(written)) has \(lacks)", at: token.span,
      notes: token.kind == .minus ? [] : ["in quotes, or in lower case, it is a word"],
      fixes: [
        removal(of: token, "take it out"), FixIt("look for the word", token.span, phrased(written)),
      ])
  }

  mutating func doubledBar(_ token: Token) {
    problems.add(
      .operatorSpelling, "`||` is no operator", at: token.span,
      notes: ["alternatives are written with OR or `|`"],
      fixes: [FixIt("write OR", token.span, "OR")])
  }

  mutating func unclosedQuote(_ token: Token) {
    let end = token.span.upperBound
    let isBlank = token.span.dropFirst().allSatisfy { Bytes.spaceLength(bytes, at: $0) > 0 }
    let close = FixIt("close it at the end", end..<end, "\"")
    let quote = token.span.lowerBound..<token.span.lowerBound + 1
    problems.add(
      .unclosedQuote, "this quotation mark is not closed", at: quote,
      fixes: (isBlank ? [] : [close]) + [FixIt("take it out", quote, "")])
  }

  /// An empty phrase; silent where its missing end has been reported.
  mutating func emptyPhrase(_ token: Token) {
    guard token.kind == .phrase(closed: true) else { return }
    let before = token.span.lowerBound > 0 ? bytes[token.span.lowerBound - 1] : 0x20
    let isValue = token.isGlued && !Bytes.isWordByte(before) && before != UInt8(ascii: "\"")
    problems.add(
      .emptyPhrase, "there is nothing between the quotation marks", at: token.span,
      fixes: [
        isValue ? FixIt("ask for any value", token.span, "*") : emptied(token.span)
      ])
  }

  mutating func badSlop(_ token: Token) {
    problems.add(
      .phraseDistance, "`~` behind a phrase takes a whole number of positions", at: token.span,
      notes: ["from 0 to \(Limits.distance.upperBound): `\"machine learning\"~3`"],
      fixes: [FixIt("ask for the exact phrase", token.span, "")])
  }

  mutating func badNear(_ token: Token) {
    problems.add(
      .nearDistance, "NEAR takes a whole number of positions", at: token.span,
      notes: ["from 1 to \(Limits.distance.upperBound): `python NEAR/5 testing`"],
      fixes: [FixIt("allow ten positions", token.span, "NEAR/10")])
  }

  mutating func badBoost(_ token: Token) {
    problems.add(
      .badBoost, "`^` takes one number from 0 to 1000, behind a word, phrase, filter or bracket",
      at: token.span, notes: ["for example `python^2`"],
      fixes: [FixIt("take the boost out", token.span, "")])
  }

  mutating func emptyGroup(_ span: Range<Int>) {
    problems.add(
      .emptyGroup, "there is nothing between the brackets", at: span,
      fixes: [emptied(span)])
  }

  /// A control in brackets: it speaks of the whole query.
  mutating func misplacedControl(_ control: SyntaxControl) {
    let end = bytes.count..<bytes.count
    problems.add(
      .controlPlace, "`\(control.kind.rawValue):` speaks of the whole query, not of a part of it",
      at: control.span, notes: ["it stands outside of brackets"],
      fixes: [
        FixIt(
          message: "move it to the end",
          edits: [
            FixIt.Edit(span: Bytes.withSpace(bytes, control.span), replacement: ""),
            FixIt.Edit(span: end, replacement: " " + text(control.span)),
          ])
      ])
  }

  /// `-sort:x`: what is meant is the order downwards, or nothing.
  mutating func negatedControl(_ negations: [Token]) {
    guard let first = negations.first, let last = negations.last, position > 0 else { return }
    let span = first.span.lowerBound..<tokens[position - 1].span.upperBound
    let signs = first.span.lowerBound..<last.span.upperBound
    let rest = text(last.span.upperBound..<span.upperBound).drop { $0 == " " }
    var fixes = [FixIt("take the negation out", signs, "")]
    if rest.hasPrefix("sort:"), !rest.hasPrefix("sort:-") {
      fixes.insert(FixIt("sort downwards", span, "sort:-" + rest.dropFirst(5)), at: 0)
    }
    problems.add(.controlPlace, "a control cannot be negated", at: span, fixes: fixes)
  }
}
