internal import CXapian

/// A call to the engine that failed.
public struct XapianError: Error, Sendable, Equatable {
  /// What kind of failure: one case for each of Xapian's error classes, and four of the shim's.
  public enum Code: Int32, Sendable, CaseIterable {
    case assertion = 1
    case invalidArgument = 2
    case invalidOperation = 3
    case unimplemented = 4
    case database = 5
    case databaseCorrupt = 6
    case databaseCreate = 7
    case databaseLock = 8
    case databaseModified = 9
    case databaseOpening = 10
    case databaseVersion = 11
    case documentNotFound = 12
    case featureUnavailable = 13
    case `internal` = 14
    case network = 15
    case networkTimeout = 16
    case queryParser = 17
    case serialisation = 18
    case range = 19
    case wildcard = 20
    case databaseNotFound = 21
    case databaseClosed = 22
    /// Memory ran out.
    case noMemory = 100
    /// An exception that is not Xapian's.
    case other = 101
    /// A query or document that the shim refused.
    case malformed = 102
  }

  /// The kind of failure.
  public var code: Code
  /// Xapian's own words.
  public var message: String
  /// What it was about, where Xapian says so: a path, a host.
  public var context: String

  /// An error.
  public init(code: Code, message: String, context: String = "") {
    self.code = code
    self.message = message
    self.context = context
  }

  init(_ error: cx_error) {
    var error = error
    code = Code(rawValue: error.status) ?? .other
    message = withUnsafeBytes(of: &error.message) { XapianError.text($0) }
    context = withUnsafeBytes(of: &error.context) { XapianError.text($0) }
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// Runs a call of the shim and throws what it reports.
func checked(
  _ call: (UnsafeMutablePointer<cx_error>) -> cx_status
) throws(XapianError) {
  var error = cx_error()
  guard call(&error) == CX_OK else { throw XapianError(error) }
}

/// Runs a call that hands over a block, and copies the block out.
func block(
  _ call: (UnsafeMutablePointer<cx_block>, UnsafeMutablePointer<cx_error>) -> cx_status
) throws(XapianError) -> [UInt8] {
  var block = cx_block()
  try checked { call(&block, $0) }
  defer { cx_block_free(&block) }
  return Array(UnsafeBufferPointer(start: block.data, count: block.size))
}

/// Runs a call that hands over a block, to be read where it is.
func read(
  _ call: (UnsafeMutablePointer<cx_block>, UnsafeMutablePointer<cx_error>) -> cx_status
) throws(XapianError) -> BlockReader {
  var block = cx_block()
  try checked { call(&block, $0) }
  return BlockReader(block)
}

/// Reads the little-endian numbers and counted bytes of a block, which the shim wrote in this
/// process.
struct BlockReader {
  private let owner: Owner
  private var position = 0

  private final class Owner {
    var block: cx_block
    init(_ block: cx_block) { self.block = block }
    deinit { cx_block_free(&block) }
  }

  /// Reads a block and frees it in the end.
  init(_ block: cx_block) { owner = Owner(block) }

  private var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: owner.block.data, count: owner.block.size)
  }

  /// The place of the next bytes, which must be there.
  private mutating func take(_ count: Int) -> Int {
    precondition(count <= owner.block.size - position)
    defer { position += count }
    return position
  }

  var isAtEnd: Bool { position >= owner.block.size }

  mutating func byte() -> UInt8 { bytes[take(1)] }

  mutating func number() -> Int {
    Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: take(4), as: UInt32.self)))
  }

  mutating func real() -> Double {
    Double(
      bitPattern: UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: take(8), as: UInt64.self)))
  }

  mutating func counted() -> [UInt8] {
    let count = number()
    let start = take(count)
    return Array(UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
  }

  /// The same of text; what is no UTF-8 is repaired.
  mutating func string() -> String {
    let count = number()
    let start = take(count)
    return String(
      decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]), as: UTF8.self)
  }
}

/// Writes what `BlockReader`'s counterpart in the shim reads.
struct BlockWriter: Sendable, Equatable {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func number(_ value: Int) {
    withUnsafeBytes(of: UInt32(clamping: value).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func real(_ value: Double) {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func counted(_ value: [UInt8]) {
    number(value.count)
    bytes.append(contentsOf: value)
  }
}

/// Calls `body` with C strings of `texts`.
func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
) -> Result {
  let arena = texts.map { Array($0.utf8CString) }
  var pointers: [UnsafePointer<CChar>?] = []
  func descend(_ index: Int) -> Result {
    guard index < arena.count else { return body(pointers) }
    return arena[index].withUnsafeBufferPointer {
      pointers.append($0.baseAddress)
      return descend(index + 1)
    }
  }
  return descend(0)
}
