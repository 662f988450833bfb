import KBSchema

/// A query as the test made it; its text goes to the program, the tree is evaluated here.
indirect enum NaiveQuery {
  case all
  case word(String)
  case prefix(String)
  case phrase([String])
  case name(field: String, value: String)
  case words(field: String, word: String)
  case pay(op: String, amount: Int, currency: String)
  case payRange(Int?, Int?, currency: String)
  case has(String)
  case missing(String)
  case and([NaiveQuery])
  case or([NaiveQuery])
  case not(NaiveQuery)

  var text: String {
    switch self {
    case .all: return "*"
    case .word(let word): return word
    case .prefix(let start): return start + "*"
    case .phrase(let words): return "\"\(words.joined(separator: " "))\""
    case .name(let field, let value): return "\(field):\"\(value)\""
    case .words(let field, let word): return "\(field):\(word)"
    case .pay(let op, let amount, let currency): return "salary\(op)\(sign(currency))\(amount)"
    case .payRange(let low, let high, let currency):
      let ends = [low, high].map { $0.map { "\(sign(currency))\($0)" } ?? "" }
      return "salary:\(ends[0])..\(ends[1])"
    case .has(let field): return "has:\(field)"
    case .missing(let field): return "missing:\(field)"
    case .and(let parts): return "(" + parts.map(\.text).joined(separator: " ") + ")"
    case .or(let parts): return "(" + parts.map(\.text).joined(separator: " OR ") + ")"
    case .not(let part): return "NOT " + part.text
    }
  }

  private func sign(_ currency: String) -> String { currency == "USD" ? "" : "£" }
}

/// Decides by the words of the spec alone whether a record is found. It is slow, and shares no code
/// with the binder, the planner, or the extractors.
struct NaiveEvaluator {
  enum Scope: String, CaseIterable {
    case held, section, subject
  }

  let record: Record
  let sheet: SubjectSheet
  let scope: Scope

  func matches(_ query: NaiveQuery) -> Bool {
    switch query {
    case .all: return true
    case .word(let word): return runs.contains { $0.contains { base($0) == base(word) } }
    case .prefix(let start): return runs.contains { $0.contains { $0.hasPrefix(start) } }
    case .phrase(let words): return runs.contains { contains($0, words) }
    case .has(let field): return !values(field).isEmpty
    case .missing(let field): return values(field).isEmpty
    case .not(let part): return !matches(part)
    case .or(let parts): return parts.contains { matches($0) }
    case .and(let parts): return all(flat(parts))
    case .name, .words, .pay, .payRange: return all([query])
    }
  }

  // MARK: Words

  /// Headings from the subject down, the title for the document's own subject, then the text.
  private var runs: [[String]] {
    var texts = Array(record.headings.dropFirst(record.foreignHeadings)) + [record.body.text]
    if record.subjectOrdinal == 0 { texts.append(record.document) }
    return texts.map { $0.lowercased().split(separator: " ").map(String.init) }
  }

  private func base(_ word: String) -> String {
    word.hasSuffix("s") ? String(word.dropLast()) : word
  }

  private func contains(_ run: [String], _ words: [String]) -> Bool {
    guard run.count >= words.count else { return false }
    return (0...(run.count - words.count)).contains { Array(run[$0..<$0 + words.count]) == words }
  }

  // MARK: Facts

  private var facts: [(fact: Fact, isOwn: Bool)] {
    let own = record.facts.map { ($0, true) }
    guard scope != .section else { return own }
    return own
      + sheet.entries.filter { $0.section != record.ordinal }.map { ($0.fact, false) }
  }

  /// Values of a field, those of facts about other roles left out.
  private func values(_ field: String) -> [Value] {
    var result = facts.filter { !$0.fact.isForeign }.flatMap(\.fact.stated)
    if scope == .subject { result += sheet.mentioned }
    return result.filter { $0.field == field }
  }

  private func flat(_ parts: [NaiveQuery]) -> [NaiveQuery] {
    parts.flatMap { part in
      if case .and(let inner) = part { return flat(inner) }
      return [part]
    }
  }

