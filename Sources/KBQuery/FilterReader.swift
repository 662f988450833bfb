internal import KBDiagnostics
internal import KBSchema

/// Reads the value of a filter by the type of its field.
struct FilterReader {
  let work: BindingWork
  let field: Field
  let end: IntervalEnd
  let candidate: QuerySyntax.Candidate
  let span: Range<Int>
  private(set) var diagnostics: [Diagnostic] = []

  init(
    work: BindingWork, field: Field, end: IntervalEnd, candidate: QuerySyntax.Candidate,
    span: Range<Int>
  ) {
    self.work = work
    self.field = field
    self.end = end
    self.candidate = candidate
    self.span = span
  }

  mutating func read() -> BoundQuery {
    guard candidate.value != .none else { return missingValue() }
    if candidate.isSpaced, candidate.op == .colon { return missingValue() }
    if case .comparison(.notEqual) = candidate.op {
      guard let test = test(candidate.value, .comparison(.equal)) else { return .and([]) }
      return .and([.presence(field), .not(.filter(bound(test)))])
    }
    guard let test = test(candidate.value, candidate.op) else { return .and([]) }
    return test == .exists ? .presence(field) : .filter(bound(test))
  }

  private func bound(_ test: FilterTest) -> BoundFilter {
    BoundFilter(field: field, test: test, span: span)
  }

  private mutating func missingValue() -> BoundQuery {
    let name = candidate.name
    let after = Array(work.text.utf8)[min(span.upperBound, work.text.utf8.count)...]
    let gap = after.prefix { $0 == 0x20 }.count
    var fixes: [FixIt] = []
    if gap > 0, gap < after.count {
      let next = span.upperBound..<span.upperBound + gap
      fixes.append(
        FixIt(message: "close the gap", edits: [.init(span: next, replacement: "")]))
    }
    fixes.append(
      FixIt(
        message: "ask for any value", edits: [.init(span: span, replacement: "\(name):*")]))
    diagnostics.append(
      .missingValue(span, field: field.name, fixIts: fixes))
    return .and([])
  }

  private mutating func test(
    _ value: QuerySyntax.CandidateValue, _ op: FieldOperator
  ) -> FilterTest? {
    if case .list(let values) = value {
      let tests = values.compactMap { test($0, op) }
      return tests.count == values.count ? .any(tests) : nil
    }
    if value == .word("*"), op == .colon { return .exists }
    if let problem = commaProblem(value) {
      diagnostics.append(problem)
      return nil
    }
    switch field.type {
    case .interval: return interval(value, op)
    case .number: return number(value, op)
    case .date: return date(value, op)
    case .keyword: return keyword(value, op)
    case .text: return words(value, op)
    }
  }

  /// A comma belongs to one number; elsewhere it looks like a list.
  private func commaProblem(_ value: QuerySyntax.CandidateValue) -> Diagnostic? {
    guard case .word(let word) = value, word.contains(",") else { return nil }
    let ends = word.split(separator: "..", omittingEmptySubsequences: true)
    if !ends.isEmpty, ends.allSatisfy({ NumberText.parse(String($0)) != nil }) { return nil }
    let parts = word.split(separator: ",").map(String.init)
    let rewrite = parts.count > 1 ? "(\(parts.joined(separator: " OR ")))" : (parts.first ?? "*")
    return .commaInValue(candidate.valueSpan.range, rewrite: rewrite)
  }

  // MARK: Names and words

  private mutating func keyword(
    _ value: QuerySyntax.CandidateValue, _ op: FieldOperator
  ) -> FilterTest? {
    let text = plain(value)
    if case .comparison(let comparison) = op, comparison != .equal {
      diagnostics.append(notComparable("names", text))
      return nil
    }
    if field.name == "path" { return .path(text) }
    if case .word(let word) = value, op == .colon, word.hasSuffix("*") {
      return prefix(word).map { .valuePrefix($0) }
    }
    return .value(work.canonical(field.name, text) ?? text)
  }

  private mutating func words(
    _ value: QuerySyntax.CandidateValue, _ op: FieldOperator
  ) -> FilterTest? {
    let text = plain(value)
    if case .comparison(let comparison) = op {
      guard comparison == .equal else {
        diagnostics.append(notComparable("words", text))
        return nil
      }
      return .value(text)
    }
    switch value {
    case .phrase(_, let slop): return .phrase(text, slop: slop)
    case .word(let word) where word.hasSuffix("*"):
      return prefix(word).map { .words($0, isPrefix: true) }
    default: return .words(text, isPrefix: false)
    }
  }

