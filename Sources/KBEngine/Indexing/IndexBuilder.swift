public import KBSchema
internal import KBText
internal import Synchronization
internal import Xapian

/// Builds one generation: several lanes write small private shards side by side, which are then
/// merged, checked and published.
public final class IndexBuilder: Sendable {
  private let generations: Generations
  private let build: String
  private let schema: SchemaBuilder
  private let language: String
  private let shardNames = Mutex<[String]>([])
  private let counts = Mutex(Counts())
  private let statistics = Mutex<[String: FieldStatistics]>([:])

  /// What the lanes wrote.
  struct Counts {
    var records = 0
    var documents = 0
    var sampleIDs: [String] = []
  }

  /// Begins a build in the index folder. The caller holds the writer's lock.
  public init(folder: String, schema: Schema) throws(IndexFailure) {
    generations = Generations(folder: folder)
    do {
      try generations.clean()
      build = try generations.beginBuild()
      try FileSystem.makeDirectory("\(build)/shards")
    } catch { throw .unreadable(error) }
    self.schema = SchemaBuilder(schema)
    language = schema.language
  }

  /// A lane, to be used by one thread.
  public func makeLane() throws(IndexFailure) -> IndexLane {
    do {
      let analyzer = try Analyzer(language: language)
      return IndexLane(
        indexer: RecordIndexer(analyzer: analyzer, builder: schema), newShard: newShard)
    } catch { throw .engine(error.message) }
  }

  private func newShard() -> String {
    shardNames.withLock { names in
      let path = "\(build)/shards/\(names.count)"
      names.append(path)
      return path
    }
  }

  /// Takes over what a finished lane counted.
  public func join(_ lane: IndexLane) throws(IndexFailure) {
    try lane.close()
    counts.withLock {
      $0.records += lane.recordCount
      $0.documents += lane.documentCount
      $0.sampleIDs += lane.sampleIDs
    }
    let seen = lane.statistics
    statistics.withLock { all in
      for (name, one) in seen { all[name, default: FieldStatistics()].merge(one) }
    }
  }

  /// Merges, checks and publishes. `files` is what the next run compares the corpus with.
  public func publish(
    root: String, files: [UInt8], aliases: [(field: String, alias: String, canonical: String)]
  ) throws(IndexFailure) -> IndexSummary {
    let counts = counts.withLock { $0 }
    let final = statistics.withLock {
      schema.finish($0, root: root, documents: counts.documents)
    }
    do {
      try writeMetadata(final, aliases)
      try merge()
      try FileSystem.remove("\(build)/shards")
      try FileSystem.write(files, to: "\(build)/files")
    } catch let failure as XapianError {
      throw .engine(failure.message)
    } catch let failure as FileFailure {
      throw .unreadable(failure)
    } catch {
      throw .engine("\(error)")
    }
    try check(final, counts)
    do {
      let published = try generations.publish(build)
      try generations.clean()
      return IndexSummary(
        generation: published.name, documents: counts.documents, sections: counts.records)
    } catch { throw .unreadable(error) }
  }

  /// Drops a build that is not to be published.
  public func abandon() { try? FileSystem.remove(build) }

  /// Schema and aliases stand in a shard of their own, so that merging finds each key once.
  private func writeMetadata(
    _ schema: IndexSchema, _ aliases: [(field: String, alias: String, canonical: String)]
  ) throws(XapianError) {
    let writer = try WritableDatabase(path: newShard(), options: [.create, .noSync, .dangerous])
    try writer.setMetadata(IndexFormat.schemaKey, schema.encoded)
    for entry in aliases {
      let key = IndexFormat.aliasKey(field: entry.field, folded: WholeValue.fold(entry.alias))
      guard key.count <= IndexDocument.longestTerm else { continue }
      try writer.setMetadata(key, Array(entry.canonical.utf8))
    }
    try writer.close()
  }

  private func merge() throws(XapianError) {
    try Database.compact(shardNames.withLock { $0 }, to: "\(build)/db")
  }

