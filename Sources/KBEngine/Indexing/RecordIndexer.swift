internal import KBSchema
internal import KBText
internal import Xapian

/// Turns a record and what it inherits into the document that the index holds. One a lane.
struct RecordIndexer {
  /// Positions left free between pieces of text that no phrase may run across.
  static let positionGap = 100
  /// The first position. Xapian's glass backend misreads a list of positions that begins with 0.
  static let firstPosition = 1
  /// How much more a word of the own heading counts than one of the text. Measured on public test
  /// collections: titles at 3 beat 1 and 5.
  static let headingWeight = 3
  /// Longest text kept in the document data; the rest stands in chunks of that size.
  static let chunkSize = 1 << 20

  private let analyzer: Analyzer
  private let order: FileOrder
  private var schema: SchemaCache
  /// What was seen, by the numbers of fields.
  private var seen: [Int: FieldStatistics] = [:]
  private var documentPart: DocumentPart?
  private var headingPart: HeadingPart?
  private var subjects: [Int: SubjectPostings] = [:]
  private let headingField: Int
  private let headingPrefix: [UInt8]
  private let titleField: Int
  private let formatField: Int
  private var scratch = ByteWriter()

  init(analyzer: Analyzer, builder: SchemaBuilder, order: FileOrder) {
    self.analyzer = analyzer
    self.order = order
    schema = SchemaCache(builder)
    headingField = schema.field(named: "heading").number
    headingPrefix = IndexFormat.wordPrefix(field: headingField, scope: .own)
    titleField = schema.field(named: "title").number
    formatField = schema.field(named: "format").number
  }

  /// What was seen of each field.
  var statistics: [String: FieldStatistics] {
    var result: [String: FieldStatistics] = [:]
    var seen = seen
    RecordIndexer.count(sectionsOf: subjects, in: &seen)
    for (number, one) in seen {
      if let name = schema.name(of: number) { result[name] = one }
    }
    return result
  }

  /// What the index stores of one record.
  struct Output {
    var document: IndexDocument
    /// Its id as a number.
    var number: UInt64
    /// Its place in the order of the corpus.
    var place: [UInt8]
    /// Pieces of the text beyond the first.
    var chunks: [[UInt8]]

    var id: String { Hash.hex(number) }
  }

  /// The engine's document of a record. `isAlone`: no other section has its subject.
  mutating func index(
    _ record: Record, sheet: SubjectSheet?, isAlone: Bool
  ) throws(XapianError) -> Output {
    var document = IndexDocument.whole()
    let number = SectionID.number(of: record, &scratch)
    let above = headingPart(of: record)
    addText(of: record, above, to: &document)
    let place = SortKey.place(
      rank: order[record.path] ?? 0, line: record.line, ordinal: record.ordinal)
    addBuiltins(of: record, number, place, above, to: &document)
    addValues(of: record, sheet: sheet, isAlone: isAlone, to: &document)
    let (data, chunks) = StoredRecord.encode(record, chunkSize: RecordIndexer.chunkSize)
    document.setData(data)
    return Output(document: document, number: number, place: place, chunks: chunks)
  }

  /// Begins with a document: counts its values for type inference, each stated value once.
  mutating func begin(_ document: DocumentRecords) {
    documentPart = nil
    RecordIndexer.count(sectionsOf: subjects, in: &seen)
    subjects.removeAll(keepingCapacity: true)
    for sheet in document.subjects {
      for entry in sheet.entries where entry.section == nil {
        for value in entry.fact.stated { count(value, document.path) }
      }
    }
    for record in document.records {
      for fact in record.facts {
        for value in fact.stated { count(value, document.path) }
      }
    }
  }

  private mutating func count(_ value: Value, _ path: String) {
    let field = schema.field(named: value.field)
    seen[field.number, default: FieldStatistics()]
      .count(value, path: path, isInferred: field.origin == .inferred)
  }

  // MARK: Text

