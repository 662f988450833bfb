internal import Glibc
public import KBEngine
internal import KBIngest
public import KBSchema

/// A folder of documents with its index: the door for programs that embed the search.
///
/// ```swift
/// let base = try KnowledgeBase(at: Location.find(.init()))
/// let searcher = try base.open()
/// let answer = try searcher.search(SearchRequest(query: "pytorch salary>150000", today: day))
/// ```
public struct KnowledgeBase: Sendable {
  /// Where it lies.
  public let location: Location

  /// A knowledge base at a place.
  public init(at location: Location) { self.location = location }

  /// Opens the current generation of its index, or an older one by its name.
  public func open(generation: String? = nil) throws(IndexFailure) -> Searcher {
    guard let index = location.index else { throw .missing(folder: location.root) }
    return try Searcher(
      folder: index, root: location.root.isEmpty ? nil : location.root, generation: generation)
  }

  /// How the index and the documents differ; nothing is written.
  public func compare(_ options: IndexOptions) throws(IndexRunFailure) -> CorpusDifference {
    try IndexRun(location, options) { _ in }.compare()
  }

  /// Reads all documents anew into a folder of its own and compares the digests. `scratch` is an
  /// empty folder that the caller removes.
  public func recompute(
    _ options: IndexOptions, scratch: String,
    onProgress: @escaping @Sendable (IndexProgress) -> Void = { _ in }
  ) throws(IndexRunFailure) -> (index: String, documents: String) {
    var fresh = location
    fresh.index = scratch
    fresh.isIndexGiven = true
    var options = options
    options.rebuilds = true
    _ = try IndexRun(fresh, options, onProgress: onProgress).run()
    do {
      let known = try open().digest()
      return (known, try Searcher(folder: scratch).digest())
    } catch { throw .index(error) }
  }

  /// Brings the index up to date.
  public func index(
    _ options: IndexOptions, onProgress: @escaping @Sendable (IndexProgress) -> Void = { _ in }
  ) throws(IndexRunFailure) -> IndexReport {
    try IndexRun(location, options, onProgress: onProgress).run()
  }

  /// What came of reading one file.
  public enum Inspection: Sendable, Equatable {
    /// Its records.
    case records(DocumentRecords)
    /// It could not be read, and why.
    case failed(String)
  }

  /// The records that ingest makes of a file, without indexing anything.
  public func inspect(
    file path: String, worker: String
  ) throws(IndexRunFailure) -> Inspection {
    let size = FileSystem.size(of: path) ?? 0
    let request = WorkerRequest.read(location: Array(path.utf8), path: shown(path))
    return try inspect(request, bytes: size, worker)
  }

  /// The records that ingest makes of bytes, called `name`.
  public func inspect(
    bytes: [UInt8], name: String, worker: String
  ) throws(IndexRunFailure) -> Inspection {
    try inspect(.readBytes(bytes, path: name), bytes: bytes.count, worker)
  }

  private func inspect(
    _ request: WorkerRequest, bytes: Int, _ worker: String
  ) throws(IndexRunFailure) -> Inspection {
    let process = WorkerProcess(executable: worker, configuration: location.configuration)
    do {
      _ = try process.settings()
      var whole: DocumentRecords?
      let result = try process.read(request, bytes: bytes) { document in
        whole?.append(document)
        whole = whole ?? document
      }
      switch result {
      case .read(let warnings):
        var records = whole ?? DocumentRecords(path: "", records: [], subjects: [])
        records.warnings += warnings
        return .records(records)
      case .failed(let reason): return .failed(reason)
      }
    } catch {
      if case .configuration(let lines) = error { throw .configuration(lines) }
      throw .worker(error.message)
    }
  }

  /// A path relative to the root, where it lies below it.
  private func shown(_ path: String) -> String {
    let absolute = Location.absolute(path)
    let root = location.root + "/"
    return absolute.hasPrefix(root) ? String(absolute.dropFirst(root.count)) : path
  }
}

/// Finds a program of the family: beside the running one, or in `libexec`.
public enum ProgramLocation {
  /// Its path; one that does not exist is reported when it is started.
  public static func find(_ name: String) -> String {
    let folder = FileSystem.parent(of: Location.absolute("/proc/self/exe"))
    let beside = "\(folder)/\(name)"
    if FileSystem.exists(beside) { return beside }
    let apart = "\(FileSystem.parent(of: folder))/libexec/kbsearch/\(name)"
    return FileSystem.exists(apart) ? apart : beside
  }
}

/// Finds the worker's executable: `KBSEARCH_EXTRACT`, beside the running program, or in `libexec`.
public enum WorkerLocation {
  /// Its path; a worker that does not exist is reported when it is started.
  public static func find() -> String {
    if let named = getenv("KBSEARCH_EXTRACT"), named[0] != 0 { return String(cString: named) }
    return ProgramLocation.find("kbsearch-extract")
  }
}
