internal import Glibc

/// Walks the folders of a corpus in the order of their paths' bytes.
///
/// Links are not followed. A folder is held open while it is walked, and nothing is kept of the
/// files that were handed out, so memory does not grow with the corpus.
public struct FileWalker: Sendable {
  /// A file of a supported kind.
  public struct File: Sendable, Hashable {
    /// Path relative to the base, for people: bytes that are no UTF-8 are written `\xNN`.
    public var path: String
    /// The same path as the file system has it, to open the file.
    public var rawPath: [UInt8]
    /// The format that its ending stands for.
    public var format: String
    /// Bytes.
    public var size: Int
    /// Modification time, seconds since 1970.
    public var modified: Int
    /// Nanoseconds of the modification time within its second.
    public var nanoseconds: Int
    /// When the file or what is known of it was last changed, nanoseconds since 1970; unlike the
    /// modification time, nobody can set it back.
    public var changed: Int64
    /// Number of the file on its device.
    public var inode: UInt64
    /// The device.
    public var device: UInt64
  }

  /// A file or folder that could not be read.
  public struct Problem: Sendable, Hashable {
    /// Path relative to the base, as in `File`.
    public var path: String
    /// Why, in a phrase.
    public var reason: String

    /// A path with what is wrong about it.
    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  /// What a walk left out.
  public struct Summary: Sendable, Hashable {
    /// Files handed out.
    public var files = 0
    /// Folders and roots that could not be read.
    public var problems: [Problem] = []
    /// Files of kinds that no reader knows, by ending in lower case; `""` has none.
    public var otherKinds: [String: Int] = [:]
    /// Links, which are not followed.
    public var links = 0
    /// Pipes, sockets and devices.
    public var special = 0
    /// Hidden files and folders, each folder counted once.
    public var hidden = 0
    /// What `.gitignore` and `exclude` name, each folder counted once, and files that `include`
    /// does not name.
    public var ignored = 0
  }

  /// What to walk.
  public struct Options: Sendable {
    /// Files and folders to walk, relative to the base; `.` is the base itself. One that lies
    /// inside another is walked once.
    public var roots: [String]
    /// Patterns relative to the base: with any, only files that one of them (or a folder above
    /// the file) matches are taken.
    public var include: [Glob]
    /// Patterns of what is left out.
    public var exclude: [Glob]
    /// Whether names that begin with a full stop are taken too. `.git` and `.kbsearch` never are.
    public var takesHidden: Bool
    /// Whether what `.gitignore` names is taken too.
    public var takesIgnored: Bool
    /// Formats by ending, in lower case without the stop; `""` for files that have none.
    public var formats: [String: String]
    /// A folder relative to the base that is left out with all below it, and not counted: the index.
    public var skipped: String?

    /// A walk of all of the base.
    public init(
      roots: [String] = ["."], include: [Glob] = [], exclude: [Glob] = [],
      takesHidden: Bool = false, takesIgnored: Bool = false, formats: [String: String],
      skipped: String? = nil
    ) {
      self.roots = roots
      self.include = include
      self.exclude = exclude
      self.takesHidden = takesHidden
      self.takesIgnored = takesIgnored
      self.formats = formats
      self.skipped = skipped
    }
  }

  private let base: String
  private let options: Options

  /// A walker below `base`, a folder's path.
  public init(base: String, options: Options) {
    self.base = base
    self.options = options
  }

  /// Hands every file to `visit` in the order of the paths' bytes; what `visit` throws ends the walk.
  public func walk<Failure: Error>(
    _ visit: (File) throws(Failure) -> Void
  ) throws(Failure) -> Summary {
    var walk = Walk(base: base, options: options)
    try walk.run(visit)
    return walk.summary
  }

