public import KBSchema
internal import Xapian

/// One lane of a build: turns documents' records into what the index holds of them.
public final class IndexLane {
  private var indexer: RecordIndexer
  private let sink: RunSink
  private var file: (path: String, documents: Int, subjects: Int)?
  private(set) var recordCount = 0
  private(set) var documentCount = 0
  private(set) var sampleIDs: [String] = []

  init(indexer: RecordIndexer, sink: RunSink) {
    self.indexer = indexer
    self.sink = sink
  }

  var statistics: [String: FieldStatistics] { indexer.statistics }

  /// The files that come now do not follow those before in the order of paths. Where lanes begin
  /// anew with each run of neighbours, what is built needs no sorting when it is searched.
  public func beginRun() throws(IndexFailure) {
    do {
      try closeFile()
      try sink.finish()
    } catch { throw .engine(error.message) }
  }

  /// Adds all sections of a document. The documents of one file come one after another.
  public func add(_ document: DocumentRecords) throws(IndexFailure) {
    do {
      if let open = file, !PathKey.same(open.path, document.path) { try closeFile() }
      try write(document)
    } catch { throw .engine(error.message) }
    documentCount += 1
    let subjects = (document.subjects.map(\.ordinal).max() ?? -1) + 1
    file = (
      document.path, (file?.documents ?? 0) + 1, max(file?.subjects ?? 0, subjects)
    )
  }

  private func write(_ document: DocumentRecords) throws(XapianError) {
    indexer.begin(document)
    for sheet in document.subjects {
      let key = IndexFormat.sheetKey(SubjectKey.of(path: document.path, subject: sheet.ordinal))
      var bytes = ByteWriter()
      bytes.sheet(sheet)
      try sink.setMetadata(key, bytes.bytes)
    }
    let sheets = Dictionary(
      document.subjects.map { ($0.ordinal, $0) }, uniquingKeysWith: { first, _ in first })
    let sections = SectionCounts(document)
    for record in document.records {
      let output = try indexer.index(
        record, sheet: sheets[record.subjectOrdinal], isAlone: sections.isAlone(record))
      for (number, chunk) in output.chunks.enumerated() {
        try sink.setMetadata(IndexFormat.chunkKey(id: output.id, number: number), chunk)
      }
      try sink.add(output.document, place: output.place, bytes: record.body.text.utf8.count)
      if recordCount % 1009 == 0 { sampleIDs.append(output.id) }
      recordCount += 1
    }
  }

  /// Notes what the last file consisted of.
  private func closeFile() throws(XapianError) {
    guard let file else { return }
    self.file = nil
    try sink.setMetadata(
      IndexFormat.fileKey(SubjectKey.of(path: file.path)),
      FileContents(documents: file.documents, subjects: file.subjects).encoded)
  }

  func close() throws(IndexFailure) {
    do {
      try closeFile()
      try sink.finish()
    } catch { throw .engine(error.message) }
  }
}

/// What a file consists of.
struct FileContents: Equatable {
  var documents: Int
  var subjects: Int

  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.count(documents)
    writer.count(subjects)
    return writer.bytes
  }

  init(documents: Int, subjects: Int) {
    self.documents = documents
    self.subjects = subjects
  }

  init(_ bytes: [UInt8]) throws(CodingFailure) {
    var reader = ByteReader(bytes)
    documents = try reader.count()
    subjects = try reader.count()
  }
}

/// How many sections each subject of a document has.
struct SectionCounts {
  private var sections: [Int: Int] = [:]

  init(_ document: DocumentRecords) {
    for record in document.records { sections[record.subjectOrdinal, default: 0] += 1 }
  }

  /// Whether no other section has its subject.
  func isAlone(_ record: Record) -> Bool { sections[record.subjectOrdinal] == 1 }
}

/// A run that is written, and the places of its first and last section.
struct WrittenRun: Sendable {
  var path: String
  var first: [UInt8] = []
  var last: [UInt8] = []
  /// Whether its sections are in the order of their places.
  var isInOrder = true

  mutating func note(place: [UInt8]) {
    if first.isEmpty { first = place }
    if !last.isEmpty, !last.lexicographicallyPrecedes(place) { isInOrder = false }
    last = place
  }

  /// Runs in the order of their sections; those without any at the end.
  static func ordered(_ runs: [WrittenRun]) -> [WrittenRun] {
    runs.filter { !$0.first.isEmpty }.sorted { $0.first.lexicographicallyPrecedes($1.first) }
      + runs.filter(\.first.isEmpty)
  }
}

/// Where the sections of one lane go: runs of a bounded size.
final class RunSink {
  /// Sections of a run, and bytes of their text: what stands in memory until it is written.
  private static let mostSections = 8000
  private static let mostBytes = 16 << 20

  private let folder: RunFolder
  private let written: (WrittenRun) -> Void
  private var run: Run?

  private final class Run {
    let writer: RunWriter
    var description: WrittenRun
    var sections = 0
    var bytes = 0

    init(_ folder: RunFolder) throws(XapianError) {
      description = WrittenRun(path: folder.newRun())
      writer = try folder.newWriter()
    }

    func write() throws(XapianError) { try writer.write(to: description.path) }
  }

  /// `written` takes over what was written in the folder.
  init(_ folder: RunFolder, written: @escaping (WrittenRun) -> Void) {
    self.folder = folder
    self.written = written
  }

  /// Adds a section, its place in the order of the corpus, and the size of its text.
  func add(
    _ document: consuming IndexDocument, place: [UInt8], bytes: Int
  ) throws(XapianError) {
    let run = try current()
    try run.writer.add(document)
    run.description.note(place: place)
    run.sections += 1
    run.bytes += bytes
  }

  func setMetadata(_ key: [UInt8], _ value: [UInt8]) throws(XapianError) {
    let run = try current()
    try run.writer.setMetadata(key, value)
    run.bytes += value.count
  }

  private func current() throws(XapianError) -> Run {
    if let run, run.sections < RunSink.mostSections, run.bytes < RunSink.mostBytes { return run }
    try finish()
    let next = try Run(folder)
    run = next
    return next
  }

  /// Writes out what is left. What comes now may have any place.
  func finish() throws(XapianError) {
    guard let done = run else { return }
    run = nil
    try done.write()
    written(done.description)
  }
}
