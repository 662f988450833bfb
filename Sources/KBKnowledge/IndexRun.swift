internal import Glibc
public import KBEngine
internal import KBIngest
internal import KBSchema
internal import KBText
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
  /// The worker that was asked for the settings, until a lane takes it.
  private let idleWorker = Mutex<WorkerProcess?>(nil)

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
    let wallStart = Clock.wall()
    let known = knownRun()
    let settings = try readSettings(known)
    let folder = indexFolder(settings.ingest)
    // Who only looks disturbs nobody, and writes nothing, not even a lock.
    if options.isDryRun { return try run(settings, folder, known, start, wallStart) }
    let lock: WriterLock
    do { lock = try WriterLock(folder: folder, wait: options.wait) } catch { throw .index(error) }
    return try run(settings, folder, known, start, wallStart, holding: lock)
  }

  private func run(
    _ settings: RunSettings, _ folder: String, _ known: LastRun?, _ start: Double,
    _ wallStart: Int64, holding lock: borrowing WriterLock
  ) throws(IndexRunFailure) -> IndexReport {
    try run(settings, folder, known, start, wallStart)
  }

  private func run(
    _ runSettings: RunSettings, _ folder: String, _ known: LastRun?, _ start: Double,
    _ wallStart: Int64
  ) throws(IndexRunFailure) -> IndexReport {
    let settings = runSettings.ingest
    var report = IndexReport()
    report.indexFolder = folder
    report.roots = roots(settings).map { Location.resolve($0, from: location.root) }
    let walk = try walk(settings, except: folder)
    report.otherKinds = walk.otherKinds
    report.leftOut = walk.leftOut
    let job = Job(
      settings: runSettings, folder: folder, files: walk.files,
      fingerprint: fingerprint(runSettings), start: wallStart)
    let last = LastRun.read(folder, known: known)
    let table = (try? last.get())?.table ?? FileTable(fingerprint: Fingerprint(parts: []))
    let changes = FileChanges(from: table, to: walk.files, recentSince: wallStart)
    (report.added, report.changed) = (changes.added.count, changes.changed.count)
    report.removed = changes.removed.count
    report.rebuildReason = rebuildReason(job, last, changes)
    if changes.isEmpty, report.rebuildReason == nil, case .success(let last) = last {
      // A run that was killed after it had published may have left something.
      if !options.isDryRun { try? Generations(folder: folder).clean() }
      var report = unchanged(report, last)
      report.failures = (report.failures + walk.failures).sorted()
      report.seconds = Clock.now() - start
      return report
    }
    if !options.isDryRun {
      try write(job, table, changes, &report, start)
      report.failures = (report.failures + walk.failures).sorted()
      try writePointer(settings)
    }
    report.seconds = Clock.now() - start
    return report
  }

  /// How the index and the documents differ; nothing is written, and no lock is taken.
  func compare() throws(IndexRunFailure) -> CorpusDifference {
    let known = knownRun()
    let settings = try readSettings(known)
    let folder = indexFolder(settings.ingest)
    let walk = try walk(settings.ingest, except: folder)
    let job = Job(
      settings: settings, folder: folder, files: walk.files, fingerprint: fingerprint(settings),
      start: Clock.wall())
    let last = LastRun.read(folder, known: known)
    let table = (try? last.get())?.table ?? FileTable(fingerprint: Fingerprint(parts: []))
    let changes = FileChanges(from: table, to: walk.files, recentSince: job.start)
    var difference = CorpusDifference()
    difference.missing = changes.added.map(\.path).sorted()
    difference.stale = changes.changed.map(\.path).sorted()
    difference.extra = changes.removed
    difference.rebuildReason = rebuildReason(job, last, FileChanges(all: []))
    difference.unreadable = (table.failures + walk.failures).sorted()
    return difference
  }

  /// What a run works on.
  private struct Job {
    var settings: RunSettings
    var folder: String
    var files: [CorpusFile]
    var fingerprint: Fingerprint
    /// When it began; nanoseconds since 1970.
    var start: Int64
  }

  /// Why the whole index is built anew, as a sentence; nil if it need not be.
  private func rebuildReason(
    _ job: Job, _ last: Result<LastRun, LastRun.Unusable>, _ changes: FileChanges
  ) -> String? {
    let known: LastRun
    switch last {
    case .failure(let unusable): return unusable.reason
    case .success(let usable): known = usable
    }
    if options.rebuilds { return "as asked" }
    if let reason = job.fingerprint.difference(from: known.table.fingerprint) { return reason }
    let isMost = changes.count > IndexRun.fewFiles && changes.count * 2 > job.files.count
    return isMost ? "most files are new or changed" : nil
  }

  /// Up to so many files are always brought up to date one by one.
  private static let fewFiles = 200

  /// Updates the index, or builds it anew where that must be.
  private func write(
    _ job: Job, _ table: FileTable, _ changes: FileChanges, _ report: inout IndexReport,
    _ start: Double
  ) throws(IndexRunFailure) {
    if report.rebuildReason == nil {
      switch try update(job, table, changes, &report, start) {
      case nil: return
      case .some(let reason): report.rebuildReason = reason
      }
    }
    try build(job, &report, start)
  }

  // MARK: What is there

  /// What the run before left, where that may spare a worker: without a configuration.
  private func knownRun() -> LastRun? {
    guard location.configuration == nil, !options.rebuilds, let folder = location.index else {
      return nil
    }
    return try? LastRun.read(folder).get()
  }

  /// What the configuration says. Without one that is the worker's own affair: it is not started
  /// where this very worker, also without one, told it to the run before.
  private func readSettings(_ known: LastRun?) throws(IndexRunFailure) -> RunSettings {
    if let table = known?.table, let settings = RunSettings(kept: table.settings),
      fingerprint(settings).difference(from: table.fingerprint) == nil
    {
      return settings
    }
    do {
      return try idleWorker.withLock { idle throws(WorkerFailure) in
        let worker = WorkerProcess(
          executable: options.worker, configuration: location.configuration)
        let settings = try worker.settings()
        idle = worker
        return RunSettings(settings)
      }
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

  private func walk(
    _ settings: IngestSettings, except index: String
  ) throws(IndexRunFailure) -> CorpusWalk {
    let roots = roots(settings)
    for root in roots where !FileSystem.exists(Location.resolve(root, from: location.root)) {
      throw .corpus("there is no \(root) to index in \(location.root)")
    }
    do {
      return try CorpusWalk.of(roots, below: location.root, except: index, settings)
    } catch { throw .configuration([error.description]) }
  }

  /// What is walked, relative to the root of the knowledge base.
  private func roots(_ settings: IngestSettings) -> [String] {
    location.corpus.map { [String($0.dropFirst(location.root.count + 1))] } ?? settings.corpus
  }

  /// What decides, besides the files, what an index holds.
  private func fingerprint(_ settings: RunSettings) -> Fingerprint {
    var worker = ByteWriter()
    var status = stat()
    // Another build of the worker may read the same files otherwise.
    if stat(options.worker, &status) == 0 {
      worker.signed(Int64(status.st_size))
      worker.signed(Int64(status.st_mtim.tv_sec))
    }
    let bytes = location.configuration.flatMap { try? FileSystem.read($0) } ?? []
    return Fingerprint(parts: [
      .init(
        name: "this version of kbsearch writes another form of index",
        hash: UInt64(IndexFormat.version)),
      .init(name: "kbsearch.yaml has changed", hash: Hash.of(bytes)),
      .init(name: "another program reads the files now", hash: Hash.of(worker.bytes)),
      .init(
        name: "what kbsearch.yaml names has changed",
        hash: Hash.of(settings.kept)),
      .init(
        name: "another folder is indexed now", hash: Hash.of(Array((location.corpus ?? "").utf8))),
    ])
  }

  private func unchanged(
    _ report: IndexReport, _ last: LastRun
  ) -> IndexReport {
    var report = report
    report.isUnchanged = true
    report.generation = last.name
    report.failures = last.table.failures
    if let searcher = try? Searcher(folder: report.indexFolder) {
      report.documents = searcher.documentCount
      report.sections = searcher.sectionCount
    }
    return report
  }

  // MARK: Building

  private struct Shared {
    let fileCount: Int
    var next = 0
    var done = 0
    var failures: [IndexReport.Remark] = []
    var warnings: [IndexReport.Remark] = []
    var hashes: [PathKey: UInt64] = [:]
    var fatal: IndexRunFailure?
  }

  /// Builds the whole index anew.
  private func build(
    _ job: Job, _ report: inout IndexReport, _ start: Double
  ) throws(IndexRunFailure) {
    let builder: IndexBuilder
    do {
      builder = try IndexBuilder(
        folder: job.folder, schema: job.settings.ingest.schema, files: job.files.map(\.path))
    } catch { throw .index(error) }
    let result = readAll(job.files, builder, start)
    if let fatal = result.fatal {
      builder.abandon()
      throw fatal
    }
    let table = table(
      job, FileChanges(all: job.files), FileTable(fingerprint: .init(parts: [])), result)
    do {
      let aliases = job.settings.ingest.aliases.map {
        (field: $0.field, alias: $0.alias, canonical: $0.canonical)
      }
      let summary = try builder.publish(
        root: location.root, files: table.encoded, aliases: aliases)
      take(summary, table, &report)
    } catch { throw .index(error) }
  }

  /// Brings the index up to date; returns why it must be built anew, if it must.
  private func update(
    _ job: Job, _ last: FileTable, _ changes: FileChanges, _ report: inout IndexReport,
    _ start: Double
  ) throws(IndexRunFailure) -> String? {
    let update: IndexUpdate
    do {
      guard let begun = try IndexUpdate(folder: job.folder) else {
        return "the index cannot be brought up to date"
      }
      update = begun
    } catch { throw .index(error) }
    do {
      let reason = try update.replace(
        removed: changes.removed, changed: changes.changed.map(\.path),
        added: changes.added.map(\.path), files: job.files.map(\.path))
      if let reason { return reason }
    } catch {
      update.abandon()
      throw .index(error)
    }
    let result = readAll(changes.added + changes.changed, update, start)
    if let fatal = result.fatal {
      update.abandon()
      throw fatal
    }
    let table = table(job, changes, last, result)
    do {
      switch try update.publish(root: location.root, files: table.encoded) {
      case .needsRebuild(let reason): return reason
      case .published(let summary): take(summary, table, &report)
      }
    } catch { throw .index(error) }
    return nil
  }

  private func take(
    _ summary: IndexSummary, _ table: FileTable, _ report: inout IndexReport
  ) {
    report.failures = table.failures
    report.warnings = table.warnings
    report.generation = summary.generation
    report.documents = summary.documents
    report.sections = summary.sections
  }

  /// What the next run compares the corpus with.
  private func table(
    _ job: Job, _ changes: FileChanges, _ last: FileTable, _ result: Shared
  ) -> FileTable {
    var table = FileTable(fingerprint: job.fingerprint, settings: job.settings.kept)
    table.entries = changes.unchanged
    for file in changes.added + changes.changed {
      table.entries[PathKey(file.path)] = FileTable.Entry(
        size: file.size, modified: file.modified, changed: file.changed, inode: file.inode,
        contents: result.hashes[PathKey(file.path)] ?? 0,
        isRecent: file.isRecent(since: job.start), failure: nil)
    }
    for failure in result.failures {
      table.entries[PathKey(failure.path)]?.failure = failure.reason
    }
    let kept = last.warnings.filter { changes.unchanged[PathKey($0.path)] != nil }
    table.warnings = (kept + result.warnings).sorted()
    return table
  }

  /// Reads files in lanes, by runs of neighbours, the largest first, so that none is left alone with
  /// one at the end.
  private func readAll(
    _ files: [CorpusFile], _ target: some LaneMaker, _ start: Double
  ) -> Shared {
    let lanes = min(options.jobs > 0 ? options.jobs : Threads.processors, files.count)
    let queue = FileRuns.of(files, lanes: lanes)
    let shared = Mutex(Shared(fileCount: files.count))
    if lanes > 0 {
      Threads.run(lanes) { [self] _ in work(queue, target, shared, start) }
    }
    return shared.withLock { $0 }
  }

  /// One lane: its own worker process, its own place to write to.
  private func work(
    _ queue: [[CorpusFile]], _ target: some LaneMaker, _ shared: borrowing Mutex<Shared>,
    _ start: Double
  ) {
    let worker =
      idleWorker.withLock { idle in
        defer { idle = nil }
        return idle
      } ?? WorkerProcess(executable: options.worker, configuration: location.configuration)
    do {
      let lane = try target.makeLane()
      while let run = take(queue, shared) {
        try lane.beginRun()
        for file in run where shared.withLock({ $0.fatal == nil }) {
          try add(file, worker, lane, shared)
          advance(shared, start)
        }
      }
      try target.join(lane)
    } catch let failure as IndexFailure {
      shared.withLock { $0.fatal = $0.fatal ?? .index(failure) }
    } catch let failure as WorkerFailure {
      shared.withLock { $0.fatal = $0.fatal ?? .worker(failure.message) }
    } catch {
      shared.withLock { $0.fatal = $0.fatal ?? .worker("\(error)") }
    }
  }

  private func add(
    _ file: CorpusFile, _ worker: WorkerProcess, _ lane: IndexLane,
    _ shared: borrowing Mutex<Shared>
  ) throws {
    let hash = ContentsHash.of(file)
    let (result, warnings) = try read(file, worker, lane)
    let remarks = warnings.map { IndexReport.Remark(path: file.path, reason: $0) }
    shared.withLock {
      $0.hashes[PathKey(file.path)] = hash
      $0.warnings += remarks
      if case .failed(let reason) = result {
        $0.failures.append(.init(path: file.path, reason: reason))
      }
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

  private func take(_ queue: [[CorpusFile]], _ shared: borrowing Mutex<Shared>) -> [CorpusFile]? {
    shared.withLock { state in
      guard state.fatal == nil, state.next < queue.count else { return nil }
      defer { state.next += 1 }
      return queue[state.next]
    }
  }

  private func advance(_ shared: borrowing Mutex<Shared>, _ start: Double) {
    let (done, total) = shared.withLock { state in
      state.done += 1
      return (state.done, state.fileCount)
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

/// Runs of files that are neighbours in the order of paths.
enum FileRuns {
  /// A run has this part of a lane's share of what is left, so that lanes end together.
  private static let partOfRest: Int64 = 6
  /// But not less than this part of its share of the whole.
  private static let smallestPart: Int64 = 48
  private static let leastBytes: Int64 = 64 << 10
  private static let mostFiles = 512

  /// The largest first.
  static func of(_ files: [CorpusFile], lanes: Int) -> [[CorpusFile]] {
    let total = files.reduce(0) { $0 + $1.size }
    let lanes = Int64(max(1, lanes))
    let least = max(leastBytes, total / (smallestPart * lanes))
    var most = max(least, total / (partOfRest * lanes))
    var left = total
    var runs: [(files: [CorpusFile], bytes: Int64)] = []
    let ordered = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for file in ordered {
      if let last = runs.last, last.bytes + file.size <= most, last.files.count < mostFiles {
        runs[runs.count - 1].files.append(file)
        runs[runs.count - 1].bytes += file.size
      } else {
        if !runs.isEmpty { most = max(least, left / (partOfRest * lanes)) }
        runs.append(([file], file.size))
      }
      left -= file.size
    }
    return runs.enumerated()
      .sorted { ($1.element.bytes, $0.offset) < ($0.element.bytes, $1.offset) }.map(\.element.files)
  }
}

/// What lanes can write to.
private protocol LaneMaker: Sendable {
  func makeLane() throws(IndexFailure) -> IndexLane
  func join(_ lane: IndexLane) throws(IndexFailure)
}

extension IndexBuilder: LaneMaker {}
extension IndexUpdate: LaneMaker {}

/// Times.
enum Clock {
  /// Nanoseconds since 1970.
  static func wall() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Seconds since some moment.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
