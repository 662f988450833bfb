internal import Glibc
internal import KBSchema

/// Why an index cannot be read or written, with what to do about it.
public enum IndexFailure: Error, Sendable, Equatable {
  /// There is none at this place.
  case missing(folder: String)
  /// It is damaged; the reason names the file.
  case damaged(folder: String, reason: String)
  /// It was written by another version of the program.
  case otherFormat(folder: String)
  /// The operating system refused.
  case unreadable(FileFailure)
  /// Another process writes it.
  case locked(folder: String)
  /// The engine failed.
  case engine(String)

  /// A stable name for programs.
  public var code: String {
    switch self {
    case .missing: "index-missing"
    case .damaged: "index-damaged"
    case .otherFormat: "rebuild-needed"
    case .unreadable: "index-unreadable"
    case .locked: "locked"
    case .engine: "engine"
    }
  }

  /// What happened and what to do, for people.
  public var message: String {
    switch self {
    case .missing(let folder):
      "there is no index in \(folder); make one with: kbsearch index"
    case .damaged(let folder, let reason):
      "the index in \(folder) is damaged: \(reason); build it anew with: kbsearch index --rebuild"
    case .otherFormat(let folder):
      "the index in \(folder) was written by another version of kbsearch; rebuild needed: "
        + "kbsearch index --rebuild"
    case .unreadable(let failure):
      failure.message
    case .locked(let folder):
      "another kbsearch is writing the index in \(folder); wait for it with --wait SECONDS"
    case .engine(let reason):
      "the search engine failed: \(reason)"
    }
  }
}

/// The generations of an index: complete, immutable builds in one folder, one of them current.
///
/// ```
/// index/
///   current            the name of the current generation, replaced by one rename
///   generation-000012/ manifest, files (what was indexed), statistics, db/ (the engine's)
///   building-…/        a build that is not finished; the next run removes it
///   lock               held by the one writer
/// ```
public struct Generations: Sendable {
  /// The folder of the index.
  public let folder: String

  /// The generations in a folder.
  public init(folder: String) { self.folder = folder }

  private static let currentName = "current"
  static let filesName = "files"
  static let statisticsName = "statistics"
  private static let namePrefix = "generation-"
  private static let buildPrefix = "building-"
  /// How many finished generations are kept.
  private static let kept = 2

