internal import KBSchema
internal import KBText
internal import Synchronization
internal import Xapian

/// Brings the current generation up to date: it is written anew without the files that are gone or
/// changed, with those that are put in, and published as the next generation.
///
/// Writing anew costs time in proportion to the index, but little more than a copy does; everything
/// else is in proportion to what has changed. Shards of changes with tombstones would be cheaper to
/// write, but not answer like a rebuild: the engine would count what is gone in every weight.
public final class IndexUpdate: Sendable {
  private let generations: Generations
  private let build: String
  private let last: IndexSchema
  private let schema: SchemaBuilder
  private let base: String
  private let runs: RunFolder
  private let state: Mutex<State>

  private struct State {
    var statistics: CorpusStatistics
    var sampleIDs: [String] = []
    var order = FileOrder()
    var runs: [WrittenRun] = []
    /// Numbers of the documents that are taken out.
    var removed: [UInt32] = []
    /// The run that takes out what was stored of them besides.
    var removal: String?
  }

  /// How an update ends.
  public enum Outcome: Sendable, Equatable {
    /// A new generation is current.
    case published(IndexSummary)
    /// The whole index must be built anew, and why. Nothing was published.
    case needsRebuild(reason: String)
  }

  /// Begins an update in the index folder; nil where the current generation cannot be the base of
  /// one. The caller holds the writer's lock.
  public init?(folder: String) throws(IndexFailure) {
    generations = Generations(folder: folder)
    guard let published = try? generations.current(),
      let bytes = try? FileSystem.read(published.statisticsPath),
      let statistics = try? CorpusStatistics(bytes)
    else { return nil }
    do {
      try generations.clean()
      build = try generations.beginBuild()
      base = published.databasePath
      let database = try Database(path: base)
      guard let stored = try IndexSchema.decode(database.metadata(IndexFormat.schemaKey)),
        try database.statistics().documents == statistics.sections
      else {
        try FileSystem.remove(build)
        return nil
      }
      last = stored
      runs = try RunFolder("\(build)/runs", base: base)
    } catch let failure as FileFailure {
      throw .unreadable(failure)
    } catch let failure as XapianError {
      throw .damaged(folder: folder, reason: failure.message)
    } catch {
      throw .damaged(folder: folder, reason: "\(error)")
    }
    schema = SchemaBuilder(last.schema, slots: last.slots)
    state = Mutex(State(statistics: statistics))
  }

  /// A lane, to be used by one thread.
  public func makeLane() throws(IndexFailure) -> IndexLane {
    do {
      return IndexLane(
        indexer: try makeIndexer(),
        sink: RunSink(runs) { run in
          self.state.withLock { $0.runs.append(run) }
        })
    } catch { throw .engine(error.message) }
  }

  private func makeIndexer() throws(XapianError) -> RecordIndexer {
    RecordIndexer(
      analyzer: try Analyzer(language: last.schema.language), builder: schema,
      order: state.withLock { $0.order })
  }

  /// Takes over what a finished lane counted.
  public func join(_ lane: IndexLane) throws(IndexFailure) {
    try lane.close()
    state.withLock {
      $0.statistics.add(lane)
      $0.sampleIDs += lane.sampleIDs
    }
  }

  // MARK: Taking out

  /// Takes out files that are gone or have changed, and finds places for those that are added or have
  /// changed among all `files` that are there now. To be called before any lane is made. Returns why
  /// the index must be built anew, if it must.
  public func replace(
    removed: [String], changed: [String], added: [String], files: [String]
  ) throws(IndexFailure) -> String? {
    do {
      let stored = StoredFiles(try Database(path: base))
      guard try findPlaces(changed: changed, added: added, files: files, stored) else {
        abandon()
        return "too many files were added between two others"
      }
      try remove(removed + changed, stored)
      return nil
    } catch let failure as IndexFailure {
      throw failure
    } catch let failure as XapianError {
      throw .engine(failure.message)
    } catch {
      throw .damaged(folder: generations.folder, reason: "\(error)")
    }
  }

  private func findPlaces(
    changed: [String], added: [String], files: [String], _ stored: borrowing StoredFiles
  ) throws -> Bool {
    var order = FileOrder()
    var new = Set(added.map { PathKey($0) })
    for path in changed {
      if let rank = try stored.rank(of: path) {
        order.set(path, rank)
      } else {
        new.insert(PathKey(path))
      }
    }
    let hasRoom = try order.insert(new, among: files) { try stored.rank(of: $0) }
    state.withLock { $0.order = order }
    return hasRoom
  }

  private func remove(_ paths: [String], _ stored: borrowing StoredFiles) throws {
    var indexer = try makeIndexer()
    let removal = try runs.newWriter()
    for path in paths { try removeFile(path, stored, &indexer, removal) }
    let run = runs.newRun()
    try removal.write(to: run)
    let gone = indexer.statistics
    state.withLock {
      $0.statistics.subtract(gone)
      $0.removal = run
    }
  }

