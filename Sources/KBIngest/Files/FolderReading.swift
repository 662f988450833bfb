internal import Glibc

/// What an entry of a folder is.
enum EntryKind: Sendable {
  case file, folder, link, special
}

/// An entry of a folder with what the walk tells of files.
struct FolderEntry {
  var name: [UInt8]
  var kind: EntryKind
  var size = 0
  var modified = 0
  var nanoseconds = 0
  var changed: Int64 = 0
  var inode: UInt64 = 0
  var device: UInt64 = 0

  /// By name, folders as if `/` followed: so a walk in this order sorts whole paths by their bytes.
  static func precedes(_ a: FolderEntry, _ b: FolderEntry) -> Bool {
    let common = min(a.name.count, b.name.count)
    for index in 0..<common where a.name[index] != b.name[index] {
      return a.name[index] < b.name[index]
    }
    func next(_ entry: FolderEntry) -> UInt8 {
      entry.name.count > common ? entry.name[common] : entry.kind == .folder ? 0x2F : 0
    }
    return next(a) < next(b)
  }
}

/// An open folder, or the number of the error that kept it shut. Calls of the C library only.
enum FolderReading {
  /// Opens a folder below another; links are followed only where the caller named the path.
  static func open(_ name: [UInt8], in parent: Int32, followingLinks: Bool = false) -> Int32 {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK
    return withCString(name) {
      openat(parent, $0, followingLinks ? flags : flags | O_NOFOLLOW)
    }
  }

  /// The names in a folder, unsorted, without `.` and `..`; an error's number where reading fails.
  static func names(in folder: Int32) -> (names: [[UInt8]], error: Int32) {
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else {
      let error = errno
      if copy >= 0 { close(copy) }
      return ([], error)
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      if let name = name(of: entry) { names.append(name) }
      errno = 0
    }
    return (names, errno)
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8]? {
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
    let start = UnsafeRawPointer(entry) + offset
    let count = strlen(start.assumingMemoryBound(to: CChar.self))
    let name = [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    return name == [0x2E] || name == [0x2E, 0x2E] ? nil : name
  }

  /// An entry with its kind and stamps, nil (and `errno`) where it cannot be looked at.
  static func entry(
    _ name: [UInt8], in folder: Int32, followingLinks: Bool = false
  ) -> FolderEntry? {
    var status = stat()
    let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
    guard withCString(name, { fstatat(folder, $0, &status, flags) }) == 0 else { return nil }
    return FolderEntry(
      name: name, kind: kind(status.st_mode), size: Int(status.st_size),
      modified: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec),
      changed: Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec),
      inode: UInt64(status.st_ino), device: UInt64(status.st_dev))
  }

  private static func kind(_ mode: mode_t) -> EntryKind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .special
    }
  }

  /// The bytes of a small file, at most `limit`; nil where there is none to read.
  static func contents(_ name: [UInt8], in folder: Int32, limit: Int) -> [UInt8]? {
    let file = withCString(name) { openat(folder, $0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes = [UInt8](repeating: 0, count: min(limit, Int(status.st_size)))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        read(file, $0.baseAddress! + filled, $0.count - filled)
      }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  /// What an error's number means.
  static func reason(_ error: Int32) -> String {
    guard let text = strerror(error) else { return "error \(error)" }
    return String(cString: text)
  }

  static func withCString<R>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { body($0.baseAddress!) }
    }
  }
}
