public import KBDiagnostics
public import KBSchema

/// Decides what a query's names and values mean for a schema.
public struct Binder: Sendable {
  /// The fields that a query may name.
  public var schema: Schema
  /// What is known of the values.
  public var catalog: ValueCatalog
  /// Day number of today (days since 1970-01-01), for relative dates.
  public var today: Int

  /// A binder for a schema.
  public init(schema: Schema, catalog: ValueCatalog = .empty, today: Int) {
    self.schema = schema
    self.catalog = catalog
    self.today = today
  }

  /// The bound query, nil where there is an error; with the parser's and the binder's diagnostics
  /// in the order of their places. The notes among them are also the query's.
  public func bind(_ parsed: ParsedQuery) -> (query: BoundQuery?, diagnostics: [Diagnostic]) {
    var binding = Binding(self, source: parsed.source)
    let isGivenUp = parsed.diagnostics.contains { $0.id == QueryProblem.tooDeep.id }
    let root = isGivenUp ? nil : parsed.syntax.root.flatMap { binding.node($0) }
    binding.curlyQuotes(parsed.tokens)
    binding.controls(parsed.syntax.controls)
    if let root { binding.weigh(root) }
    let grouped = binding.isTooLarge ? nil : root.map { binding.grouped($0) }
    let all = (parsed.diagnostics + binding.problems.all).enumerated()
      .sorted { ($0.element.span.lowerBound, $0.offset) < ($1.element.span.lowerBound, $1.offset) }
      .map(\.element)
    guard !all.contains(where: { $0.severity == .error }) else { return (nil, all) }
    let query = BoundQuery(
      source: parsed.source, root: grouped ?? BoundNode(.all, span: 0..<0),
      scope: binding.scope ?? .inherited, sort: binding.sort, group: binding.group, notes: all)
    return (query, all)
  }
}

/// One query being bound.
struct Binding {
  /// What a written name is.
  enum Name {
    case field(Field, IntervalTest.End)
    /// `.min` or `.max` of a field that is no interval.
    case noEnds(Field)
    case unknown
  }

  let schema: Schema
  let catalog: ValueCatalog
  let today: Int
  let source: [UInt8]
  var problems = Problems()
  var scope: BoundQuery.Scope?
  var sort: [BoundQuery.SortKey] = []
  var group: BoundQuery.Grouping?
  private var names: [String: Name] = [:]

  init(_ binder: Binder, source: String) {
    schema = binder.schema
    catalog = binder.catalog
    today = binder.today
    self.source = Array(source.utf8)
  }

  func text(_ span: Range<Int>) -> String { Bytes.string(source, span) }

  // MARK: Names

  /// What `written` names.
  mutating func name(_ written: String) -> Name {
    if let known = names[written] { return known }
    let found = lookUp(written)
    names[written] = found
    return found
  }

  private func lookUp(_ written: String) -> Name {
    guard written.utf8.count <= 256 else { return .unknown }
    let end = IntervalTest.End.allCases.first { $0 != .any && written.hasSuffix(".\($0.rawValue)") }
    let base = end.flatMap { _ in schema.field(named: written.dropLast(4)) }
    if let end, let base, base.type == .interval { return .field(base, end) }
    if let field = schema.field(named: written) { return .field(field, .any) }
    return base.map(Name.noEnds) ?? .unknown
  }

  /// Names near a written one: of fields, also where an alias is near.
  func nearNames(_ written: String) -> [String] {
    guard written.utf8.count <= 64 else { return [] }
    let names = schema.fields.flatMap { [$0.name] + $0.aliases }
    let near = EditDistance.nearest(to: Field.normalise(written), among: names)
    var seen: Set<String> = []
    return near.compactMap { schema.field(named: $0)?.name }.filter { seen.insert($0).inserted }
  }

  /// What fields there are, for notes.
  var fieldsNote: String {
    let names = schema.fields.map(\.name).sorted()
    let shown = names.prefix(14).joined(separator: ", ")
    return "the fields are " + shown
      + (names.count > 14 ? " and \(names.count - 14) more (`kbsearch fields`)" : "")
  }

  // MARK: Tree

  mutating func node(_ node: SyntaxNode) -> BoundNode? {
    switch node.kind {
    case .word(let text): word(text, span: node.span)
    case .phrase(let text, let slop): BoundNode(.phrase(text, slop: slop ?? 0), span: node.span)
    case .near(let a, let b, let distance): near(a, b, distance, span: node.span)
    case .and(let nodes):
      chained(nodes) ? nil : all(nodes, span: node.span) { .and($0) }
    case .or(let nodes): all(nodes, span: node.span) { .or($0) }
    case .not(let inner): self.node(inner).map { BoundNode(.not($0), span: node.span) }
    case .boost(let inner, let factor):
      self.node(inner).map { FactGrouping.boosted($0, by: factor, span: node.span) }
    case .filter(let candidate): self.candidate(candidate, span: node.span)
    case .presence(let name, let isMissing):
      presence(name, isMissing: isMissing, span: node.span)
    }
  }

  private mutating func all(
    _ nodes: [SyntaxNode], span: Range<Int>, as kind: ([BoundNode]) -> BoundNode.Kind
  ) -> BoundNode? {
    let bound = nodes.compactMap { node($0) }
    guard bound.count == nodes.count else { return nil }
    return BoundNode(kind(bound), span: span)
  }

