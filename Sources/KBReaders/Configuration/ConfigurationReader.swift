internal import Glibc
public import KBIngest
internal import KBSchema
internal import Yams

/// What `kbsearch.yaml` says, ready to be used.
public struct Configuration: Sendable {
  /// What the program needs.
  public var settings: IngestSettings
  /// How values are read.
  public var reading: ValueReading
  /// What makes a subject of its own.
  public var subject: SubjectRule = .auto
}

/// Reads `kbsearch.yaml`. It is data: no key of it names a program to run.
public enum ConfigurationReader {
  /// The configuration at a path, or the defaults without one; and what is wrong with it, each
  /// problem with file, line and column.
  public static func read(path: String?) -> (Configuration, [String]) {
    guard let path else { return (ConfigurationParser(path: "", folder: "").configuration, []) }
    do {
      return parse(try TextFile.read(path), path: path)
    } catch {
      let parser = ConfigurationParser(path: "", folder: "")
      return (parser.configuration, ["\(shown(path)): \(error.reason)"])
    }
  }

  /// The configuration that a text states, as if it stood at a path: vocabularies are looked for
  /// beside it.
  public static func parse(_ text: String, path: String) -> (Configuration, [String]) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var parser = ConfigurationParser(path: shown(path), folder: folder)
    parser.read(text)
    return (parser.configuration, parser.problems)
  }

  /// A path as it opens from the current folder.
  private static func shown(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard getcwd(&buffer, buffer.count) != nil else { return path }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let here = String(decoding: bytes, as: UTF8.self) + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}

/// A text file of the user's own, read whole.
enum TextFile {
  private static let largest = 16 << 20

  /// Its text; a byte-order mark is left out.
  static func read(_ path: String) throws(ReadError) -> String {
    guard let file = fopen(path, "re") else {
      throw ReadError(reason: String(cString: strerror(errno)).lowercased())
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
      guard bytes.count < largest else { throw ReadError(reason: "it is too large") }
    }
    guard ferror(file) == 0 else { throw ReadError(reason: "it cannot be read") }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ReadError(reason: "it is not UTF-8")
    }
    return text
  }
}
