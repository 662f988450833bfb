internal import KBSchema
internal import KBText
internal import Xapian

/// What a database holds of files, file by file.
struct StoredFiles: ~Copyable {
  private let database: Database

  init(_ database: consuming Database) { self.database = database }

  /// Paths of all files with sections, in byte order.
  func paths() throws -> [String] {
    var paths: Set<PathKey> = []
    let prefix = IndexFormat.path("")
    for term in try database.terms(prefix: prefix, limit: .max).terms {
      if term.term.count <= IndexFormat.longestValue {
        paths.insert(
          PathKey(String(decoding: term.term.dropFirst(prefix.count), as: UTF8.self)))
        continue
      }
      // A shortened term: the record has the whole path.
      for number in try database.documents(with: term.term, limit: 1) {
        paths.insert(PathKey(try record(try database.data(of: [number])[0]).path))
      }
    }
    return paths.sorted().map(\.path)
  }

  /// A file's number in the order of paths; nil where it has no sections.
  func rank(of path: String) throws -> UInt32? {
    let found = try database.search(
      MatchRequest(
        query: .term(IndexFormat.path(path)), limit: 1, weighting: .boolean,
        valueSlots: [IndexFormat.placeSlot]))
    return found.matches.first.flatMap { SortKey.rank(ofPlace: $0.values[0]) }
  }

  /// Numbers of the documents of a file.
  func numbers(of path: String) throws(XapianError) -> [UInt32] {
    try database.documents(with: IndexFormat.path(path), limit: .max)
  }

  /// What was noted of a file; nil if nothing was.
  func contents(of path: String) throws -> FileContents? {
    let bytes = try database.metadata(IndexFormat.fileKey(SubjectKey.of(path: path)))
    return bytes.isEmpty ? nil : try FileContents(bytes)
  }

  /// Sections that are read at once.
  private static let page = 256

  /// Tells the values of a file, then each of its sections with the sheet of its subject, whether
  /// it is alone in it, and how many chunks its text has beside it. The text of chunks is left out.
  func visit(
    _ path: String, documents: (DocumentRecords) throws(XapianError) -> Void,
    records: (Record, SubjectSheet?, _ isAlone: Bool, _ chunks: Int) throws(XapianError) -> Void
  ) throws {
    let numbers = try database.documents(with: IndexFormat.path(path), limit: .max)
    let subjects = try contents(of: path)?.subjects ?? 0
    var sheets: [Int: SubjectSheet] = [:]
    for ordinal in 0..<subjects {
      if let sheet = try sheet(of: path, subject: ordinal) { sheets[ordinal] = sheet }
    }
    var sections: [Int: Int] = [:]
    for start in stride(from: 0, to: numbers.count, by: StoredFiles.page) {
      let page = Array(numbers[start..<min(start + StoredFiles.page, numbers.count)])
      let found = try database.data(of: page).map { try record($0) }.filter {
        PathKey.same($0.path, path)
      }
      for record in found { sections[record.subjectOrdinal, default: 0] += 1 }
      try documents(DocumentRecords(path: path, records: found, subjects: []))
    }
    let all = sheets.values.sorted { $0.ordinal < $1.ordinal }
    try documents(DocumentRecords(path: path, records: [], subjects: all))
    for start in stride(from: 0, to: numbers.count, by: StoredFiles.page) {
      let page = Array(numbers[start..<min(start + StoredFiles.page, numbers.count)])
      for data in try database.data(of: page) {
        let record = try record(data)
        guard PathKey.same(record.path, path) else { continue }
        try records(
          record, sheets[record.subjectOrdinal], sections[record.subjectOrdinal] == 1,
          try StoredRecord.chunkCount(data))
      }
    }
  }

  private func sheet(of path: String, subject: Int) throws -> SubjectSheet? {
    let key = IndexFormat.sheetKey(SubjectKey.of(path: path, subject: subject))
    let bytes = try database.metadata(key)
    guard !bytes.isEmpty else { return nil }
    var reader = ByteReader(bytes)
    return try reader.sheet()
  }

  private func record(_ data: [UInt8]) throws -> Record {
    try StoredRecord.decode(data) { _, _ in [] }
  }
}
