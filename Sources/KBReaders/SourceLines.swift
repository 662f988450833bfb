internal import Glibc
internal import KBIngest
internal import KBSchema

/// The lines of a source text, to find where words stand in it.
struct SourceLines {
  /// Bytes of the text.
  let bytes: [UInt8]
  /// Where each line begins.
  let starts: [Int]

  init(_ text: String) { self.init(Array(text.utf8)) }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts: [Int] = []
    starts.reserveCapacity(bytes.count / 32 + 2)
    starts.append(0)
    bytes.withUnsafeBufferPointer { bytes in
      while let end = bytes.firstIndex(of: 0x0A, from: starts[starts.count - 1]) {
        starts.append(end + 1)
      }
    }
    if starts.count > 1, starts.last == bytes.count { starts.removeLast() }
    self.starts = starts
  }

  /// Number of lines.
  var count: Int { bytes.isEmpty ? 0 : starts.count }

  /// The bytes of a line (1-based), its end left out.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= starts.count else { return [] }
    let start = starts[number - 1]
    let end = number < starts.count ? starts[number] - 1 : bytes.count
    let slice = bytes[start..<max(start, end)]
    return slice.last == 0x0A ? slice.dropLast() : slice
  }

  /// The text of a line.
  func text(_ number: Int) -> String { String(decoding: line(number), as: UTF8.self) }

  /// Where `piece` first stands in a line, at or after a column; nil if it does not.
  func column(of piece: some Collection<UInt8>, in number: Int, from column: Int) -> Int? {
    line(number).withUnsafeBufferPointer { line in
      piece.withContiguousStorageIfAvailable { line.firstIndex(of: $0, from: max(0, column)) }
        ?? Array(piece).withUnsafeBufferPointer { line.firstIndex(of: $0, from: max(0, column)) }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a byte first stands at or after an index.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Where other bytes, one or more, first stand at or after an index.
  func firstIndex(of piece: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = baseAddress, let other = piece.baseAddress, !piece.isEmpty else { return nil }
    var start = start
    while let next = firstIndex(of: piece[0], from: start), next + piece.count <= count {
      if memcmp(base + next, other, piece.count) == 0 { return next }
      start = next + 1
    }
    return nil
  }
}
