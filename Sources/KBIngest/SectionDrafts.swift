internal import KBSchema

/// A fact before it has taken anything over.
struct FactDraft {
  var fact: Fact
  /// Values of the line that leads to it.
  var lead: [Value]
  /// Number of its unit within the section; nil for a role that a heading names.
  var unit: Int?
  /// Whether other facts may take its values over, as far as it states no pay: not those of a
  /// heading or lead that the pay below it is tied to.
  var isFree = true
}

/// Reads the facts of all sections of a document.
struct SectionDrafts {
  private let tree: SectionTree
  private let reading: ValueReading
  private let frame: Frame
  private let fields: FactFields

  /// For each section, its facts in the order of the file.
  private(set) var drafts: [[FactDraft]] = []
  /// For each section, what its headings offer, innermost first.
  private(set) var scopes: [LabelScope] = []
  /// For each section, the amounts that are no values.
  private(set) var ignored: [[IgnoredAmount]] = []
  /// For each section, the heading that names another role, its own or one above it.
  private var foreign: [Value?] = []

  init(tree: SectionTree, reading: ValueReading, fields: FactFields) {
    self.tree = tree
    self.reading = reading
    self.fields = fields
    frame = Frame(fields: fields, reading: reading)
  }

  /// Reads every section.
  mutating func read() {
    for index in tree.sections.indices { read(index) }
    tieHeadings()
  }

  /// Headings above pay are tied to it, whichever section states it.
  private mutating func tieHeadings() {
    var isTied = Array(repeating: false, count: drafts.count)
    for index in drafts.indices where drafts[index].contains(where: { states(pay: $0.fact) }) {
      var above: Int? = index
      while let section = above, !isTied[section] {
        isTied[section] = true
        above = tree.parents[section]
      }
    }
    for index in drafts.indices where isTied[index] && tree.sections[index].heading != nil {
      for draft in drafts[index].indices where (drafts[index][draft].unit ?? 0) == 0 {
        drafts[index][draft].isFree = false
      }
    }
  }

  private func states(pay fact: Fact) -> Bool {
    fact.stated.contains { fields[$0.field].isPay }
  }

  /// Hands over the facts of a section, to be completed in place.
  mutating func take(_ section: Int) -> [FactDraft] {
    let result = drafts[section]
    drafts[section] = []
    return result
  }

  private mutating func read(_ index: Int) {
    let section = tree.sections[index]
    let parent = tree.parents[index].flatMap {
      tree.sections[$0].subject == section.subject ? $0 : nil
    }
    var scope = parent.map { scopes[$0] } ?? LabelScope()
    let subject = tree.subjects[section.subject]
    foreign.append(otherRole(in: section, of: subject) ?? parent.flatMap { foreign[$0] })
    let reader = SectionReader(
      reading: reading, frame: frame, fields: fields,
      role: FrameRole(own: subject.isRole ? subject.name : nil, heading: foreign[index]))
    var facts = reader.read(section, headings: path(of: section, subject))
    if let name = subjectHeading(section, subject) {
      facts.drafts.insert(FactDraft(fact: Fact(stated: [name]), lead: []), at: 0)
      facts.heading.append(name)
    }
    scope.enter(facts.heading)
    drafts.append(facts.drafts)
    ignored.append(facts.ignored)
    scopes.append(scope)
  }

  /// The heading path from the subject down, the document's title first for its own subject.
  private func path(of section: Section, _ subject: Subject) -> [String] {
    if subject.ordinal > 0 { return Array(section.headings.dropFirst(subject.outerHeadings)) }
    guard section.headings.first != tree.title else { return section.headings }
    return [tree.title] + section.headings
  }

  /// The role that a section's heading states by naming its subject.
  private func subjectHeading(_ section: Section, _ subject: Subject) -> Value? {
    guard subject.isRole, let heading = section.heading,
      heading.content.text.trimmed == subject.name
    else { return nil }
    return SubjectAssembly.role(of: subject, heading: heading)
  }

  /// A heading below the subject's own that as a whole reads as another role.
  private func otherRole(in section: Section, of subject: Subject) -> Value? {
    guard fields.knowsRoles, subject.isRole, let heading = section.heading else { return nil }
    let name = heading.content.text.trimmed
    guard name != subject.name, reading.readsAsRole(name),
      !reading.sameRole(name, subject.name)
    else { return nil }
    let range = 0..<heading.content.text.utf8.count
    return Value(
      field: FactFields.role, content: .string(name),
      provenance: heading.content.provenance(of: range))
  }
}