  private func removeFile(
    _ path: String, _ stored: borrowing StoredFiles, _ indexer: inout RecordIndexer,
    _ removal: borrowing RunWriter
  ) throws {
    var sections = 0
    var chunks: [[UInt8]] = []
    try stored.visit(path) { document throws(XapianError) in
      indexer.begin(document)
    } records: { record, sheet, isAlone, chunkCount throws(XapianError) in
      let output = try indexer.index(record, sheet: sheet, isAlone: isAlone)
      for number in 0..<chunkCount {
        chunks.append(IndexFormat.chunkKey(id: output.id, number: number))
      }
      sections += 1
    }
    let contents = try stored.contents(of: path)
    for key in chunks { try removal.setMetadata(key, []) }
    for ordinal in 0..<(contents?.subjects ?? 0) {
      try removal.setMetadata(
        IndexFormat.sheetKey(SubjectKey.of(path: path, subject: ordinal)), [])
    }
    try removal.setMetadata(IndexFormat.fileKey(SubjectKey.of(path: path)), [])
    let numbers = try stored.numbers(of: path)
    state.withLock {
      $0.statistics.sections -= sections
      $0.statistics.documents -= contents?.documents ?? 0
      $0.removed += numbers
    }
  }

  // MARK: The end

  /// Settles the types, checks and publishes. `files` is what the next run compares the corpus with.
  public func publish(root: String, files: [UInt8]) throws(IndexFailure) -> Outcome {
    var (statistics, samples) = state.withLock { ($0.statistics, $0.sampleIDs) }
    do {
      var final = schema.finish(statistics.fields, root: root, documents: statistics.documents)
      var isMerged = false
      if needsExamples(final, statistics) {
        try merge(base, state.withLock { $0.removed }, changes())
        isMerged = true
        try countExamples(&statistics)
        final = schema.finish(statistics.fields, root: root, documents: statistics.documents)
      }
      if let reason = changedType(final) {
        abandon()
        return .needsRebuild(reason: reason)
      }
      let settled = "\(build)/schema"
      let writer = try runs.newWriter()
      try writer.setMetadata(IndexFormat.schemaKey, final.encoded)
      try writer.write(to: settled)
      if isMerged {
        try FileSystem.move("\(build)/db", to: "\(build)/merged")
        try merge("\(build)/merged", [], [settled])
        try FileSystem.remove("\(build)/merged")
      } else {
        try merge(base, state.withLock { $0.removed }, changes() + [settled])
      }
      try FileSystem.remove(settled)
      return .published(
        try FinishedBuild(
          folder: build, generations: generations, schema: final, statistics: statistics,
          files: files, sampleIDs: samples
        ).publish())
    } catch let failure as IndexFailure {
      throw failure
    } catch let failure as XapianError {
      abandon()
      throw .engine(failure.message)
    } catch let failure as FileFailure {
      abandon()
      throw .unreadable(failure)
    } catch {
      abandon()
      throw .engine("\(error)")
    }
  }

  /// Drops an update that is not to be published.
  public func abandon() { try? FileSystem.remove(build) }

  /// A field whose inferred type is another one now, as a sentence.
  private func changedType(_ final: IndexSchema) -> String? {
    for field in final.schema.fields where field.origin == .inferred {
      guard let known = last.schema.field(named: field.name), known.name == field.name,
        known.origin == .inferred
      else { continue }
      if known.type != field.type {
        return "the values of \(field.name) read as \(field.type) now, not as \(known.type)"
      }
      if known.dayFirst != field.dayFirst {
        return "the order of day and month in \(field.name) reads otherwise now"
      }
    }
    return nil
  }

  private func needsExamples(_ final: IndexSchema, _ statistics: CorpusStatistics) -> Bool {
    final.schema.fields.contains {
      !$0.conflicts.isEmpty && statistics.fields[$0.name]?.hasFirstExamples == false
    }
  }

  /// Reads the first examples of every field anew, out of all that the index holds.
  private func countExamples(_ statistics: inout CorpusStatistics) throws {
    let stored = StoredFiles(try Database(path: "\(build)/db"))
    var indexer = try makeIndexer()
    for path in try stored.paths() {
      try stored.visit(path) { document throws(XapianError) in
        indexer.begin(document)
      } records: { _, _, _, _ throws(XapianError) in
      }
    }
    for (name, seen) in indexer.statistics { statistics.fields[name]?.takeExamples(of: seen) }
  }

  /// The runs of this update: what it takes out comes first, for it may be put in anew.
  private func changes() -> [String] {
    state.withLock { [$0.removal].compactMap { $0 } + WrittenRun.ordered($0.runs).map(\.path) }
  }

  private func merge(_ base: String, _ removed: [UInt32], _ runs: [String]) throws {
    try self.runs.merge(base, without: removed, runs, to: "\(build)/db")
  }
}
