internal import KBSchema
internal import KBText

/// Decides what the sections of a document are about.
struct Subjects {
  private let document: Document
  private let reading: ValueReading
  private let fields: FactFields
  private var subjects: [Subject] = []
  /// Names of roles that were asked for, since cards repeat their headings.
  private var roleNames: [String: Bool] = [:]

  init(document: Document, reading: ValueReading, fields: FactFields) {
    self.document = document
    self.reading = reading
    self.fields = fields
  }

  /// Numbers the subjects of a tree and gives each section its own.
  mutating func assign(_ tree: inout SectionTree, rule: SubjectRule) {
    subjects = [main(of: tree)]
    switch rule {
    case .auto: if fields.knowsRoles { assignCards(&tree) }
    case .document: break
    case .heading(let level): assignHeadings(of: level, &tree)
    }
    tree.subjects = subjects
  }

  /// Each heading of a level names a subject, which ends at the next one or at a higher heading.
  private mutating func assignHeadings(of level: Int, _ tree: inout SectionTree) {
    var current = 0
    for index in tree.sections.indices {
      let section = tree.sections[index]
      guard section.heading != nil, section.level <= level else {
        tree.sections[index].subject = current
        continue
      }
      current = section.level == level ? subjects.count : 0
      if current > 0 {
        let name = section.headings.last ?? ""
        subjects.append(
          Subject(
            ordinal: current, name: name, isRole: fields.knowsRoles && readsAsRole(name),
            outerHeadings: section.headings.count - 1, line: section.line))
      }
      tree.sections[index].subject = current
    }
  }

  // MARK: The document's own subject

  private mutating func main(of tree: SectionTree) -> Subject {
    if let role = declaredRole {
      return Subject(
        ordinal: 0, name: role.text.trimmed, isRole: true, outerHeadings: 0, line: role.line)
    }
    let isRole =
      fields.knowsRoles && readsAsRole(tree.title)
      && CareerCues(document: document, sections: tree.sections).found
    return Subject(
      ordinal: 0, name: tree.title, isRole: isRole, outerHeadings: 0, line: tree.titleLine)
  }

  private var declaredRole: Document.Entry.Scalar? {
    guard fields.knowsRoles else { return nil }
    return document.metadata.first { FrontMatterValues.roleKeys.contains(Field.normalise($0.key)) }?
      .values.first { !$0.text.trimmed.isEmpty }
  }

  // MARK: Cards

  /// A run of headings that name subjects of their own.
  private struct Run {
    /// Level of the heading that announces the cards.
    var outer: Int
    /// Level of the cards' own headings.
    var level: Int
    /// Whether the cards' headings stand beside the list's: the first heading of that level which
    /// is no role ends the run.
    var isFlat: Bool
    /// The current card, 0 before the first.
    var card = 0
  }

  private mutating func assignCards(_ tree: inout SectionTree) {
    let guide = guideHeadings(tree)
    var run: Run?
    for index in tree.sections.indices {
      let section = tree.sections[index]
      guard section.heading != nil else { continue }
      if let subject = next(section, in: &run) {
        tree.sections[index].subject = subject
      } else if guide.contains(index) {
        run = Run(outer: section.level, level: section.level, isFlat: true)
        tree.sections[index].subject = next(section, in: &run) ?? 0
      } else {
        run = cards(announcedBy: index, of: tree)
      }
    }
  }

  /// The run of cards that a heading announces, if it does and there are any.
  private mutating func cards(announcedBy index: Int, of tree: SectionTree) -> Run? {
    let outer = tree.sections[index].level
    guard CareerCues.isList(tree.sections[index].headings.last ?? "") else { return nil }
    let rest = tree.sections[(index + 1)...]
    for section in rest.prefix(while: { $0.level > outer }) {
      if readsAsRole(section.headings.last ?? "") {
        return Run(outer: outer, level: section.level, isFlat: false)
      }
    }
    guard tree.sections[index].blocks.isEmpty, let beside = rest.first, beside.level == outer,
      readsAsRole(beside.headings.last ?? "")
    else { return nil }
    return Run(outer: outer, level: outer, isFlat: true)
  }

  /// The subject of a section inside a run of cards; nil where the section ends the run.
  private mutating func next(_ section: Section, in run: inout Run?) -> Int? {
    guard let current = run else { return nil }
    if section.level > current.level { return current.card }
    if section.level < current.level { return section.level > current.outer ? 0 : nil }
    let name = section.headings.last ?? ""
    if current.card > 0, Folding.key(subjects[current.card].name) == Folding.key(name) {
      return current.card
    }
    let isCard = readsAsRole(name) || (current.card == 0 && !current.isFlat)
    if isCard { return begin(section, name: name, in: &run) }
    return current.isFlat ? nil : current.card
  }

  private mutating func begin(_ section: Section, name: String, in run: inout Run?) -> Int {
    let ordinal = subjects.count
    subjects.append(
      Subject(
        ordinal: ordinal, name: name, isRole: true,
        outerHeadings: section.headings.count - 1, line: section.line))
    run?.card = ordinal
    return ordinal
  }

  /// Headings of a page that is no role's itself but holds the profiles of several, side by side.
  private mutating func guideHeadings(_ tree: SectionTree) -> Set<Int> {
    guard let main = subjects.first, !main.isRole else { return [] }
    var siblings: [Int: [Int]] = [:]
    for index in tree.sections.indices where tree.sections[index].level > 1 {
      if readsAsRole(tree.sections[index].headings.last ?? "") {
        siblings[tree.parents[index] ?? -1, default: []].append(index)
      }
    }
    let guide = siblings.values.filter { $0.count > 1 }
    // The text is looked through only where there is something to tell.
    guard !guide.isEmpty, CareerCues(document: document, sections: tree.sections).found else {
      return []
    }
    return Set(guide.joined())
  }

  private mutating func readsAsRole(_ name: String) -> Bool {
    if let known = roleNames[name] { return known }
    let answer = reading.readsAsRole(name)
    roleNames[name] = answer
    return answer
  }
}
