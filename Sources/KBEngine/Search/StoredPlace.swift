internal import KBSchema

extension StoredRecord {
  /// Where the section of document data stands; the rest of its record is not read.
  static func place(_ data: [UInt8]) throws(CodingFailure) -> (path: String, line: Int) {
    var reader = ByteReader(data)
    _ = try reader.count()
    return try reader.place()
  }
}