  /// A path as people read it: bytes that are no UTF-8 are written `\xNN`.
  public static func shown(_ rawPath: some Collection<UInt8>) -> String {
    if let text = String(validating: rawPath, as: UTF8.self) { return text }
    let bytes = Array(rawPath)
    var result = ""
    var index = 0
    while index < bytes.count {
      let part = (1...4).lazy.compactMap { length -> String? in
        guard index + length <= bytes.count else { return nil }
        return String(validating: bytes[index..<index + length], as: UTF8.self)
      }.first
      if let part { result += part } else { result += hex(bytes[index]) }
      index += part?.utf8.count ?? 1
    }
    return result
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return byte < 16 ? "\\x0\(digits)" : "\\x\(digits)"
  }
}

/// One walk in progress.
private struct Walk {
  private let base: String
  private let options: FileWalker.Options
  var summary = FileWalker.Summary()
  /// Rules of the folders above the current one, outermost first.
  private var rules: [IgnoreRules] = []
  private let skipped: [UInt8]?

  /// Folders deeper than this are reported, not walked: each holds an open file.
  private static let deepest = 200
  /// More endings than this are counted together.
  private static let mostKinds = 500
  private static let largestRules = 1 << 20

  init(base: String, options: FileWalker.Options) {
    self.base = base
    self.options = options
    skipped = options.skipped.map(Walk.normalised)
  }

  // MARK: Roots

  mutating func run<Failure: Error>(
    _ visit: (FileWalker.File) throws(Failure) -> Void
  ) throws(Failure) {
    let folder = FolderReading.open(Array(base.utf8), in: AT_FDCWD, followingLinks: true)
    guard folder >= 0 else {
      return report(Array(base.utf8), FolderReading.reason(errno))
    }
    defer { close(folder) }
    let above = options.takesIgnored ? [] : OuterRules.above(base)
    for root in roots(in: folder) {
      rules = above
      try walk(root: root, in: folder, visit)
    }
  }

  /// The roots in order, none inside another. Links that the caller names are followed.
  private mutating func roots(in folder: Int32) -> [FolderEntry] {
    var found: [FolderEntry] = []
    for root in options.roots {
      let path = Walk.normalised(root)
      if let entry = FolderReading.entry(
        path.isEmpty ? [0x2E] : path, in: folder, followingLinks: true)
      {
        var entry = entry
        entry.name = path
        found.append(entry)
      } else {
        report(path, FolderReading.reason(errno))
      }
    }
    var names: Set<[UInt8]> = []
    let distinct = found.filter { names.insert($0.name).inserted }
    return distinct.filter { root in !distinct.contains { Walk.contains($0.name, root.name) } }
      .sorted(by: FolderEntry.precedes)
  }

  private static func contains(_ outer: [UInt8], _ inner: [UInt8]) -> Bool {
    outer != inner && (outer.isEmpty || inner.starts(with: outer + [0x2F]))
  }

  /// Without `.`, doubled slashes and one at the end; empty for the base itself.
  private static func normalised(_ path: String) -> [UInt8] {
    let isAbsolute = path.utf8.first == 0x2F
    let names = path.utf8.split(separator: 0x2F).filter { !$0.elementsEqual([0x2E]) }
    let joined = Array(names.joined(separator: [0x2F]))
    return isAbsolute ? [0x2F] + joined : joined
  }

  private mutating func walk<Failure: Error>(
    root: FolderEntry, in base: Int32, _ visit: (FileWalker.File) throws(Failure) -> Void
  ) throws(Failure) {
    switch root.kind {
    case .file: try offer(root, path: root.name, isIncluded: false, visit)
    case .link: summary.links += 1
    case .special: summary.special += 1
    case .folder:
      let folder = FolderReading.open(
        root.name.isEmpty ? [0x2E] : root.name, in: base, followingLinks: true)
      guard folder >= 0 else { return report(root.name, FolderReading.reason(errno)) }
      defer { close(folder) }
      enterFoldersAbove(root.name, in: base)
      let isIncluded = isNamed(by: options.include, foldersOf: root.name)
      try walk(folder, path: root.name, depth: 0, isIncluded: isIncluded, visit)
    }
  }

