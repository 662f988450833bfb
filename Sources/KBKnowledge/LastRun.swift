internal import KBEngine
internal import KBIngest

/// What the run before left: the current generation with the table of its files.
struct LastRun {
  /// Name of the generation.
  var name: String
  var table: FileTable

  /// Why there is no index to go on with.
  struct Unusable: Error {
    var reason: String
  }

  /// What is current in the folder of an index.
  static func read(_ folder: String) -> Result<LastRun, Unusable> {
    do {
      let current = try Generations(folder: folder).current()
      let table = try FileTable(try FileSystem.read(current.filesPath))
      return .success(LastRun(name: current.name, table: table))
    } catch let failure as IndexFailure {
      return .failure(Unusable(reason: reason(failure)))
    } catch {
      return .failure(Unusable(reason: "the list of indexed files was not readable"))
    }
  }

  /// The same, where an earlier look at the folder need not be taken again: the generation that it
  /// found is still the current one.
  static func read(_ folder: String, known: LastRun?) -> Result<LastRun, Unusable> {
    if let known, (try? Generations(folder: folder).currentName()) == known.name {
      return .success(known)
    }
    return read(folder)
  }

  private static func reason(_ failure: IndexFailure) -> String {
    switch failure {
    case .missing: IndexReport.firstBuild
    case .otherFormat: "another version of kbsearch wrote the index"
    case .damaged(_, let reason): "the index was damaged: \(reason)"
    default: "the index was not readable: \(failure.message)"
    }
  }
}

/// What the configuration says, with the bytes that a generation keeps of it.
struct RunSettings {
  var ingest: IngestSettings
  /// The worker's answer to the question for them.
  var kept: [UInt8]

  /// What a worker answered just now.
  init(_ ingest: IngestSettings) {
    self.ingest = ingest
    kept = WorkerReply.configured(ingest).encoded
  }

  /// What a worker answered when a generation was built; nil where nothing is kept.
  init?(kept: [UInt8]) {
    guard case .configured(let ingest)? = try? WorkerReply.decode(kept) else { return nil }
    self.ingest = ingest
    self.kept = kept
  }
}
