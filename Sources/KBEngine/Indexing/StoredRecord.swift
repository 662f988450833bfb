internal import KBSchema

/// How a record rests in the index: all but its ignored amounts, a long text cut into chunks.
enum StoredRecord {
  /// Largest text of one section. Above it, ingest reports the file.
  static let longestText = 256 << 20

  /// The document data, and the pieces of a text longer than `chunkSize`.
  static func encode(_ record: Record, chunkSize: Int) -> (data: [UInt8], chunks: [[UInt8]]) {
    var record = record
    record.ignored = []
    guard record.body.text.utf8.count > chunkSize else {
      var writer = ByteWriter(capacity: record.body.text.utf8.count + 1024)
      writer.count(0)
      writer.record(record)
      return (writer.bytes, [])
    }
    let text = Array(record.body.text.utf8)
    record.body.text = ""
    let chunks = stride(from: 0, to: text.count, by: chunkSize).map {
      Array(text[$0..<min($0 + chunkSize, text.count)])
    }
    var writer = ByteWriter()
    writer.count(chunks.count)
    writer.record(record)
    return (writer.bytes, chunks)
  }

  /// How many pieces of a text stand beside the document data.
  static func chunkCount(_ data: [UInt8]) throws(CodingFailure) -> Int {
    var reader = ByteReader(data)
    return try reader.count(limit: 1 << 20)
  }

  /// The record of document data; `chunk` fetches a piece of a long text by its number.
  static func decode(
    _ data: [UInt8], chunk: (String, Int) -> [UInt8]
  ) throws(CodingFailure) -> Record {
    var reader = ByteReader(data)
    let chunks = try reader.count(limit: 1 << 20)
    var record = try reader.record()
    guard chunks > 0 else { return record }
    let id = SectionID.of(record)
    var text: [UInt8] = []
    for number in 0..<chunks { text += chunk(id, number) }
    record.body.text = String(decoding: text, as: UTF8.self)
    return record
  }
}
