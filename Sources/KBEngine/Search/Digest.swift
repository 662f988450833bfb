internal import KBSchema
internal import KBText
internal import Xapian

extension Searcher {
  /// A digest of what the index says, whatever order and shards it was built in: fields with their
  /// types, and every section with its text, places and values. Sixteen hexadecimal digits.
  ///
  /// Modification times are no part of it, so that a fresh copy of the same documents agrees.
  public func digest() throws(IndexFailure) -> String {
    do {
      var hashes: [UInt64] = []
      hashes.reserveCapacity(sectionCount)
      let page = 512
      for start in stride(from: 1, through: sectionCount, by: page) {
        let numbers = (start..<min(start + page, sectionCount + 1)).map(UInt32.init)
        for data in try data(of: numbers) { hashes.append(try hash(record(data))) }
      }
      hashes.sort()
      var writer = ByteWriter()
      for field in schema.fields {
        writer.string(field.name)
        writer.string(field.type.rawValue)
        writer.string(field.unit ?? "")
      }
      for hash in hashes { writer.unsigned(hash) }
      return Hash.hex(Hash.of(writer.bytes))
    } catch { throw .engine(error.message) }
  }

  private func hash(_ record: Record) -> UInt64 {
    var record = record
    record.modified = 0
    var writer = ByteWriter()
    writer.record(record)
    return Hash.of(writer.bytes)
  }
}