  /// Whether a pattern names a folder of a path.
  private func isNamed(by globs: [Glob], foldersOf path: [UInt8]) -> Bool {
    path.indices.contains { index in
      (index == path.count - 1 || path[index + 1] == 0x2F)
        && globs.contains { $0.matches(path[...index], isFolder: true) }
    }
  }

  /// Takes the rules of the base and of the folders between it and a root.
  private mutating func enterFoldersAbove(_ root: [UInt8], in base: Int32) {
    guard !options.takesIgnored, !root.isEmpty, root.first != 0x2F else { return }
    var prefix: [UInt8] = []
    addRules(of: base, outside: 0)
    for name in root.split(separator: 0x2F).dropLast() {
      prefix += name + [0x2F]
      let folder = FolderReading.open(prefix, in: base, followingLinks: true)
      guard folder >= 0 else { continue }
      addRules(of: folder, outside: prefix.count)
      close(folder)
    }
  }

  /// Adds a folder's `.gitignore`; false where it has none.
  @discardableResult
  private mutating func addRules(of folder: Int32, outside: Int) -> Bool {
    let name = Array(".gitignore".utf8)
    guard
      let text = FolderReading.contents(name, in: folder, limit: Walk.largestRules)
    else { return false }
    let own = IgnoreRules(text, outside: outside)
    if !own.isEmpty { rules.append(own) }
    return !own.isEmpty
  }

  // MARK: Folders

  private mutating func walk<Failure: Error>(
    _ folder: Int32, path: [UInt8], depth: Int, isIncluded: Bool,
    _ visit: (FileWalker.File) throws(Failure) -> Void
  ) throws(Failure) {
    let (names, error) = FolderReading.names(in: folder)
    if error != 0 { report(path, FolderReading.reason(error)) }
    let prefix = path.isEmpty ? [] : path + [0x2F]
    let hasRules =
      !options.takesIgnored && names.contains(Array(".gitignore".utf8))
      && addRules(of: folder, outside: prefix.count)
    defer { if hasRules { rules.removeLast() } }
    for entry in entries(names, in: folder, prefix: prefix) {
      let own = prefix + entry.name
      switch entry.kind {
      case .file: try offer(entry, path: own, isIncluded: isIncluded, visit)
      case .link: summary.links += 1
      case .special: summary.special += 1
      case .folder:
        guard own != skipped, !isLeftOut(own, isFolder: true) else { continue }
        let named = isIncluded || options.include.contains { $0.matches(own[...], isFolder: true) }
        try descend(entry, in: folder, path: own, depth: depth + 1, isIncluded: named, visit)
      }
    }
  }

  private mutating func descend<Failure: Error>(
    _ entry: FolderEntry, in parent: Int32, path: [UInt8], depth: Int, isIncluded: Bool,
    _ visit: (FileWalker.File) throws(Failure) -> Void
  ) throws(Failure) {
    guard depth <= Walk.deepest else {
      return report(path, "more than \(Walk.deepest) folders deep")
    }
    let folder = FolderReading.open(entry.name, in: parent)
    guard folder >= 0 else { return report(path, FolderReading.reason(errno)) }
    defer { close(folder) }
    try walk(folder, path: path, depth: depth, isIncluded: isIncluded, visit)
  }

  /// The entries of a folder that are not hidden, in order.
  private mutating func entries(
    _ names: [[UInt8]], in folder: Int32, prefix: [UInt8]
  ) -> [FolderEntry] {
    var entries: [FolderEntry] = []
    entries.reserveCapacity(names.count)
    for name in names where !isHidden(name) {
      if let entry = FolderReading.entry(name, in: folder) {
        entries.append(entry)
      } else if errno != ENOENT {
        report(prefix + name, FolderReading.reason(errno))
      }
    }
    entries.sort(by: FolderEntry.precedes)
    return entries
  }

