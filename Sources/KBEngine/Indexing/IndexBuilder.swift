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
  private let state = Mutex(State())

  /// What the lanes wrote.
  private struct State {
    var statistics = CorpusStatistics()
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
        indexer: RecordIndexer(analyzer: analyzer, builder: schema),
        sink: ShardSink(newShard: newShard))
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
    state.withLock {
      $0.statistics.add(lane)
      $0.sampleIDs += lane.sampleIDs
    }
  }

  /// Merges, checks and publishes. `files` is what the next run compares the corpus with.
  public func publish(
    root: String, files: [UInt8], aliases: [(field: String, alias: String, canonical: String)]
  ) throws(IndexFailure) -> IndexSummary {
    var (statistics, samples) = state.withLock { ($0.statistics, $0.sampleIDs) }
    let final = schema.finish(statistics.fields, root: root, documents: statistics.documents)
    do {
      try writeMetadata(final, aliases)
      try merge()
      try FileSystem.remove("\(build)/shards")
      statistics.compactBytes = FileSystem.sizeOfFiles(in: "\(build)/db")
      statistics.compactSections = statistics.sections
    } catch let failure as XapianError {
      throw .engine(failure.message)
    } catch let failure as FileFailure {
      throw .unreadable(failure)
    } catch {
      throw .engine("\(error)")
    }
    return try FinishedBuild(
      folder: build, generations: generations, schema: final, statistics: statistics, files: files,
      sampleIDs: samples
    ).publish()
  }

  /// Drops a build that is not to be published.
  public func abandon() { try? FileSystem.remove(build) }

  /// Schema and aliases stand in a shard of their own, so that merging finds each key once.
  private func writeMetadata(
    _ schema: IndexSchema, _ aliases: [(field: String, alias: String, canonical: String)]
  ) throws(XapianError) {
    let writer = try WritableDatabase(path: newShard(), options: [.create, .noSync])
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
