internal import Glibc
public import KBEngine
internal import KBIngest
internal import KBSchema
internal import Synchronization

/// What a run of the indexer is asked.
public struct IndexOptions: Sendable, Equatable {
  /// Builds anew though nothing has changed.
  public var rebuilds: Bool
  /// Only says what would be done.
  public var isDryRun: Bool
  /// Seconds to wait for another writer.
  public var wait: Double
  /// Lanes; 0 for one a processor.
  public var jobs: Int
  /// The worker's executable.
  public var worker: String

  /// Options.
  public init(
    worker: String, rebuilds: Bool = false, isDryRun: Bool = false, wait: Double = 0, jobs: Int = 0
  ) {
    self.worker = worker
    self.rebuilds = rebuilds
    self.isDryRun = isDryRun
    self.wait = wait
    self.jobs = jobs
  }
}

/// Why a run of the indexer failed as a whole.
public enum IndexRunFailure: Error, Sendable, Equatable {
  /// The configuration is wrong; one line a problem.
  case configuration([String])
  /// The worker could not be used.
  case worker(String)
  /// The index could not be written.
  case index(IndexFailure)
  /// There is nothing to index at this place.
  case corpus(String)
}

/// One run: files to records in worker processes, records to a new generation.
final class IndexRun: Sendable {
  private let location: Location
  private let options: IndexOptions
  private let onProgress: @Sendable (IndexProgress) -> Void

  init(
    _ location: Location, _ options: IndexOptions,
    onProgress: @escaping @Sendable (IndexProgress) -> Void
  ) {
    self.location = location
    self.options = options
    self.onProgress = onProgress
  }

  func run() throws(IndexRunFailure) -> IndexReport {
    let start = Clock.now()
    let settings = try readSettings()
    let folder = indexFolder(settings)
    var report = IndexReport()
    report.indexFolder = folder
    let lock: WriterLock
    do { lock = try WriterLock(folder: folder, wait: options.wait) } catch { throw .index(error) }
    _ = lock
    let walk = try walk(settings)
    report.otherKinds = walk.otherKinds
    report.leftOut = walk.leftOut
    let folders = walk.failures
    var table = FileTable(fingerprint: fingerprint(settings))
    for file in walk.files {
      table.entries[file.path] = FileTable.Entry(
        size: file.size, modified: file.modified, inode: file.inode, failure: nil)
    }
    let last = published(folder)
    let changes = (last?.table ?? FileTable(fingerprint: [])).changes(to: table)
    (report.added, report.changed, report.removed) = changes
    if let last, changes == (0, 0, 0), last.table.fingerprint == table.fingerprint,
      !options.rebuilds
    {
      var report = unchanged(report, last, start)
      report.failures = (report.failures + folders).sorted()
      return report
    }
    if options.isDryRun {
      report.seconds = Clock.now() - start
      return report
    }
    try build(walk.files, settings, folder, table, &report, start)
    report.failures = (report.failures + folders).sorted()
    try writePointer(settings)
    report.seconds = Clock.now() - start
    return report
  }

  // MARK: What is there

  private func readSettings() throws(IndexRunFailure) -> IngestSettings {
    let worker = WorkerProcess(executable: options.worker, configuration: location.configuration)
    do {
      return try worker.settings()
    } catch {
      if case .configuration(let lines) = error { throw .configuration(lines) }
      throw .worker(error.message)
    }
  }

  private func indexFolder(_ settings: IngestSettings) -> String {
    if let index = location.index, location.isIndexGiven || location.configuration == nil {
      return index
    }
    return Location.resolve(settings.index ?? Location.defaultIndexName, from: location.root)
  }

  private func walk(_ settings: IngestSettings) throws(IndexRunFailure) -> CorpusWalk {
    let name = location.corpus.map { String($0.dropFirst(location.root.count + 1)) }
    let roots = name.map { [$0] } ?? settings.corpus
    for root in roots where !FileSystem.exists(Location.resolve(root, from: location.root)) {
      throw .corpus("there is no \(root) to index in \(location.root)")
    }
    do {
      return try CorpusWalk.of(roots, below: location.root, settings)
    } catch { throw .configuration([error.description]) }
  }

  /// What decides, besides the files, what an index holds.
  private func fingerprint(_ settings: IngestSettings) -> [UInt8] {
    var writer = ByteWriter()
    writer.count(IndexFormat.version)
    let bytes = location.configuration.flatMap { try? FileSystem.read($0) } ?? []
    writer.list(bytes) { $0.byte($1) }
    writer.list(WorkerReply.configured(settings).encoded) { $0.byte($1) }
    writer.string(location.corpus ?? "")
    // Another build of the worker may read the same files otherwise.
    var worker = stat()
    if stat(options.worker, &worker) == 0 {
      writer.signed(Int64(worker.st_size))
      writer.signed(Int64(worker.st_mtim.tv_sec))
    }
    return writer.bytes
  }

  private func published(_ folder: String) -> (name: String, table: FileTable)? {
    guard let current = try? Generations(folder: folder).current(),
      let bytes = try? FileSystem.read(current.filesPath), let table = try? FileTable(bytes)
    else { return nil }
    return (current.name, table)
  }

