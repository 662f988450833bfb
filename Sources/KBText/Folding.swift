internal import CUTF8Proc
internal import Glibc

/// Folding of case and accents, for matching only: what a person sees is never folded.
public enum Folding {
  /// The UTF-8 bytes of `text` folded: NFC-composed, case-folded, combining marks removed.
  /// Invalid UTF-8 cannot occur in a `String`.
  @inlinable
  public static func fold(_ text: some StringProtocol) -> [UInt8] {
    var bytes = Array(text.utf8)
    fold(&bytes)
    return bytes
  }

  /// The folded form as a string, for keys and comparisons.
  @inlinable
  public static func key(_ text: some StringProtocol) -> String {
    String(decoding: fold(text), as: UTF8.self)
  }

  /// Folds valid UTF-8 in place. ASCII costs one pass without a call.
  public static func fold(_ bytes: inout [UInt8]) {
    let isASCII = bytes.withUnsafeMutableBufferPointer { bytes in
      var all: UInt8 = 0
      for index in bytes.indices {
        let byte = bytes[index]
        all |= byte
        bytes[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
      }
      return all < 0x80
    }
    if !isASCII { bytes = foldUnicode(bytes) }
  }

  private static func foldUnicode(_ bytes: [UInt8]) -> [UInt8] {
    let options = utf8proc_option_t(
      UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue | UTF8PROC_CASEFOLD.rawValue
        | UTF8PROC_STRIPMARK.rawValue)
    var result: UnsafeMutablePointer<UInt8>?
    let count = bytes.withUnsafeBufferPointer {
      utf8proc_map($0.baseAddress, $0.count, &result, options)
    }
    guard count >= 0, let result else { return bytes }
    defer { free(result) }
    return Array(UnsafeBufferPointer(start: result, count: count))
  }
}
