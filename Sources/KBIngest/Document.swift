public import KBSchema

/// One source file as its reader saw it: blocks in reading order, with their places.
public struct Document: Sendable, Hashable {
  /// A key of front matter or metadata, with its values.
  public struct Entry: Sendable, Hashable {
    /// A declared scalar: how it was written, and whether the format says that it is a string
    /// (quoted YAML), so that `"2024"` is not taken for a number.
    public struct Scalar: Sendable, Hashable {
      /// The value as written, quotes removed.
      public var text: String
      /// Whether the format marks it as a string.
      public var isQuoted: Bool
      /// 1-based line of the file.
      public var line: Int
      /// UTF-8 bytes within the line, half-open.
      public var columns: Range<Int>

      /// A scalar.
      public init(text: String, isQuoted: Bool = false, line: Int, columns: Range<Int>) {
        self.text = text
        self.isQuoted = isQuoted
        self.line = line
        self.columns = columns
      }
    }

    /// The key as written; nested keys are joined by dots (`author.name`).
    public var key: String
    /// Its values: one, or the items of a list.
    public var values: [Scalar]

    /// A key with values.
    public init(key: String, values: [Scalar]) {
      self.key = key
      self.values = values
    }
  }

  /// Path relative to the knowledge base's root.
  public var path: String
  /// `text`, `markdown`, …
  public var format: String
  /// Modification time, seconds since 1970.
  public var modified: Int
  /// A title that the format declares (front matter `title`, HTML `<title>`), else nil.
  public var declaredTitle: String?
  /// Front matter and metadata in the order of the file.
  public var metadata: [Entry]
  /// The text, block by block.
  public var blocks: [Block]
  /// Number of lines of the file.
  public var lineCount: Int
  /// Remarks that are no failures.
  public var warnings: [String]

  /// A document.
  public init(
    path: String, format: String, modified: Int = 0, declaredTitle: String? = nil,
    metadata: [Entry] = [], blocks: [Block], lineCount: Int, warnings: [String] = []
  ) {
    self.path = path
    self.format = format
    self.modified = modified
    self.declaredTitle = declaredTitle
    self.metadata = metadata
    self.blocks = blocks
    self.lineCount = lineCount
    self.warnings = warnings
  }
}

/// A piece of a document between two block boundaries.
public struct Block: Sendable, Hashable {
  /// What a block is.
  public enum Kind: Sendable, Hashable {
    /// A heading of level 1 to 6, with an id that the document gives it, if any.
    case heading(level: Int, id: String?)
    /// Running text.
    case paragraph
    /// An item of a list; depth 0 is the outermost list. Its own text only: nested items are
    /// blocks of their own.
    case listItem(depth: Int)
    /// A row of a table, its cells separated by ` | ` in the text. `cells` are UTF-8 ranges of the
    /// text; `columns` the names of the table's columns, empty without a header row. The header
    /// row itself is a row without column names.
    case tableRow(columns: [String], cells: [Range<Int>])
    /// Code, searchable but no source of values.
    case code(language: String)
    /// A term and what it means, or another labelled line.
    case definition(term: String)
  }

  /// Whether it is a heading.
  @inlinable
  public var isHeading: Bool {
    if case .heading = kind { return true }
    return false
  }

  /// What it is.
  public var kind: Kind
  /// Its text without markup, with the place of each piece.
  public var content: MarkedText
  /// First line (1-based).
  public var line: Int
  /// Last line.
  public var endLine: Int

  /// A block.
  public init(kind: Kind, content: MarkedText, line: Int, endLine: Int) {
    self.kind = kind
    self.content = content
    self.line = line
    self.endLine = endLine
  }
}