  /// Heading path and title, then the text, with gaps that no phrase crosses.
  private func addText(
    of record: Record, _ above: HeadingPart, to document: inout IndexDocument
  ) {
    document.append(above.text)
    var position = above.textEnd
    let searched = record.headings.dropFirst(record.foreignHeadings)
    if let own = searched.last {
      add(own, wdf: RecordIndexer.headingWeight, at: &position, to: &document)
    }
    if record.subjectOrdinal == 0, !searched.contains(record.document) {
      add(record.document, wdf: 1, at: &position, to: &document)
    }
    add(record.body.text, wdf: 1, at: &position, to: &document)
  }

  private func add(
    _ text: String, wdf: Int, at position: inout Int, to document: inout IndexDocument
  ) {
    let base = position
    analyzer.scanTerms(text) { word, token in
      position = base + token.position
      document.addPosting(word.term, position: position, wdf: wdf)
      if let stem = word.stem { document.addTerm(stem, wdf: wdf) }
    }
    position += RecordIndexer.positionGap
  }

  // MARK: Fields that every record has

  private mutating func addBuiltins(
    of record: Record, _ number: UInt64, _ place: [UInt8], _ above: HeadingPart,
    to document: inout IndexDocument
  ) {
    document.addBooleanTerm(IndexFormat.id(number))
    document.append(part(of: record))
    document.append(above.names)
    var position = above.namesEnd
    let last: [UInt8]
    if let own = record.headings.dropFirst(record.foreignHeadings).last {
      last = addHeading(own, at: &position, to: &document)
    } else {
      last = WholeValue.fold(record.headings.last ?? record.document)
    }
    document.addValue(slot: IndexFormat.placeSlot, place)
    document.addValue(slot: IndexFormat.subjectSlot, SubjectKey.of(record, &scratch))
    document.addValue(slot: IndexFormat.headingSlot, IndexFormat.sortName(last))
    document.setPlace(path: record.path, line: record.line)
    document.setContent(ContentHash.of(record))
  }

  private func addHeading(
    _ text: String, at position: inout Int, to document: inout IndexDocument
  ) -> [UInt8] {
    addName(
      text, field: headingField, scope: .own, under: headingPrefix, at: &position, to: &document)
  }

  /// What the headings above a section's own come to, the same for all that stand under them.
  private struct HeadingPart {
    var headings: ArraySlice<String>
    /// Their words, and the position behind them.
    var text = IndexDocument()
    var textEnd = RecordIndexer.firstPosition
    /// Themselves as values, and the position behind the words of these.
    var names = IndexDocument()
    var namesEnd = RecordIndexer.firstPosition
  }

  private mutating func headingPart(of record: Record) -> HeadingPart {
    let headings = record.headings.dropFirst(record.foreignHeadings).dropLast()
    if let part = headingPart, part.headings.elementsEqual(headings, by: PathKey.same) {
      return part
    }
    var part = HeadingPart(headings: headings)
    for heading in headings {
      add(heading, wdf: 1, at: &part.textEnd, to: &part.text)
      _ = addHeading(heading, at: &part.namesEnd, to: &part.names)
    }
    headingPart = part
    return part
  }

  /// What all sections of a document have in common.
  private struct DocumentPart {
    var path: String
    var title: String
    var format: String
    var modified: Int
    var postings: IndexDocument
  }

  private mutating func part(of record: Record) -> IndexDocument {
    if let part = documentPart, part.modified == record.modified,
      PathKey.same(part.path, record.path), PathKey.same(part.title, record.document),
      PathKey.same(part.format, record.format)
    {
      return part.postings
    }
    var postings = IndexDocument()
    postings.addBooleanTerm(IndexFormat.path(record.path))
    for folder in PathParts.posted(of: record.path) {
      postings.addBooleanTerm(IndexFormat.folder(folder))
    }
    postings.addBooleanTerm(
      IndexFormat.value(Array(record.format.utf8), field: formatField, scope: .inherited))
    var position = RecordIndexer.firstPosition
    let title = addName(
      record.document, field: titleField, scope: .inherited,
      under: IndexFormat.wordPrefix(field: titleField, scope: .inherited), at: &position,
      to: &postings)
    postings.addValue(slot: IndexFormat.documentSlot, SubjectKey.of(path: record.path))
    let day = record.modified >= 0 ? record.modified / 86_400 : (record.modified - 86_399) / 86_400
    postings.addValue(slot: IndexFormat.modifiedSlot, SortKey.of(Int64(day)))
    postings.addValue(slot: IndexFormat.titleSlot, IndexFormat.sortName(title))
    postings.addValue(slot: IndexFormat.formatSlot, Array(record.format.utf8))
    documentPart = DocumentPart(
      path: record.path, title: record.document, format: record.format,
      modified: record.modified, postings: postings)
    return postings
  }

