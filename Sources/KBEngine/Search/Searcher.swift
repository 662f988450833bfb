internal import Glibc
public import KBDiagnostics
internal import KBQuery
public import KBSchema
internal import KBText
internal import Xapian

/// Why a search has no answer.
public enum SearchFailure: Error, Sendable, Equatable {
  /// The query is wrong; what is wrong with it, and a query that would work.
  case query(source: String, diagnostics: [Diagnostic], rewrite: String?)
  /// The index is missing, damaged or not readable.
  case index(IndexFailure)
}

/// An open generation of an index. Used by one task at a time.
public final class Searcher {
  /// Name of the generation.
  public let generation: String
  /// Fields of the index, and how its text is analysed.
  public var schema: Schema { index.schema }
  /// Sections in the index.
  public let sectionCount: Int
  /// Documents in the index.
  public var documentCount: Int { index.documentCount }

  let index: IndexSchema
  let analyzer: Analyzer
  let reader: Reader
  /// Where the documents' paths begin.
  public let root: String

  /// Holds the database, which cannot be copied.
  final class Reader {
    let database: Database
    init(_ path: String) throws(XapianError) { database = try Database(path: path) }
  }

  /// Opens the current generation of the index in `folder`. `root` is where the documents' paths
  /// begin; nil for the place noted when the index was built. `generation` names an older one that is
  /// still there.
  ///
  /// While this opens a generation, writers may publish two others and remove it: then it begins
  /// again with the newest.
  public convenience init(
    folder: String, root: String? = nil, generation: String? = nil
  ) throws(IndexFailure) {
    let generations = Generations(folder: folder)
    let parts: Parts
    if let generation {
      parts = try Searcher.open(generation, generations)
    } else {
      parts = try Searcher.openCurrent(generations)
    }
    self.init(parts, root: root)
  }

  /// Opens the current generation, or the one that is current by the time that it cannot be opened.
  private static func openCurrent(_ generations: Generations) throws(IndexFailure) -> Parts {
    var tries = 0
    while true {
      let name = try generations.currentName()
      tries += 1
      do {
        return try open(name, generations)
      } catch {
        guard tries < 100, (try? generations.currentName()) != name else { throw error }
      }
    }
  }

  /// What an open generation consists of.
  private struct Parts {
    var name: String
    var reader: Reader
    var index: IndexSchema
    var analyzer: Analyzer
    var sectionCount: Int
  }

  private init(_ parts: Parts, root: String?) {
    generation = parts.name
    reader = parts.reader
    index = parts.index
    analyzer = parts.analyzer
    sectionCount = parts.sectionCount
    self.root = root ?? parts.index.root
  }

  private static func open(
    _ name: String, _ generations: Generations
  ) throws(IndexFailure) -> Parts {
    let folder = generations.folder
    let published = try generations.current(named: name)
    do {
      let reader = try Reader(published.databasePath)
      guard
        let stored = try IndexSchema.decode(reader.database.metadata(IndexFormat.schemaKey))
      else { throw IndexFailure.otherFormat(folder: folder) }
      return Parts(
        name: published.name, reader: reader, index: stored,
        analyzer: try Analyzer(language: stored.schema.language),
        sectionCount: try reader.database.statistics().documents)
    } catch let failure as IndexFailure {
      throw failure
    } catch let failure as CodingFailure {
      throw .damaged(folder: folder, reason: failure.reason)
    } catch let failure as XapianError {
      throw .damaged(folder: folder, reason: failure.message)
    } catch {
      throw .engine("\(error)")
    }
  }

  // MARK: Searching

  /// Answers a request.
  public func search(_ request: SearchRequest) throws(SearchFailure) -> SearchResponse {
    let bound = try bind(request)
    do {
      let plan = try planner(bound.scope, request).plan(bound.root)
      let page = try run(plan, bound, request)
      var response = SearchResponse(
        query: request.query, match: request.match,
        reading: ReadingPrinter.print(bound), total: page.total, isTotalExact: page.isExact,
        collapsed: page.collapsed, identical: page.identical, offset: request.offset,
        generation: generation,
        hits: page.hits, warnings: bound.notes + plan.notes)
      response.warnings += try otherUnits(bound, request)
      for name in request.facets { response.facets.append(try facet(name, of: request)) }
      if page.total == 0 {
        let suggestions = Suggestions(searcher: self, request: request, bound: bound)
        response.suggestions = try suggestions.all()
        response.warnings += try suggestions.blame()
      }
      return response
    } catch let failure as SearchFailure {
      throw failure
    } catch let failure as XapianError {
      throw .index(.engine(failure.message))
    } catch {
      throw .index(.engine("\(error)"))
    }
  }

