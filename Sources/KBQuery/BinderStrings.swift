internal import KBDiagnostics
internal import KBSchema

/// Values of keyword and text fields.
extension Binding {
  // MARK: Keywords

  mutating func keyword(_ context: FilterContext, _ value: SyntaxValue) -> BoundFilter.Clause? {
    guard orders(context) else { return nil }
    let isPath = context.field.name == "path" && context.field.origin == .builtin
    switch value.kind {
    case .list: return nil
    case .quoted(let text, let slop):
      guard slop == nil else {
        wholeValue(context, value)
        return nil
      }
      return isPath ? path(context, text) : .equals(canonical(context, text, span: value.span))
    case .bare(let text):
      if isPath { return barePath(context, text, value) }
      guard let word = bareWord(context, text, value) else { return nil }
      if word.isPrefix { return .prefix(word.text) }
      return .equals(canonical(context, word.text, span: value.span))
    }
  }

  /// Whether the sign is one for names; `<` and `>` are not.
  private mutating func orders(_ context: FilterContext) -> Bool {
    switch context.sign {
    case .matches, .equal, .notEqual: return true
    case .less, .atMost, .above, .atLeast:
      let value = context.candidate.value.map { text($0.span) } ?? ""
      let named = "\(context.name):\(value)"
      wrongOperator(
        context,
        "`\(context.field.name)` is of type \(context.field.type.rawValue); its values have no order",
        fixes: [
          FixIt("write `:`", context.span, named),
          FixIt("look for it as text", context.span, phrased(text(context.span))),
        ])
      return false
    }
  }

  private mutating func wholeValue(_ context: FilterContext, _ value: SyntaxValue) {
    let closing = source[value.span].lastIndex(of: UInt8(ascii: "\"")) ?? value.span.lowerBound
    problems.add(
      .phraseDistance, "`~` stands behind phrases of text; here it is one whole value",
      at: value.span,
      notes: [allowed(context.field)],
      fixes: [FixIt("take the distance out", closing + 1..<value.span.upperBound, "")])
  }

  /// The canonical spelling of a value; a note with near values where it is not known.
  private mutating func canonical(
    _ context: FilterContext, _ written: String, span: Range<Int>
  ) -> String {
    if let known = catalog.canonical(context.field, written) { return known }
    let near = catalog.near(context.field, written)
    if !near.isEmpty {
      problems.add(
        .unknownValue, "no section has \(quoted(written)) as `\(context.field.name)`", at: span,
        suggestions: near)
    }
    return written
  }

  // MARK: Paths

  private mutating func barePath(
    _ context: FilterContext, _ text: String, _ value: SyntaxValue
  ) -> BoundFilter.Clause? {
    guard !text.utf8.contains(UInt8(ascii: ",")) else {
      comma(context, value)
      return nil
    }
    return path(context, text)
  }

