public import KBIngest

/// A kind of file that can be read.
public enum DocumentFormat: String, Sendable, CaseIterable {
  case text, markdown, html, jsonl, csv, tsv

  /// Whether a file of the kind holds many documents.
  public var holdsItems: Bool { self == .jsonl || self == .csv || self == .tsv }

  /// The kind that the ending of a path's last name stands for; nil for other kinds.
  public static func ofPath(_ path: String) -> DocumentFormat? {
    guard let name = path.utf8.split(separator: UInt8(ascii: "/")).last,
      let dot = name.lastIndex(of: UInt8(ascii: "."))
    else { return nil }
    switch Substring(name[name.index(after: dot)...]).lowercased() {
    case "md", "markdown", "mdown", "mkd": return .markdown
    case "html", "htm", "xhtml": return .html
    case "txt", "text": return .text
    case "jsonl", "ndjson": return .jsonl
    case "csv": return .csv
    case "tsv", "tab": return .tsv
    default: return nil
    }
  }
}

/// Why a file could not be read.
public struct ReadError: Error, Sendable, Equatable {
  /// For people, a phrase.
  public var reason: String

  /// A failure with its reason.
  public init(reason: String) { self.reason = reason }
}

/// Bytes of a file to its blocks.
public enum DocumentReader {
  /// Reads a file's bytes and hands over its documents in order: one, or one an item of a table.
  /// Returns what is to be said of the file as a whole.
  public static func forEach(
    bytes: [UInt8], path: String, format: DocumentFormat, modified: Int,
    _ body: (Document) -> Void
  ) throws(ReadError) -> [String] {
    guard format.holdsItems else {
      body(try read(bytes: bytes, path: path, format: format, modified: modified))
      return []
    }
    let decoded = try TextDecoding.decode(bytes)
    var documents = ItemDocuments(path: path, format: format.rawValue, modified: modified)
    var count = 0
    let take = { (item: Item) in
      guard let document = documents.next(item) else { return }
      count += 1
      body(document)
    }
    let remarks =
      format == .jsonl
      ? JSONLinesReader.read(decoded.text, take)
      : CSVReader.read(decoded.text, delimiter: format == .tsv ? 0x09 : nil, take)
    return decoded.warnings + remarks + (count == 0 ? ["it holds no items"] : [])
  }

  /// Reads the bytes of a file that is one document.
  public static func read(
    bytes: [UInt8], path: String, format: DocumentFormat, modified: Int
  ) throws(ReadError) -> Document {
    let named = format == .html ? HTMLCharset.declared(bytes) : nil
    let decoded = try TextDecoding.decode(bytes, declared: named)
    var document: Document
    switch format {
    case .markdown: document = try MarkdownReader.read(decoded.text, path: path)
    case .html: document = try HTMLReader.read(decoded.text, path: path)
    case .text: document = PlainTextReader.read(decoded.text, path: path)
    case .jsonl, .csv, .tsv:
      throw ReadError(reason: "it holds items, which are documents of their own")
    }
    document.modified = modified
    document.warnings = decoded.warnings + document.warnings
    if decoded.text.utf8.allSatisfy({ $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }) {
      document.warnings.append("it is empty")
    }
    return document
  }
}
