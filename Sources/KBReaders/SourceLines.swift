internal import KBIngest
internal import KBSchema

/// The lines of a source text, to find where words stand in it.
struct SourceLines {
  /// Bytes of the text.
  let bytes: [UInt8]
  /// Where each line begins.
  let starts: [Int]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
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
    let line = line(number)
    let piece = Array(piece)
    guard !piece.isEmpty, line.count >= piece.count, column <= line.count - piece.count else {
      return nil
    }
    var at = line.startIndex + max(0, column)
    while at <= line.endIndex - piece.count {
      if line[at] == piece[0], line[at..<at + piece.count].elementsEqual(piece) {
        return at - line.startIndex
      }
      at += 1
    }
    return nil
  }
}
