/// Makes text from documents and queries harmless on a terminal.
public enum Visible {
  /// Signs that steer a terminal or turn the direction of text: C0 and C1 controls, DEL, the
  /// bidirectional overrides, line and paragraph separators, the byte-order mark.
  static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C, 0xFEFF:
      true
    default: false
    }
  }

  /// The text on one line: white space as single spaces, harmful signs as visible stand-ins.
  public static func line(_ text: some StringProtocol) -> String {
    isPlainLine(text) ? String(text) : rewritten(text, keepsLines: false)
  }

  /// Whether every sign is printable ASCII and every space stands alone between two others: then the
  /// text is its own line.
  private static func isPlainLine(_ text: some StringProtocol) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      var last: UInt8 = 0x20
      for byte in bytes {
        guard byte >= 0x20, byte < 0x7F, byte != 0x20 || last != 0x20 else { return false }
        last = byte
      }
      return last != 0x20
    } ?? false
  }

  /// The text with its line breaks and tabs, all other controls made visible.
  public static func text(_ text: some StringProtocol) -> String {
    rewritten(text, keepsLines: true)
  }

  /// The text with what is harmful made visible; its white space as it is, or as single spaces between
  /// the rest. By bytes: by signs it costs more than most of a search.
  private static func rewritten(_ text: some StringProtocol, keepsLines: Bool) -> String {
    var text = String(text)
    return text.withUTF8 { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count)
      var pendingSpace = false
      var place = 0
      while place < bytes.count {
        let byte = bytes[place]
        if !keepsLines, byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
          pendingSpace = !result.isEmpty
          place += 1
          continue
        }
        if pendingSpace { result.append(UInt8(ascii: " ")) }
        pendingSpace = false
        if byte >= 0x20 && byte < 0x7F || keepsLines && (byte == 0x0A || byte == 0x09) {
          result.append(byte)
          place += 1
        } else {
          place = append(signAt: place, of: bytes, to: &result)
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// Appends the sign that begins at a place, or what stands for a harmful one; returns where the next
  /// one begins.
  private static func append(
    signAt place: Int, of bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]
  ) -> Int {
    // The bytes are those of a string: whole signs.
    var value = UInt32(bytes[place])
    var end = place + 1
    if value >= 0x80 {
      value &= value >= 0xF0 ? 0x07 : value >= 0xE0 ? 0x0F : 0x1F
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 {
        value = value << 6 | UInt32(bytes[end] & 0x3F)
        end += 1
      }
    }
    guard let scalar = Unicode.Scalar(value), isHarmful(scalar) else {
      result.append(contentsOf: bytes[place..<end])
      return end
    }
    result.append(contentsOf: String(Character(standIn(for: scalar))).utf8)
    return end
  }

  /// What stands for a harmful sign.
  private static func standIn(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x00...0x1F: return Unicode.Scalar(0x2400 + scalar.value) ?? "?"
    case 0x7F: return "\u{2421}"
    default: return "\u{FFFD}"
    }
  }

  /// Columns that a text takes on a terminal: wide signs two, combining ones none.
  public static func width(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
  }

  static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
