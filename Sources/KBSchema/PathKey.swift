internal import Glibc

/// A path to look something up by, equal to another where all bytes are.
///
/// Strings are equal where they read the same: "é" as one character and "é" as two. A folder may well
/// hold a file of either name.
public struct PathKey: Sendable, Hashable, Comparable, ExpressibleByStringLiteral {
  /// The path.
  public var path: String

  /// A key.
  public init(_ path: String) { self.path = path }

  /// A key that stands in the source.
  public init(stringLiteral path: String) { self.path = path }

  /// Whether all bytes are equal.
  public static func == (a: PathKey, b: PathKey) -> Bool { same(a.path, b.path) }

  /// By bytes.
  public static func < (a: PathKey, b: PathKey) -> Bool {
    let common = min(a.path.utf8.count, b.path.utf8.count)
    let order = compare(a.path, b.path, common)
    return order < 0 || (order == 0 && a.path.utf8.count < b.path.utf8.count)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    var path = path
    path.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// Whether two paths name one file: the same bytes.
  public static func same(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && compare(a, b, a.utf8.count) == 0
  }

  /// Which of two paths comes first by their leading `count` bytes, which both have.
  private static func compare(_ a: String, _ b: String, _ count: Int) -> Int32 {
    guard count > 0 else { return 0 }
    var (a, b) = (a, b)
    return a.withUTF8 { a in b.withUTF8 { b in memcmp(a.baseAddress!, b.baseAddress!, count) } }
  }
}
