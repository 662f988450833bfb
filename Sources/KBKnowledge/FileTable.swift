internal import KBEngine
internal import KBSchema
internal import KBText

/// What the files were when a generation was built, to tell what has changed since.
struct FileTable: Equatable {
  /// One file.
  struct Entry: Equatable {
    var size: Int64
    /// Modification time in nanoseconds since 1970.
    var modified: Int64
    /// When it or what is known of it was last changed; nobody can set it back.
    var changed: Int64
    var inode: UInt64
    /// Hash of the contents, to tell a file that was only copied or moved about; 0 if unknown.
    var contents: UInt64
    /// Whether it was written so shortly before the run that a later write may bear the same time.
    var isRecent: Bool
    /// Why it could not be read, nil if it was: said again on every run.
    var failure: String?
  }

  /// What decides, besides the files, what an index holds: another one makes every file new.
  var fingerprint: Fingerprint
  /// The worker's answer to the question for the settings.
  var settings: [UInt8]
  var entries: [PathKey: Entry] = [:]
  /// Remarks of the runs that read the files.
  var warnings: [IndexReport.Remark] = []

  private static let version = 3

  /// Files that could not be read, with the reasons.
  var failures: [IndexReport.Remark] {
    entries.compactMap { path, entry in
      entry.failure.map { IndexReport.Remark(path: path.path, reason: $0) }
    }.sorted()
  }

  /// The bytes kept in the generation.
  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.count(FileTable.version)
    writer.list(fingerprint.parts) { writer, part in
      writer.string(part.name)
      writer.unsigned(part.hash)
    }
    writer.data(settings)
    writer.list(entries.sorted { $0.key < $1.key }) { writer, entry in
      writer.string(entry.key.path)
      writer.signed(entry.value.size)
      writer.signed(entry.value.modified)
      writer.signed(entry.value.changed)
      writer.unsigned(entry.value.inode)
      writer.unsigned(entry.value.contents)
      writer.flag(entry.value.isRecent)
      writer.optional(entry.value.failure) { $0.string($1) }
    }
    writer.list(warnings) { writer, remark in
      writer.string(remark.path)
      writer.string(remark.reason)
    }
    return writer.bytes
  }

  init(fingerprint: Fingerprint, settings: [UInt8] = []) {
    self.fingerprint = fingerprint
    self.settings = settings
  }

  /// Reads the bytes; fails for those of another version.
  init(_ bytes: [UInt8]) throws(CodingFailure) {
    var reader = ByteReader(bytes)
    guard try reader.count() == FileTable.version else {
      throw CodingFailure(reason: "the table of files is of another version")
    }
    let parts = try reader.list { inner throws(CodingFailure) in
      Fingerprint.Part(name: try inner.string(), hash: try inner.unsigned())
    }
    fingerprint = Fingerprint(parts: parts)
    settings = try reader.data()
    let count = try reader.count(limit: bytes.count)
    entries.reserveCapacity(count)
    for _ in 0..<count {
      let path = PathKey(try reader.string())
      entries[path] = Entry(
        size: try reader.signed(), modified: try reader.signed(), changed: try reader.signed(),
        inode: try reader.unsigned(), contents: try reader.unsigned(), isRecent: try reader.flag(),
        failure: try reader.optional { inner throws(CodingFailure) in try inner.string() })
    }
    warnings = try reader.list { inner throws(CodingFailure) in
      IndexReport.Remark(path: try inner.string(), reason: try inner.string())
    }
  }
}

/// What decides, besides the files, what an index holds, each part with the reason that people are
/// told when it differs.
struct Fingerprint: Equatable {
  /// A part.
  struct Part: Equatable {
    /// A sentence: what has changed if the hash differs.
    var name: String
    var hash: UInt64
  }

  var parts: [Part]

  /// The first part that differs from an earlier fingerprint, as a sentence.
  func difference(from earlier: Fingerprint) -> String? {
    for part in parts {
      guard let known = earlier.parts.first(where: { $0.name == part.name }),
        known.hash == part.hash
      else { return part.name }
    }
    return nil
  }
}

/// What a run has to do.
struct FileChanges {
  var added: [CorpusFile] = []
  var changed: [CorpusFile] = []
  /// Paths of files that are gone.
  var removed: [String] = []
  /// What is known of the files that need not be read.
  var unchanged: [PathKey: FileTable.Entry] = [:]

  /// All files, as if none had been there before.
  init(all files: [CorpusFile]) { added = files }

  var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
  var count: Int { added.count + changed.count + removed.count }

  /// Compares the files that are there with those of an earlier run: by size and time, and by
  /// contents where these lie. What was changed after `recentSince` may change again unseen.
  init(from earlier: FileTable, to files: [CorpusFile], recentSince: Int64) {
    unchanged = earlier.entries
    var met = 0
    for file in files {
      guard let index = unchanged.index(forKey: PathKey(file.path)) else {
        added.append(file)
        continue
      }
      met += 1
      let known = unchanged.values[index]
      guard FileChanges.isSame(known, file) else {
        changed.append(file)
        unchanged.remove(at: index)
        continue
      }
      let isRecent = known.isRecent && file.isRecent(since: recentSince)
      // To write anything copies the table.
      if (known.changed, known.inode, known.isRecent) != (file.changed, file.inode, isRecent) {
        unchanged.values[index].changed = file.changed
        unchanged.values[index].inode = file.inode
        unchanged.values[index].isRecent = isRecent
      }
    }
    if met < earlier.entries.count { remove(missing: earlier, from: files) }
  }

  /// Finds the files that are gone.
  private mutating func remove(missing earlier: FileTable, from files: [CorpusFile]) {
    let present = Set(files.lazy.map { PathKey($0.path) })
    let gone = earlier.entries.keys.filter { !present.contains($0) }.sorted()
    for path in gone { unchanged[path] = nil }
    removed = gone.map(\.path)
  }

  /// The modification time is indexed: a file that was touched is read again.
  private static func isSame(_ known: FileTable.Entry, _ file: CorpusFile) -> Bool {
    guard known.size == file.size, known.modified == file.modified else { return false }
    // One that nobody could open may be open now to another user, or on a disk that is back.
    if known.contents == 0 { return known.failure != nil && ContentsHash.of(file) == 0 }
    if known.changed == file.changed, known.inode == file.inode, !known.isRecent { return true }
    return ContentsHash.of(file) == known.contents
  }
}

/// Hashes of files' contents.
enum ContentsHash {
  /// XXH3 of the contents by pieces, never 0; 0 for a file that cannot be read.
  static func of(_ file: CorpusFile) -> UInt64 {
    guard let sum = try? FileSystem.checksum(location: file.location) else { return 0 }
    return sum == 0 ? 1 : sum
  }
}