  private func unchanged(
    _ report: IndexReport, _ last: (name: String, table: FileTable), _ start: Double
  ) -> IndexReport {
    var report = report
    report.isUnchanged = true
    report.generation = last.name
    report.failures = last.table.entries.compactMap { path, entry in
      entry.failure.map { IndexReport.Remark(path: path, reason: $0) }
    }.sorted()
    if let searcher = try? Searcher(folder: report.indexFolder) {
      report.documents = searcher.documentCount
      report.sections = searcher.sectionCount
    }
    report.seconds = Clock.now() - start
    return report
  }

  // MARK: Building

  private struct Shared {
    var next = 0
    var done = 0
    var failures: [IndexReport.Remark] = []
    var warnings: [IndexReport.Remark] = []
    var fatal: IndexRunFailure?
  }

  private func build(
    _ files: [CorpusFile], _ settings: IngestSettings, _ folder: String, _ table: FileTable,
    _ report: inout IndexReport, _ start: Double
  ) throws(IndexRunFailure) {
    let builder: IndexBuilder
    do {
      builder = try IndexBuilder(folder: folder, schema: settings.schema)
    } catch { throw .index(error) }
    // The largest first, so that no lane is left alone with one at the end.
    let queue = files.sorted { ($1.size, $0.path) < ($0.size, $1.path) }
    let shared = Mutex(Shared())
    let lanes = min(options.jobs > 0 ? options.jobs : Threads.processors, max(1, queue.count))
    Threads.run(lanes) { [self] _ in
      work(queue, builder, shared, start)
    }
    let result = shared.withLock { $0 }
    if let fatal = result.fatal {
      builder.abandon()
      throw fatal
    }
    report.failures = result.failures.sorted()
    report.warnings = result.warnings.sorted()
    var table = table
    for failure in result.failures { table.entries[failure.path]?.failure = failure.reason }
    table.warnings = report.warnings
    do {
      let aliases = settings.aliases.map {
        (field: $0.field, alias: $0.alias, canonical: $0.canonical)
      }
      let summary = try builder.publish(
        root: location.root, files: table.encoded, aliases: aliases)
      report.generation = summary.generation
      report.documents = summary.documents
      report.sections = summary.sections
    } catch { throw .index(error) }
  }

  /// One lane: its own worker process, its own shards.
  private func work(
    _ queue: [CorpusFile], _ builder: IndexBuilder, _ shared: borrowing Mutex<Shared>,
    _ start: Double
  ) {
    let worker = WorkerProcess(executable: options.worker, configuration: location.configuration)
    do {
      let lane = try builder.makeLane()
      while let file = take(queue, shared) {
        let (result, warnings) = try read(file, worker, lane)
        let remarks = warnings.map { IndexReport.Remark(path: file.path, reason: $0) }
        shared.withLock {
          $0.warnings += remarks
          if case .failed(let reason) = result {
            $0.failures.append(.init(path: file.path, reason: reason))
          }
        }
        advance(shared, queue.count, start)
      }
      try builder.join(lane)
    } catch let failure as IndexFailure {
      shared.withLock { $0.fatal = $0.fatal ?? .index(failure) }
    } catch let failure as WorkerFailure {
      shared.withLock { $0.fatal = $0.fatal ?? .worker(failure.message) }
    } catch {
      shared.withLock { $0.fatal = $0.fatal ?? .worker("\(error)") }
    }
  }

  /// Adds the documents of a file to a lane as they come.
  private func read(
    _ file: CorpusFile, _ worker: WorkerProcess, _ lane: IndexLane
  ) throws -> (result: FileResult, warnings: [String]) {
    var warnings: [String] = []
    var failure: IndexFailure?
    let result = try worker.read(
      .read(location: file.location, path: file.path), bytes: Int(file.size)
    ) { document in
      guard failure == nil else { return }
      warnings += document.warnings
      do throws(IndexFailure) { try lane.add(document) } catch { failure = error }
    }
    if let failure { throw failure }
    if case .read(let remarks) = result { warnings += remarks }
    return (result, warnings)
  }

  private func take(_ queue: [CorpusFile], _ shared: borrowing Mutex<Shared>) -> CorpusFile? {
    shared.withLock { state in
      guard state.fatal == nil, state.next < queue.count else { return nil }
      defer { state.next += 1 }
      return queue[state.next]
    }
  }

  private func advance(_ shared: borrowing Mutex<Shared>, _ total: Int, _ start: Double) {
    let done = shared.withLock { state in
      state.done += 1
      return state.done
    }
    onProgress(IndexProgress(done: done, total: total, seconds: Clock.now() - start))
  }

  /// Says beside the configuration where the index is.
  private func writePointer(_ settings: IngestSettings) throws(IndexRunFailure) {
    guard location.configuration != nil, location.corpus == nil, !location.isIndexGiven else {
      return
    }
    let index = settings.index ?? Location.defaultIndexName
    let text = "# Written by kbsearch index: where the index of this folder is.\nindex: \(index)\n"
    let path = "\(location.root)/\(Location.pointerName)"
    if let known = try? FileSystem.read(path), known == Array(text.utf8) { return }
    do {
      try FileSystem.replace(path, with: Array(text.utf8))
    } catch { throw .index(.unreadable(error)) }
  }
}

/// Time that only goes forward.
enum Clock {
  /// Seconds since some moment.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
