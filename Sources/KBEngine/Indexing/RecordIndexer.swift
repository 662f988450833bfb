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
  private(set) var statistics: [String: FieldStatistics] = [:]

  init(analyzer: Analyzer, builder: SchemaBuilder, order: FileOrder) {
    self.analyzer = analyzer
    self.order = order
    schema = SchemaCache(builder)
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
    headingPositions.removeAll(keepingCapacity: true)
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

  /// Counts a document's values for type inference: each stated value once.
  mutating func countValues(of document: DocumentRecords) {
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
    let isInferred = schema.field(named: value.field).origin == .inferred
    statistics[value.field, default: FieldStatistics()]
      .count(value, path: path, isInferred: isInferred)
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
    analyzer.scan(text) { word in
      position = base + word.token.position
      document.addPosting(word.term, position: position, wdf: wdf)
      guard !word.token.isCompound else { return }
      let stem = analyzer.stem(word.term)
      if stem != word.term { document.addTerm(IndexFormat.stem(stem), wdf: wdf) }
    }
    position += RecordIndexer.positionGap
  }

  // MARK: Fields that every record has

  private mutating func addBuiltins(
    of record: Record, id: String, _ place: [UInt8], to document: inout IndexDocument
  ) {
    document.addBooleanTerm(IndexFormat.id(id))
    document.addBooleanTerm(IndexFormat.path(record.path))
    for folder in PathParts.posted(of: record.path) {
      document.addBooleanTerm(IndexFormat.folder(folder))
    }
    let format = schema.field(named: "format").number
    document.addBooleanTerm(
      IndexFormat.value(Array(record.format.utf8), field: format, scope: .inherited))
    addName("title", record.document, scope: .inherited, to: &document)
    for heading in record.headings.dropFirst(record.foreignHeadings) {
      addName("heading", heading, scope: .own, to: &document)
    }
    document.addValue(slot: IndexFormat.placeSlot, place)
    document.addValue(slot: IndexFormat.subjectSlot, SubjectKey.of(record))
    document.addValue(slot: IndexFormat.documentSlot, SubjectKey.of(path: record.path))
    let day = record.modified >= 0 ? record.modified / 86_400 : (record.modified - 86_399) / 86_400
    document.addValue(slot: IndexFormat.modifiedSlot, SortKey.of(Int64(day)))
    addName(record.document, slot: IndexFormat.titleSlot, to: &document)
    addName(record.headings.last ?? record.document, slot: IndexFormat.headingSlot, to: &document)
    document.addValue(slot: IndexFormat.formatSlot, Array(record.format.utf8))
    let content = ContentHash.of(record)
    document.addValue(slot: IndexFormat.contentSlot, content)
    document.addBooleanTerm(IndexFormat.content(content))
  }

  /// A name to sort and group by.
  private func addName(_ name: String, slot: UInt32, to document: inout IndexDocument) {
    document.addValue(slot: slot, IndexFormat.sortName(WholeValue.fold(name)))
  }

  private mutating func addName(
    _ field: String, _ text: String, scope: IndexFormat.Scope, to document: inout IndexDocument
  ) {
    let number = schema.field(named: field).number
    let folded = WholeValue.fold(text)
    document.addBooleanTerm(IndexFormat.value(folded, field: number, scope: scope))
    let isLong = folded.count > IndexFormat.longestValue
    let base = headingPositions[scope] ?? RecordIndexer.firstPosition
    var last = base
    analyzer.scan(text) { word in
      last = base + word.token.position
      document.addWord(
        IndexFormat.word(word.term, field: number, scope: scope), position: isLong ? last : nil,
        wdf: 1)
      if let stem = analyzer.fieldStem(of: word) {
        document.addTerm(IndexFormat.word(stem, field: number, scope: scope), wdf: 1)
      }
    }
    headingPositions[scope] = last + RecordIndexer.positionGap
  }

  private var headingPositions: [IndexFormat.Scope: Int] = [:]

  // MARK: Values

  private mutating func addValues(
    of record: Record, sheet: SubjectSheet?, isAlone: Bool, to document: inout IndexDocument
  ) {
    var postings = ValuePostings(analyzer: analyzer)
    for fact in record.facts where !fact.isForeign {
      for value in fact.stated {
        let field = schema.field(named: value.field)
        postings.hold(value, field: field, .own, in: &document, &schema)
      }
    }
    for entry in Inheritance.entries(of: sheet, for: record) {
      for value in entry.fact.stated {
        let field = schema.field(named: value.field)
        let scope = ValuePostings.scope(of: value, field: field, isAlone: isAlone)
        postings.hold(value, field: field, scope, in: &document, &schema)
      }
    }
    for value in sheet?.mentioned ?? [] {
      postings.mention(value, field: schema.field(named: value.field), in: &document)
    }
    postings.finish(&document, &schema)
    for (number, units) in postings.held { countSection(number, units) }
    FactPostings(analyzer: analyzer, subjectRole: role(of: sheet))
      .post(facts(of: record, sheet), in: &document, &schema)
  }

  private mutating func countSection(_ number: Int, _ units: Set<String>) {
    guard let name = schema.name(of: number) else { return }
    statistics[name, default: FieldStatistics()].countSection(units: units)
  }

  private func facts(of record: Record, _ sheet: SubjectSheet?) -> [FactPostings.Entry] {
    let own = record.facts.map { fact in
      FactPostings.Entry(
        family: fact.isForeign ? .foreign : .own, stated: fact.stated, borrowed: fact.borrowed)
    }
    let inherited = Inheritance.entries(of: sheet, for: record).map { entry in
      FactPostings.Entry(
        family: .inherited, stated: entry.fact.stated, borrowed: entry.fact.borrowed)
    }
    return own + inherited
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