  /// Reads the query of a request; throws what is wrong with it.
  func bind(_ request: SearchRequest) throws(SearchFailure) -> BoundQuery {
    try bind(request.query, request)
  }

  /// Reads another query as a request asks for it.
  func bind(_ text: String, _ request: SearchRequest) throws(SearchFailure) -> BoundQuery {
    let reading: QueryReading
    if request.isLiteral {
      reading = QueryReading(literal: text)
    } else {
      var query = text
      for key in request.sort { query += " sort:\(key)" }
      reading = QueryReading(query, binder: binder(today: request.today))
    }
    guard var query = reading.query else {
      throw .query(
        source: reading.source, diagnostics: reading.errors, rewrite: reading.rewrite)
    }
    if request.isLiteral, !request.sort.isEmpty {
      var order = request
      order.isLiteral = false
      query.sort = try bind("*", order).sort
    }
    return query
  }

  func parse(_ text: String, today: Int) -> ParsedQuery {
    QueryReading(text, binder: binder(today: today)).parsed
  }

  private func binder(today: Int) -> Binder {
    let aliases = AliasLookup(reader: { [reader] key in
      (try? reader.database.metadata(key)) ?? []
    })
    let catalog = ValueCatalog(canonical: { aliases.canonical($0.name, $1) })
    return Binder(schema: schema, catalog: catalog, today: today)
  }

  /// Looks names up in the index; used during one binding only, in one task.
  private struct AliasLookup: @unchecked Sendable {
    // Unchecked: the binder calls it synchronously, in the task that owns the searcher.
    let reader: ([UInt8]) -> [UInt8]

    func canonical(_ field: String, _ value: String) -> String? {
      let key = IndexFormat.aliasKey(field: field, folded: WholeValue.fold(value))
      guard key.count <= IndexDocument.longestTerm else { return nil }
      let found = reader(key)
      return found.isEmpty ? nil : String(decoding: found, as: UTF8.self)
    }
  }

  func planner(_ scope: BoundQuery.Scope, _ request: SearchRequest) -> Planner {
    let titles = schema.field(named: "title")?.number ?? 0
    let text = TextPlanner(analyzer: analyzer, titleField: titles) {
      [reader] start, limit throws(XapianError) in
      let found = try reader.database.terms(prefix: start, limit: limit)
      return (found.terms.map(\.term), found.isCut)
    }
    let valueWords = WordsInValues(analyzer: analyzer) { [reader] prefix throws(XapianError) in
      try reader.database.terms(prefix: prefix, limit: .max).terms.map(\.term)
    }
    func filters(_ scope: BoundQuery.Scope) -> FilterPlanner {
      FilterPlanner(
        index: index, text: text, scope: scope,
        paths: { [reader] start throws(XapianError) in
          let prefix = IndexFormat.path(start)
          let found = try reader.database.terms(prefix: prefix, limit: 1_000_000)
          let paths = found.terms.map { String(decoding: $0.term.dropFirst(), as: UTF8.self) }
          return (paths, found.isCut)
        }, valueWords: valueWords)
    }
    return Planner(
      text: text, filters: filters(scope), ownFilters: filters(.section),
      matchesAny: request.match == .any
    ) { [reader] term throws(XapianError) in try reader.database.frequency(of: term) > 0 }
  }

  /// How many sections a query matches.
  func count(_ query: Query) throws(XapianError) -> Int {
    try reader.database.count(query)
  }

  /// What the engine finds.
  func matches(_ request: MatchRequest) throws(XapianError) -> MatchSet {
    try reader.database.search(request)
  }

  /// Terms of the index that begin so, with their frequency.
  func terms(from start: [UInt8], limit: Int) throws(XapianError) -> [Database.TermCount] {
    try reader.database.terms(prefix: start, limit: limit).terms
  }

