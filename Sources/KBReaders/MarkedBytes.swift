internal import KBSchema

/// A text with places that is put together from bytes, and becomes a `String` once.
struct MarkedBytes {
  private var bytes: [UInt8] = []
  private var marks: [MarkedText.Mark] = []

  /// An empty text with room for so much.
  init(bytes count: Int = 256, marks markCount: Int = 8) {
    bytes.reserveCapacity(count)
    marks.reserveCapacity(markCount)
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// Appends `piece`, which stands at `line` and `column` of the file.
  mutating func append(_ piece: some Collection<UInt8>, line: Int, column: Int) {
    guard !piece.isEmpty else { return }
    marks.append(MarkedText.Mark(offset: bytes.count, line: line, column: column))
    bytes.append(contentsOf: piece)
  }

  /// Appends the end of a line.
  mutating func endLine() { bytes.append(0x0A) }

  /// What has been put together.
  var text: MarkedText {
    MarkedText(text: String(decoding: bytes, as: UTF8.self), marks: marks)
  }
}
