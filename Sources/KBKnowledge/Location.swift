internal import Glibc
internal import KBEngine

/// Where a knowledge base lies.
public struct Location: Sendable, Equatable {
  /// The folder that document paths are relative to.
  public var root: String
  /// `kbsearch.yaml`, nil where there is none and the preset applies.
  public var configuration: String?
  /// Folder of the index; nil where only the configuration knows it.
  public var index: String?
  /// Whether the index's folder was given, rather than found.
  public var isIndexGiven = false
  /// A folder given in place of what the configuration says is to be indexed.
  public var corpus: String?

  /// A place.
  public init(
    root: String, configuration: String? = nil, index: String? = nil, corpus: String? = nil
  ) {
    self.root = root
    self.configuration = configuration
    self.index = index
    self.corpus = corpus
  }

  /// Name of the configuration.
  public static let configurationName = "kbsearch.yaml"
  /// Folder of the index of a folder without a configuration.
  public static let defaultIndexName = ".kbsearch"
  /// The plain file beside the configuration that says where the index is, so that a search need
  /// not read the configuration.
  public static let pointerName = ".kbsearch-index"

  /// Why no knowledge base was found, and what to type.
  public struct NotFound: Error, Sendable, Equatable {
    /// For people.
    public var message: String
  }

  /// Places given on the command line.
  public struct Overrides: Sendable, Equatable {
    /// `--kb`.
    public var knowledgeBase: String?
    /// `--index`.
    public var index: String?
    /// `--corpus`.
    public var corpus: String?
    /// Folder to index, or a file of a knowledge base: `kbsearch index PATH`.
    public var folder: String?
    /// Whether documents are to be read: then a folder of an index is not enough.
    public var needsDocuments = false

    /// Overrides.
    public init(
      knowledgeBase: String? = nil, index: String? = nil, corpus: String? = nil,
      folder: String? = nil
    ) {
      self.knowledgeBase = knowledgeBase
      self.index = index
      self.corpus = corpus
      self.folder = folder
    }
  }

  /// Finds the knowledge base: by what is given, by `KBSEARCH_KB`, by the nearest folder upward
  /// that has a configuration or an index, then the user's default.
  public static func find(_ given: Overrides) throws(NotFound) -> Location {
    var location = try base(given)
    if let corpus = given.corpus {
      let folder = absolute(corpus)
      guard FileSystem.isDirectory(folder) else { throw missing(corpus) }
      location.corpus = folder
      if given.knowledgeBase == nil {
        // Where paths begin is the index's to say: `index DIR` and `index --corpus DIR` differ.
        location.root = given.needsDocuments ? FileSystem.parent(of: folder) : ""
        location.configuration = nil
        location.index = given.index == nil ? "\(folder)/\(defaultIndexName)" : nil
      }
    }
    if let index = given.index {
      location.index = absolute(index)
      location.isIndexGiven = true
    }
    return location
  }

  private static func base(_ given: Overrides) throws(NotFound) -> Location {
    if let folder = given.folder {
      let place = absolute(folder)
      if FileSystem.isDirectory(place) { return configured(above: place) ?? at(place) }
      guard FileSystem.exists(place) else { throw missing(folder) }
      if let near = nearest(above: FileSystem.parent(of: place)) { return near }
      throw NotFound(
        message: "\(folder) is a file of no knowledge base\nmake one of its folder with: "
          + "kbsearch index \(FileSystem.parent(of: place))")
    }
    if let chosen = given.knowledgeBase ?? environment("KBSEARCH_KB") {
      guard FileSystem.isDirectory(absolute(chosen)) else { throw missing(chosen) }
      return at(absolute(chosen))
    }
    if given.corpus != nil || (given.index != nil && !given.needsDocuments) {
      return Location(root: "", configuration: nil, index: nil, corpus: nil)
    }
    if let near = nearest(above: absolute(".")) { return near }
    if let folder = userDefault(), FileSystem.isDirectory(folder) { return at(folder) }
    throw NotFound(
      message: "no knowledge base here: neither this folder nor one above it has a "
        + "\(configurationName) or an index\nmake one of a folder of documents with: "
        + "kbsearch index DIR\nor name one with: --kb DIR")
  }

  private static func missing(_ folder: String) -> NotFound {
    NotFound(message: "there is no folder \(folder)")
  }

  /// The knowledge base whose root is `folder`.
  private static func at(_ folder: String) -> Location {
    let configuration = "\(folder)/\(configurationName)"
    guard FileSystem.exists(configuration) else {
      return Location(root: folder, index: "\(folder)/\(defaultIndexName)")
    }
    return Location(root: folder, configuration: configuration, index: pointed(from: folder))
  }

  private static func configured(above folder: String) -> Location? {
    for candidate in ancestors(of: folder)
    where FileSystem.exists("\(candidate)/\(configurationName)") {
      return at(candidate)
    }
    return nil
  }

  private static func nearest(above folder: String) -> Location? {
    for candidate in ancestors(of: folder) {
      if FileSystem.exists("\(candidate)/\(configurationName)")
        || FileSystem.exists("\(candidate)/\(defaultIndexName)/current")
      {
        return at(candidate)
      }
    }
    return nil
  }

  private static func ancestors(of folder: String) -> [String] {
    var result = [folder]
    while let last = result.last, last != "/", last != "." {
      result.append(FileSystem.parent(of: last))
    }
    return result
  }

  /// Where the pointer beside the configuration says the index is.
  private static func pointed(from root: String) -> String? {
    guard let bytes = try? FileSystem.read("\(root)/\(pointerName)") else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("index: ") }) else { return nil }
    return resolve(String(line.dropFirst(7)), from: root)
  }

  /// A path as the user wrote it, from a folder.
  static func resolve(_ path: String, from root: String) -> String {
    path.hasPrefix("/") ? path : "\(root)/\(path)"
  }

  /// A path from the current folder, without `.` and `..` parts or a slash at its end.
  public static func absolute(_ path: String) -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return "\(String(cString: here))/\(path)"
  }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return String(cString: value)
  }

  private static func userDefault() -> String? {
    if let data = environment("XDG_DATA_HOME") { return "\(data)/kbsearch" }
    return environment("HOME").map { "\($0)/.local/share/kbsearch" }
  }
}
