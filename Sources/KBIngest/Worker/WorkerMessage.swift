public import KBSchema

/// What the program asks of `kbsearch-extract`, the worker that reads untrusted files.
public enum WorkerRequest: Sendable, Equatable {
  /// Read the configuration; `path` is nil where there is none and the preset applies.
  case configure(path: String?)
  /// Make records of the file at `location` (bytes as the file system has them), called `path`.
  case read(location: [UInt8], path: String)
  /// Make records of bytes that come with the request: `inspect -`.
  case readBytes([UInt8], path: String)

  /// The bytes that cross the pipe.
  public var encoded: [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .configure(let path):
      writer.byte(0)
      writer.optional(path) { $0.string($1) }
    case .read(let location, let path):
      writer.byte(1)
      writer.list(location) { $0.byte($1) }
      writer.string(path)
    case .readBytes(let bytes, let path):
      writer.byte(2)
      writer.list(bytes) { $0.byte($1) }
      writer.string(path)
    }
    return writer.bytes
  }

  /// Reads the bytes of a request.
  public static func decode(_ bytes: [UInt8]) throws(CodingFailure) -> WorkerRequest {
    var reader = ByteReader(bytes)
    switch try reader.byte() {
    case 0:
      return .configure(
        path: try reader.optional { inner throws(CodingFailure) in try inner.string() })
    case 1:
      let location = try reader.list { inner throws(CodingFailure) in try inner.byte() }
      return .read(location: location, path: try reader.string())
    case 2:
      let bytes = try reader.list { inner throws(CodingFailure) in try inner.byte() }
      return .readBytes(bytes, path: try reader.string())
    case let kind: throw CodingFailure(reason: "there is no request of kind \(kind)")
    }
  }
}

/// Another name of a keyword value, as vocabularies know it.
public struct AliasEntry: Sendable, Equatable {
  /// Field of the value.
  public var field: String
  /// The other name.
  public var alias: String
  /// The name under which values are indexed.
  public var canonical: String

  /// An alias.
  public init(field: String, alias: String, canonical: String) {
    self.field = field
    self.alias = alias
    self.canonical = canonical
  }
}

/// What a configuration says, as far as the program beside the worker needs it.
public struct IngestSettings: Sendable, Equatable {
  /// Fields known beforehand, with currency and language.
  public var schema: Schema
  /// Folders and files to index, relative to the knowledge base's root.
  public var corpus: [String]
  /// Folder of the index, relative to the root; nil for the default place.
  public var index: String?
  /// Globs of paths to take; empty for all.
  public var include: [String]
  /// Globs of paths to leave out.
  public var exclude: [String]
  /// Whether hidden files are taken.
  public var takesHidden: Bool
  /// Whether `.gitignore` files are heeded.
  public var heedsGitignore: Bool
  /// Other names of keyword values.
  public var aliases: [AliasEntry]

  /// Settings.
  public init(
    schema: Schema = .careers, corpus: [String] = ["."], index: String? = nil,
    include: [String] = [], exclude: [String] = [], takesHidden: Bool = false,
    heedsGitignore: Bool = true, aliases: [AliasEntry] = []
  ) {
    self.schema = schema
    self.corpus = corpus
    self.index = index
    self.include = include
    self.exclude = exclude
    self.takesHidden = takesHidden
    self.heedsGitignore = heedsGitignore
    self.aliases = aliases
  }
}

/// Some of the documents of one file.
public struct RecordBatch: Sendable, Equatable {
  /// The documents in the order of the file: one, or one an item of a table.
  public var documents: [DocumentRecords]
  /// Remarks on the file as a whole.
  public var warnings: [String]
  /// Whether the file holds no more.
  public var isLast: Bool

  /// A batch.
  public init(documents: [DocumentRecords], warnings: [String] = [], isLast: Bool = true) {
    self.documents = documents
    self.warnings = warnings
    self.isLast = isLast
  }
}

/// What the worker answers.
public enum WorkerReply: Sendable, Equatable {
  /// The configuration was read.
  case configured(IngestSettings)
  /// The configuration is wrong: each problem as a line for people, with its place.
  case misconfigured([String])
  /// Records of a file, or a part of them: more replies follow until one is the last.
  case records(RecordBatch)
  /// The file could not be read, and why.
  case failed(reason: String)

  /// The bytes that cross the pipe.
  public var encoded: [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .configured(let settings):
      writer.byte(0)
      writer.settings(settings)
    case .misconfigured(let lines):
      writer.byte(1)
      writer.list(lines) { $0.string($1) }
    case .records(let batch):
      writer.byte(2)
      writer.list(batch.documents) { $0.document($1) }
      writer.list(batch.warnings) { $0.string($1) }
      writer.flag(batch.isLast)
    case .failed(let reason):
      writer.byte(3)
      writer.string(reason)
    }
    return writer.bytes
  }

  /// Reads the bytes of a reply. The worker may have been taken over by a hostile file: nothing in
  /// a reply is trusted beyond its shape.
  public static func decode(_ bytes: [UInt8]) throws(CodingFailure) -> WorkerReply {
    var reader = ByteReader(bytes)
    switch try reader.byte() {
    case 0: return .configured(try reader.settings())
    case 1:
      return .misconfigured(
        try reader.list { inner throws(CodingFailure) in try inner.string() })
    case 2:
      return .records(
        RecordBatch(
          documents: try reader.list { inner throws(CodingFailure) in try inner.document() },
          warnings: try reader.list { inner throws(CodingFailure) in try inner.string() },
          isLast: try reader.flag()))
    case 3: return .failed(reason: try reader.string())
    case let kind: throw CodingFailure(reason: "there is no reply of kind \(kind)")
    }
  }
}

extension ByteWriter {
  mutating func settings(_ settings: IngestSettings) {
    list(IndexSchema(schema: settings.schema).encoded) { $0.byte($1) }
    list(settings.corpus) { $0.string($1) }
    optional(settings.index) { $0.string($1) }
    list(settings.include) { $0.string($1) }
    list(settings.exclude) { $0.string($1) }
    flag(settings.takesHidden)
    flag(settings.heedsGitignore)
    list(settings.aliases) { writer, entry in
      writer.string(entry.field)
      writer.string(entry.alias)
      writer.string(entry.canonical)
    }
  }
}

extension ByteReader {
  mutating func settings() throws(CodingFailure) -> IngestSettings {
    let bytes = try list { inner throws(CodingFailure) in try inner.byte() }
    guard let schema = try IndexSchema.decode(bytes)?.schema else {
      throw CodingFailure(reason: "the worker speaks another version")
    }
    return IngestSettings(
      schema: schema, corpus: try strings(),
      index: try optional { inner throws(CodingFailure) in try inner.string() },
      include: try strings(), exclude: try strings(), takesHidden: try flag(),
      heedsGitignore: try flag(),
      aliases: try list { inner throws(CodingFailure) in
        AliasEntry(
          field: try inner.string(), alias: try inner.string(), canonical: try inner.string())
      })
  }

  private mutating func strings() throws(CodingFailure) -> [String] {
    try list { inner throws(CodingFailure) in try inner.string() }
  }
}