  /// Whether the query asks for more than is searched at once.
  var isTooLarge: Bool { problems.all.contains { $0.id == QueryProblem.tooLarge.id } }

  /// Reports a query that would keep the engine busy for long.
  mutating func weigh(_ root: BoundNode) {
    guard root.cost > Limits.cost else { return }
    problems.add(
      .tooLarge, QueryProblem.largeMessage, at: root.span, notes: QueryProblem.largeNotes)
  }

  mutating func grouped(_ node: BoundNode) -> BoundNode {
    var grouping = FactGrouping()
    let result = grouping.grouped(node)
    if let place = grouping.tooComplex {
      problems.add(
        .tooComplex, "too many filters are to be met by one fact", at: place,
        notes: [
          "several filters on one field are tied to each of the other fields' in turn, up to "
            + "\(Limits.sameFact) combinations"
        ])
    }
    return result
  }

  // MARK: Controls

  mutating func controls(_ controls: [SyntaxControl]) {
    for control in controls {
      switch control.kind {
      case .sort: sortKey(control)
      case .scope: setScope(control)
      case .group: setGroup(control)
      }
    }
  }

  private mutating func sortKey(_ control: SyntaxControl) {
    let descending = control.value.text.hasPrefix("-")
    let start = control.value.span.lowerBound + (descending ? 1 : 0)
    guard start < control.value.span.upperBound else { return lacksField(control) }
    guard let field = plainField(start..<control.value.span.upperBound, whole: control.span) else {
      return
    }
    sort.append(BoundQuery.SortKey(field: field, descending: descending, span: control.span))
  }

  /// `sort:-`.
  private mutating func lacksField(_ control: SyntaxControl) {
    problems.add(
      .danglingOperator, "`\(control.kind.rawValue):` lacks the name of a field",
      at: control.span,
      fixes: [FixIt("the newest first", control.span, "sort:-modified")])
  }

  private mutating func setGroup(_ control: SyntaxControl) {
    guard let chosen = grouping(control) else { return }
    if group != nil { repeated(control) }
    group = chosen
  }

  /// `subject`, `document` and `none` mean the same whatever fields there are.
  private mutating func grouping(_ control: SyntaxControl) -> BoundQuery.Grouping? {
    switch control.value.text.lowercased() {
    case "none": return BoundQuery.Grouping.none
    case "subject": return .subject
    case "document": return .document
    default: break
    }
    guard let field = plainField(control.value.span, whole: control.span) else { return nil }
    guard field.type != .interval else {
      problems.add(
        .controlValue,
        "`group:` gathers by single values, and `\(field.name)` is of type "
          + "\(field.type.rawValue)", at: control.value.span,
        notes: ["`group:subject`, `group:document`, `group:path` or a field of names or numbers"],
        fixes: [FixIt("sort by it", control.span, "sort:-\(field.name)")])
      return nil
    }
    return .field(field)
  }

  private mutating func setScope(_ control: SyntaxControl) {
    let value = control.value
    let known = [BoundQuery.Scope.section, .subject]
    guard let chosen = known.first(where: { $0.rawValue == value.text }) else {
      problems.add(
        .controlValue, "`scope:` is `section` or `subject`", at: value.span,
        notes: ["without it, filters test own and inherited values"],
        suggestions: EditDistance.nearest(to: value.text, among: known.map(\.rawValue)),
        fixes: known.map { FixIt("test \($0.meaning)", value.span, $0.rawValue) })
      return
    }
    if scope != nil { repeated(control) }
    scope = chosen
  }

  private mutating func repeated(_ control: SyntaxControl) {
    problems.add(
      .controlRepeated, "`\(control.kind.rawValue):` is there twice", at: control.span,
      fixes: [FixIt("take it out", Bytes.withSpace(source, control.span), "")])
  }

  /// The field that a control or a presence test names, which has no ends.
  mutating func plainField(_ span: Range<Int>, whole: Range<Int>) -> Field? {
    let written = text(span)
    switch name(written) {
    case .field(let field, .any): return field
    case .field(let field, let end):
      let isControl = !text(whole).lowercased().hasPrefix("has:")
      let test = FixIt("ask for a stated bound", whole, "\(field.name).\(end.rawValue)>=0")
      problems.add(
        .intervalEnd, "a field stands here, not one of its ends", at: span,
        fixes: [FixIt("name the field", span, field.name)] + (isControl ? [] : [test]))
      return nil
    case .noEnds, .unknown:
      unknown(SyntaxWord(text: written, span: span), whole: whole)
      return nil
    }
  }

  /// The error of a name that is no field, within what would be a filter.
  mutating func unknown(_ name: SyntaxWord, whole: Range<Int>, quote: FixIt? = nil) {
    guard !problems.isFull else { return }
    let near = nearNames(name.text)
    let asText = quote ?? FixIt("look for it as text", whole, phrased(text(whole)))
    problems.add(
      .unknownField, "there is no field \(quoted(name.text))", at: name.span, notes: [fieldsNote],
      suggestions: near,
      fixes: [asText] + near.prefix(2).map { FixIt("use `\($0)`", name.span, $0) })
  }
}

extension BoundQuery.Scope {
  fileprivate var meaning: String {
    switch self {
    case .inherited: "own and inherited values"
    case .section: "the section's own values"
    case .subject: "all that the subject states"
    }
  }
}
