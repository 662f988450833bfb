internal import KBSchema
internal import KBText
internal import Xapian

extension Searcher {
  /// A digest of what the index says, whatever order and runs it was built in: fields with their
  /// types, and every section with its text, places and values. Sixteen hexadecimal digits.
  ///
  /// Modification times are no part of it, so that a fresh copy of the same documents agrees.
  public func digest() throws(IndexFailure) -> String {
    do {
      var hashes: [UInt64] = []
      hashes.reserveCapacity(sectionCount)
      let page = 512
      let all = try documents(with: [])
      var subjects: Set<[UInt8]> = []
      for start in stride(from: 0, to: all.count, by: page) {
        for data in try data(of: Array(all[start..<min(start + page, all.count)])) {
          let record = try record(data)
          hashes.append(hash(record))
          let key = SubjectKey.of(record)
          guard subjects.insert(key).inserted, let sheet = try sheet(key) else { continue }
          var writer = ByteWriter()
          writer.list(key) { $0.byte($1) }
          writer.sheet(sheet)
          hashes.append(Hash.of(writer.bytes))
        }
      }
      hashes.sort()
      var writer = ByteWriter()
      for field in schema.fields.sorted(by: { $0.name < $1.name }) {
        writer.string(field.name)
        writer.string(field.type.rawValue)
        writer.string(field.unit ?? "")
        writer.count(field.sectionCount)
        writer.list(field.conflicts) { inner, conflict in
          inner.string(conflict.reason)
          inner.list(conflict.examples) { $0.string($1) }
        }
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