  /// Parts joined by AND: filters on different fact fields are met by one fact.
  private func all(_ parts: [NaiveQuery]) -> Bool {
    var tests: [(field: String, query: NaiveQuery)] = []
    for part in parts {
      switch part {
      case .name(let field, _), .words(let field, _): tests.append((field, part))
      case .pay, .payRange: tests.append(("salary", part))
      default: if !matches(part) { return false }
      }
    }
    let tying = tests.filter { NaiveCorpus.tying.contains($0.field) }
    let loose = tests.filter { !NaiveCorpus.tying.contains($0.field) }
    guard loose.allSatisfy({ single($0.field, [$0.query]) }) else { return false }
    if Set(tying.map(\.field)).count > 1 {
      return combinations(tying).allSatisfy { oneFact($0) }
    }
    let pay = tying.filter { $0.field == "salary" }.map(\.query)
    let names = tying.filter { $0.field != "salary" }
    return (pay.isEmpty || single("salary", pay))
      && names.allSatisfy { single($0.field, [$0.query]) }
  }

  /// Several filters on one field stay independent, each tied to those on the other fields;
  /// comparisons of pay are one test of one range.
  private func combinations(
    _ tests: [(field: String, query: NaiveQuery)]
  ) -> [[(field: String, query: NaiveQuery)]] {
    var result: [[(field: String, query: NaiveQuery)]] = [tests.filter { $0.field == "salary" }]
    for field in Set(tests.map(\.field)).sorted() where field != "salary" {
      let own = tests.filter { $0.field == field }
      result = result.flatMap { start in own.map { start + [$0] } }
    }
    return result
  }

  /// One value passes all tests of its field.
  private func single(_ field: String, _ tests: [NaiveQuery]) -> Bool {
    values(field).contains { value in tests.allSatisfy { passes(value, $0) } }
  }

  private func oneFact(_ tests: [(field: String, query: NaiveQuery)]) -> Bool {
    let role = tests.filter { $0.field == "role" }
    let rest = tests.filter { $0.field != "role" }
    let own = facts.filter { !$0.fact.isForeign }
    let hasRole = role.allSatisfy { single("role", [$0.query]) }
    let fields = Set(rest.map(\.field))
    let ordinary =
      fields.count == 1 && rest.allSatisfy({ $0.field == "salary" }) || rest.count == 1
      ? single(rest[0].field, rest.map(\.query))
      : own.contains { met(rest, by: $0.fact) }
    if hasRole && ordinary { return true }
    guard !role.isEmpty else { return false }
    return facts.contains { $0.fact.isForeign && met(tests, by: $0.fact) }
  }

  private func met(_ tests: [(field: String, query: NaiveQuery)], by fact: Fact) -> Bool {
    let values = scope == .section ? fact.stated : fact.stated + fact.borrowed
    return tests.allSatisfy { test in
      values.contains { $0.field == test.field && passes($0, test.query) }
    }
  }

  // MARK: Values

  private func passes(_ value: Value, _ query: NaiveQuery) -> Bool {
    switch query {
    case .name(_, let name):
      guard case .string(let text) = value.content else { return false }
      return ([text] + value.implied).contains { $0.lowercased() == name.lowercased() }
    case .words(_, let word):
      guard case .string(let text) = value.content else { return false }
      return text.lowercased().split(separator: " ").contains { base(String($0)) == base(word) }
    case .pay(let op, let amount, let currency):
      guard let (low, high, isOpen) = bounds(value, currency) else { return false }
      let x = Double(amount)
      switch op {
      case ">": return high > x || (isOpen && high == x)
      case ">=": return high >= x
      case "<": return low < x
      case "<=": return low <= x
      default: return low <= x && high >= x
      }
    case .payRange(let a, let b, let currency):
      guard let (low, high, _) = bounds(value, currency) else { return false }
      return (a.map { high >= Double($0) } ?? true) && (b.map { low <= Double($0) } ?? true)
    default: return false
    }
  }

  /// The lowest and the highest attested amount by the year.
  private func bounds(_ value: Value, _ currency: String) -> (Double, Double, Bool)? {
    guard case .interval(let interval) = value.content, interval.unit.code == currency,
      let low = interval.min ?? interval.max, let high = interval.max ?? interval.min
    else { return nil }
    let factor: Double =
      switch interval.unit.period {
      case .hour: 2080
      case .day: 260
      case .week: 52
      case .month: 12
      default: 1
      }
    return (low.doubleValue * factor, high.doubleValue * factor, interval.open == .max)
  }
}