  private static let never: Set<[UInt8]> = [Array(".git".utf8), Array(".kbsearch".utf8)]

  private mutating func isHidden(_ name: [UInt8]) -> Bool {
    guard name.first == 0x2E, !options.takesHidden || Walk.never.contains(name) else {
      return false
    }
    summary.hidden += 1
    return true
  }

  /// Whether `exclude` or `.gitignore` names a path; the innermost rule decides.
  private mutating func isLeftOut(_ path: [UInt8], isFolder: Bool) -> Bool {
    let isOut =
      options.exclude.contains { $0.matches(path[...], isFolder: isFolder) }
      || rules.reversed().lazy.compactMap { $0.verdict(path, isFolder: isFolder) }.first ?? false
    if isOut { summary.ignored += 1 }
    return isOut
  }

  // MARK: Files

  private mutating func offer<Failure: Error>(
    _ entry: FolderEntry, path: [UInt8], isIncluded: Bool,
    _ visit: (FileWalker.File) throws(Failure) -> Void
  ) throws(Failure) {
    guard !isLeftOut(path, isFolder: false) else { return }
    guard
      options.include.isEmpty || isIncluded
        || options.include.contains(where: { $0.matches(path[...], isFolder: false) })
    else {
      summary.ignored += 1
      return
    }
    let ending = Walk.ending(of: path[...].name)
    guard let format = options.formats[ending] else { return count(ending) }
    summary.files += 1
    try visit(
      FileWalker.File(
        path: FileWalker.shown(path), rawPath: path, format: format, size: entry.size,
        modified: entry.modified, nanoseconds: entry.nanoseconds, changed: entry.changed,
        inode: entry.inode,
        device: entry.device))
  }

  /// What follows the last full stop of a name, in lower case; a stop in front is none.
  private static func ending(of name: ArraySlice<UInt8>) -> String {
    guard let stop = name.lastIndex(of: 0x2E), stop > name.startIndex else { return "" }
    return FileWalker.shown(name[(stop + 1)...].map(\.lowered))
  }

  private mutating func count(_ ending: String) {
    let isKnown = summary.otherKinds[ending] != nil || summary.otherKinds.count < Walk.mostKinds
    summary.otherKinds[isKnown ? ending : "…", default: 0] += 1
  }

  private mutating func report(_ path: [UInt8], _ reason: String) {
    let shown = path.isEmpty ? "." : FileWalker.shown(path)
    summary.problems.append(FileWalker.Problem(path: shown, reason: reason))
  }
}

/// The `.gitignore` files above the base, up to the top of its Git repository.
private enum OuterRules {
  static func above(_ base: String) -> [IgnoreRules] {
    guard let resolved = realpath(base, nil) else { return [] }
    defer { free(resolved) }
    let names = Array(String(cString: resolved).utf8).split(separator: 0x2F)
    guard let top = repository(names) else { return [] }
    return (top..<names.count).compactMap { depth in
      let prefix = names[depth...].joined(separator: [0x2F]) + [0x2F]
      return rules(in: path(names[..<depth]), prefix: Array(prefix))
    }
  }

  /// How many names of a path lead to the top of the repository that it lies in.
  private static func repository(_ names: [ArraySlice<UInt8>]) -> Int? {
    (0...names.count).reversed().first { depth in
      let git = path(names[..<depth]) + Array("/.git".utf8)
      return FolderReading.entry(git, in: AT_FDCWD) != nil
    }
  }

  private static func path(_ names: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
    names.isEmpty ? [0x2F] : [0x2F] + names.joined(separator: [0x2F])
  }

  private static func rules(in folder: [UInt8], prefix: [UInt8]) -> IgnoreRules? {
    let file = folder + Array("/.gitignore".utf8)
    guard let text = FolderReading.contents(file, in: AT_FDCWD, limit: 1 << 20) else { return nil }
    return IgnoreRules(text, prefix: prefix)
  }
}
