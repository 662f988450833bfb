internal import CRE2
public import KBIngest

/// A regular expression of a configuration, in the syntax of RE2: its time is bounded by the length
/// of the text and its memory by 4 MB, whatever the expression.
public final class RegularExpression: Pattern {
  // Threads may share it, by the documentation of RE2.
  private nonisolated(unsafe) let compiled: OpaquePointer

  /// Why a text is no expression, for people.
  public struct Problem: Error, Sendable, Equatable {
    /// A phrase.
    public var reason: String
  }

  /// Most bytes of an expression.
  private static let longest = 1000
  /// Most bytes of a fact that are looked at.
  private static let longestText = 1 << 16

  /// Compiles an expression.
  ///
  /// - Parameters:
  ///   - text: The expression.
  ///   - ignoresCase: Whether `a` fits `A`.
  public init(_ text: String, ignoresCase: Bool = false) throws(Problem) {
    guard !text.isEmpty else { throw Problem(reason: "it is empty") }
    guard text.utf8.count <= RegularExpression.longest else {
      throw Problem(reason: "it has more than \(RegularExpression.longest) bytes")
    }
    var reason = [CChar](repeating: 0, count: 200)
    guard
      let compiled = cre2_compile(text, text.utf8.count, ignoresCase, &reason, reason.count)
    else {
      let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Problem(reason: String(decoding: bytes, as: UTF8.self))
    }
    self.compiled = compiled
  }

  deinit { cre2_free(compiled) }

  /// The places where it fits: of the first group, or of the whole where there is none. UTF-8 bytes.
  public func matches(in text: String) -> [Range<Int>] {
    var text = text
    return text.withUTF8 { bytes in
      var end = min(bytes.count, RegularExpression.longestText)
      while end < bytes.count, end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      return bytes.withMemoryRebound(to: CChar.self) { matches(in: $0.baseAddress, size: end) }
    }
  }

  private func matches(in text: UnsafePointer<CChar>?, size: Int) -> [Range<Int>] {
    guard let text else { return [] }
    var result: [Range<Int>] = []
    var place = [0, 0, 0, 0]
    var start = 0
    while start < size, cre2_find(compiled, text, size, start, &place) {
      let found = place[2]..<place[3]
      if !found.isEmpty { result.append(found) }
      start = max(place[1], start + 1)
    }
    return result
  }
}
