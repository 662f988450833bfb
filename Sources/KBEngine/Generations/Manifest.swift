internal import KBText

/// What a published generation consists of: names, sizes, times and checksums, so that a missing or
/// damaged file is told, never searched. Xapian itself opens a database with a table cut short.
///
/// To open a generation costs one `stat` a file. A file of another time than the one noted was
/// written to, or is a copy: its checksum tells which.
struct Manifest: Equatable {
  /// A file of the generation.
  struct Entry: Equatable {
    var name: String
    var size: Int
    /// Modification time in nanoseconds since 1970.
    var modified: Int64
    var checksum: UInt64
  }

  static let fileName = "manifest"
  private static let header = "kbsearch generation, format "

  var formatVersion: Int
  var entries: [Entry]

  /// The lines of the file.
  var text: String {
    var lines = ["\(Manifest.header)\(formatVersion)"]
    lines += entries.map { "\($0.size) \($0.modified) \(Hash.hex($0.checksum)) \($0.name)" }
    return lines.joined(separator: "\n") + "\nend\n"
  }

  /// Reads the lines; nil if they are cut short or not a manifest.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let header = Manifest.header.utf8
    guard let first = lines.first, first.starts(with: header), lines.count >= 3,
      lines[lines.count - 2].elementsEqual("end".utf8),
      let version = Int(Manifest.text(first.dropFirst(header.count)))
    else { return nil }
    formatVersion = version
    entries = []
    for line in lines[1..<(lines.count - 2)] {
      let parts = line.split(separator: 0x20, maxSplits: 3).map(Manifest.text)
      guard parts.count == 4, let size = Int(parts[0]), let modified = Int64(parts[1]),
        let sum = UInt64(parts[2], radix: 16)
      else { return nil }
      entries.append(Entry(name: parts[3], size: size, modified: modified, checksum: sum))
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  init(formatVersion: Int, entries: [Entry]) {
    self.formatVersion = formatVersion
    self.entries = entries
  }

  /// Describes all files below `folder`, in order of their names.
  static func describing(_ folder: String, formatVersion: Int) throws(FileFailure) -> Manifest {
    var entries: [Entry] = []
    for name in fileNames(below: folder, prefix: "") where name != fileName {
      let path = "\(folder)/\(name)"
      let checksum = try Checksum.ofFile(path)
      entries.append(
        Entry(
          name: name, size: FileSystem.size(of: path) ?? 0,
          modified: FileSystem.modified(path) ?? 0, checksum: checksum))
    }
    return Manifest(formatVersion: formatVersion, entries: entries)
  }

  private static func fileNames(below folder: String, prefix: String) -> [String] {
    FileSystem.names(in: folder).flatMap { name in
      let path = "\(folder)/\(name)"
      guard FileSystem.isDirectory(path) else { return [prefix + name] }
      return fileNames(below: path, prefix: "\(prefix)\(name)/")
    }
  }

  /// The first file that is missing, of another size, or written to since, as a sentence; nil if all
  /// are as they were published.
  func damage(in folder: String) -> String? {
    for entry in entries {
      let path = "\(folder)/\(entry.name)"
      guard let (size, modified) = FileSystem.sizeAndTime(of: path) else {
        return "\(entry.name) is missing"
      }
      if size != entry.size { return "\(entry.name) has \(size) bytes instead of \(entry.size)" }
      if modified != entry.modified, let damage = corruption(of: entry, path) { return damage }
    }
    return nil
  }

  private func corruption(of entry: Entry, _ path: String) -> String? {
    do {
      if try Checksum.ofFile(path) == entry.checksum { return nil }
      return "\(entry.name) does not have the contents that were published"
    } catch { return error.message }
  }

  /// The first file whose contents are not what was published, as a sentence.
  func corruption(in folder: String) -> String? {
    if let damage = damage(in: folder) { return damage }
    for entry in entries {
      if let damage = corruption(of: entry, "\(folder)/\(entry.name)") { return damage }
    }
    return nil
  }
}
