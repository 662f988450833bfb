internal import CXapian

/// Snowball stemming of one language. Not to be shared between tasks.
public final class Stemmer {
  private let handle: OpaquePointer
  private var buffer = [UInt8](repeating: 0, count: 256)

  /// A stemmer for a language by its Snowball name or two-letter code; `none` leaves words alone.
  public init(language: String) throws(XapianError) {
    var made: OpaquePointer?
    try checked { cx_stemmer_new(language, &made, $0) }
    guard let made else { throw XapianError(code: .other, message: "no stemmer was made") }
    handle = made
  }

  deinit { cx_stemmer_free(handle) }

  /// The stem of a folded word; the word itself where it has none.
  public func stem(_ word: [UInt8]) -> [UInt8] {
    guard word.count <= buffer.count else { return word }
    let size = word.withUnsafeBufferPointer { word in
      buffer.withUnsafeMutableBufferPointer {
        cx_stem(handle, word.baseAddress, word.count, $0.baseAddress, $0.count)
      }
    }
    return Array(buffer[..<size])
  }

  /// Names of the languages there are.
  public static func languages() throws(XapianError) -> [String] {
    let names = try block { cx_stemmer_languages($0, $1) }
    return String(decoding: names, as: UTF8.self).split(separator: " ").map(String.init)
  }
}
