/// Small questions that the cutting of text asks of UTF-8 bytes.
extension UInt8 {
  /// An ASCII blank, tab or line end.
  var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  /// An ASCII letter.
  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
  /// An ASCII digit.
  var isDigit: Bool { (0x30...0x39).contains(self) }
  /// An ASCII capital.
  var isCapital: Bool { (0x41...0x5A).contains(self) }
  /// An ASCII lower-case letter.
  var isSmall: Bool { (0x61...0x7A).contains(self) }
  /// The ASCII letter in lower case, any other byte unchanged.
  var lowered: UInt8 { isCapital ? self | 0x20 : self }
}

extension String {
  /// Bytes with ASCII letters in lower case.
  init(lowering bytes: ArraySlice<UInt8>) {
    self.init(unsafeUninitializedCapacity: bytes.count) { target in
      var count = 0
      for byte in bytes {
        target[count] = byte.lowered
        count += 1
      }
      return count
    }
  }
}

extension StringProtocol {
  /// Without ASCII white space at its ends.
  var trimmed: String {
    let bytes = Array(utf8)
    let range = (0..<bytes.count).trimmed(in: bytes)
    return range.count == bytes.count ? String(self) : String(decoding: bytes[range], as: UTF8.self)
  }
}

extension Range<Int> {
  /// The part of the range without ASCII white space at its ends.
  func trimmed(in bytes: [UInt8]) -> Range<Int> {
    var low = lowerBound
    var high = upperBound
    while low < high, bytes[low].isBlank { low += 1 }
    while high > low, bytes[high - 1].isBlank { high -= 1 }
    return low..<high
  }
}
