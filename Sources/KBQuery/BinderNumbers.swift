internal import KBDiagnostics
internal import KBSchema

/// Values of number and interval fields.
extension Binding {
  mutating func number(_ context: FilterContext, _ value: SyntaxValue) -> BoundFilter.Clause? {
    guard let comparison = numberComparison(context, value) else { return nil }
    if context.field.type == .number { return .number(comparison) }
    return .interval([IntervalTest(end: context.end, comparison: comparison, span: value.span)])
  }

  private mutating func numberComparison(
    _ context: FilterContext, _ value: SyntaxValue
  ) -> Comparison<BoundNumber>? {
    guard let written = plain(context, value) else { return nil }
    if let ends = rangeEnds(written) {
      guard isRangeAllowed(context, written, ends) else { return nil }
      return numberRange(context, ends)
    }
    guard let read = read(context, written), let bound = bound(context, read, written) else {
      return nil
    }
    remark(context, read, bound)
    return .compare(context.sign.comparison, bound)
  }

  /// The text of a bare or quoted value of a field that compares.
  mutating func plain(_ context: FilterContext, _ value: SyntaxValue) -> SyntaxWord? {
    switch value.kind {
    case .bare(let text): return SyntaxWord(text: text, span: value.span)
    case .quoted(let text, nil):
      let start = value.span.lowerBound + 1
      return SyntaxWord(text: text, span: start..<start + text.utf8.count)
    case .quoted, .list:
      problems.add(
        .phraseDistance, "`~` stands behind phrases of text", at: value.span,
        notes: [allowed(context.field)],
        fixes: [FixIt("ask for any value", context.span, "has:\(context.field.name)")])
      return nil
    }
  }

  // MARK: Ranges

  /// The ends of `a..b`; nil where the text is no range.
  func rangeEnds(_ written: SyntaxWord) -> (SyntaxWord, SyntaxWord)? {
    let bytes = Array(written.text.utf8)
    let dot = UInt8(ascii: ".")
    guard
      let place = bytes.indices.dropLast().first(where: {
        bytes[$0] == dot && bytes[$0 + 1] == dot
      })
    else { return nil }
    let base = written.span.lowerBound
    func word(_ span: Range<Int>) -> SyntaxWord {
      SyntaxWord(
        text: Bytes.string(bytes, span), span: base + span.lowerBound..<base + span.upperBound)
    }
    return (word(0..<place), word(place + 2..<bytes.count))
  }

  /// Whether a range may stand there, has an end, and two dots.
  mutating func isRangeAllowed(
    _ context: FilterContext, _ written: SyntaxWord, _ ends: (SyntaxWord, SyntaxWord)
  ) -> Bool {
    let (low, high) = ends
    if high.text.hasPrefix(".") || high.text.contains("..") {
      let rest = high.text.drop { $0 == "." }.split(separator: ".", maxSplits: 0)
      problems.add(
        .wrongType, "a range has two dots: `a..b`", at: written.span,
        fixes: [FixIt("write two dots", written.span, low.text + ".." + (rest.first ?? ""))])
    } else if low.text.isEmpty && high.text.isEmpty {
      problems.add(
        .emptyRange, "a range has at least one end", at: written.span,
        notes: [allowed(context.field)],
        fixes: [FixIt("ask for any value", context.span, "has:\(context.field.name)")])
    } else if context.sign != .matches {
      rangeOperator(context, written)
    } else if context.candidate.value?.span != written.span, isInList(context) {
      rangeInList(context)
    } else {
      return true
    }
    return false
  }

  private func isInList(_ context: FilterContext) -> Bool {
    if case .list = context.candidate.value?.kind { return true }
    return false
  }

  private mutating func rangeOperator(_ context: FilterContext, _ written: SyntaxWord) {
    let test = "\(context.name):\(written.text)"
    let rewrite = context.sign == .notEqual ? "(has:\(context.field.name) -\(test))" : test
    wrongOperator(
      context, "a range stands behind `:` alone",
      fixes: [FixIt("write `:`", context.span, rewrite)])
  }

  private mutating func rangeInList(_ context: FilterContext) {
    guard case .list(let items) = context.candidate.value?.kind else { return }
    let tests = items.map { "\(context.name):\(text($0.span))" }.joined(separator: " OR ")
    problems.add(
      .listSyntax, "a list holds single values, not ranges", at: context.span,
      fixes: [FixIt("write the filters out", context.span, "(\(tests))")])
  }

