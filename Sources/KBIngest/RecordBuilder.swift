public import KBSchema

/// Turns a document into records, and into what each of its subjects hands down to its sections.
public struct RecordBuilder: Sendable {
  private let schema: Schema
  private let reading: ValueReading
  private let fields: FactFields
  private let subject: SubjectRule

  /// A builder for the fields of `schema`, whose values `reading` finds; `subject` says what makes
  /// a subject of its own.
  public init(schema: Schema, reading: ValueReading, subject: SubjectRule = .auto) {
    self.schema = schema
    self.subject = subject
    self.reading = reading
    fields = FactFields(schema)
  }

  /// The records of a document: one a section, none for a document without text and metadata.
  public func build(_ document: Document) -> DocumentRecords {
    let tree = SectionTree.build(
      document, reading: reading, fields: fields, subject: subject)
    let declared = FrontMatterValues(schema: schema, fields: fields, reading: reading)
      .read(document, title: tree.title, line: tree.titleLine)
    var drafts = SectionDrafts(tree: tree, reading: reading, fields: fields)
    drafts.read()
    var assembly = SubjectAssembly(tree: tree, declared: declared, fields: fields, reading: reading)
    let completed = assembly.assemble(&drafts)
    return DocumentRecords(
      path: document.path,
      records: tree.sections.indices.map { index in
        record(index, of: tree, document, facts: completed[index], ignored: drafts.ignored[index])
      },
      subjects: assembly.sheets, warnings: document.warnings)
  }

  private func record(
    _ index: Int, of tree: SectionTree, _ document: Document, facts: [Fact],
    ignored: [IgnoredAmount]
  ) -> Record {
    let section = tree.sections[index]
    let subject = tree.subjects[section.subject]
    return Record(
      path: document.path, format: document.format, modified: document.modified,
      anchor: section.anchor, ordinal: index, line: section.line, endLine: section.endLine,
      document: tree.title, subject: subject.name, subjectOrdinal: subject.ordinal,
      headings: section.headings,
      foreignHeadings: min(subject.outerHeadings, section.headings.count),
      body: body(of: section), facts: facts, ignored: ignored)
  }

  /// The blocks of a section joined by line ends.
  private func body(of section: Section) -> MarkedText {
    var body = MarkedText()
    body.text.reserveCapacity(section.blocks.reduce(0) { $0 + $1.content.text.utf8.count + 1 })
    body.marks.reserveCapacity(section.blocks.reduce(0) { $0 + $1.content.marks.count })
    for block in section.blocks where !block.content.text.isEmpty {
      if !body.text.isEmpty { body.text += "\n" }
      body.append(block.content)
    }
    return body
  }
}
