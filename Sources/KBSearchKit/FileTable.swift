internal import KBSchema

/// What the files were when a generation was built, to tell whether anything has changed.
struct FileTable: Equatable {
  /// One file.
  struct Entry: Equatable {
    var size: Int64
    /// Modification time in nanoseconds since 1970.
    var modified: Int64
    var inode: UInt64
    /// Why it could not be read, nil if it was: said again on every run.
    var failure: String?
  }

  /// A fingerprint of configuration and program: another one makes every file new.
  var fingerprint: [UInt8]
  var entries: [String: Entry] = [:]
  /// Remarks of the run that read the files.
  var warnings: [IndexReport.Remark] = []

  /// The bytes kept in the generation.
  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.list(fingerprint) { $0.byte($1) }
    writer.list(entries.sorted { $0.key < $1.key }) { writer, entry in
      writer.string(entry.key)
      writer.signed(entry.value.size)
      writer.signed(entry.value.modified)
      writer.unsigned(entry.value.inode)
      writer.optional(entry.value.failure) { $0.string($1) }
    }
    writer.list(warnings) { writer, remark in
      writer.string(remark.path)
      writer.string(remark.reason)
    }
    return writer.bytes
  }

  init(fingerprint: [UInt8]) { self.fingerprint = fingerprint }

  /// Reads the bytes.
  init(_ bytes: [UInt8]) throws(CodingFailure) {
    var reader = ByteReader(bytes)
    fingerprint = try reader.list { inner throws(CodingFailure) in try inner.byte() }
    let list = try reader.list { inner throws(CodingFailure) in
      (
        try inner.string(),
        Entry(
          size: try inner.signed(), modified: try inner.signed(), inode: try inner.unsigned(),
          failure: try inner.optional { deep throws(CodingFailure) in try deep.string() })
      )
    }
    entries = Dictionary(list, uniquingKeysWith: { first, _ in first })
    warnings = try reader.list { inner throws(CodingFailure) in
      IndexReport.Remark(path: try inner.string(), reason: try inner.string())
    }
  }

  /// How many files are new, changed and gone in `later`.
  func changes(to later: FileTable) -> (added: Int, changed: Int, removed: Int) {
    let isOther = fingerprint != later.fingerprint
    var added = 0
    var changed = 0
    for (path, entry) in later.entries {
      guard let known = entries[path] else {
        added += 1
        continue
      }
      if isOther || known.size != entry.size || known.modified != entry.modified
        || known.inode != entry.inode
      {
        changed += 1
      }
    }
    return (added, changed, entries.keys.filter { later.entries[$0] == nil }.count)
  }
}
