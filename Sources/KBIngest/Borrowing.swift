internal import KBSchema

/// Values by field, as one place after the other offers them to a fact that lacks a field.
struct LabelScope {
  private(set) var values: [String: [Value]] = [:]

  /// Values that stand nearer replace those of the same field that stand farther away.
  mutating func enter(_ nearer: [Value]) {
    var fresh: [String: [Value]] = [:]
    for value in nearer { fresh[value.field, default: []].append(value) }
    for (field, own) in fresh { values[field] = own }
  }

  subscript(_ field: String) -> [Value] { values[field] ?? [] }
}

/// What a fact takes over for fields that it does not state.
///
/// The nearest place wins: the line that leads to the fact, its headings, declared values, then the
/// facts of its subject that state the field without pay of their own. The last do not count where
/// they contradict the fact ("Senior: 5+ years" for a fact about juniors). Pay itself is taken over
/// from headings and declared values only.
struct Borrowing {
  /// Beyond this many, values of one field that free facts state are not told apart any more.
  private static let mostFreeValues = 64
  /// A fact that lacks an interval becomes one fact for each that it may take over, up to this many;
  /// where there are more, it takes over none.
  private static let mostIntervals = 4

  private let fields: FactFields
  /// Declared values of the subject.
  private let declared: LabelScope
  /// Values that free facts offer, by field, each with the rest of its fact.
  private var free: [String: [(value: Value, beside: [Value])]] = [:]
  private var offered: [String: Set<[ValueContent]>] = [:]

  init(fields: FactFields, declared: [Value]) {
    self.fields = fields
    var scope = LabelScope()
    scope.enter(declared.filter { fields[$0.field].ties })
    self.declared = scope
  }

  /// Notes what a fact of the subject offers to others: nothing if it states pay, or is foreign.
  mutating func note(_ fact: Fact) {
    guard !fact.isForeign, !fact.stated.contains(where: { fields[$0.field].isPay }) else { return }
    let tied = fact.stated.filter { fields[$0.field].ties }
    for value in tied {
      let beside = tied.filter { $0.field != value.field }
      let known = offered[value.field]?.count ?? 0
      guard known < Borrowing.mostFreeValues else { continue }
      let key = [value.content] + beside.map(\.content)
      guard offered[value.field, default: []].insert(key).inserted else { continue }
      free[value.field, default: []].append((value, beside))
    }
  }

  /// The fact with what it takes over: several facts where it takes over one of several intervals.
  func complete(_ fact: Fact, lead: [Value], headings: LabelScope) -> [Fact] {
    guard fact.stated.contains(where: { fields[$0.field].ties }) else { return [fact] }
    var facts = [fact]
    for field in fields.tying where !fact.stated.contains(where: { $0.field == field }) {
      let values = offer(of: field, to: fact, lead: lead, headings: headings)
      guard !values.isEmpty else { continue }
      if fields[field].isInterval {
        guard values.count <= Borrowing.mostIntervals else { continue }
        facts = facts.flatMap { fact in values.map { Borrowing.adding([$0], to: fact) } }
      } else {
        facts = facts.map { Borrowing.adding(values, to: $0) }
      }
    }
    return facts
  }

  private static func adding(_ values: [Value], to fact: Fact) -> Fact {
    var fact = fact
    fact.borrowed += values
    return fact
  }

  private func offer(
    of field: String, to fact: Fact, lead: [Value], headings: LabelScope
  ) -> [Value] {
    let isPay = fields[field].isPay
    let leading = isPay ? [] : lead.filter { $0.field == field }
    if !leading.isEmpty { return distinct(leading) }
    if !headings[field].isEmpty { return distinct(headings[field]) }
    guard !fact.isForeign else { return [] }
    if !declared[field].isEmpty { return distinct(declared[field]) }
    guard !isPay else { return [] }
    return distinct((free[field] ?? []).filter { agrees($0.beside, fact) }.map(\.value))
  }

  /// Whether a free fact states nothing that the fact states otherwise.
  private func agrees(_ beside: [Value], _ fact: Fact) -> Bool {
    for value in fact.stated where fields[value.field].ties {
      let same = beside.filter { $0.field == value.field }
      if !same.isEmpty, !same.contains(where: { $0.content == value.content }) { return false }
    }
    return true
  }

  private func distinct(_ values: [Value]) -> [Value] {
    guard values.count > 1 else { return values }
    var seen: Set<ValueContent> = []
    return values.filter { seen.insert($0.content).inserted }
  }
}
