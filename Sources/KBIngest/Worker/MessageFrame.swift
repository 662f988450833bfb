internal import Glibc

/// Messages on a pipe: four bytes of length, lowest first, then the message.
public enum MessageFrame {
  /// Longest message taken; more is a broken peer.
  public static let longest = 1 << 30

  /// Why a message could not be sent or received.
  public enum Failure: Error, Sendable, Equatable {
    /// The other side is gone.
    case closed
    /// It did not answer in time.
    case timedOut
    /// It sent something that is no message.
    case malformed
    /// The operating system refused; its `errno`.
    case system(Int32)
  }

  /// Sends a message.
  public static func send(_ message: [UInt8], to descriptor: Int32) throws(Failure) {
    guard message.count <= longest else { throw .malformed }
    var length = UInt32(message.count).littleEndian
    // Both at once: the other side is woken once.
    let sent = withUnsafeMutableBytes(of: &length) { header in
      message.withUnsafeBytes { message in
        var pieces = [
          iovec(iov_base: header.baseAddress, iov_len: header.count),
          iovec(
            iov_base: UnsafeMutableRawPointer(mutating: message.baseAddress), iov_len: message.count
          ),
        ]
        var count = 0
        repeat { count = writev(descriptor, &pieces, 2) } while count < 0 && errno == EINTR
        return count
      }
    }
    guard sent > 0 else { throw errno == EPIPE ? .closed : .system(errno) }
    let header = withUnsafeBytes(of: length) { Array($0) }
    try write(header, to: descriptor, from: min(sent, header.count))
    try write(message, to: descriptor, from: max(0, sent - header.count))
  }

  /// Receives a message; waits at most `seconds`, forever if that is nil. `respite` tells, when they
  /// are over, how many more there are.
  public static func receive(
    from descriptor: Int32, seconds: Double? = nil, respite: () -> Double = { 0 }
  ) throws(Failure) -> [UInt8] {
    let deadline = seconds.map { now() + $0 }
    let header = try read(4, from: descriptor, until: deadline, respite)
    let length = header.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= longest else { throw .malformed }
    return try read(length, from: descriptor, until: deadline, respite)
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: Int32, from start: Int
  ) throws(Failure) {
    var offset = start
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw errno == EPIPE ? .closed : .system(errno) }
      offset += count
    }
  }

  private static func read(
    _ count: Int, from descriptor: Int32, until deadline: Double?, _ respite: () -> Double
  ) throws(Failure) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      if let deadline { try wait(for: descriptor, until: deadline, respite) }
      let got = result.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .system(errno) }
      guard got > 0 else { throw .closed }
      filled += got
    }
    return result
  }

  private static func wait(
    for descriptor: Int32, until deadline: Double, _ respite: () -> Double
  ) throws(Failure) {
    while true {
      var left = deadline - now()
      if left <= 0 { left += respite() }
      guard left > 0 else { throw .timedOut }
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&entry, 1, Int32(min(left * 1000 + 1, 60_000)))
      if ready > 0 { return }
      if ready < 0, errno != EINTR { throw .system(errno) }
    }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
