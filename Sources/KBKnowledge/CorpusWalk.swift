internal import KBIngest
internal import KBSchema

/// A file to index.
struct CorpusFile: Equatable {
  /// Its path as the file system has it.
  var location: [UInt8]
  /// Its path relative to the root, as shown.
  var path: String
  var size: Int64
  /// Nanoseconds since 1970.
  var modified: Int64
  /// When it or what is known of it was last changed; nanoseconds since 1970.
  var changed: Int64
  var inode: UInt64

  /// Whether it was last written so shortly before that moment, or after it, that a later write may
  /// leave the same times. Most file systems note times to the tick of the kernel's clock, others whole
  /// seconds, or every other one.
  func isRecent(since moment: Int64) -> Bool {
    let second: Int64 = 1_000_000_000
    let isFine = changed % second != 0 && modified % second != 0
    return max(modified, changed) >= moment - (isFine ? second / 10 : 2 * second)
  }
}

/// What a walk of the corpus found.
struct CorpusWalk {
  var files: [CorpusFile] = []
  /// Files of other kinds, by the ending of their names.
  var otherKinds: [String: Int] = [:]
  var leftOut: [IndexReport.Remark] = []
  /// Folders that could not be read.
  var failures: [IndexReport.Remark] = []

  /// Endings of the names of files that can be read, with their formats.
  static let formats = [
    "md": "markdown", "markdown": "markdown", "mdown": "markdown", "mkd": "markdown",
    "html": "html", "htm": "html", "xhtml": "html",
    "txt": "text", "text": "text",
    "jsonl": "jsonl", "ndjson": "jsonl", "csv": "csv", "tsv": "tsv", "tab": "tsv",
  ]

  /// Walks folders below a base, all but the folder of the index.
  static func of(
    _ roots: [String], below base: String, except index: String, _ settings: IngestSettings
  ) throws(Glob.Problem) -> CorpusWalk {
    var include: [Glob] = []
    for text in settings.include { include.append(try Glob(text)) }
    var exclude: [Glob] = []
    for text in settings.exclude { exclude.append(try Glob(text)) }
    let walker = FileWalker(
      base: base,
      options: FileWalker.Options(
        roots: roots, include: include, exclude: exclude, takesHidden: settings.takesHidden,
        takesIgnored: !settings.heedsGitignore, formats: formats,
        skipped: index.hasPrefix(base + "/") ? String(index.dropFirst(base.count + 1)) : index))
    var result = CorpusWalk()
    let prefix = Array(base.utf8) + [UInt8(ascii: "/")]
    let summary = walker.walk { file in
      result.files.append(
        CorpusFile(
          location: prefix + file.rawPath, path: file.path, size: Int64(file.size),
          modified: Int64(file.modified) * 1_000_000_000 + Int64(file.nanoseconds),
          changed: file.changed, inode: file.inode))
    }
    result.otherKinds = summary.otherKinds
    result.failures = summary.problems.map { .init(path: $0.path, reason: $0.reason) }
    result.refuseSharedPaths(prefix.count)
    if summary.links > 0 {
      let noun = summary.links == 1 ? "symbolic link" : "symbolic links"
      result.leftOut.append(
        .init(path: "\(summary.links) \(noun)", reason: "links are not followed"))
    }
    return result
  }

  /// A name with bytes that are no UTF-8 is shown with `\xNN` in their places, and so is one that has
  /// these signs: of two such files in a folder, one cannot be told from the other.
  private mutating func refuseSharedPaths(_ prefix: Int) {
    func isOdd(_ file: CorpusFile) -> Bool {
      var path = file.path
      return !path.withUTF8 { $0.elementsEqual(file.location[prefix...]) }
    }
    guard files.contains(where: isOdd) else { return }
    var paths = Set(files.lazy.filter { !isOdd($0) }.map { PathKey($0.path) })
    files.removeAll { file in
      guard isOdd(file), !paths.insert(PathKey(file.path)).inserted else { return false }
      failures.append(.init(path: file.path, reason: "another file is shown by the same name"))
      return true
    }
  }
}
