/// A hash of the key of a lexeme (FNV-1a), worked out byte by byte while the key is made.
struct KeyHash: Sendable, Equatable {
  private var value: UInt32 = 2_166_136_261

  init() {}

  init(_ key: String) { for byte in key.utf8 { add(byte) } }

  @inline(__always)
  mutating func add(_ byte: UInt8) { value = (value ^ UInt32(byte)) &* 16_777_619 }

  /// A number whose lowest bits tell keys apart.
  var place: Int { Int(value ^ value >> 15) }
}

/// Turns away most keys that a table does not hold by a look at one bit, so that few words of a text
/// are looked up.
struct KeyFilter: Sendable {
  private static let width = 32_768
  private var bits = [UInt64](repeating: 0, count: width / 64)

  @inline(__always)
  private static func place(_ hash: KeyHash) -> (word: Int, bit: UInt64) {
    let place = hash.place & (width - 1)
    return (place >> 6, 1 << UInt64(place & 63))
  }

  mutating func insert(_ hash: KeyHash) {
    let place = KeyFilter.place(hash)
    bits[place.word] |= place.bit
  }

  /// The first of some hashes, at an index or behind it, that was inserted; seldom another.
  func next(in hashes: [KeyHash], from start: Int) -> Int? {
    bits.withUnsafeBufferPointer { bits in
      hashes.withUnsafeBufferPointer { hashes in
        var index = start
        while index < hashes.count {
          let place = KeyFilter.place(hashes[index])
          if bits[place.word] & place.bit != 0 { return index }
          index &+= 1
        }
        return nil
      }
    }
  }

  /// False where a key of that hash was not inserted; true where it was, and seldom elsewhere.
  @inline(__always)
  func mayHold(_ hash: KeyHash) -> Bool {
    let place = KeyFilter.place(hash)
    return bits[place.word] & place.bit != 0
  }
}
