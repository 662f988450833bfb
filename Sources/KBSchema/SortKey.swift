/// Bytes whose lexicographic order is the order of the values they stand for, as Xapian's value
/// slots compare them.
public enum SortKey {
  /// A signed number: a length byte, then its significant bytes, highest first.
  public static func of(_ value: Int64) -> [UInt8] {
    let isNegative = value < 0
    let magnitude = isNegative ? UInt64(bitPattern: ~value) : UInt64(value)
    let length = (64 - magnitude.leadingZeroBitCount + 7) / 8
    let flip: UInt8 = isNegative ? 0xFF : 0
    return [UInt8](unsafeUninitializedCapacity: length + 1) { bytes, count in
      bytes[0] = isNegative ? 0x7F - UInt8(length) : 0x80 + UInt8(length)
      for place in 0..<length {
        let shift = UInt64(8 * (length - 1 - place))
        bytes[place + 1] = UInt8(truncatingIfNeeded: magnitude >> shift) ^ flip
      }
      count = length + 1
    }
  }

  /// A floating-point number; `-0` as `0`, NaN above all.
  public static func of(_ value: Double) -> [UInt8] {
    let bits = (value == 0 ? 0 : value).bitPattern
    let ordered = bits >> 63 == 1 ? ~bits : bits | (1 << 63)
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: ordered >> UInt64(56 - 8 * $0)) }
    while let last = bytes.last, last == 0 { bytes.removeLast() }
    return bytes
  }

  /// An interval bound, compared by the year. `isBeyond` puts it strictly above `amount` and below
  /// any greater amount: the open end of "$250,000+".
  public static func of(_ amount: Amount, isBeyond: Bool = false) -> [UInt8] {
    let doubled = amount.multiplied(by: 2).raw
    return of(isBeyond && doubled < .max ? doubled + 1 : doubled)
  }

  /// Four bytes of an unsigned number, highest first.
  public static func fixed(_ value: Int) -> [UInt8] {
    let bounded = UInt32(clamping: value)
    return (0..<4).map { UInt8(truncatingIfNeeded: bounded >> UInt32(24 - 8 * $0)) }
  }

  /// The order of hits that score alike: the file's number in the order of paths, then line, then
  /// position in the document.
  public static func place(rank: UInt32, line: Int, ordinal: Int) -> [UInt8] {
    let numbers = (
      rank.bigEndian, UInt32(clamping: line).bigEndian, UInt32(clamping: ordinal).bigEndian
    )
    return withUnsafeBytes(of: numbers) { Array($0) }
  }

  /// The file's number of a place.
  public static func rank(ofPlace key: [UInt8]) -> UInt32? {
    key.count == 12 ? key.prefix(4).reduce(0) { $0 << 8 | UInt32($1) } : nil
  }

  // MARK: Back

  /// The number of a key made by `of(_: Int64)`, nil for other bytes.
  public static func integer(_ key: [UInt8]) -> Int64? {
    guard let head = key.first, key.count <= 9 else { return nil }
    let isNegative = head < 0x80
    guard key.count - 1 == Int(isNegative ? 0x7F - head : head - 0x80) else { return nil }
    let magnitude = key.dropFirst().reduce(UInt64(0)) {
      $0 << 8 | UInt64(isNegative ? ~$1 : $1)
    }
    guard magnitude <= UInt64(Int64.max) else { return nil }
    return isNegative ? ~Int64(magnitude) : Int64(magnitude)
  }

  /// The number of a key made by `of(_: Double)`.
  public static func number(_ key: [UInt8]) -> Double? {
    guard key.count <= 8 else { return nil }
    let ordered = (0..<8).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1 < key.count ? key[$1] : 0)
    }
    return Double(bitPattern: ordered >> 63 == 1 ? ordered & ~(1 << 63) : ~ordered)
  }

  /// The amount of a key made by `of(_: Amount, isBeyond:)`, without what lies beyond it.
  public static func amount(_ key: [UInt8]) -> Amount? {
    integer(key).map { Amount(raw: $0 >> 1) }
  }
}
