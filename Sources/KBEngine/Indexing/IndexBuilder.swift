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
  private let order: FileOrder
  private let shardCount = Mutex(0)
  private let state = Mutex(State())

  /// What the lanes wrote.
  private struct State {
    var statistics = CorpusStatistics()
    var sampleIDs: [String] = []
    var shards: [WrittenShard] = []
  }

  /// Begins a build in the index folder of documents of these files. The caller holds the writer's
  /// lock.
  public init(folder: String, schema: Schema, files: [String]) throws(IndexFailure) {
    generations = Generations(folder: folder)
    do {
      try generations.clean()
      build = try generations.beginBuild()
      try FileSystem.makeDirectory("\(build)/shards")
    } catch { throw .unreadable(error) }
    self.schema = SchemaBuilder(schema)
    order = FileOrder(files)
    language = schema.language
  }

  /// A lane, to be used by one thread.
  public func makeLane() throws(IndexFailure) -> IndexLane {
    do {
      let analyzer = try Analyzer(language: language)
      return IndexLane(
        indexer: RecordIndexer(analyzer: analyzer, builder: schema, order: order),
        sink: ShardSink(newShard: newShard) { shard in
          self.state.withLock { $0.shards.append(shard) }
        })
    } catch { throw .engine(error.message) }
  }

  private func newShard() -> String {
    shardCount.withLock { count in
      defer { count += 1 }
      return "\(build)/shards/\(count)"
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
    let shards = state.withLock { $0.shards.filter { !$0.first.isEmpty } }
      .sorted { $0.first.lexicographicallyPrecedes($1.first) }
    var final = schema.finish(statistics.fields, root: root, documents: statistics.documents)
    final.isInPlaceOrder =
      shards.allSatisfy(\.isInOrder)
      && zip(shards, shards.dropFirst()).allSatisfy {
        $0.last.lexicographicallyPrecedes($1.first)
      }
    let empty = state.withLock { $0.shards.filter(\.first.isEmpty) }
    do {
      let metadata = try writeMetadata(final, aliases)
      try ShardMerge(folder: "\(build)/shards")
        .merge((shards + empty).map(\.path) + [metadata], to: "\(build)/db")
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
  ) throws(XapianError) -> String {
    let path = newShard()
    let writer = try WritableDatabase(path: path, options: [.create, .noSync])
    try writer.setMetadata(IndexFormat.schemaKey, schema.encoded)
    for entry in aliases {
      let key = IndexFormat.aliasKey(field: entry.field, folded: WholeValue.fold(entry.alias))
      guard key.count <= IndexDocument.longestTerm else { continue }
      try writer.setMetadata(key, Array(entry.canonical.utf8))
    }
    try writer.close()
    return path
  }
}

/// Merges shards in their order: so many at once as a process may have open, in rounds.
struct ShardMerge {
  /// A folder for what stands between.
  var folder: String

  /// Each has half a dozen files open; the usual limit of a process is 1024.
  private static let mostAtOnce = 100

  func merge(_ shards: [String], to destination: String) throws {
    var shards = shards
    var round = 0
    while shards.count > ShardMerge.mostAtOnce {
      round += 1
      var merged: [String] = []
      for start in stride(from: 0, to: shards.count, by: ShardMerge.mostAtOnce) {
        let group = Array(shards[start..<min(start + ShardMerge.mostAtOnce, shards.count)])
        let target = "\(folder)/round-\(round)-\(merged.count)"
        try Database.compact(group, to: target)
        for shard in group { try FileSystem.remove(shard) }
        merged.append(target)
      }
      shards = merged
    }
    try Database.compact(shards, to: destination)
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
