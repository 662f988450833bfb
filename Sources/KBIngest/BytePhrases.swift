/// Phrases that bytes are searched for, all in one pass.
struct BytePhrases: Sendable {
  private let phrases: [[UInt8]]
  /// Which two bytes a phrase begins with, a bit a pair.
  private var starts = [UInt64](repeating: 0, count: 1024)

  /// Phrases of two bytes or more.
  init(_ phrases: [String]) {
    self.phrases = phrases.map { Array($0.utf8) }
    for phrase in self.phrases {
      let pair = BytePhrases.pair(phrase[0], phrase[1])
      starts[pair >> 6] |= 1 << UInt64(pair & 63)
    }
  }

  private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first) << 8 | Int(second)
  }

  /// Whether one of them occurs.
  func stand(in bytes: [UInt8]) -> Bool {
    guard bytes.count > 1 else { return false }
    for start in 0..<bytes.count - 1 {
      let pair = BytePhrases.pair(bytes[start], bytes[start + 1])
      if starts[pair >> 6] >> UInt64(pair & 63) & 1 == 1,
        phrases.contains(where: { bytes[start...].starts(with: $0) })
      {
        return true
      }
    }
    return false
  }
}
