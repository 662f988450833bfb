/// Questions about single bytes and places of UTF-8 text.
enum Bytes {
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= 0x61 && lower <= 0x7A
  }

  /// A letter, a digit, or a part of a character beyond ASCII.
  static func isWordByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte >= 0x80
  }

  /// A byte of a field's name: `ms.date`, `module_name`, `start-date`.
  static func isNameByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".")
  }

  /// The length of the white space character that begins at `index`; 0 where none does. Spaces of
  /// other scripts count: an input method writes U+3000, a web page U+00A0.
  static func spaceLength(_ bytes: [UInt8], at index: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x80 { return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) ? 1 : 0 }
    if byte == 0xC2, index + 1 < bytes.count {
      return bytes[index + 1] == 0xA0 || bytes[index + 1] == 0x85 ? 2 : 0
    }
    guard index + 2 < bytes.count else { return 0 }
    switch (byte, bytes[index + 1], bytes[index + 2]) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
      return 3
    default:
      return 0
    }
  }

  /// The text of a span.
  static func string(_ bytes: [UInt8], _ span: Range<Int>) -> String {
    String(decoding: bytes[span], as: UTF8.self)
  }

  /// A span with the spaces before it, or after it at the start of the text: what to take out.
  static func withSpace(_ bytes: [UInt8], _ span: Range<Int>) -> Range<Int> {
    var (start, end) = (span.lowerBound, span.upperBound)
    while start > 0, bytes[start - 1] == 0x20 { start -= 1 }
    if start == 0 { while end < bytes.count, bytes[end] == 0x20 { end += 1 } }
    return start..<end
  }

  /// ASCII upper case as lower case; other bytes as they are.
  static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }
}
