import Glibc
import KBIngest

/// A folder of its own below the temporary folder, gone with the test.
final class WalkerTree {
  let path: String

  init() throws {
    var template = Array("/tmp/kbsearch-walk-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure(what: "mkdtemp") }
    path = String(cString: made)
  }

  deinit { WalkerTree.remove(Array(path.utf8)) }

  struct Failure: Error { var what: String }

  /// Writes a file, with the folders above it. Names are raw bytes.
  func write(_ name: [UInt8], _ text: String = "x") throws {
    let names = name.split(separator: 0x2F)
    for depth in names.indices.dropLast() {
      let folder = Array(names[...depth].joined(separator: [0x2F]))
      _ = bytes(folder) { mkdir($0, 0o755) }
    }
    let file = bytes(name) { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o644) }
    guard file >= 0 else { throw Failure(what: FileWalker.shown(name)) }
    defer { close(file) }
    let data = Array(text.utf8)
    guard Glibc.write(file, data, data.count) == data.count else { throw Failure(what: "write") }
  }

  func write(_ name: String, _ text: String = "x") throws { try write(Array(name.utf8), text) }

  func link(_ name: String, to target: String) { symlink(target, path + "/" + name) }

  private func bytes<R>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
    let whole = Array(path.utf8) + [0x2F] + name + [0]
    return whole.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { body($0.baseAddress!) }
  }

  /// Removes a tree without following links.
  private static func remove(_ path: [UInt8]) {
    let name = (path + [0]).map { CChar(bitPattern: $0) }
    guard let folder = opendir(name) else {
      unlink(name)
      return
    }
    var entries: [[UInt8]] = []
    while let entry = readdir(folder) {
      let text = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: UInt8.self, capacity: 256) {
          [UInt8](
            UnsafeBufferPointer(
              start: $0, count: strlen(UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))))
        }
      }
      if text != [0x2E] && text != [0x2E, 0x2E] { entries.append(text) }
    }
    closedir(folder)
    for entry in entries {
      let child = path + [0x2F] + entry
      var status = stat()
      lstat((child + [0]).map { CChar(bitPattern: $0) }, &status)
      if status.st_mode & S_IFMT == S_IFDIR {
        remove(child)
      } else {
        unlink((child + [0]).map { CChar(bitPattern: $0) })
      }
    }
    rmdir(name)
  }
}
