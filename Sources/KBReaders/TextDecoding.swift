internal import CUchardet
internal import Glibc

/// Bytes of unknown encoding to text with `\n` as the end of every line.
enum TextDecoding {
  /// Text, and what is to be said of how it was found.
  struct Decoded {
    var text: String
    var warnings: [String] = []
  }

  /// By byte-order mark, as UTF-8, in the encoding that the file declares, else by a guess that is
  /// reported.
  static func decode(
    _ bytes: [UInt8], declared: String? = nil
  ) throws(ReadError) -> Decoded {
    for (mark, name) in marks where bytes.starts(with: mark) {
      guard let text = convert(Array(bytes.dropFirst(mark.count)), from: name) else {
        throw ReadError(reason: "it begins like \(name) but is not")
      }
      return Decoded(text: lineEnds(text))
    }
    if let text = String(validating: bytes, as: UTF8.self) {
      guard !isBinary(bytes) else { throw notText }
      return Decoded(text: lineEnds(text))
    }
    if let declared, !isBinary(bytes), let text = convert(bytes, from: declared) {
      return Decoded(text: lineEnds(text))
    }
    guard !isBinary(bytes), let name = guess(bytes), let text = convert(bytes, from: name) else {
      throw notText
    }
    return Decoded(
      text: lineEnds(text), warnings: ["its encoding is not UTF-8; it was guessed to be \(name)"])
  }

  private static let notText = ReadError(reason: "it is not text in any encoding")

  private static let marks: [([UInt8], String)] = [
    ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE, 0, 0], "UTF-32LE"),
    ([0, 0, 0xFE, 0xFF], "UTF-32BE"), ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
  ]

  /// NUL bytes, or more than one in fifty other controls, in the first 64 KiB.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(1 << 16).withUnsafeBytes { start in
      var controls = 0
      var index = 0
      while index < start.count {
        // Most runs of eight bytes have none that is below a blank.
        if index + 8 <= start.count,
          areBlankOrAbove(start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        {
          index += 8
          continue
        }
        let end = min(index + 8, start.count)
        for byte in start[index..<end] {
          if byte == 0 { return true }
          if byte < 0x20, !(byte >= 0x09 && byte <= 0x0D), byte != 0x1B { controls += 1 }
        }
        index = end
      }
      return controls * 50 > start.count
    }
  }

  /// Whether each of eight bytes is 0x20 or more.
  private static func areBlankOrAbove(_ bytes: UInt64) -> Bool {
    (bytes &- 0x2020_2020_2020_2020) & ~bytes & 0x8080_8080_8080_8080 == 0
  }

  private static func guess(_ bytes: [UInt8]) -> String? {
    let detector = uchardet_new()
    defer { uchardet_delete(detector) }
    let sample = bytes.prefix(1 << 20)
    let status = sample.withUnsafeBytes {
      uchardet_handle_data(detector, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    guard status == 0 else { return nil }
    uchardet_data_end(detector)
    guard let name = uchardet_get_charset(detector) else { return nil }
    let text = String(cString: name)
    return text.isEmpty ? nil : text
  }

  private static func convert(_ bytes: [UInt8], from name: String) -> String? {
    if name == "UTF-8" { return String(validating: bytes, as: UTF8.self) }
    let descriptor = iconv_open("UTF-8", name)
    guard Int(bitPattern: descriptor) != -1 else { return nil }
    defer { iconv_close(descriptor) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [UInt8](repeating: 0, count: bytes.count * 4 + 16)
    let written: Int? = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBytes { target -> Int? in
        var from = source.baseAddress
        var left = source.count
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var room = target.count
        let status = iconv(descriptor, &from, &left, &to, &room)
        return status == -1 ? nil : target.count - room
      }
    }
    guard let written else { return nil }
    return String(validating: output[..<written], as: UTF8.self)
  }

  /// CRLF and CR as LF.
  private static func lineEnds(_ text: String) -> String {
    let hasReturn = text.utf8.withContiguousStorageIfAvailable {
      $0.firstIndex(of: 0x0D, from: 0) != nil
    }
    guard hasReturn ?? text.utf8.contains(0x0D) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte == 0x0A, last == 0x0D {
        last = byte
        continue
      }
      bytes.append(byte == 0x0D ? 0x0A : byte)
      last = byte
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
