internal import KBSchema

/// Completes the facts of a document subject by subject, and lifts them.
struct SubjectAssembly {
  private let tree: SectionTree
  private let declared: FrontMatterValues.Declared
  private let fields: FactFields
  private let reading: ValueReading
  /// One sheet a subject.
  private(set) var sheets: [SubjectSheet] = []

  init(
    tree: SectionTree, declared: FrontMatterValues.Declared, fields: FactFields,
    reading: ValueReading
  ) {
    self.tree = tree
    self.declared = declared
    self.fields = fields
    self.reading = reading
  }

  /// The facts of each section with what they take over.
  mutating func assemble(_ drafts: inout SectionDrafts) -> [[Fact]] {
    var members: [[Int]] = Array(repeating: [], count: tree.subjects.count)
    for (index, section) in tree.sections.enumerated() { members[section.subject].append(index) }
    var facts: [[Fact]] = Array(repeating: [], count: tree.sections.count)
    for subject in tree.subjects {
      assemble(subject, sections: members[subject.ordinal], &drafts, into: &facts)
    }
    return facts
  }

  private mutating func assemble(
    _ subject: Subject, sections: [Int], _ drafts: inout SectionDrafts, into facts: inout [[Fact]]
  ) {
    let main = declaredFacts(of: subject, sections: sections)
    let tying = declared.document.flatMap(\.stated).filter { fields[$0.field].ties }
    var borrowing = Borrowing(fields: fields, declared: main.flatMap(\.stated) + tying)
    for section in sections {
      for draft in drafts.drafts[section] where draft.isFree { borrowing.note(draft.fact) }
    }
    var lifting = Lifting(subject, fields: fields)
    for fact in main {
      for whole in borrowing.complete(fact, lead: [], headings: LabelScope()) {
        lifting.declare(whole, source: .subject)
      }
    }
    for fact in declared.document { lifting.declare(fact, source: .document) }
    let staysPut = namesSeveralRoles(subject, sections, drafts)
    for section in sections {
      let scope = drafts.scopes[section]
      for draft in drafts.take(section) {
        let whole = borrowing.complete(draft.fact, lead: draft.lead, headings: scope)
        facts[section] += whole
        for fact in whole {
          let hasRole = fact.stated.contains { $0.field == FactFields.role }
          lifting.lift(fact, section: section, staysPut: staysPut && hasRole)
        }
      }
    }
    sheets.append(lifting.sheet)
  }

  /// Front matter's facts for the main subject, and the role that a subject's name is.
  private func declaredFacts(of subject: Subject, sections: [Int]) -> [Fact] {
    var facts = subject.ordinal == 0 ? declared.main : []
    let names = reading.subjectFields.map {
      Value(
        field: $0, content: .string(reading.canonical($0, subject.name) ?? subject.name),
        provenance: Provenance(line: subject.line, text: subject.name, declared: true))
    }
    if !names.isEmpty { facts.append(Fact(stated: names)) }
    let hasRole = facts.contains { $0.stated.contains { $0.field == FactFields.role } }
    if subject.isRole && !hasRole {
      let naming = sections.first { tree.sections[$0].line == subject.line }
      let heading = naming.flatMap { tree.sections[$0].heading }
      facts.append(Fact(stated: [SubjectAssembly.role(of: subject, heading: heading)]))
    }
    return facts
  }

  /// The role that a subject's name states, at the heading that names it.
  static func role(of subject: Subject, heading: Block?) -> Value {
    var place = Provenance(line: subject.line, text: subject.name, declared: true)
    if let heading, heading.content.text.trimmed == subject.name {
      let bytes = Array(heading.content.text.utf8)
      let range = (0..<bytes.count).trimmed(in: bytes)
      place = heading.content.provenance(of: range, declared: true)
    }
    return Value(field: FactFields.role, content: .string(subject.name), provenance: place)
  }

  /// Whether the facts of a page that is no role's itself name roles that differ: then what a line
  /// says of one of them is not true of the page.
  private func namesSeveralRoles(
    _ subject: Subject, _ sections: [Int], _ drafts: SectionDrafts
  ) -> Bool {
    guard !subject.isRole else { return false }
    var first: String?
    for section in sections {
      for draft in drafts.drafts[section] {
        for case .string(let name) in draft.fact.stated.lazy.filter({ $0.field == FactFields.role })
          .map(\.content)
        {
          guard let known = first else {
            first = name
            continue
          }
          if name != known, !reading.sameRole(name, known) { return true }
        }
      }
    }
    return false
  }
}
