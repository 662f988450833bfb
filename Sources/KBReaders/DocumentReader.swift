public import KBIngest

/// A kind of file that can be read.
public enum DocumentFormat: String, Sendable, CaseIterable {
  case text, markdown

  /// The kind that the ending of a path's last name stands for; nil for other kinds.
  public static func ofPath(_ path: String) -> DocumentFormat? {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else {
      return nil
    }
    switch name[name.index(after: dot)...].lowercased() {
    case "md", "markdown", "mdown", "mkd": return .markdown
    case "txt", "text": return .text
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
  /// Reads a file's bytes.
  public static func read(
    bytes: [UInt8], path: String, format: DocumentFormat, modified: Int
  ) throws(ReadError) -> Document {
    let decoded = try TextDecoding.decode(bytes)
    var document: Document
    switch format {
    case .markdown: document = try MarkdownReader.read(decoded.text, path: path)
    case .text: document = PlainTextReader.read(decoded.text, path: path)
    }
    document.modified = modified
    document.warnings = decoded.warnings + document.warnings
    if decoded.text.utf8.allSatisfy({ $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }) {
      document.warnings.append("it is empty")
    }
    return document
  }
}