  private mutating func numberRange(
    _ context: FilterContext, _ ends: (SyntaxWord, SyntaxWord)
  ) -> Comparison<BoundNumber>? {
    let words = [ends.0, ends.1]
    var reads: [WrittenNumber?] = []
    for word in words {
      if word.text.isEmpty {
        reads.append(nil)
      } else {
        guard let number = read(context, word) else { return nil }
        reads.append(number)
      }
    }
    let written = reads
    guard shareUnits(context, &reads, span: ends.0.span.lowerBound..<ends.1.span.upperBound) else {
      return nil
    }
    let bounds = zip(reads, words).map { read, word in
      read.flatMap { bound(context, $0, word) }
    }
    guard zip(reads, bounds).allSatisfy({ ($0 == nil) == ($1 == nil) }) else { return nil }
    for (read, bound) in zip(written, bounds) {
      if let read, let bound { remark(context, read, bound) }
    }
    if let low = bounds[0], let high = bounds[1], high.value < low.value {
      reversed(ends)
      return nil
    }
    return .range(bounds[0], bounds[1])
  }

  mutating func reversed(_ ends: (SyntaxWord, SyntaxWord)) {
    let span = ends.0.span.lowerBound..<ends.1.span.upperBound
    problems.add(
      .rangeOrder, "the range ends before it begins", at: span,
      fixes: [FixIt("turn it round", span, "\(ends.1.text)..\(ends.0.text)")])
  }

  /// Gives both ends of a range one currency and one period; false (and a problem) where they are
  /// written with two.
  private mutating func shareUnits(
    _ context: FilterContext, _ reads: inout [WrittenNumber?], span: Range<Int>
  ) -> Bool {
    guard let low = reads[0], let high = reads[1] else { return true }
    let currency = low.currency ?? high.currency
    let periods = (low.period, high.period)
    let samePeriod = (periods.0 == nil) == (periods.1 == nil)
    if (low.currency == nil || high.currency == nil || low.currency == high.currency) && samePeriod
    {
      reads[0]?.currency = currency
      reads[1]?.currency = currency
      return true
    }
    rangeUnits(low, high, span: span)
    return false
  }

  private mutating func rangeUnits(_ low: WrittenNumber, _ high: WrittenNumber, span: Range<Int>) {
    var rewrites: [String] = []
    for (first, second) in [(low, high), (high, low)] {
      let currency = first.currency ?? second.currency
      let period = first.period ?? second.period
      rewrites.append(
        low.spelt(currency: currency, period: period) + ".."
          + high.spelt(currency: currency, period: period))
    }
    if low.currency == nil || high.currency == nil || low.currency == high.currency {
      let yearly =
        low.spelt(currency: low.currency, period: low.period ?? .year) + ".."
        + high.spelt(currency: high.currency, period: high.period ?? .year)
      let isByTheYear = (low.period == nil ? low : high).value >= 1000
      rewrites.insert(yearly, at: isByTheYear ? 0 : rewrites.count)
    }
    var seen: Set<String> = []
    problems.add(
      .rangeUnits, "both ends of a range have one currency, and both or neither a period",
      at: span,
      fixes: rewrites.filter { seen.insert($0).inserted }.map { FixIt("write `\($0)`", span, $0) })
  }

  // MARK: Single numbers

  private mutating func read(_ context: FilterContext, _ written: SyntaxWord) -> WrittenNumber? {
    do {
      return try NumberReader.read(written.text)
    } catch {
      report(error, context, written)
      return nil
    }
  }

  private mutating func report(
    _ problem: NumberProblem, _ context: FilterContext, _ written: SyntaxWord
  ) {
    let value = SyntaxValue(.bare(written.text), span: written.span)
    switch problem {
    case .comma: comma(context, value)
    case .notANumber: wrongType(context, written, "\(quoted(written.text)) is no number")
    case .plus(let number):
      wrongType(
        context, written, "an open end is written as a comparison", first: [">=\(number)"])
    case .dashRange(let low, let high):
      let shared = NumberReader.sharedMagnitude(low, high)
      wrongType(
        context, written, "a range is written with two dots", first: [":\(low)\(shared)..\(high)"])
    }
  }

  /// The error of a value that the field's type cannot be; `first` are better comparisons.
  mutating func wrongType(
    _ context: FilterContext, _ written: SyntaxWord, _ message: String, first: [String] = []
  ) {
    let whole = context.span
    let isSimple = written.text.utf8.allSatisfy { Bytes.isWordByte($0) }
    let word = isSimple ? written.text : phrased(written.text)
    let fixes =
      first.map { FixIt("write it so", whole, context.name + $0) } + [
        FixIt("look for the word instead", whole, "has:\(context.field.name) \(word)"),
        FixIt("look for it as text", whole, phrased(text(whole))),
      ]
    problems.add(
      .wrongType, "\(message); `\(context.field.name)` is of type \(context.field.type.rawValue)",
      at: written.span, notes: [allowed(context.field)], fixes: fixes)
  }

