internal import CXXHash

/// Fast hashes of bytes (XXH3, 64 bits): ids, keys and checksums, never secrets.
public enum Hash {
  /// The hash of `bytes`.
  public static func of(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBufferPointer { XXH3_64bits($0.baseAddress, $0.count) }
  }

  /// The hash of bytes that somebody else owns.
  public static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    XXH3_64bits(bytes.baseAddress, bytes.count)
  }

  /// Eight bytes, the highest first.
  public static func bytes(_ value: UInt64) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  /// Sixteen hexadecimal digits.
  public static func hex(_ value: UInt64) -> String {
    String(unsafeUninitializedCapacity: 16) { digits in
      for index in 0..<16 {
        let digit = UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * index)) & 15
        digits[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
      }
      return 16
    }
  }
}