  /// Posts a name and its words, and returns it folded.
  private func addName(
    _ text: String, field: Int, scope: IndexFormat.Scope, under prefix: [UInt8],
    at position: inout Int, to document: inout IndexDocument
  ) -> [UInt8] {
    let folded = WholeValue.fold(text)
    document.addBooleanTerm(IndexFormat.value(folded, field: field, scope: scope))
    position = analyzer.post(
      text, under: prefix, from: position,
      hasPositions: folded.count > IndexFormat.longestValue, to: &document)
    return folded
  }

  // MARK: Values

  private mutating func addValues(
    of record: Record, sheet: SubjectSheet?, isAlone: Bool, to document: inout IndexDocument
  ) {
    let (inherited, role, isPlain) = inherited(by: record, of: sheet, isAlone: isAlone)
    var own = ValuePostings(analyzer: analyzer)
    for fact in record.facts where !fact.isForeign {
      for value in fact.stated {
        own.hold(value, field: schema.field(named: value.field), .own, in: &document)
      }
    }
    document.append(inherited.postings)
    if own.isEmpty {
      document.append(inherited.slots)
      if isPlain {
        subjects[record.subjectOrdinal]?.plainSections += 1
      } else {
        for (number, units) in inherited.values.held { countSection(number, units) }
      }
    } else {
      own.inherit(inherited.values)
      own.finish(&document, &schema)
      for (number, units) in own.held { countSection(number, units) }
    }
    if record.facts.isEmpty { return }
    FactPostings(analyzer: analyzer, subjectRole: role).post(
      record.facts.map { fact in
        FactPostings.Entry(
          family: fact.isForeign ? .foreign : .own, stated: fact.stated, borrowed: fact.borrowed)
      }, in: &document, &schema)
  }

  /// What the sections of one subject have in common.
  private struct SubjectPostings {
    /// Folded names of its role.
    var role: Set<[UInt8]> = []
    /// Ordinals of the sections that state what others inherit.
    var stating: Set<Int> = []
    /// What is inherited by sections that state nothing of it.
    var inherited: Inherited?
    /// Sections that hold what is inherited and nothing else.
    var plainSections = 0
  }

  /// Inherited values, as they are posted.
  private struct Inherited {
    /// Terms, and slots that do not depend on the section's own values.
    var postings = IndexDocument()
    var values: ValuePostings
    /// The slots of `values`, for sections without values of their own.
    var slots = IndexDocument()
  }

  private mutating func inherited(
    by record: Record, of sheet: SubjectSheet?, isAlone: Bool
  ) -> (inherited: Inherited, role: Set<[UInt8]>, isPlain: Bool) {
    guard let sheet else {
      return (Inherited(values: ValuePostings(analyzer: analyzer)), [], false)
    }
    var subject =
      subjects[sheet.ordinal]
      ?? SubjectPostings(
        role: role(of: sheet), stating: Set(sheet.entries.compactMap(\.section)))
    let isPlain = !subject.stating.contains(record.ordinal)
    if isPlain, let known = subject.inherited { return (known, subject.role, true) }
    var inherited = Inherited(values: ValuePostings(analyzer: analyzer))
    let entries = Inheritance.entries(of: sheet, for: record)
    for entry in entries {
      for value in entry.fact.stated {
        let field = schema.field(named: value.field)
        inherited.values.hold(
          value, field: field, ValuePostings.scope(of: value, field: field, isAlone: isAlone),
          in: &inherited.postings)
      }
    }
    for value in sheet.mentioned {
      inherited.values.mention(
        value, field: schema.field(named: value.field), in: &inherited.postings)
    }
    FactPostings(analyzer: analyzer, subjectRole: subject.role).post(
      entries.map { entry in
        FactPostings.Entry(
          family: .inherited, stated: entry.fact.stated, borrowed: entry.fact.borrowed)
      }, in: &inherited.postings, &schema)
    inherited.values.finish(&inherited.slots, &schema)
    if isPlain { subject.inherited = inherited }
    subjects[sheet.ordinal] = subject
    return (inherited, subject.role, isPlain)
  }