  private mutating func prefix(_ word: String) -> String? {
    let start = String(word.dropLast())
    guard start.unicodeScalars.count >= 2, !start.contains("*") else {
      let place = candidate.valueSpan.range
      diagnostics.append(
        start.contains("*") ? .innerStar(place, word: word) : .shortPrefix(place, word: start))
      return nil
    }
    return start
  }

  private func notComparable(_ type: String, _ value: String) -> Diagnostic {
    .notComparable(
      candidate.valueSpan.range, field: field.name, type: type,
      rewrite: "\(candidate.name):\(value.contains(" ") ? Diagnostic.quoted(value) : value)",
      whole: span)
  }

  private func plain(_ value: QuerySyntax.CandidateValue) -> String {
    switch value {
    case .word(let word): word
    case .phrase(let text, _): text
    case .none, .list: ""
    }
  }

  // MARK: Ranges

  private enum Ends {
    case single(String)
    case range(String?, String?)
  }

  private mutating func ends(
    _ value: QuerySyntax.CandidateValue, _ op: FieldOperator
  ) -> Ends? {
    let text = plain(value)
    guard let dots = rangeDots(text) else { return .single(text) }
    guard op == .colon || op == .comparison(.equal) else {
      wrongType("one value")
      return nil
    }
    let low = String(decoding: text.utf8.prefix(dots), as: UTF8.self)
    let high = String(decoding: text.utf8.dropFirst(dots + 2), as: UTF8.self)
    guard !low.isEmpty || !high.isEmpty else {
      diagnostics.append(
        .emptyRange(candidate.valueSpan.range, field: field.name, whole: span))
      return nil
    }
    return .range(low.isEmpty ? nil : low, high.isEmpty ? nil : high)
  }

  private func rangeDots(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    return bytes.indices.dropLast().first { bytes[$0] == 0x2E && bytes[$0 + 1] == 0x2E }
  }

  private mutating func wrongType(_ needs: String) {
    let example =
      switch (field.type, field.unit) {
      case (.date, _): "\(candidate.name):2024-05.."
      case (.interval, let unit?) where NumberText.codes.contains(unit): "\(candidate.name)>150000"
      default: "\(candidate.name)>5"
      }
    diagnostics.append(
      .wrongType(
        candidate.valueSpan.range, field: field.name, needs: needs, example: example, whole: span))
  }

  private mutating func reversed(_ low: String, _ high: String) {
    diagnostics.append(.reversedRange(candidate.valueSpan.range, rewrite: "\(high)..\(low)"))
  }

  // MARK: Intervals

  private mutating func interval(
    _ value: QuerySyntax.CandidateValue, _ op: FieldOperator
  ) -> FilterTest? {
    guard let ends = ends(value, op) else { return nil }
    let relation: IntervalComparison.Relation
    var unit: String?
    switch ends {
    case .single(let text):
      guard let (amount, code) = amount(text) else { return nil }
      unit = code
      relation = self.relation(amount, op)
    case .range(let low, let high):
      let first = low.map { amount($0) }
      let second = high.map { amount($0) }
      if let first, first == nil { return nil }
      if let second, second == nil { return nil }
      let lowAmount = first??.0
      let highAmount = second??.0
      unit = writtenUnit(low) ?? writtenUnit(high) ?? first??.1 ?? second??.1
      if let a = lowAmount, let b = highAmount, b < a {
        reversed(low ?? "", high ?? "")
        return nil
      }
      relation = .overlaps(lowAmount, highAmount)
    }
    return .interval([
      IntervalComparison(end: end, relation: relation, unit: unit ?? field.unit ?? "")
    ])
  }

  private func writtenUnit(_ text: String?) -> String? {
    text.flatMap { NumberText.parse($0)?.currency }
  }

  private func relation(
    _ amount: Amount, _ op: FieldOperator
  ) -> IntervalComparison.Relation {
    switch op {
    case .comparison(.greater): .above(amount)
    case .comparison(.greaterOrEqual): .atLeast(amount)
    case .comparison(.less): .below(amount)
    case .comparison(.lessOrEqual): .atMost(amount)
    case .colon, .comparison(.equal), .comparison(.notEqual): .overlaps(amount, amount)
    }
  }

