internal import KBDiagnostics
internal import KBSchema

/// A filter being bound: the field, and the candidate that names it.
struct FilterContext {
  var field: Field
  var end: IntervalTest.End
  var candidate: FieldCandidate
  /// Bytes of the whole candidate.
  var span: Range<Int>

  /// The sign; `f:x` of values that compare is `f=x`.
  var sign: SyntaxOperator.Sign { candidate.comparison.sign ?? .matches }
  /// The field's name as the query writes it.
  var name: String { candidate.name.text }
}

/// Field candidates to filters, text or errors.
extension Binding {
  mutating func candidate(_ candidate: FieldCandidate, span: Range<Int>) -> BoundNode? {
    if let handled = keyword(candidate, span: span) { return handled.node }
    switch name(candidate.name.text) {
    case .field(let field, let end):
      let context = FilterContext(field: field, end: end, candidate: candidate, span: span)
      return checked(context)
    case .noEnds(let field):
      if candidate.isSpaced || candidate.value == nil { return asText(candidate, span: span) }
      noEnds(field, candidate, span: span)
    case .unknown:
      if candidate.isSpaced || candidate.value == nil { return asText(candidate, span: span) }
      unknown(candidate.name, whole: span, quote: asPhrase(candidate, span: span))
    }
    return nil
  }

  private mutating func noEnds(_ field: Field, _ candidate: FieldCandidate, span: Range<Int>) {
    problems.add(
      .intervalEnd, "`\(field.name)` is of type \(field.type.rawValue); only intervals have ends",
      at: candidate.name.span,
      fixes: [
        FixIt("name the field", candidate.name.span, field.name),
        FixIt("look for it as text", span, phrased(text(span))),
      ])
  }

  /// The rewrite of an unknown field: the whole quoted, a list left as alternatives.
  private func asPhrase(_ candidate: FieldCandidate, span: Range<Int>) -> FixIt {
    guard case .list = candidate.value?.kind, let list = candidate.value?.span else {
      return FixIt("look for it as text", span, phrased(text(span)))
    }
    return FixIt("look for it as text", span, phrased(candidate.name.text) + " " + text(list))
  }

  /// Reports a second comparison behind a filter: in `salary > 5 < 9` it lacks its field.
  mutating func chained(_ nodes: [SyntaxNode]) -> Bool {
    for (left, right) in zip(nodes, nodes.dropFirst()) {
      guard case .filter(let candidate) = left.kind, case .word(let word) = right.kind,
        let first = word.utf8.first, [0x3C, 0x3D, 0x3E].contains(first),
        candidate.comparison.text != ":", case .field = name(candidate.name.text)
      else { continue }
      let place = right.span.lowerBound..<right.span.lowerBound
      problems.add(
        .danglingOperator, "this comparison lacks its field", at: right.span,
        notes: [allowedAnywhere],
        fixes: [
          FixIt("repeat the field", place, candidate.name.text),
          FixIt("look for the sign as text", right.span, phrased(word)),
        ])
      return true
    }
    return false
  }

  private var allowedAnywhere: String { "each comparison is a field, a sign and a value" }

  // MARK: The grammar's own names

  /// `has:`, `missing:` and controls that are not written as the grammar has them. Nil where the
  /// candidate is none of them.
  private mutating func keyword(
    _ candidate: FieldCandidate, span: Range<Int>
  ) -> (node: BoundNode?, Void)? {
    let name = String(decoding: Bytes.lowercased(candidate.name.text.utf8), as: UTF8.self)
    guard candidate.comparison.text == ":",
      ["has", "missing", "sort", "scope", "group"].contains(name)
    else { return nil }
    if candidate.isSpaced {
      guard isKeywordValue(candidate.value, of: name) else {
        return (asText(candidate, span: span), ())
      }
      spacedColon(candidate)
    } else {
      badKeyword(name, candidate, span: span)
    }
    return (nil, ())
  }

  private mutating func isKeywordValue(_ value: SyntaxValue?, of name: String) -> Bool {
    guard case .bare(let written) = value?.kind else { return false }
    if name == "scope" { return written == "section" || written == "subject" }
    let plain = name == "sort" && written.hasPrefix("-") ? String(written.dropFirst()) : written
    if case .field = self.name(plain) { return true }
    return false
  }

  private mutating func badKeyword(
    _ name: String, _ candidate: FieldCandidate, span: Range<Int>
  ) {
    let takes = name == "scope" ? "`section` or `subject`" : "the name of a field"
    guard let value = candidate.value else {
      problems.add(
        .danglingOperator, "`\(name):` lacks \(takes)", at: span,
        fixes: [
          FixIt("take it out", Bytes.withSpace(source, span), ""),
          FixIt("look for the word", span, phrased(name)),
        ])
      return
    }
    let plain = text(value.span).filter { !"\"()".contains($0) }
    problems.add(
      .controlValue, "`\(name):` takes \(takes), bare", at: value.span,
      fixes: [
        FixIt("write it bare", value.span, plain),
        FixIt("look for it as text", span, phrased(text(span).filter { !"()".contains($0) })),
      ])
  }