  private mutating func countSection(_ number: Int, _ units: Set<String>) {
    seen[number, default: FieldStatistics()].countSections(1, units: units)
  }

  /// Counts the sections that hold what their subjects hand down and nothing else.
  private static func count(
    sectionsOf subjects: [Int: SubjectPostings], in seen: inout [Int: FieldStatistics]
  ) {
    for subject in subjects.values where subject.plainSections > 0 {
      for (number, units) in subject.inherited?.values.held ?? [:] {
        seen[number, default: FieldStatistics()].countSections(subject.plainSections, units: units)
      }
    }
  }

  private func role(of sheet: SubjectSheet?) -> Set<[UInt8]> {
    var roles: Set<[UInt8]> = []
    for entry in sheet?.entries ?? [] where entry.section == nil {
      for case let value in entry.fact.stated where value.field == "role" {
        if let text = ValuePostings.text(of: value) { roles.insert(WholeValue.fold(text)) }
      }
    }
    return roles
  }
}

/// Which facts a section inherits: those of its subject that other sections state, and what was
/// declared.
enum Inheritance {
  static func entries(of sheet: SubjectSheet?, for record: Record) -> [SubjectSheet.Entry] {
    sheet?.entries.filter { $0.section != record.ordinal } ?? []
  }
}

/// Stable names of sections and subjects.
enum SectionID {
  /// From path, anchor and ordinal: the same after every rebuild.
  static func of(_ record: Record) -> String {
    var writer = ByteWriter()
    return Hash.hex(number(of: record, &writer))
  }

  /// The number that the id writes.
  static func number(of record: Record, _ scratch: inout ByteWriter) -> UInt64 {
    scratch.clear()
    scratch.string(record.path)
    scratch.string(record.anchor)
    scratch.count(record.ordinal)
    return Hash.of(scratch.bytes)
  }
}

/// What identical sections share, wherever they stand.
enum ContentHash {
  /// From the headings and the text: versions of one manual repeat both.
  static func of(_ record: Record) -> UInt64 {
    var writer = ByteWriter(
      capacity: record.headings.reduce(record.body.text.utf8.count + 10) { $0 + $1.utf8.count + 5 })
    writer.count(record.headings.count)
    for heading in record.headings { writer.string(heading) }
    writer.string(record.body.text)
    return Hash.of(writer.bytes)
  }
}

/// Keys of subjects and documents in the index.
enum SubjectKey {
  static func of(_ record: Record, _ scratch: inout ByteWriter) -> [UInt8] {
    of(path: record.path, subject: record.subjectOrdinal, &scratch)
  }

  static func of(_ record: Record) -> [UInt8] {
    of(path: record.path, subject: record.subjectOrdinal)
  }

  static func of(path: String, subject: Int) -> [UInt8] {
    var writer = ByteWriter()
    return of(path: path, subject: subject, &writer)
  }

  private static func of(path: String, subject: Int, _ scratch: inout ByteWriter) -> [UInt8] {
    scratch.clear()
    scratch.string(path)
    scratch.count(subject)
    return Hash.bytes(Hash.of(scratch.bytes))
  }

  static func of(path: String) -> [UInt8] {
    Hash.bytes(Hash.of(Array(path.utf8)))
  }
}

/// The folders above a path.
enum PathParts {
  /// The folder that a file lies in stands for those above it, whose names its name begins with. Where
  /// it is too long for a term, a checksum stands for its end: all are posted.
  static func posted(of path: String) -> [String] {
    let folders = folders(of: path)
    guard let last = folders.last, last.utf8.count <= IndexFormat.longestValue else {
      return folders
    }
    return [last]
  }

  /// `a/b/c.md` lies in `a/b` and in `a`.
  static func folders(of path: String) -> [String] {
    var result: [String] = []
    for (index, byte) in path.utf8.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
      result.append(String(decoding: path.utf8.prefix(index), as: UTF8.self))
    }
    return result
  }
}
