/// Text with the places of its pieces in the file it was taken from.
public struct MarkedText: Sendable, Hashable {
  /// From `offset` on, the text stands in the file at `line` and `column`, up to the next mark.
  public struct Mark: Sendable, Hashable {
    /// UTF-8 offset in the text.
    public var offset: Int
    /// 1-based line in the file.
    public var line: Int
    /// UTF-8 bytes before it in that line.
    public var column: Int

    /// A mark.
    public init(offset: Int, line: Int, column: Int) {
      self.offset = offset
      self.line = line
      self.column = column
    }
  }

  /// The text.
  public var text: String
  /// Marks in ascending order of offset; the first has offset 0 unless the text is empty.
  public var marks: [Mark]

  /// Text with marks.
  public init(text: String = "", marks: [Mark] = []) {
    self.text = text
    self.marks = marks
  }

  /// Appends `piece`, which stands at `line` and `column` of the file.
  @inlinable
  public mutating func append(_ piece: some StringProtocol, line: Int, column: Int) {
    guard !piece.isEmpty else { return }
    marks.append(Mark(offset: text.utf8.count, line: line, column: column))
    text += piece
  }

  /// Appends another marked text.
  public mutating func append(_ other: MarkedText) {
    let base = text.utf8.count
    for mark in other.marks {
      marks.append(Mark(offset: mark.offset + base, line: mark.line, column: mark.column))
    }
    text += other.text
  }

  /// The 1-based line and the column (UTF-8 bytes) at which a byte of the text stands.
  public func place(at offset: Int) -> (line: Int, column: Int) {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return (marks.first?.line ?? 1, marks.first?.column ?? 0) }
    let mark = marks[low - 1]
    return (mark.line, mark.column + offset - mark.offset)
  }
}

/// What the index holds of one section: everything a hit shows but the values it inherits.
public struct Record: Sendable, Hashable {
  /// Path of the file, relative to the knowledge base's root.
  public var path: String
  /// `text`, `markdown`, `html`, …
  public var format: String
  /// Modification time of the file, seconds since 1970.
  public var modified: Int
  /// GitHub-style anchor, unique in the document.
  public var anchor: String
  /// Position among the document's sections, from 0.
  public var ordinal: Int
  /// Line of the heading (1-based); of the first text where there is none.
  public var line: Int
  /// Last line of the section's own text.
  public var endLine: Int
  /// Title of the document.
  public var document: String
  /// Name of the subject that the section belongs to.
  public var subject: String
  /// Number of the subject within the document; 0 is the document's own.
  public var subjectOrdinal: Int
  /// Headings from the document's first down to the section's own, as shown.
  public var headings: [String]
  /// How many of `headings`, from the front, are outside a nested subject: they are shown but not
  /// searched for this record. 0 for the document's own subject.
  public var foreignHeadings: Int
  /// The section's own text, headings left out.
  public var body: MarkedText
  /// The facts that the section's own text and heading state.
  public var facts: [Fact]
  /// Amounts of its text that are no values.
  public var ignored: [IgnoredAmount]

  /// A record.
  public init(
    path: String, format: String, modified: Int = 0, anchor: String, ordinal: Int, line: Int,
    endLine: Int, document: String, subject: String, subjectOrdinal: Int = 0,
    headings: [String], foreignHeadings: Int = 0, body: MarkedText, facts: [Fact] = [],
    ignored: [IgnoredAmount] = []
  ) {
    self.path = path
    self.format = format
    self.modified = modified
    self.anchor = anchor
    self.ordinal = ordinal
    self.line = line
    self.endLine = endLine
    self.document = document
    self.subject = subject
    self.subjectOrdinal = subjectOrdinal
    self.headings = headings
    self.foreignHeadings = foreignHeadings
    self.body = body
    self.facts = facts
    self.ignored = ignored
  }
}

extension Record {
  /// A value with what is to be known of its fact.
  public struct StatedValue: Sendable, Hashable {
    /// The value.
    public var value: Value
    /// Whether its fact speaks of another role.
    public var isForeign: Bool
  }

  /// The values that the section states, each once, in the order of its facts: a fact that
  /// borrows one of several intervals stands there once for each.
  public var statedValues: [StatedValue] {
    var seen: Set<StatedValue> = []
    return facts.flatMap { fact in
      fact.stated.map { StatedValue(value: $0, isForeign: fact.isForeign) }
    }.filter { seen.insert($0).inserted }
  }
}

/// What the sections of one subject inherit.
public struct SubjectSheet: Sendable, Hashable {
  /// A lifted fact.
  public struct Entry: Sendable, Hashable {
    /// Where an inherited value comes from.
    public enum Source: String, Sendable, Hashable {
      case subject, document
    }

    /// Ordinal of the section that states it; nil for front matter and other metadata.
    public var section: Int?
    /// `document` where it was declared for the whole document.
    public var source: Source
    /// The fact, with its values of inheriting fields only.
    public var fact: Fact

    /// An entry.
    public init(section: Int?, source: Source, fact: Fact) {
      self.section = section
      self.source = source
      self.fact = fact
    }
  }

  /// Number of the subject within its document.
  public var ordinal: Int
  /// Its name.
  public var name: String
  /// What its sections inherit, in document order, front matter first.
  public var entries: [Entry]
  /// Values that its sections state but that are not inherited; `scope:subject` sees them.
  /// One of each content.
  public var mentioned: [Value]

  /// A sheet.
  public init(ordinal: Int, name: String, entries: [Entry], mentioned: [Value] = []) {
    self.ordinal = ordinal
    self.name = name
    self.entries = entries
    self.mentioned = mentioned
  }
}

/// Everything ingest makes of one document: its records, and what they inherit.
public struct DocumentRecords: Sendable, Hashable {
  /// Path of the file, relative to the knowledge base's root.
  public var path: String
  /// The sections in the order of the file.
  public var records: [Record]
  /// One sheet a subject, in the order of their ordinals.
  public var subjects: [SubjectSheet]
  /// Remarks that are no failures: a guessed encoding, an empty file. Each names its reason.
  public var warnings: [String]

  /// A document's records.
  public init(
    path: String, records: [Record], subjects: [SubjectSheet], warnings: [String] = []
  ) {
    self.path = path
    self.records = records
    self.subjects = subjects
    self.warnings = warnings
  }

  /// Adds the records of another item of the same file, whose numbers differ.
  public mutating func append(_ other: DocumentRecords) {
    records += other.records
    subjects += other.subjects
    warnings += other.warnings
  }
}