  /// Documents that a term is in.
  func frequency(of term: [UInt8]) throws(XapianError) -> Int {
    try reader.database.frequency(of: term)
  }

  /// Documents of the engine that have a term, in ascending order; all where it is empty.
  func documents(with term: [UInt8]) throws(XapianError) -> [UInt32] {
    try reader.database.documents(with: term, limit: .max)
  }

  /// Data of documents of the engine.
  func data(of documents: [UInt32]) throws(XapianError) -> [[UInt8]] {
    try reader.database.data(of: documents)
  }

  /// Documents with a value in a slot, and bounds of those values.
  func bounds(
    of slot: UInt32
  ) throws(XapianError) -> (documents: Int, lower: [UInt8], upper: [UInt8]) {
    try reader.database.bounds(of: slot)
  }

  /// Own and inherited values of the first section that has a term; nil where none has.
  func values(ofFirstWith term: [UInt8]) throws(XapianError) -> [Value]? {
    guard let first = try reader.database.documents(with: term, limit: 1).first else { return nil }
    let record = try record(reader.database.data(of: [first])[0])
    let sheet = try sheet(SubjectKey.of(record))
    return HitValues.of(record, sheet, asked: Set(schema.fields.map(\.name)), numbers: fieldNumbers)
      .map(\.value)
  }

  /// The answer to a plan that no query text stands for.
  func answer(
    _ plan: QueryPlan, _ request: SearchRequest, reading: String
  ) throws(XapianError) -> SearchResponse {
    let found = try reader.database.search(matchRequest(plan.ranked, plan, request))
    return SearchResponse(
      query: request.query, match: request.match, reading: reading, total: try count(plan.query),
      isTotalExact: true, offset: request.offset, generation: generation,
      hits: try hits(found, plan, request, from: request.offset))
  }

  /// Numbers of the fields by name.
  private lazy var fieldNumbers = FieldNumbers(schema)

  // MARK: Orders and groups

  func order(_ keys: [BoundQuery.SortKey]) -> [SlotOrder] {
    keys.compactMap { key in
      sortSlot(key).map { SlotOrder(slot: $0, isReversed: key.descending) }
    } + [SlotOrder(slot: IndexFormat.placeSlot)]
  }

  /// Where the values stand that a key sorts by: of an interval the end that comes first in the
  /// order asked for, of several names, numbers or dates the first.
  private func sortSlot(_ key: BoundQuery.SortKey) -> UInt32? {
    let field = key.field
    if let fixed = fixedSlot(field) { return fixed }
    let kind: SlotKind =
      switch field.type {
      case .interval: key.descending ? .high : .low
      case .number: .point
      case .date: .first
      case .keyword, .text: .name
      }
    return index.slots[
      SlotKey(
        field: field.number, unit: field.type == .interval ? field.unit ?? "" : "", kind: kind)]
  }

  /// The slot of a field that every section has.
  private func fixedSlot(_ field: Field) -> UInt32? {
    switch field.name {
    case "path": IndexFormat.placeSlot
    case "title": IndexFormat.titleSlot
    case "heading": IndexFormat.headingSlot
    case "format": IndexFormat.formatSlot
    case "modified": IndexFormat.modifiedSlot
    default: nil
    }
  }

  func groupSlot(_ group: BoundQuery.Grouping) -> UInt32? {
    switch group {
    case .none: return nil
    case .subject: return IndexFormat.subjectSlot
    case .document: return IndexFormat.documentSlot
    case .field(let field) where field.name == "path": return IndexFormat.documentSlot
    case .field(let field):
      return fixedSlot(field) ?? index.slots[SlotKey(field: field.number, kind: .name)]
    }
  }

  // MARK: Hits

