internal import Glibc

/// A system call that failed, with what it was for.
public struct FileFailure: Error, Sendable, Equatable {
  /// What was attempted: "open", "rename".
  public var operation: String
  /// On which path.
  public var path: String
  /// `errno`.
  public var code: Int32

  /// A failure.
  public init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The sentence that people read.
  public var message: String {
    "cannot \(operation) \(path): \(String(cString: strerror(code)))"
  }
}

/// The few file operations that the index needs, each with a typed error.
public enum FileSystem {
  /// Whole contents of a file.
  public static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(operation: "open", path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    // One byte more than it has, so that its end is met; files of /proc say that they have none.
    let expected = fstat(descriptor, &status) == 0 ? Int(status.st_size) + 1 : 0
    var piece = max(512, expected)
    var result: [UInt8] = []
    while true {
      let part = try read(at: descriptor, atMost: piece, path)
      if part.isEmpty { return result }
      if result.isEmpty { result = part } else { result += part }
      piece = max(512, min(result.count, 1 << 16), expected - result.count)
    }
  }

  /// The next bytes of an open file; none at its end.
  private static func read(
    at descriptor: Int32, atMost most: Int, _ path: String
  ) throws(FileFailure) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
      var count = Glibc.read(descriptor, buffer.baseAddress, most)
      while count < 0, errno == EINTR {
        count = Glibc.read(descriptor, buffer.baseAddress, most)
      }
      if count < 0 { code = errno }
      filled = max(0, count)
    }
    guard code == 0 else { throw FileFailure(operation: "read", path: path, code: code) }
    return bytes
  }

  /// Writes a file through a temporary neighbour and one rename, each synced, so that a reader sees
  /// the old contents or the new, never a part.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    let temporary = "\(path).new-\(getpid())"
    try write(bytes, to: temporary)
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileFailure(operation: "rename a new version to", path: path, code: code)
    }
    try syncDirectory(parent(of: path))
  }

  /// Writes and syncs a file.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileFailure(operation: "create", path: path, code: errno) }
    defer { close(descriptor) }
    try write(bytes[...], to: descriptor, path)
    guard fsync(descriptor) == 0 else {
      throw FileFailure(operation: "sync", path: path, code: errno)
    }
  }

  private static func write(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String
  ) throws(FileFailure) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileFailure(operation: "write", path: path, code: errno) }
      offset += count
    }
  }

  /// Syncs a file that another part of the program wrote.
  public static func sync(_ path: String) throws(FileFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(operation: "open", path: path, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw FileFailure(operation: "sync", path: path, code: errno)
    }
  }

  /// Makes the entries of a directory durable.
  public static func syncDirectory(_ path: String) throws(FileFailure) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(operation: "open", path: path, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileFailure(operation: "sync", path: path, code: errno)
    }
  }

  /// Makes a directory and the ones above it.
  public static func makeDirectory(_ path: String) throws(FileFailure) {
    if mkdir(path, 0o755) == 0 || isDirectory(path) { return }
    let code = errno
    guard code == ENOENT, parent(of: path) != path else {
      throw FileFailure(operation: "make the folder", path: path, code: code)
    }
    try makeDirectory(parent(of: path))
    guard mkdir(path, 0o755) == 0 || isDirectory(path) else {
      throw FileFailure(operation: "make the folder", path: path, code: errno)
    }
  }

  /// Names in a directory, sorted; empty if it cannot be read.
  public static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var result: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { result.append(name) }
    }
    return result.sorted()
  }

  /// Removes a file, or a folder with all it holds. Symbolic links are removed, not followed.
  public static func remove(_ path: String) throws(FileFailure) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw FileFailure(operation: "remove", path: path, code: errno)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in names(in: path) { try remove("\(path)/\(name)") }
      guard rmdir(path) == 0 || errno == ENOENT else {
        throw FileFailure(operation: "remove", path: path, code: errno)
      }
    } else if unlink(path) != 0, errno != ENOENT {
      throw FileFailure(operation: "remove", path: path, code: errno)
    }
  }

  /// Renames.
  public static func move(_ from: String, to: String) throws(FileFailure) {
    guard rename(from, to) == 0 else {
      throw FileFailure(operation: "rename \(from) to", path: to, code: errno)
    }
  }

  /// A hash of a file's contents, read a piece at a time.
  public static func checksum(_ path: String) throws(FileFailure) -> UInt64 {
    try Checksum.ofFile(path)
  }

  /// The same of a regular file whose name has any bytes; links are not followed.
  public static func checksum(location: [UInt8]) throws(FileFailure) -> UInt64 {
    try Checksum.ofFile(location: location)
  }

  /// Size in bytes, nil if there is no such file.
  public static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Size in bytes and modification time in nanoseconds since 1970, nil if there is no such file.
  static func sizeAndTime(of path: String) -> (size: Int, modified: Int64)? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    return (Int(status.st_size), modified)
  }

  /// Modification time in nanoseconds since 1970, nil if there is no such file.
  public static func modified(_ path: String) -> Int64? {
    sizeAndTime(of: path)?.modified
  }

  /// Whether the path is a directory.
  public static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether anything is there.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether this process may write the file.
  static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// The folder that holds a path.
  public static func parent(of path: String) -> String {
    let bytes = Array(path.utf8)
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
  }
}