  /// A number in the field's unit, by the year.
  private mutating func bound(
    _ context: FilterContext, _ read: WrittenNumber, _ written: SyntaxWord
  ) -> BoundNumber? {
    guard let (unit, factor) = unit(context.field, read) else {
      wrongUnit(context, read, written)
      return nil
    }
    let yearly = read.value * factor * Double(read.period?.perYear ?? 1)
    guard yearly.magnitude <= 9e14 else {
      tooLarge(context, written)
      return nil
    }
    let amount = Amount(read.value * factor).multiplied(by: read.period?.perYear ?? 1)
    return BoundNumber(
      value: yearly, amount: amount, unit: unit, written: written.text, span: written.span)
  }

  /// The unit of a written number in a field, and what the number is to be multiplied by.
  private func unit(_ field: Field, _ read: WrittenNumber) -> (MeasureUnit?, Double)? {
    let own = field.unit
    let isMoney = Currencies.isCode(own) || (own == nil && field.type == .interval)
    if isMoney {
      guard read.unit == nil else { return nil }
      let code = read.currency.map { $0 == "$" ? Currencies.dollar(own: own) : $0 } ?? own
      return (code.map { MeasureUnit(code: $0, period: read.period) }, 1)
    }
    guard read.currency == nil, read.period == nil else { return nil }
    guard let own else { return read.unit == nil ? (nil, 1) : nil }
    let factor = read.unit.map { Units.factor(written: $0, own: own) } ?? 1
    let isTime = Units.factor(written: "years", own: own) != nil
    guard let factor, !(isTime && read.hasMagnitude) else { return nil }
    return (MeasureUnit(code: own), factor)
  }

  private mutating func wrongUnit(
    _ context: FilterContext, _ read: WrittenNumber, _ written: SyntaxWord
  ) {
    let own = context.field.unit.map { "`\(context.field.name)` counts in \($0)" }
    let bare = numberText(read.value)
    let isQuantity = read.unit == nil && !read.hasMagnitude
    problems.add(
      .wrongUnit, own ?? "`\(context.field.name)` is a number without a unit", at: written.span,
      notes: [allowed(context.field)],
      fixes: (isQuantity || read.unit != nil && !read.hasMagnitude
        ? [FixIt("leave the unit out", written.span, bare)] : [])
        + [
          FixIt("ask for any value", context.span, "has:\(context.field.name)"),
          FixIt("look for it as text", context.span, phrased(text(context.span))),
        ])
  }

  private mutating func tooLarge(_ context: FilterContext, _ written: SyntaxWord) {
    problems.add(
      .numberTooLarge, "numbers are compared up to 900 trillion", at: written.span,
      fixes: [FixIt("ask for any value", context.span, "has:\(context.field.name)")])
  }

  // MARK: Remarks

  private mutating func remark(
    _ context: FilterContext, _ read: WrittenNumber, _ bound: BoundNumber
  ) {
    let name = context.field.name
    if let period = read.period, period != .year {
      problems.add(
        .byTheYear,
        "`\(name)` compares by the year: \(bound.written) = \(numberText(bound.value, grouped: true))",
        at: bound.span, notes: ["1 year = \(period.perYear) × \(period.rawValue)"])
    }
    if let code = bound.unit?.code, read.currency != nil, Currencies.isCode(context.field.unit),
      code != context.field.unit
    {
      problems.add(
        .oneCurrency, "\(quoted(bound.written)) finds amounts in \(code) alone", at: bound.span,
        notes: ["currencies are never converted"])
    }
  }
}

extension SyntaxOperator.Sign {
  /// The comparison of values; `:` and `!=` compare for equality.
  var comparison: ComparisonOperator {
    switch self {
    case .matches, .equal, .notEqual: .equal
    case .less: .less
    case .atMost: .atMost
    case .above: .above
    case .atLeast: .atLeast
    }
  }
}

extension WrittenNumber {
  /// The number with that currency and period, as a query writes it.
  func spelt(currency: String?, period: Period?) -> String {
    let sign = currency.map { $0 == "$" ? "$" : $0 } ?? ""
    let isSign = sign == "$" || sign.isEmpty
    let amount = isSign ? sign + core : core + sign
    return amount + (period.map { "/\($0.rawValue)" } ?? "")
  }
}

/// A number without needless digits: `156000`, `1.5`; grouped, `156,000`.
func numberText(_ value: Double, grouped: Bool = false) -> String {
  guard value.magnitude < 1e15 else { return String(value) }
  let whole = value.rounded(.towardZero)
  var digits = String(Int64(whole.magnitude))
  if grouped {
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: index))
      index -= 3
    }
  }
  let fraction = Int64(((value - whole).magnitude * 10_000).rounded())
  guard fraction > 0, fraction < 10_000 else { return (value < 0 ? "-" : "") + digits }
  var decimals = String(fraction)
  decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
  while decimals.hasSuffix("0") { decimals.removeLast() }
  return (value < 0 ? "-" : "") + digits + "." + decimals
}
