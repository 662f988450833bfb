internal import KBSchema

/// Collects what the sections of one subject inherit.
struct Lifting {
  private let fields: FactFields
  private(set) var sheet: SubjectSheet
  private var entryKeys: Set<Key> = []
  private var mentioned: Set<Mention> = []

  /// What an entry adds to a sheet: its contents, wherever they stand.
  private struct Key: Hashable {
    var source: SubjectSheet.Entry.Source
    var stated: [Mention]
    var borrowed: [Mention]
  }

  private struct Mention: Hashable {
    var field: String
    var content: ValueContent

    init(_ value: Value) {
      field = value.field
      content = value.content
    }
  }

  init(_ subject: Subject, fields: FactFields) {
    self.fields = fields
    sheet = SubjectSheet(ordinal: subject.ordinal, name: subject.name, entries: [])
  }

  /// Adds declared values, all of which are inherited.
  mutating func declare(_ fact: Fact, source: SubjectSheet.Entry.Source) {
    append(SubjectSheet.Entry(section: nil, source: source, fact: fact))
  }

  /// Lifts a section's fact: its values of inheriting fields. `staysPut` keeps it in its section.
  mutating func lift(_ fact: Fact, section: Int, staysPut: Bool) {
    var lifted = fact
    lifted.stated = fact.stated.filter { fields[$0.field].inherits }
    if lifted.stated.count < fact.stated.count { mention(fact.stated) }
    guard !staysPut && !fact.isForeign && !lifted.stated.isEmpty else { return }
    lifted.borrowed = fact.borrowed.filter { fields[$0.field].inherits }
    append(SubjectSheet.Entry(section: section, source: .subject, fact: lifted))
  }

  private mutating func mention(_ values: [Value]) {
    for value in values where !fields[value.field].inherits {
      if mentioned.insert(Mention(value)).inserted { sheet.mentioned.append(value) }
    }
  }

  /// A fact that repeats an earlier one word for word adds nothing.
  private mutating func append(_ entry: SubjectSheet.Entry) {
    let key = Key(
      source: entry.source, stated: entry.fact.stated.map(Mention.init),
      borrowed: entry.fact.borrowed.map(Mention.init))
    if entryKeys.insert(key).inserted { sheet.entries.append(entry) }
  }
}
