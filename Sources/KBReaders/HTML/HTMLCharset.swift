/// The encoding that an HTML file names in its first kilobytes.
enum HTMLCharset {
  /// A name that `iconv` knows, from `charset=` or the XML declaration's `encoding=`; nil without one.
  static func declared(_ bytes: [UInt8]) -> String? {
    let start = bytes.prefix(4096).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    for key in ["charset", "encoding"] {
      if let name = value(of: Array(key.utf8), in: start) { return canonical(name) }
    }
    return nil
  }

  private static func value(of key: [UInt8], in bytes: [UInt8]) -> String? {
    var at = 0
    while at + key.count < bytes.count {
      guard bytes[at..<at + key.count].elementsEqual(key) else {
        at += 1
        continue
      }
      at += key.count
      let rest = bytes[at...].drop { $0 == 0x20 }
      guard rest.first == UInt8(ascii: "=") else { continue }
      let name = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x22 || $0 == 0x27 }.prefix {
        ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x2D || $0 == 0x5F
      }
      if !name.isEmpty { return String(decoding: name, as: UTF8.self) }
    }
    return nil
  }

  /// Browsers read `iso-8859-1` and `ascii` as `windows-1252` (WHATWG Encoding), and a page cannot be
  /// in UTF-16 if its tags can be read.
  private static func canonical(_ name: String) -> String? {
    switch name {
    case "iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii", "iso8859-1": "WINDOWS-1252"
    case "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "unicode": nil
    case "shift_jis", "sjis", "x-sjis": "CP932"
    case "gb2312", "gbk": "GB18030"
    default: name.uppercased()
    }
  }
}
