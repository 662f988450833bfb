internal import KBText

/// What a published generation consists of: names, sizes and checksums, so that a missing or
/// damaged file is told, never searched. Xapian itself opens a database with a table cut short.
struct Manifest: Equatable {
  /// A file of the generation.
  struct Entry: Equatable {
    var name: String
    var size: Int
    var checksum: UInt64
  }

  static let fileName = "manifest"
  private static let header = "kbsearch generation, format "

  var formatVersion: Int
  var entries: [Entry]

  /// The lines of the file.
  var text: String {
    var lines = ["\(Manifest.header)\(formatVersion)"]
    lines += entries.map { "\($0.size) \(Hash.hex($0.checksum)) \($0.name)" }
    return lines.joined(separator: "\n") + "\nend\n"
  }

  /// Reads the lines; nil if they are cut short or not a manifest.
  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, first.hasPrefix(Manifest.header), lines.count >= 3,
      lines[lines.count - 2] == "end", let version = Int(first.dropFirst(Manifest.header.count))
    else { return nil }
    formatVersion = version
    entries = []
    for line in lines[1..<(lines.count - 2)] {
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count == 3, let size = Int(parts[0]), let sum = UInt64(parts[1], radix: 16)
      else { return nil }
      entries.append(Entry(name: String(parts[2]), size: size, checksum: sum))
    }
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
        Entry(name: name, size: FileSystem.size(of: path) ?? 0, checksum: checksum))
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

  /// The first file that is missing or of another size, as a sentence; nil if all are there.
  func damage(in folder: String) -> String? {
    for entry in entries {
      guard let size = FileSystem.size(of: "\(folder)/\(entry.name)") else {
        return "\(entry.name) is missing"
      }
      if size != entry.size { return "\(entry.name) has \(size) bytes instead of \(entry.size)" }
    }
    return nil
  }

  /// The first file whose contents are not what was published, as a sentence.
  func corruption(in folder: String) throws(FileFailure) -> String? {
    if let damage = damage(in: folder) { return damage }
    for entry in entries where try Checksum.ofFile("\(folder)/\(entry.name)") != entry.checksum {
      return "\(entry.name) does not have the contents that were published"
    }
    return nil
  }
}
