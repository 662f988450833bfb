internal import Glibc
internal import KBText

/// Checksums of files, a piece at a time: memory does not grow with the file.
enum Checksum {
  private static let pieceSize = 1 << 20

  /// XXH3 over the checksums of the file's pieces of one mebibyte.
  static func ofFile(_ path: String) throws(FileFailure) -> UInt64 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(operation: "open", path: path, code: errno) }
    defer { close(descriptor) }
    return try of(descriptor, path)
  }

  /// The same of a file of a corpus, whose name may have any bytes. It may have become a pipe since it
  /// was found: that must not block.
  static func ofFile(location: [UInt8]) throws(FileFailure) -> UInt64 {
    let path = location.map { CChar(bitPattern: $0) } + [0]
    let shown = String(decoding: location, as: UTF8.self)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileFailure(operation: "open", path: shown, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileFailure(operation: "read", path: shown, code: EINVAL)
    }
    // One byte more: a file that fits is read in one piece, and its end is found by reading.
    return try of(descriptor, shown, pieceSize: min(max(Int(status.st_size) + 1, 1), pieceSize))
  }

  private static func of(
    _ descriptor: Int32, _ path: String, pieceSize: Int = Checksum.pieceSize
  ) throws(FileFailure) -> UInt64 {
    var buffer = [UInt8](repeating: 0, count: pieceSize)
    var sums: [UInt8] = []
    while true {
      let count = try fill(&buffer, from: descriptor, path)
      if count == 0 { return Hash.of(sums) }
      let sum = buffer.withUnsafeBytes { Hash.of(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      sums += Array(Hash.hex(sum).utf8)
    }
  }

  private static func fill(
    _ buffer: inout [UInt8], from descriptor: Int32, _ path: String
  ) throws(FileFailure) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = buffer.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileFailure(operation: "read", path: path, code: errno) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}
