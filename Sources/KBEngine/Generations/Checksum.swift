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
