public import KBSchema
internal import Synchronization
internal import Xapian

/// One lane of a build: turns documents' records into what the index holds of them.
public final class IndexLane {
  /// Sections that are handed to the sink at once: a document of many does not stand in memory as a
  /// whole a second time.
  private static let batch = 256

  private var indexer: RecordIndexer
  private let sink: any RecordSink
  private var file: (path: String, documents: Int, subjects: Int)?
  private(set) var recordCount = 0
  private(set) var documentCount = 0
  private(set) var sampleIDs: [String] = []

  init(indexer: RecordIndexer, sink: any RecordSink) {
    self.indexer = indexer
    self.sink = sink
  }

  var statistics: [String: FieldStatistics] { indexer.statistics }

  /// The files that come now do not follow those before in the order of paths. Where lanes begin
  /// anew with each run of neighbours, what is built needs no sorting when it is searched.
  public func beginRun() throws(IndexFailure) {
    do {
      try closeFile()
      try sink.beginRun()
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
    try sink.take(sections: 0, bytes: 0) { database throws(XapianError) in
      for sheet in document.subjects {
        let key = IndexFormat.sheetKey(SubjectKey.of(path: document.path, subject: sheet.ordinal))
        var bytes = ByteWriter()
        bytes.sheet(sheet)
        try database.setMetadata(key, bytes.bytes)
      }
    }
    let sheets = Dictionary(
      document.subjects.map { ($0.ordinal, $0) }, uniquingKeysWith: { first, _ in first })
    let sections = SectionCounts(document)
    var batch: [RecordIndexer.Output] = []
    var bytes = 0
    for record in document.records {
      batch.append(
        try indexer.index(
          record, sheet: sheets[record.subjectOrdinal], isAlone: sections.isAlone(record)))
      bytes += record.body.text.utf8.count
      if batch.count == IndexLane.batch {
        try hand(batch, bytes)
        (batch, bytes) = ([], 0)
      }
    }
    try hand(batch, bytes)
  }

  private func hand(_ batch: [RecordIndexer.Output], _ bytes: Int) throws(XapianError) {
    guard !batch.isEmpty else { return }
    try sink.take(sections: batch.count, bytes: bytes) { database throws(XapianError) in
      for output in batch {
        for (number, chunk) in output.chunks.enumerated() {
          try database.setMetadata(IndexFormat.chunkKey(id: output.id, number: number), chunk)
        }
        try database.add(output.document)
      }
    }
    for output in batch { sink.note(place: output.place) }
    for output in batch {
      if recordCount % 1009 == 0 { sampleIDs.append(output.id) }
      recordCount += 1
    }
  }

  /// Notes what the last file consisted of.
  private func closeFile() throws(XapianError) {
    guard let file else { return }
    self.file = nil
    try sink.take(sections: 0, bytes: 0) { database throws(XapianError) in
      try database.setMetadata(
        IndexFormat.fileKey(SubjectKey.of(path: file.path)),
        FileContents(documents: file.documents, subjects: file.subjects).encoded)
    }
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

/// Where the sections of a lane go.
protocol RecordSink: AnyObject {
  /// Runs `body` with the database that is to take so many sections, with so many bytes of text.
  func take(
    sections: Int, bytes: Int, _ body: (borrowing WritableDatabase) throws(XapianError) -> Void
  ) throws(XapianError)

  /// Notes the place of a section that was added.
  func note(place: [UInt8])

  /// What comes now does not follow what came before.
  func beginRun() throws(XapianError)

  /// Writes out what is left.
  func finish() throws(XapianError)
}

/// A shard that is written, and the places of its first and last section.
struct WrittenShard: Sendable {
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
}

/// Private shards of a bounded size, for one lane.
final class ShardSink: RecordSink {
  /// Records a shard takes. Small shards stay in the processor's caches, and merging is cheap.
  private static let recordsPerShard = 1000
  /// Bytes of text a shard takes, for sections of unusual size.
  private static let bytesPerShard = 48 << 20

  private let newShard: () -> String
  private let written: (WrittenShard) -> Void
  private var shard: Shard?

  private final class Shard {
    let database: WritableDatabase
    var description: WrittenShard
    var records = 0
    var bytes = 0

    init(path: String) throws(XapianError) {
      description = WrittenShard(path: path)
      database = try WritableDatabase(path: path, options: [.create, .noSync])
    }
  }

  /// `newShard` names a folder for a shard, `written` takes it over.
  init(newShard: @escaping () -> String, written: @escaping (WrittenShard) -> Void) {
    self.newShard = newShard
    self.written = written
  }

  func note(place: [UInt8]) { shard?.description.note(place: place) }

  func beginRun() throws(XapianError) { try finish() }

  func take(
    sections: Int, bytes: Int, _ body: (borrowing WritableDatabase) throws(XapianError) -> Void
  ) throws(XapianError) {
    let shard = try current()
    try body(shard.database)
    shard.records += sections
    shard.bytes += bytes
  }

  private func current() throws(XapianError) -> Shard {
    if let shard, shard.records < ShardSink.recordsPerShard, shard.bytes < ShardSink.bytesPerShard {
      return shard
    }
    try finish()
    let next = try Shard(path: newShard())
    shard = next
    return next
  }

  func finish() throws(XapianError) {
    guard let done = shard else { return }
    try done.database.commit()
    shard = nil
    written(done.description)
  }
}

/// One database that all lanes write to, one at a time.
final class SharedSink: RecordSink, @unchecked Sendable {
  // Unchecked: `database` is used inside `pending`'s lock alone.
  private let database: WritableDatabase
  private let pending = Mutex((sections: 0, bytes: 0))

  /// Sections and bytes of text that are written out at once: what is not yet stands in memory.
  private static let mostSections = 4000
  private static let mostBytes = 48 << 20

  /// Opens a private copy of a database. Blocks are overwritten in place: it is checked before it is
  /// published, and removed where the run fails.
  init(path: String) throws(XapianError) {
    database = try WritableDatabase(path: path, options: [.noSync])
  }

  func note(place: [UInt8]) {}

  func beginRun() {}

  func take(
    sections: Int, bytes: Int, _ body: (borrowing WritableDatabase) throws(XapianError) -> Void
  ) throws(XapianError) {
    try pending.withLock { pending throws(XapianError) in
      try body(database)
      pending.sections += sections
      pending.bytes += bytes
      if pending.sections >= SharedSink.mostSections || pending.bytes >= SharedSink.mostBytes {
        try database.commit()
        pending = (0, 0)
      }
    }
  }

  func finish() throws(XapianError) {
    try pending.withLock { pending throws(XapianError) in
      try database.commit()
      pending = (0, 0)
    }
  }
}