  func hits(
    _ found: MatchSet, _ plan: QueryPlan, _ request: SearchRequest, from offset: Int
  ) throws(XapianError) -> [Hit] {
    let snippets = SnippetMaker(analyzer: analyzer, marks: plan.marks)
    var sheets: [(key: [UInt8], sheet: SubjectSheet?)] = []
    var files: [FileAge] = []
    var result: [Hit] = []
    result.reserveCapacity(found.matches.count)
    for match in found.matches {
      let record = try record(match.data)
      // What is inherited is shown of fields that were asked for.
      let sheet = plan.fields.isEmpty ? nil : try sheet(SubjectKey.of(record), &sheets)
      let snippet = snippets.snippet(of: record.body)
      result.append(
        Hit(
          rank: offset + result.count + 1, score: match.weight, id: SectionID.of(record),
          path: record.path, anchor: record.anchor, line: record.line, endLine: record.endLine,
          document: record.document, subject: record.subject, headings: record.headings,
          snippet: snippet.text, snippetLine: record.body.text.isEmpty ? record.line : snippet.line,
          highlights: snippet.highlights, isStale: isStale(record, &files),
          values: HitValues.of(record, sheet, asked: plan.fields, numbers: fieldNumbers),
          collapsed: match.collapsed))
    }
    return result
  }

  /// The record of document data.
  func record(_ data: [UInt8]) throws(XapianError) -> Record {
    do {
      return try StoredRecord.decode(data) { id, number in
        (try? reader.database.metadata(IndexFormat.chunkKey(id: id, number: number))) ?? []
      }
    } catch {
      throw XapianError(code: .databaseCorrupt, message: error.reason)
    }
  }

  /// A subject's sheet, which the hits before may have read.
  private func sheet(
    _ key: [UInt8], _ known: inout [(key: [UInt8], sheet: SubjectSheet?)]
  ) throws(XapianError) -> SubjectSheet? {
    if let entry = known.first(where: { $0.key == key }) { return entry.sheet }
    let sheet = try sheet(key)
    known.append((key, sheet))
    return sheet
  }

  func sheet(_ key: [UInt8]) throws(XapianError) -> SubjectSheet? {
    let bytes = try reader.database.metadata(IndexFormat.sheetKey(key))
    guard !bytes.isEmpty else { return nil }
    var reader = ByteReader(bytes)
    do {
      return try reader.sheet()
    } catch {
      throw XapianError(code: .databaseCorrupt, message: error.reason)
    }
  }

  /// A file that was looked at for a hit: pages show several sections of one.
  private struct FileAge {
    var path: PathKey
    var modified: Int
    var isStale: Bool
  }

  private func isStale(_ record: Record, _ known: inout [FileAge]) -> Bool {
    let path = PathKey(record.path)
    if let age = known.first(where: { $0.modified == record.modified && $0.path == path }) {
      return age.isStale
    }
    let age = FileAge(path: path, modified: record.modified, isStale: isStale(record))
    known.append(age)
    return age.isStale
  }

  /// Whether the file is gone, or not the one that was indexed.
  private func isStale(_ record: Record) -> Bool {
    guard !root.isEmpty else { return false }
    var status = stat()
    guard stat("\(root)/\(record.path)", &status) == 0 else { return true }
    return Int(status.st_mtim.tv_sec) != record.modified
  }

  // MARK: Sections

  /// A whole section with its values, found by id or by `path#anchor`.
  public func section(_ name: String) throws(SearchFailure) -> Section? {
    do {
      guard let record = try find(name) else { return nil }
      let sheet = try sheet(SubjectKey.of(record))
      return Section(
        id: SectionID.of(record), record: record,
        values: HitValues.of(
          record, sheet, asked: Set(schema.fields.map(\.name)), numbers: fieldNumbers),
        isStale: isStale(record))
    } catch {
      throw .index(.engine(error.message))
    }
  }

  /// A whole section.
  public struct Section: Sendable, Equatable {
    /// Its id.
    public var id: String
    /// Its record.
    public var record: Record
    /// Own and inherited values.
    public var values: [HitValue]
    /// Whether the file has changed since it was indexed, or is gone.
    public var isStale: Bool
  }

  private func find(_ name: String) throws(XapianError) -> Record? {
    var documents = try reader.database.documents(with: IndexFormat.id(name), limit: 1)
    if let first = documents.first {
      return try record(reader.database.data(of: [first])[0])
    }
    let parts = name.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    documents = try reader.database.documents(
      with: IndexFormat.path(String(parts[0])), limit: 100_000)
    let records = try documents.isEmpty ? [] : reader.database.data(of: documents)
    var first: Record?
    for data in records {
      let record = try record(data)
      if parts.count == 2, record.anchor == parts[1] { return record }
      if parts.count == 1, record.ordinal < (first?.ordinal ?? Int.max) { first = record }
    }
    return first
  }
}