  /// The merged database must hold what the lanes wrote: as many records, the schema, and a sample
  /// of sections that are found by their ids.
  private func check(_ schema: IndexSchema, _ counts: Counts) throws(IndexFailure) {
    func fail(_ reason: String) -> IndexFailure {
      abandon()
      return .damaged(
        folder: generations.folder, reason: "the new build failed its check: \(reason)")
    }
    do {
      let database = try Database(path: "\(build)/db")
      let found = try database.statistics().documents
      guard found == counts.records else {
        throw fail("\(found) sections instead of \(counts.records)")
      }
      guard try database.metadata(IndexFormat.schemaKey) == schema.encoded else {
        throw fail("its schema is not what was written")
      }
      for id in counts.sampleIDs {
        let hits = try database.search(
          MatchRequest(query: .term(IndexFormat.id(id)), limit: 2, fetchesData: true))
        guard hits.matches.count == 1 else { throw fail("section \(id) is not found") }
        _ = try StoredRecord.decode(hits.matches[0].data) { _, _ in [] }
      }
    } catch let failure as IndexFailure {
      throw failure
    } catch {
      throw fail("\(error)")
    }
  }
}

/// What a build consists of.
public struct IndexSummary: Sendable, Equatable {
  /// Name of the published generation.
  public var generation: String
  /// Documents in it.
  public var documents: Int
  /// Sections in it.
  public var sections: Int
}

/// One lane of a build: turns documents' records into shards of a bounded size.
public final class IndexLane {
  /// Records a shard takes. Small shards stay in the processor's caches, and merging is cheap.
  private static let recordsPerShard = 4000
  /// Bytes of text a shard takes, for sections of unusual size.
  private static let bytesPerShard = 48 << 20

  private var indexer: RecordIndexer
  private let newShard: () -> String
  private var writer: Shard?
  private(set) var recordCount = 0
  private(set) var documentCount = 0
  private(set) var sampleIDs: [String] = []

  private final class Shard {
    let database: WritableDatabase
    var records = 0
    var bytes = 0

    init(path: String) throws(XapianError) {
      database = try WritableDatabase(path: path, options: [.create, .noSync, .dangerous])
    }
  }

  init(indexer: RecordIndexer, newShard: @escaping () -> String) {
    self.indexer = indexer
    self.newShard = newShard
  }

  var statistics: [String: FieldStatistics] { indexer.statistics }

  /// Adds all sections of a document.
  public func add(_ document: DocumentRecords) throws(IndexFailure) {
    do {
      try write(document)
    } catch { throw .engine(error.message) }
    documentCount += 1
  }

  private func write(_ document: DocumentRecords) throws(XapianError) {
    let shard = try currentShard()
    indexer.countValues(of: document)
    for sheet in document.subjects {
      let key = IndexFormat.sheetKey(SubjectKey.of(path: document.path, subject: sheet.ordinal))
      var bytes = ByteWriter()
      bytes.sheet(sheet)
      try shard.database.setMetadata(key, bytes.bytes)
    }
    let sheets = Dictionary(
      document.subjects.map { ($0.ordinal, $0) }, uniquingKeysWith: { first, _ in first })
    var sections: [Int: Int] = [:]
    for record in document.records { sections[record.subjectOrdinal, default: 0] += 1 }
    for record in document.records {
      let output = try indexer.index(
        record, sheet: sheets[record.subjectOrdinal],
        isAlone: sections[record.subjectOrdinal] == 1)
      for (number, chunk) in output.chunks.enumerated() {
        try shard.database.setMetadata(
          IndexFormat.chunkKey(id: output.id, number: number), chunk)
      }
      try shard.database.add(output.document)
      if recordCount % 1009 == 0 { sampleIDs.append(output.id) }
      recordCount += 1
      shard.records += 1
      shard.bytes += record.body.text.utf8.count
    }
  }

  private func currentShard() throws(XapianError) -> Shard {
    if let shard = writer, shard.records < IndexLane.recordsPerShard,
      shard.bytes < IndexLane.bytesPerShard
    {
      return shard
    }
    if let full = writer { try full.database.commit() }
    let shard = try Shard(path: newShard())
    writer = shard
    return shard
  }

  func close() throws(IndexFailure) {
    guard let shard = writer else { return }
    do { try shard.database.commit() } catch { throw .engine(error.message) }
    writer = nil
  }
}
