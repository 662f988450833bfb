internal import KBIngest

/// A file to index.
struct CorpusFile: Equatable {
  /// Its path as the file system has it.
  var location: [UInt8]
  /// Its path relative to the root, as shown.
  var path: String
  var size: Int64
  /// Nanoseconds since 1970.
  var modified: Int64
  var inode: UInt64
}

/// What a walk of the corpus found.
struct CorpusWalk {
  var files: [CorpusFile]
  /// Files of other kinds, by the ending of their names.
  var otherKinds: [String: Int]
  var leftOut: [IndexReport.Remark]

  /// Walks folders in order.
  static func of(
    _ roots: [String], below root: String, _ settings: IngestSettings, leavingOut index: String
  ) -> CorpusWalk {
    CorpusWalk(files: [], otherKinds: [:], leftOut: [])
  }
}