  /// A published generation.
  public struct Published: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its folder.
    public var folder: String
    var databasePath: String { "\(folder)/db" }
    /// What was indexed, as the indexer noted it.
    public var filesPath: String { "\(folder)/\(Generations.filesName)" }
    var statisticsPath: String { "\(folder)/\(Generations.statisticsName)" }
  }

  /// The current generation, or one of that name, its files as they were published.
  public func current(named chosen: String? = nil) throws(IndexFailure) -> Published {
    let name: String
    if let chosen { name = chosen } else { name = try currentName() }
    guard isGenerationName(name) else {
      throw .missing(folder: "\(self.folder)/\(name)")
    }
    let folder = "\(folder)/\(name)"
    let manifest: Manifest
    do {
      manifest = try self.manifest(in: folder)
    } catch .damaged(let index, let reason) {
      throw .damaged(folder: index, reason: reason + other(than: name))
    }
    guard manifest.formatVersion == IndexFormat.version else {
      throw .otherFormat(folder: self.folder)
    }
    if let damage = manifest.damage(in: folder) {
      throw .damaged(folder: self.folder, reason: "\(name)/\(damage)\(other(than: name))")
    }
    return Published(name: name, folder: folder)
  }

  /// How to search an older generation that is whole, for the time being.
  private func other(than name: String) -> String {
    let others = FileSystem.names(in: folder).filter { isGenerationName($0) && $0 != name }
    for other in others.reversed() {
      let path = "\(folder)/\(other)"
      guard let manifest = try? manifest(in: path), manifest.damage(in: path) == nil,
        manifest.formatVersion == IndexFormat.version
      else { continue }
      return " (the one before still answers: --generation \(other))"
    }
    return ""
  }

  /// The name of the current generation, without a look at its files.
  public func currentName() throws(IndexFailure) -> String {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read("\(folder)/\(Generations.currentName)")
    } catch {
      if error.code == ENOENT || error.code == ENOTDIR { throw .missing(folder: folder) }
      throw .unreadable(error)
    }
    let name = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    guard isGenerationName(name) else {
      throw .damaged(folder: folder, reason: "the file that names the generation is not readable")
    }
    return name
  }

  /// Reads the manifest of a generation.
  func manifest(in generation: String) throws(IndexFailure) -> Manifest {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read("\(generation)/\(Manifest.fileName)")
    } catch {
      if error.code == ENOENT {
        throw .damaged(folder: folder, reason: "a generation or its manifest is missing")
      }
      throw .unreadable(error)
    }
    guard let manifest = Manifest(bytes) else {
      throw .damaged(folder: folder, reason: "the manifest is cut short or not readable")
    }
    return manifest
  }

  /// An empty folder for a new build.
  func beginBuild() throws(FileFailure) -> String {
    try FileSystem.makeDirectory(folder)
    let build = "\(folder)/\(Generations.buildPrefix)\(getpid())"
    try FileSystem.remove(build)
    try FileSystem.makeDirectory(build)
    return build
  }

  /// Seals a finished build with its manifest, gives it its number, and makes it current by one
  /// rename. Everything it consists of is on disk before that.
  func publish(_ build: String) throws(FileFailure) -> Published {
    let manifest = try Manifest.describing(build, formatVersion: IndexFormat.version)
    for entry in manifest.entries { try FileSystem.sync("\(build)/\(entry.name)") }
    try FileSystem.write(Array(manifest.text.utf8), to: "\(build)/\(Manifest.fileName)")
    if FileSystem.isDirectory("\(build)/db") { try FileSystem.syncDirectory("\(build)/db") }
    try FileSystem.syncDirectory(build)
    let name = nextName()
    try FileSystem.move(build, to: "\(folder)/\(name)")
    try FileSystem.syncDirectory(folder)
    try FileSystem.replace(
      "\(folder)/\(Generations.currentName)", with: Array("\(name)\n".utf8))
    return Published(name: name, folder: "\(folder)/\(name)")
  }

  /// Removes builds that were never finished and generations that are too old. Only the holder of
  /// the lock may call it.
  public func clean() throws(FileFailure) {
    let current = try? currentName()
    let names = FileSystem.names(in: folder)
    for name in names
    where name.hasPrefix(Generations.buildPrefix) || name.contains(".new-") {
      try FileSystem.remove("\(folder)/\(name)")
    }
    var finished = names.filter(isGenerationName)
    if let current, let index = finished.firstIndex(of: current) {
      for name in finished[(index + 1)...] { try FileSystem.remove("\(folder)/\(name)") }
      finished = Array(finished[...index])
    }
    for name in finished.dropLast(Generations.kept) {
      try FileSystem.remove("\(folder)/\(name)")
    }
  }

  private func nextName() -> String {
    let numbers = FileSystem.names(in: folder).filter(isGenerationName).compactMap {
      Int($0.dropFirst(Generations.namePrefix.count))
    }
    let digits = String((numbers.max() ?? 0) + 1)
    return Generations.namePrefix + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }

  private func isGenerationName(_ name: String) -> Bool {
    name.hasPrefix(Generations.namePrefix)
      && name.dropFirst(Generations.namePrefix.count).utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      && name.utf8.count > Generations.namePrefix.utf8.count
  }
}

/// The lock that one writer holds; the kernel releases it when the process ends, however it ends.
public struct WriterLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock, waiting at most `wait` seconds for another writer.
  public init(folder: String, wait: Double) throws(IndexFailure) {
    do { try FileSystem.makeDirectory(folder) } catch { throw .unreadable(error) }
    let path = "\(folder)/lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .unreadable(FileFailure(operation: "open", path: path, code: errno))
    }
    var left = wait
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      guard code == EWOULDBLOCK || code == EINTR else {
        close(descriptor)
        throw .unreadable(FileFailure(operation: "lock", path: path, code: code))
      }
      guard left > 0 else {
        close(descriptor)
        throw .locked(folder: folder)
      }
      usleep(50_000)
      left -= 0.05
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