  mutating func presence(_ name: SyntaxWord, isMissing: Bool, span: Range<Int>) -> BoundNode? {
    guard let field = plainField(name.span, whole: span) else { return nil }
    let clause: BoundFilter.Clause = isMissing ? .missing : .exists
    return BoundNode(.filter(BoundFilter(field: field, clause: clause, span: span)), span: span)
  }

  // MARK: Text

  /// A candidate with spaces whose name is no field: the words that it is made of.
  private mutating func asText(_ candidate: FieldCandidate, span: Range<Int>) -> BoundNode? {
    noteText(candidate, span: span)
    var nodes = headWords(candidate)
    if let value = candidate.value {
      guard let node = textValue(value) else { return nil }
      nodes.append(node)
    }
    return nodes.count == 1 ? nodes[0] : BoundNode(.and(nodes), span: span)
  }

  private func headWords(_ candidate: FieldCandidate) -> [BoundNode] {
    let (name, sign) = (candidate.name, candidate.comparisonSpan)
    let spans =
      candidate.spaceBefore ? [name.span, sign] : [name.span.lowerBound..<sign.upperBound]
    return spans.map { BoundNode(.word(BoundWord(text: text($0), span: $0)), span: $0) }
  }

  private mutating func textValue(_ value: SyntaxValue) -> BoundNode? {
    switch value.kind {
    case .quoted(let text, let slop):
      return BoundNode(.phrase(text, slop: slop ?? 0), span: value.span)
    case .bare(let text) where text.hasPrefix("-") && text.utf8.count > 1 && !text.hasPrefix("--"):
      let rest = value.span.lowerBound + 1..<value.span.upperBound
      return word(String(text.dropFirst()), span: rest).map {
        BoundNode(.not($0), span: value.span)
      }
    case .bare(let text): return word(text, span: value.span)
    case .list: return nil
    }
  }

  private mutating func noteText(_ candidate: FieldCandidate, span: Range<Int>) {
    guard candidate.comparison.sign == .matches, candidate.comparison.text == ":" else {
      return comparisonNote(at: span)
    }
    let near = nearNames(candidate.name.text)
    guard !near.isEmpty else { return }
    problems.add(
      .colonAsText, "\(quoted(candidate.name.text)) is no field and is read as text",
      at: candidate.name.span, suggestions: near)
  }

  // MARK: Filters

  /// Checks sign, spacing and presence of the value before the type decides.
  private mutating func checked(_ context: FilterContext) -> BoundNode? {
    let candidate = context.candidate
    guard let sign = candidate.comparison.sign else {
      let mended = Comparisons.mended(candidate.comparison.text)
      wrongOperator(
        context, "\(quoted(candidate.comparison.text)) is no comparison",
        fixes: [FixIt("write `\(mended)`", candidate.comparisonSpan, mended)])
      return nil
    }
    guard let value = candidate.value else {
      missingValue(context)
      return nil
    }
    if sign == .matches && candidate.isSpaced {
      spacedColon(candidate)
      return nil
    }
    return filter(context, sign: sign, value: value)
  }

  private mutating func missingValue(_ context: FilterContext) {
    let candidate = context.candidate
    var fixes = [FixIt("ask for any value", context.span, "has:\(context.field.name)")]
    let end = candidate.comparisonSpan.upperBound
    let next = source[end...].firstIndex { $0 != 0x20 } ?? end
    if next > end, next < source.count, source[next] == UInt8(ascii: "("),
      candidate.comparison.sign == .matches
    {
      fixes.insert(
        FixIt("write the list right behind the colon", candidate.name.span.upperBound..<next, ":"),
        at: 0)
    }
    problems.add(
      .danglingOperator, "\(quoted(context.name + candidate.comparison.text)) lacks a value",
      at: context.span.lowerBound..<end, notes: [allowed(context.field)], fixes: fixes)
  }

  private mutating func spacedColon(_ candidate: FieldCandidate) {
    guard let value = candidate.value else { return }
    let gaps = [
      candidate.name.span.upperBound..<candidate.comparisonSpan.lowerBound,
      candidate.comparisonSpan.upperBound..<value.span.lowerBound,
    ]
    let head = candidate.name.span.lowerBound..<candidate.comparisonSpan.upperBound
    problems.add(
      .spacedColon, "the value of \(quoted(candidate.name.text)) stands right behind the colon",
      at: candidate.name.span.lowerBound..<value.span.upperBound,
      notes: ["spaces may stand around `<`, `>` and `=` only"],
      fixes: [
        FixIt(
          message: "close the gap",
          edits: gaps.filter { !$0.isEmpty }.map { FixIt.Edit(span: $0, replacement: "") }),
        FixIt("look for the word", head, phrased(candidate.name.text)),
      ])
  }

