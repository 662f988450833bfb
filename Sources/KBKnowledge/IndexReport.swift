/// What a run of the indexer did.
public struct IndexReport: Sendable, Equatable {
  /// A file with what is to be said of it.
  public struct Remark: Sendable, Equatable, Comparable {
    /// Path relative to the root.
    public var path: String
    /// Why it could not be read, or what is odd about it.
    public var reason: String

    /// A remark.
    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    /// By path.
    public static func < (a: Remark, b: Remark) -> Bool { (a.path, a.reason) < (b.path, b.reason) }
  }

  /// Name of the generation that is current now; nil after a dry run.
  public var generation: String?
  /// Whether the index was up to date already, so that nothing was written.
  public var isUnchanged = false
  /// Why the whole index was built anew, as a sentence; nil where it was brought up to date.
  public var rebuildReason: String?
  /// The reason of the first build of an index.
  public static let firstBuild = "there was no index yet"
  /// Documents and sections in the index.
  public var documents = 0
  /// Sections in the index.
  public var sections = 0
  /// Files that are new, changed, or gone since the last run.
  public var added = 0
  /// Files that were there, and are not the same.
  public var changed = 0
  /// Files that are gone.
  public var removed = 0
  /// Files of a supported kind that could not be read.
  public var failures: [Remark] = []
  /// Remarks on files that were indexed all the same.
  public var warnings: [Remark] = []
  /// Files of other kinds, by the ending of their names.
  public var otherKinds: [String: Int] = [:]
  /// Folders that could not be listed, links that were not followed.
  public var leftOut: [Remark] = []
  /// How long it took.
  public var seconds = 0.0
  /// Folder of the index.
  public var indexFolder = ""
  /// Folders and files that were looked through.
  public var roots: [String] = []

  /// An empty report.
  public init() {}
}

/// How an index and the documents it was made of differ.
public struct CorpusDifference: Sendable, Equatable {
  /// Files that the index does not have.
  public var missing: [String] = []
  /// Files that have changed since they were indexed.
  public var stale: [String] = []
  /// Files that the index has and that are gone.
  public var extra: [String] = []
  /// Why the next run will build the index anew, if it will.
  public var rebuildReason: String?
  /// Files that could not be read when they were indexed.
  public var unreadable: [IndexReport.Remark] = []

  /// Whether the index is up to date.
  public var isNone: Bool {
    missing.isEmpty && stale.isEmpty && extra.isEmpty && rebuildReason == nil
  }
}

/// How far a run of the indexer is.
public struct IndexProgress: Sendable, Equatable {
  /// Files done and in all.
  public var done: Int
  /// Files in all.
  public var total: Int
  /// Seconds since the start.
  public var seconds: Double
}