/// Reads the facts of one section. An object, since it is at hand for every unit of text.
private final class SectionReader {
  private let reading: ValueReading
  private let frame: Frame
  private let fields: FactFields
  private let role: FrameRole

  init(reading: ValueReading, frame: Frame, fields: FactFields, role: FrameRole) {
    self.reading = reading
    self.frame = frame
    self.fields = fields
    self.role = role
  }

  /// What a section states.
  struct Result {
    var drafts: [FactDraft] = []
    /// Tying values of its heading.
    var heading: [Value] = []
    var ignored: [IgnoredAmount] = []
    /// Tying values, other than pay, of units that may lead to others.
    var leads: [Int: [Value]] = [:]
    /// Units that led to pay.
    var payingLeads: Set<Int> = []
    /// The labels of the last table's columns.
    var columns: (header: Block, labels: [Int: [Value]])?
  }

  func read(_ section: Section, headings: [String]) -> Result {
    var result = Result()
    var splitter = FactSplitter(section, headings: headings)
    splitter.forEach { unit in read(unit, into: &result) }
    for index in result.drafts.indices {
      if let unit = result.drafts[index].unit, result.payingLeads.contains(unit) {
        result.drafts[index].isFree = false
      }
    }
    return result
  }

  private func read(_ unit: FactUnit, into result: inout Result) {
    let (findings, rejections) = reading.read(unit.text)
    for rejection in rejections {
      result.ignored.append(
        IgnoredAmount(
          field: rejection.field, provenance: unit.provenance(of: rejection.span),
          reason: rejection.reason))
    }
    guard !findings.isEmpty else { return }
    let labels = columnLabels(of: unit, in: &result)
    let facts = frame.facts(of: unit, findings: findings, role: role, columnLabels: labels)
    let lead = unit.lead?.ordinal.flatMap { result.leads[$0] } ?? []
    result.drafts += facts.map { FactDraft(fact: $0, lead: lead, unit: unit.ordinal) }
    if let leading = unit.lead?.ordinal,
      facts.contains(where: { $0.stated.contains { fields[$0.field].isPay } })
    {
      result.payingLeads.insert(leading)
    }
    keepLabels(of: facts, unit: unit, in: &result)
  }

  private func keepLabels(of facts: [Fact], unit: FactUnit, in result: inout Result) {
    let tied = facts.flatMap(\.stated).filter { fields[$0.field].ties }
    guard !tied.isEmpty else { return }
    if unit.text.kind == .heading { result.heading += tied }
    let labels = tied.filter { !fields[$0.field].isPay }
    if !labels.isEmpty { result.leads[unit.ordinal] = labels }
  }

  /// What the names of a table's columns state: a level or place for the amounts below them.
  private func columnLabels(of unit: FactUnit, in result: inout Result) -> [Int: [Value]] {
    guard unit.text.kind == .tableRow, let header = unit.header else { return [:] }
    if let known = result.columns, known.header == header { return known.labels }
    var labels: [Int: [Value]] = [:]
    guard case .tableRow(_, let cells) = header.kind else { return [:] }
    for (index, cell) in cells.enumerated() where index < unit.text.cells.count {
      labels[index] = self.labels(in: cell, of: header, column: unit.text.cells[index].column)
    }
    result.columns = (header, labels)
    return labels
  }

  private func labels(in cell: Range<Int>, of header: Block, column: String) -> [Value] {
    let text = FactText(kind: .tableRow, text: column)
    var found = reading.read(text).findings.filter {
      fields[$0.field].ties && !fields[$0.field].isPay && $0.field != FactFields.role
    }
    if fields.knowsRoles {
      found += reading.roleMentions(column).map {
        Finding(field: FactFields.role, content: .string($0.name), span: $0.span)
      }
    }
    return found.compactMap { finding in
      let low = cell.lowerBound + finding.span.lowerBound
      let span = low..<min(low + finding.span.count, header.content.text.utf8.count)
      guard !span.isEmpty else { return nil }
      return Value(
        field: finding.field, content: finding.content,
        provenance: header.content.provenance(of: span))
    }
  }
}