  private mutating func filter(
    _ context: FilterContext, sign: SyntaxOperator.Sign, value: SyntaxValue
  ) -> BoundNode? {
    if case .bare("*") = value.kind { return anyValue(context, value) }
    guard let clause = clause(context, value) else { return nil }
    let filter = BoundFilter(field: context.field, clause: clause, span: context.span)
    let node = BoundNode(.filter(filter), span: context.span)
    guard sign == .notEqual else { return node }
    let exists = BoundFilter(field: context.field, clause: .exists, span: context.span)
    return BoundNode(
      .and([
        BoundNode(.filter(exists), span: context.span), BoundNode(.not(node), span: context.span),
      ]), span: context.span)
  }

  /// `f:*`
  private mutating func anyValue(_ context: FilterContext, _ value: SyntaxValue) -> BoundNode? {
    if context.sign == .matches && context.end == .any {
      return BoundNode(
        .filter(BoundFilter(field: context.field, clause: .exists, span: context.span)),
        span: context.span)
    }
    let has = "has:\(context.field.name)"
    let rewrite: String
    if context.end != .any {
      rewrite = "\(context.field.name).\(context.end.rawValue)>=0"
    } else {
      rewrite = context.sign == .notEqual ? "missing:\(context.field.name)" : has
    }
    wrongOperator(
      context, "`*` stands for any value behind a field and a colon alone",
      fixes: [FixIt("write `\(rewrite)`", context.span, rewrite)])
    return nil
  }

  private mutating func clause(_ context: FilterContext, _ value: SyntaxValue)
    -> BoundFilter.Clause?
  {
    guard case .list(let items) = value.kind else { return single(context, value) }
    guard context.sign == .matches else {
      listOperator(context, items, span: value.span)
      return nil
    }
    if items.contains(where: startsWithSign) {
      listOfComparisons(context, items, span: value.span)
      return nil
    }
    let clauses = items.compactMap { single(context, $0) }
    guard clauses.count == items.count, !items.isEmpty else { return nil }
    return clauses.count == 1 ? clauses.first : .any(clauses)
  }

  private mutating func single(_ context: FilterContext, _ value: SyntaxValue)
    -> BoundFilter.Clause?
  {
    switch context.field.type {
    case .keyword: keyword(context, value)
    case .text: words(context, value)
    case .number, .interval: number(context, value)
    case .date: date(context, value)
    }
  }

  private func startsWithSign(_ item: SyntaxValue) -> Bool {
    guard case .bare(let text) = item.kind else { return false }
    return Comparisons.end(Array(text.utf8.prefix(4)), from: 0) > 0
  }

  private mutating func listOfComparisons(
    _ context: FilterContext, _ items: [SyntaxValue], span: Range<Int>
  ) {
    let tests = items.map { item in
      context.name + (startsWithSign(item) ? "" : ":") + text(item.span)
    }
    problems.add(
      .listSyntax, "a list holds values, not comparisons", at: span,
      fixes: [FixIt("write the filters out", context.span, "(\(tests.joined(separator: " OR ")))")])
  }

  /// A list behind another sign than `:`.
  private mutating func listOperator(
    _ context: FilterContext, _ items: [SyntaxValue], span: Range<Int>
  ) {
    let sign = context.candidate.comparison.text
    let rewrite =
      switch context.sign {
      case .equal, .matches: "\(context.name):\(text(span))"
      case .notEqual: "(has:\(context.field.name) -\(context.name):\(text(span)))"
      default:
        "(" + items.map { "\(context.name)\(sign)\(text($0.span))" }.joined(separator: " OR ") + ")"
      }
    wrongOperator(
      context, "a list stands behind `:`, not behind \(quoted(sign))",
      fixes: [FixIt("write it out", context.span, rewrite)])
  }

  // MARK: Shared errors

  mutating func wrongOperator(_ context: FilterContext, _ message: String, fixes: [FixIt]) {
    problems.add(
      .wrongOperator, message, at: context.candidate.comparisonSpan,
      notes: [allowed(context.field)], fixes: fixes)
  }

  /// What may stand behind a field of that type.
  func allowed(_ field: Field) -> String {
    let name = field.name
    return switch field.type {
    case .keyword where name == "path":
      "`path:docs/` finds a folder, `path:*.md` a pattern, `path=a/b.md` one file"
    case .keyword:
      "`\(name):value`, `\(name):beg*`, `\(name):(one OR other)`, `\(name)!=value`, `\(name):*`"
    case .text:
      "`\(name):word`, `\(name):beg*`, `\(name):\"words in order\"`, `\(name)=\"the whole\"`"
    case .number: "`\(name)>5`, `\(name)<=1.5k`, `\(name):5..10`, `\(name)=7`, `\(name):*`"
    case .date:
      "`\(name)>=2024`, `\(name):2024-05..2024-06`, `\(name):2024-05-17`, `\(name)>-30d`"
    case .interval where Currencies.isCode(field.unit):
      "`\(name)>150k`, `\(name):120k..150k`, `\(name)>$75/hr`, `\(name).min>=£60k`, `\(name):*`"
    case .interval:
      "`\(name)>=5`, `\(name):3..5`, `\(name).min>2`, `\(name):*`"
    }
  }
}
