internal import Glibc

/// Why stored or received bytes could not be read.
public struct CodingFailure: Error, Sendable, Equatable {
  /// What was expected, and where it was missing.
  public var reason: String

  /// A failure with its reason.
  public init(reason: String) { self.reason = reason }
}

/// Appends values to a byte buffer: LEB128 numbers, counted UTF-8.
public struct ByteWriter: Sendable {
  /// What has been written.
  public private(set) var bytes: [UInt8] = []

  /// An empty buffer.
  public init() {}

  /// An empty buffer with room for so many bytes.
  public init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Forgets what has been written and keeps the room.
  public mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Appends an unsigned number, seven bits a byte, lowest first.
  @inline(__always)
  public mutating func unsigned(_ value: UInt64) {
    if value < 0x80 { bytes.append(UInt8(truncatingIfNeeded: value)) } else { long(value) }
  }

  private mutating func long(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Appends a count or another number that is not negative.
  public mutating func count(_ value: Int) { unsigned(UInt64(Swift.max(0, value))) }

  /// Appends a signed number, zigzag-coded.
  public mutating func signed(_ value: Int64) {
    unsigned(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Appends a truth value.
  public mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

  /// Appends one byte.
  public mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// Appends a floating-point number by its bits.
  public mutating func double(_ value: Double) {
    var bits = value.bitPattern
    for _ in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
    }
  }

  /// Appends text, its length in bytes first.
  public mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { text in
      count(text.count)
      bytes.append(contentsOf: text)
    }
  }

  /// Appends bytes, their number first.
  public mutating func data(_ value: [UInt8]) {
    count(value.count)
    bytes += value
  }

  /// Appends a list, its length first.
  @inlinable @inline(__always)
  public mutating func list<Element>(
    _ elements: some Collection<Element>, _ write: (inout ByteWriter, Element) -> Void
  ) {
    count(elements.count)
    for element in elements { write(&self, element) }
  }

  /// Appends a value that may be missing.
  @inlinable @inline(__always)
  public mutating func optional<Element>(
    _ element: Element?, _ write: (inout ByteWriter, Element) -> Void
  ) {
    flag(element != nil)
    if let element { write(&self, element) }
  }
}

/// Reads what `ByteWriter` wrote. Every read is checked: bytes from a file or another process are
/// not trusted.
public struct ByteReader: Sendable {
  private let bytes: [UInt8]
  private var position: Int

  /// Reads `bytes` from the start.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
  }

  /// Whether all has been read.
  public var isAtEnd: Bool { position == bytes.count }

  /// Reads one byte.
  public mutating func byte() throws(CodingFailure) -> UInt8 {
    guard position < bytes.count else {
      throw CodingFailure(reason: "the data ends at byte \(position), inside a value")
    }
    defer { position += 1 }
    return bytes[position]
  }

  /// Reads an unsigned number.
  public mutating func unsigned() throws(CodingFailure) -> UInt64 {
    if position < bytes.count, bytes[position] < 0x80 {
      defer { position += 1 }
      return UInt64(bytes[position])
    }
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      guard shift < 64 else { throw CodingFailure(reason: "a number is longer than 64 bits") }
      result |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return result }
      shift += 7
    }
  }

  /// Reads a count; at most `limit`.
  public mutating func count(limit: Int = Int.max) throws(CodingFailure) -> Int {
    let value = try unsigned()
    guard value <= UInt64(limit), value <= UInt64(Int.max) else {
      throw CodingFailure(reason: "a count of \(value) is out of range")
    }
    return Int(value)
  }

  /// Reads a signed number.
  public mutating func signed() throws(CodingFailure) -> Int64 {
    let value = try unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// Reads a truth value.
  public mutating func flag() throws(CodingFailure) -> Bool { try byte() != 0 }

  /// Reads a floating-point number.
  public mutating func double() throws(CodingFailure) -> Double {
    var bits: UInt64 = 0
    for index in 0..<8 { bits |= UInt64(try byte()) << UInt64(8 * index) }
    return Double(bitPattern: bits)
  }

  /// Reads text; invalid UTF-8 becomes replacement characters.
  public mutating func string() throws(CodingFailure) -> String {
    // The bytes that remain are counted behind the length itself.
    let length = try count()
    guard length <= bytes.count - position else {
      throw CodingFailure(reason: "a text of \(length) bytes ends behind its message")
    }
    defer { position += length }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }

  /// Reads text that is likely to be `known`: then it is that very string.
  mutating func string(like known: String) throws(CodingFailure) -> String {
    let start = position
    let length = try count()
    if length == known.utf8.count, length <= bytes.count - position, isNext(known) {
      position += length
      return known
    }
    position = start
    return try string()
  }

  /// Whether the bytes that come next are those of a text; as many are left.
  private func isNext(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { text in
      bytes.withUnsafeBytes { bytes in
        text.isEmpty || memcmp(text.baseAddress!, bytes.baseAddress! + position, text.count) == 0
      }
    }
  }

  /// Reads bytes.
  public mutating func data() throws(CodingFailure) -> [UInt8] {
    let length = try count()
    guard length <= bytes.count - position else {
      throw CodingFailure(reason: "\(length) bytes end behind their message")
    }
    defer { position += length }
    return Array(bytes[position..<position + length])
  }

  /// Reads a list.
  @inlinable @inline(__always)
  public mutating func list<Element>(
    _ read: (inout ByteReader) throws(CodingFailure) -> Element
  ) throws(CodingFailure) -> [Element] {
    let length = try length()
    if length == 0 { return [] }
    var result: [Element] = []
    result.reserveCapacity(length)
    for _ in 0..<length { result.append(try read(&self)) }
    return result
  }

  /// Reads the length of a list: an element has a byte at least.
  @usableFromInline
  mutating func length() throws(CodingFailure) -> Int { try count(limit: bytes.count - position) }

  /// Reads a value that may be missing.
  @inlinable @inline(__always)
  public mutating func optional<Element>(
    _ read: (inout ByteReader) throws(CodingFailure) -> Element
  ) throws(CodingFailure) -> Element? {
    try flag() ? try read(&self) : nil
  }
}
