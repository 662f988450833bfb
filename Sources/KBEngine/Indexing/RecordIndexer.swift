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
  private var subjects: [Int: SubjectPostings] = [:]

  init(analyzer: Analyzer, builder: SchemaBuilder, order: FileOrder) {
    self.analyzer = analyzer
    self.order = order
    schema = SchemaCache(builder)
  }

  /// What was seen of each field.
  var statistics: [String: FieldStatistics] {
    var result: [String: FieldStatistics] = [:]
    for (number, one) in seen {
      if let name = schema.name(of: number) { result[name] = one }
    }
    return result
  }

  /// What the index stores of one record.
  struct Output {
    var document: IndexDocument
    var id: String
    /// Its place in the order of the corpus.
    var place: [UInt8]
    /// Pieces of the text beyond the first.
    var chunks: [[UInt8]]
  }

  /// The engine's document of a record. `isAlone`: no other section has its subject.
  mutating func index(
    _ record: Record, sheet: SubjectSheet?, isAlone: Bool
  ) throws(XapianError) -> Output {
    var document = IndexDocument()
    let id = SectionID.of(record)
    addText(of: record, to: &document)
    let place = SortKey.place(
      rank: order[record.path] ?? 0, line: record.line, ordinal: record.ordinal)
    addBuiltins(of: record, id: id, place, to: &document)
    addValues(of: record, sheet: sheet, isAlone: isAlone, to: &document)
    let (data, chunks) = StoredRecord.encode(record, chunkSize: RecordIndexer.chunkSize)
    document.setData(data)
    return Output(document: document, id: id, place: place, chunks: chunks)
  }

  /// Begins with a document: counts its values for type inference, each stated value once.
  mutating func begin(_ document: DocumentRecords) {
    documentPart = nil
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
  private func addText(of record: Record, to document: inout IndexDocument) {
    var position = RecordIndexer.firstPosition
    let searched = record.headings.dropFirst(record.foreignHeadings)
    for (index, heading) in searched.enumerated() {
      let isOwn = index == searched.count - 1
      add(heading, wdf: isOwn ? RecordIndexer.headingWeight : 1, at: &position, to: &document)
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
    of record: Record, id: String, _ place: [UInt8], to document: inout IndexDocument
  ) {
    document.addBooleanTerm(IndexFormat.id(id))
    document.append(part(of: record))
    let heading = schema.field(named: "heading").number
    var position = RecordIndexer.firstPosition
    var own: [UInt8]?
    for text in record.headings.dropFirst(record.foreignHeadings) {
      own = addName(text, field: heading, scope: .own, at: &position, to: &document)
    }
    document.addValue(slot: IndexFormat.placeSlot, place)
    document.addValue(slot: IndexFormat.subjectSlot, SubjectKey.of(record))
    let last = own ?? WholeValue.fold(record.headings.last ?? record.document)
    document.addValue(slot: IndexFormat.headingSlot, IndexFormat.sortName(last))
    let content = ContentHash.of(record)
    document.addValue(slot: IndexFormat.contentSlot, content)
    document.addBooleanTerm(IndexFormat.content(content))
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
    let format = schema.field(named: "format").number
    postings.addBooleanTerm(
      IndexFormat.value(Array(record.format.utf8), field: format, scope: .inherited))
    var position = RecordIndexer.firstPosition
    let title = addName(
      record.document, field: schema.field(named: "title").number, scope: .inherited,
      at: &position, to: &postings)
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
    _ text: String, field: Int, scope: IndexFormat.Scope, at position: inout Int,
    to document: inout IndexDocument
  ) -> [UInt8] {
    let folded = WholeValue.fold(text)
    document.addBooleanTerm(IndexFormat.value(folded, field: field, scope: scope))
    position = analyzer.post(
      text, under: IndexFormat.wordPrefix(field: field, scope: scope), from: position,
      hasPositions: folded.count > IndexFormat.longestValue, to: &document)
    return folded
  }

  // MARK: Values

  private mutating func addValues(
    of record: Record, sheet: SubjectSheet?, isAlone: Bool, to document: inout IndexDocument
  ) {
    let (inherited, role) = inherited(by: record, of: sheet, isAlone: isAlone)
    var own = ValuePostings(analyzer: analyzer)
    for fact in record.facts where !fact.isForeign {
      for value in fact.stated {
        own.hold(value, field: schema.field(named: value.field), .own, in: &document)
      }
    }
    document.append(inherited.postings)
    if own.isEmpty {
      document.append(inherited.slots)
      for (number, units) in inherited.values.held { countSection(number, units) }
    } else {
      own.inherit(inherited.values)
      own.finish(&document, &schema)
      for (number, units) in own.held { countSection(number, units) }
    }
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
  ) -> (inherited: Inherited, role: Set<[UInt8]>) {
    guard let sheet else { return (Inherited(values: ValuePostings(analyzer: analyzer)), []) }
    var subject =
      subjects[sheet.ordinal]
      ?? SubjectPostings(
        role: role(of: sheet), stating: Set(sheet.entries.compactMap(\.section)))
    let isPlain = !subject.stating.contains(record.ordinal)
    if isPlain, let known = subject.inherited { return (known, subject.role) }
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
    return (inherited, subject.role)
  }

  private mutating func countSection(_ number: Int, _ units: Set<String>) {
    seen[number, default: FieldStatistics()].countSection(units: units)
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
    writer.string(record.path)
    writer.string(record.anchor)
    writer.count(record.ordinal)
    return Hash.hex(Hash.of(writer.bytes))
  }
}

/// What identical sections share, wherever they stand.
enum ContentHash {
  /// From the headings and the text: versions of one manual repeat both.
  static func of(_ record: Record) -> [UInt8] {
    var writer = ByteWriter()
    writer.count(record.headings.count)
    for heading in record.headings { writer.string(heading) }
    writer.string(record.body.text)
    return Hash.bytes(Hash.of(writer.bytes))
  }
}

/// Keys of subjects and documents in the index.
enum SubjectKey {
  static func of(_ record: Record) -> [UInt8] {
    of(path: record.path, subject: record.subjectOrdinal)
  }

  static func of(path: String, subject: Int) -> [UInt8] {
    var writer = ByteWriter()
    writer.string(path)
    writer.count(subject)
    return Hash.bytes(Hash.of(writer.bytes))
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