  private func path(_ context: FilterContext, _ text: String) -> BoundFilter.Clause {
    var rest = text[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
    guard context.sign == .matches else { return .equals(String(rest)) }
    let isGlob = rest.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    return .path(isGlob ? .glob(String(rest)) : .prefix(String(rest)))
  }

  // MARK: Text

  mutating func words(_ context: FilterContext, _ value: SyntaxValue) -> BoundFilter.Clause? {
    guard orders(context) else { return nil }
    switch value.kind {
    case .list: return nil
    case .quoted(let text, let slop):
      if context.sign == .matches { return .phrase(text, slop: slop ?? 0) }
      guard slop == nil else {
        wholeValue(context, value)
        return nil
      }
      return .whole(text)
    case .bare(let text):
      guard let word = bareWord(context, text, value) else { return nil }
      if context.sign == .matches { return .words(word.text, prefix: word.isPrefix) }
      return .whole(word.text)
    }
  }

  // MARK: Bare values

  /// A bare value of a keyword or text field, its wildcard apart; nil (and a problem) where it
  /// holds signs that mean nothing there.
  private mutating func bareWord(
    _ context: FilterContext, _ text: String, _ value: SyntaxValue
  ) -> BoundWord? {
    let bytes = Array(text.utf8)
    if bytes.count > 1, bytes[0] == UInt8(ascii: "-"), Bytes.isWordByte(bytes[1]) {
      negatedValue(context, text, value)
    } else if bytes.contains(UInt8(ascii: ",")), (try? NumberReader.read(text)) == nil {
      comma(context, value)
    } else if text.contains("..") {
      rangeOfNames(context, value)
    } else if fuzzyMark(text, span: value.span) == nil {
      return wildcard(context, text, value)
    }
    return nil
  }

  private mutating func wildcard(
    _ context: FilterContext, _ text: String, _ value: SyntaxValue
  ) -> BoundWord? {
    let star = UInt8(ascii: "*")
    guard text.utf8.contains(star) else { return BoundWord(text: text, span: value.span) }
    if text.utf8.dropLast().contains(star) {
      misplacedValueWildcard(text, span: value.span)
      return nil
    }
    guard context.sign == .matches else {
      prefixOperator(context, text)
      return nil
    }
    let stem = String(text.dropLast())
    guard isLongEnough(stem, span: value.span) else { return nil }
    return BoundWord(text: stem, isPrefix: true, span: value.span)
  }

  private mutating func misplacedValueWildcard(_ text: String, span: Range<Int>) {
    guard let first = text.utf8.first, first != UInt8(ascii: "*"), !text.hasSuffix("**") else {
      return misplacedWildcard(text, span: span)
    }
    let stem = text.prefix { $0 != "*" }
    problems.add(
      .wildcardPlace, "a wildcard stands only at the end of a value", at: span,
      fixes: [
        FixIt("look for the beginning", span, stem + "*"),
        FixIt("take it as written", span, phrased(text)),
      ])
  }

  private mutating func prefixOperator(_ context: FilterContext, _ text: String) {
    let test = "\(context.name):\(text)"
    wrongOperator(
      context, "a beginning stands behind `:` alone",
      fixes: [
        FixIt(
          "write `:`", context.span,
          context.sign == .notEqual ? "(has:\(context.field.name) -\(test))" : test)
      ])
  }

  private mutating func negatedValue(
    _ context: FilterContext, _ text: String, _ value: SyntaxValue
  ) {
    var fixes = [FixIt("take it as written", value.span, phrased(text))]
    if context.candidate.value?.span == value.span {
      fixes.insert(
        FixIt(
          "negate the filter", context.span,
          "-\(context.name)\(context.candidate.comparison.text)\(text.dropFirst())"), at: 0)
    }
    problems.add(
      .negatedValue, "`-` negates a whole filter, not its value", at: value.span, fixes: fixes)
  }

  private mutating func rangeOfNames(_ context: FilterContext, _ value: SyntaxValue) {
    problems.add(
      .wrongOperator,
      "`\(context.field.name)` is of type \(context.field.type.rawValue); its values have no ranges",
      at: value.span, notes: [allowed(context.field)],
      fixes: [FixIt("take it as written", value.span, phrased(text(value.span)))])
  }

  // MARK: Commas

  /// A comma in a value: alternatives are meant, or one value that holds it.
  mutating func comma(_ context: FilterContext, _ value: SyntaxValue) {
    let (parts, end) = commaParts(value.span)
    let span = value.span.lowerBound..<end
    let isItem = context.candidate.value?.span != value.span
    var fixes: [FixIt] = []
    if parts.count > 1 {
      let sign = context.candidate.comparison.text
      let either = parts.joined(separator: " OR ")
      if isItem {
        fixes.append(FixIt("ask for either", span, either))
      } else if context.sign == .matches {
        fixes.append(FixIt("ask for either", span, "(\(either))"))
      } else {
        let whole = context.span.lowerBound..<end
        let tests = parts.map { context.name + sign + $0 }.joined(separator: " OR ")
        fixes.append(FixIt("ask for either", whole, "(\(tests))"))
      }
    } else if let only = parts.first {
      fixes.append(FixIt("take it out", value.span, only))
    }
    if context.field.type == .keyword || context.field.type == .text {
      fixes.append(FixIt("take it as written", value.span, phrased(text(value.span))))
    }
    problems.add(
      .commaInValue, "a comma belongs to one number (`150,000`); alternatives stand with OR",
      at: value.span, notes: ["a value that holds a comma stands in quotes"], fixes: fixes)
  }

  /// What commas part, the words after a closing comma included; and the end of it all.
  private func commaParts(_ span: Range<Int>) -> (parts: [String], end: Int) {
    var end = span.upperBound
    while source[end - 1] == UInt8(ascii: ","), end - span.lowerBound < 400 {
      guard let start = source[end...].firstIndex(where: { $0 != 0x20 }), start > end,
        Bytes.isWordByte(source[start])
      else { break }
      let next = source[start...].firstIndex {
        $0 <= 0x20 || $0 == 0x22 || $0 == 0x28 || $0 == 0x29
      }
      let word = start..<(next ?? source.count)
      guard !source[word].contains(where: { [0x3A, 0x3C, 0x3D, 0x3E].contains($0) }) else { break }
      end = word.upperBound
    }
    let parts = source[span.lowerBound..<end].split(separator: UInt8(ascii: ","))
      .map { String(decoding: $0.filter { $0 != 0x20 }, as: UTF8.self) }.filter { !$0.isEmpty }
    return (parts, end)
  }
}