  /// An amount by the year with its unit code.
  private mutating func amount(_ text: String) -> (Amount, String)? {
    let isMoney = NumberText.codes.contains(field.unit ?? "")
    guard let number = NumberText.parse(text) else {
      wrongType(isMoney ? "an amount" : "a number")
      return nil
    }
    if isMoney ? number.unit != nil : (number.currency != nil || number.period != nil) {
      diagnostics.append(
        .wrongUnit(
          candidate.valueSpan.range, field: field.name, unit: field.unit ?? "plain numbers",
          example: isMoney ? "\(candidate.name)>150000" : "\(candidate.name)>5", whole: span))
      return nil
    }
    if let unit = number.unit, let own = field.unit, unit != own {
      diagnostics.append(
        .wrongUnit(
          candidate.valueSpan.range, field: field.name, unit: own,
          example: "\(candidate.name)>5", whole: span))
      return nil
    }
    let code = number.currency ?? field.unit ?? ""
    guard let period = number.period, period != .year else { return (number.amount, code) }
    let yearly = number.amount.multiplied(by: period.perYear)
    let note = "\(text) is \(Int(yearly.doubleValue)) a year (×\(period.perYear))"
    diagnostics.append(.yearly(candidate.valueSpan.range, note: note))
    return (yearly, code)
  }

  // MARK: Numbers

  private mutating func number(
    _ value: QuerySyntax.CandidateValue, _ op: FieldOperator
  ) -> FilterTest? {
    guard let ends = ends(value, op) else { return nil }
    switch ends {
    case .single(let text):
      guard let number = plainNumber(text) else { return nil }
      switch op {
      case .comparison(.greater):
        return .number(low: number, lowIsStrict: true, high: nil, highIsStrict: false)
      case .comparison(.greaterOrEqual):
        return .number(low: number, lowIsStrict: false, high: nil, highIsStrict: false)
      case .comparison(.less):
        return .number(low: nil, lowIsStrict: false, high: number, highIsStrict: true)
      case .comparison(.lessOrEqual):
        return .number(low: nil, lowIsStrict: false, high: number, highIsStrict: false)
      default: return .number(low: number, lowIsStrict: false, high: number, highIsStrict: false)
      }
    case .range(let low, let high):
      let first = low.map { plainNumber($0) }
      let second = high.map { plainNumber($0) }
      if let first, first == nil { return nil }
      if let second, second == nil { return nil }
      if let a = first ?? nil, let b = second ?? nil, b < a {
        reversed(low ?? "", high ?? "")
        return nil
      }
      return .number(
        low: first ?? nil, lowIsStrict: false, high: second ?? nil, highIsStrict: false)
    }
  }

  private mutating func plainNumber(_ text: String) -> Double? {
    guard let number = NumberText.parse(text), number.currency == nil, number.period == nil,
      number.unit == nil || number.unit == field.unit
    else {
      wrongType("a number")
      return nil
    }
    return number.value
  }

  // MARK: Dates

  private mutating func date(
    _ value: QuerySyntax.CandidateValue, _ op: FieldOperator
  ) -> FilterTest? {
    guard let ends = ends(value, op) else { return nil }
    switch ends {
    case .single(let text):
      guard let span = day(text) else { return nil }
      switch op {
      case .comparison(.greater): return .date(low: span.last + 1, high: nil)
      case .comparison(.greaterOrEqual): return .date(low: span.first, high: nil)
      case .comparison(.less): return .date(low: nil, high: span.first - 1)
      case .comparison(.lessOrEqual): return .date(low: nil, high: span.last)
      default: return .date(low: span.first, high: span.last)
      }
    case .range(let low, let high):
      let first = low.map { day($0) }
      let second = high.map { day($0) }
      if let first, first == nil { return nil }
      if let second, second == nil { return nil }
      if let a = first ?? nil, let b = second ?? nil, b.last < a.first {
        reversed(low ?? "", high ?? "")
        return nil
      }
      return .date(low: (first ?? nil)?.first, high: (second ?? nil)?.last)
    }
  }

  private mutating func day(_ text: String) -> DateSpan? {
    if let span = QueryDate.parse(text, today: work.today) { return span }
    wrongType("a date")
    return nil
  }
}
