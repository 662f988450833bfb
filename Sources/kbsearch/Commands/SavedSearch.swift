import Glibc
import KBEngine
import KBSchema
import KBKnowledge

/// A query under a name, with what it found when it was last asked.
struct SavedSearch {
  /// A section that it found.
  struct Seen: Equatable {
    var id: String
    /// Of its headings, text and values.
    var hash: String
    var path: String
    var line: Int
    var headings: String
  }

  var name: String
  var query: String
  var matchesAny = false
  var isLiteral = false
  /// Whether it was asked before: the first time, everything is known.
  var isSeeded = false
  var seen: [Seen] = []

  init(name: String, query: String) {
    self.name = name
    self.query = query
  }

  /// Letters, digits, `-` and `_`: a name is a file's name too.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64 && !name.hasPrefix("-")
      && name.utf8.allSatisfy {
        ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39)
          || "-_".utf8.contains($0)
      }
  }

  func request(limit: Int) -> SearchRequest {
    SearchRequest(
      query: query, match: matchesAny ? .any : .all, isLiteral: isLiteral, limit: limit,
      today: Program.today)
  }

  /// FNV-1a (Fowler, Noll, Vo) of what a reader of the section sees; not of its place.
  static func hash(_ section: Searcher.Section) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01b3
    }
    for heading in section.record.headings { add(heading) }
    add(section.record.body.text)
    for value in section.values {
      add(value.value.field)
      add(value.value.provenance.text)
    }
    return String(hash, radix: 16)
  }

  // MARK: The file

  /// Lines of fields parted by tabs; no field has a tab or an end of line in it.
  var encoded: String {
    var lines = [
      "kbsearch saved query 1", "query\t\(SavedSearch.escaped(query))",
      "match\t\(matchesAny ? "any" : "all")", "literal\t\(isLiteral)", "seeded\t\(isSeeded)",
    ]
    lines += seen.map {
      [
        "seen", $0.id, $0.hash, SavedSearch.escaped($0.path), String($0.line),
        SavedSearch.escaped($0.headings),
      ].joined(separator: "\t")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// nil where the text is none.
  init?(name: String, encoded: String) {
    let lines = encoded.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "kbsearch saved query 1" else { return nil }
    self.init(name: name, query: "")
    for line in lines.dropFirst() {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch parts[0] {
      case "query" where parts.count == 2: query = SavedSearch.unescaped(parts[1])
      case "match" where parts.count == 2: matchesAny = parts[1] == "any"
      case "literal" where parts.count == 2: isLiteral = parts[1] == "true"
      case "seeded" where parts.count == 2: isSeeded = parts[1] == "true"
      case "seen" where parts.count == 6:
        seen.append(
          Seen(
            id: parts[1], hash: parts[2], path: SavedSearch.unescaped(parts[3]),
            line: Int(parts[4]) ?? 1, headings: SavedSearch.unescaped(parts[5])))
      case "" where parts.count == 1: continue
      default: return nil
      }
    }
    guard !query.isEmpty else { return nil }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var isEscape = false
    for scalar in text.unicodeScalars {
      if isEscape {
        switch scalar {
        case "t": result += "\t"
        case "n": result += "\n"
        case "r": result += "\r"
        default: result.unicodeScalars.append(scalar)
        }
        isEscape = false
      } else if scalar == "\\" {
        isEscape = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// The saved queries of a knowledge base: files of their own in the user's state folder, so that
/// they outlive the index.
struct SavedSearches {
  private let folder: String

  struct Failure: Error { var message: String }

  /// In `$XDG_STATE_HOME/kbsearch/saved`, a folder for each knowledge base by its root.
  init(of location: Location) throws(Failure) {
    let base: String
    if let state = Output.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      base = state
    } else if let home = Output.variable("HOME"), home.hasPrefix("/") {
      base = "\(home)/.local/state"
    } else {
      throw Failure(message: "saved queries need a home: neither XDG_STATE_HOME nor HOME is set")
    }
    let root = location.root.isEmpty ? location.index ?? "" : location.root
    folder = "\(base)/kbsearch/saved/\(SavedSearches.fileName(root))"
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
    guard access(folder, R_OK | X_OK) == 0 else {
      throw Failure(message: "cannot make \(folder): \(String(cString: strerror(errno)))")
    }
  }

  /// A path as one name: bytes that are no letters, digits or dots are percent escapes; what is too
  /// long ends in a checksum.
  private static func fileName(_ path: String) -> String {
    var name = ""
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in path.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      let isPlain =
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
        || byte == UInt8(ascii: "_")
      name += isPlain ? String(decoding: [byte], as: UTF8.self) : "%" + String(byte, radix: 16)
    }
    return name.utf8.count <= 180 ? name : "\(name.prefix(160))~\(String(hash, radix: 16))"
  }

  /// Runs `body` while no other process of the user changes saved queries.
  func locked(_ body: (SavedSearches) throws(Failure) -> ExitStatus) throws(Failure) -> ExitStatus {
    let lock = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw Failure(message: "cannot write \(folder): \(String(cString: strerror(errno)))")
    }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0, errno == EINTR {}
    return try body(self)
  }

  /// All of them, by name.
  func all() throws(Failure) -> [SavedSearch] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".query") { names.append(String(name.dropLast(6))) }
    }
    var result: [SavedSearch] = []
    for name in names.sorted() where SavedSearch.isName(name) {
      if let search = try read(name) { result.append(search) }
    }
    return result
  }

  /// One of them; nil where there is none.
  func read(_ name: String) throws(Failure) -> SavedSearch? {
    let path = "\(folder)/\(name).query"
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 {
      bytes += piece[..<count]
    }
    guard
      let search = SavedSearch(name: name, encoded: String(decoding: bytes, as: UTF8.self))
    else {
      throw Failure(
        message: "the saved query \(name) cannot be read: \(path) is damaged; kbsearch saved "
          + "remove \(name), then add it again")
    }
    return search
  }

  /// Writes one, whole or not at all.
  func write(_ search: SavedSearch) throws(Failure) {
    let path = "\(folder)/\(search.name).query"
    let text = Array(search.encoded.utf8)
    let file = open("\(path).new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Failure(message: "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    var offset = 0
    while offset < text.count {
      let count = text[offset...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      offset += count
    }
    let isWhole = offset == text.count && fsync(file) == 0
    close(file)
    guard isWhole, rename("\(path).new", path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink("\(path).new")
      throw Failure(message: "cannot write \(path): \(reason)")
    }
  }

  /// Removes one; false where there is none.
  func remove(_ name: String) throws(Failure) -> Bool {
    let path = "\(folder)/\(name).query"
    if unlink(path) == 0 { return true }
    if errno == ENOENT { return false }
    throw Failure(message: "cannot remove \(path): \(String(cString: strerror(errno)))")
  }
}
