public import KBSchema
internal import KBText
internal import Synchronization
internal import Xapian

/// Builds one generation: several lanes write runs side by side, which are then merged, checked and
/// published.
public final class IndexBuilder: Sendable {
  private let generations: Generations
  private let build: String
  private let schema: SchemaBuilder
  private let language: String
  private let order: FileOrder
  private let runs: RunFolder
  private let state = Mutex(State())

  /// What the lanes wrote.
  private struct State {
    var statistics = CorpusStatistics()
    var sampleIDs: [String] = []
    var runs: [WrittenRun] = []
  }

  /// Begins a build in the index folder of documents of these files. The caller holds the writer's
  /// lock.
  public init(folder: String, schema: Schema, files: [String]) throws(IndexFailure) {
    generations = Generations(folder: folder)
    do {
      try generations.clean()
      build = try generations.beginBuild()
      runs = try RunFolder("\(build)/runs", base: nil)
    } catch let failure as FileFailure {
      throw .unreadable(failure)
    } catch {
      throw .engine("\(error)")
    }
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
        sink: RunSink(runs) { run in
          self.state.withLock { $0.runs.append(run) }
        })
    } catch { throw .engine(error.message) }
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
    let (statistics, samples, written) = state.withLock {
      ($0.statistics, $0.sampleIDs, WrittenRun.ordered($0.runs))
    }
    var final = schema.finish(statistics.fields, root: root, documents: statistics.documents)
    let sections = written.filter { !$0.first.isEmpty }
    final.isInPlaceOrder =
      sections.allSatisfy(\.isInOrder)
      && zip(sections, sections.dropFirst()).allSatisfy {
        $0.last.lexicographicallyPrecedes($1.first)
      }
    do {
      let metadata = try writeMetadata(final, aliases)
      try runs.merge(nil, written.map(\.path) + [metadata], to: "\(build)/db")
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

  /// Schema and aliases, as a run of their own.
  private func writeMetadata(
    _ schema: IndexSchema, _ aliases: [(field: String, alias: String, canonical: String)]
  ) throws(XapianError) -> String {
    let path = runs.newRun()
    let writer = try runs.newWriter()
    try writer.setMetadata(IndexFormat.schemaKey, schema.encoded)
    for entry in aliases {
      let key = IndexFormat.aliasKey(field: entry.field, folded: WholeValue.fold(entry.alias))
      guard key.count <= IndexDocument.longestTerm else { continue }
      try writer.setMetadata(key, Array(entry.canonical.utf8))
    }
    try writer.write(to: path)
    return path
  }
}

/// The runs of a build: makes them, and merges them.
final class RunFolder: Sendable {
  private let folder: String
  private let base: String?
  private let dictionary: DataDictionary
  private let count = Mutex(0)

  /// Each is an open file; the usual limit of a process is 1024.
  private static let mostAtOnce = 500

  /// Makes the folder, for runs that are to be merged with the database `base`.
  init(_ folder: String, base: String?) throws {
    self.folder = folder
    self.base = base
    dictionary = try DataDictionary(base: base)
    try FileSystem.makeDirectory(folder)
  }

  /// An empty run.
  func newWriter() throws(XapianError) -> RunWriter { try RunWriter(dictionary) }

  /// The path of another run.
  func newRun() -> String {
    count.withLock { count in
      defer { count += 1 }
      return "\(folder)/\(count)"
    }
  }

  /// Merges runs, in their order, behind a database without some of its documents. The folder is
  /// removed.
  func merge(
    _ base: String?, without removed: [UInt32] = [], _ runs: [String], to destination: String
  ) throws {
    var base = base
    var removed = removed
    var left = runs[...]
    while left.count > RunFolder.mostAtOnce {
      let part = "\(folder)/part-\(left.startIndex)"
      try Database.merge(
        base, without: removed, runs: Array(left.prefix(RunFolder.mostAtOnce)), to: part,
        compressingFrom: IndexFormat.firstCompressedSlot)
      (base, removed) = (part, [])
      left = left.dropFirst(RunFolder.mostAtOnce)
    }
    try Database.merge(
      base, without: removed, runs: Array(left), to: destination,
      compressingFrom: IndexFormat.firstCompressedSlot)
    try FileSystem.remove(folder)
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
