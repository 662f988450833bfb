internal import KBDiagnostics
internal import KBSchema

/// Values of date fields.
extension Binding {
  mutating func date(_ context: FilterContext, _ value: SyntaxValue) -> BoundFilter.Clause? {
    guard let written = plain(context, value) else { return nil }
    if let ends = rangeEnds(written) {
      guard isRangeAllowed(context, written, ends) else { return nil }
      return dateRange(context, ends).map { .date($0) }
    }
    guard let bound = readDate(context, written) else { return nil }
    if context.sign == .matches, DateReader.isRelative(written.text) { singleDay(context, bound) }
    return .date(.compare(context.sign.comparison, bound))
  }

  private mutating func singleDay(_ context: FilterContext, _ bound: BoundDate) {
    let isItem = context.candidate.value?.span != bound.span
    problems.add(
      .singleDay,
      "\(quoted(bound.written)) is the one day \(bound.days.description)", at: bound.span,
      notes: ["for all since then: `\(context.name):\(bound.written)..`"],
      fixes: isItem ? [] : [FixIt("ask for all since then", bound.span, bound.written + "..")])
  }

  private mutating func dateRange(
    _ context: FilterContext, _ ends: (SyntaxWord, SyntaxWord)
  ) -> Comparison<BoundDate>? {
    var bounds: [BoundDate?] = []
    for word in [ends.0, ends.1] {
      if word.text.isEmpty {
        bounds.append(nil)
      } else {
        guard let bound = readDate(context, word) else { return nil }
        bounds.append(bound)
      }
    }
    if let low = bounds[0], let high = bounds[1], high.days.last < low.days.first {
      reversed(ends)
      return nil
    }
    return .range(bounds[0], bounds[1])
  }

  private mutating func readDate(_ context: FilterContext, _ written: SyntaxWord) -> BoundDate? {
    let reader = DateReader(today: today, dayFirst: context.field.dayFirst)
    do {
      let days = try reader.read(written.text)
      return BoundDate(days: days, written: written.text, span: written.span)
    } catch {
      badDate(context, written, error)
      return nil
    }
  }

  private mutating func badDate(
    _ context: FilterContext, _ written: SyntaxWord, _ problem: DateProblem
  ) {
    let whole = context.span
    let isSimple = written.text.utf8.allSatisfy { Bytes.isWordByte($0) }
    let word = isSimple ? written.text : phrased(written.text)
    let fixes =
      problem.meant.map { FixIt("write `\($0)`", written.span, $0) } + [
        FixIt("look for the word instead", whole, "has:\(context.field.name) \(word)"),
        FixIt("look for it as text", whole, phrased(text(whole))),
      ]
    problems.add(
      .wrongType, "\(quoted(written.text)): \(problem.reason)", at: written.span,
      notes: [allowed(context.field)], suggestions: problem.meant, fixes: fixes)
  }
}
