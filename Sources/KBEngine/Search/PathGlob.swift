/// A pattern of paths: `*` within a folder, `**` across folders, `?`, `[a-z]`, `{a,b}`. A pattern
/// without a slash is about the file's name alone.
struct PathGlob {
  private let alternatives: [[UInt8]]
  private let isNameOnly: Bool

  init(_ pattern: String) {
    isNameOnly = !pattern.contains("/")
    alternatives = PathGlob.expand(Array(pattern.utf8), depth: 0)
  }

  /// Whether a path fits.
  func matches(_ path: String) -> Bool {
    var bytes = Array(path.utf8)
    if isNameOnly, let slash = bytes.lastIndex(of: UInt8(ascii: "/")) {
      bytes.removeSubrange(...slash)
    }
    return alternatives.contains { PathGlob.matches($0[...], bytes[...]) }
  }

  /// The patterns without braces, at most a few hundred.
  private static func expand(_ pattern: [UInt8], depth: Int) -> [[UInt8]] {
    guard depth < 6, let open = pattern.firstIndex(of: UInt8(ascii: "{")),
      let close = pattern[open...].firstIndex(of: UInt8(ascii: "}"))
    else { return [pattern] }
    let choices = pattern[(open + 1)..<close].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    return choices.prefix(32).flatMap { choice in
      expand(Array(pattern[..<open]) + choice + pattern[(close + 1)...], depth: depth + 1)
    }
  }

  /// Matches with one point to return to for `*` and one for `**`: linear in most cases, at worst
  /// the product of the lengths.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
    var p = pattern.startIndex
    var s = path.startIndex
    var star: (p: Int, s: Int)?
    var deep: (p: Int, s: Int)?
    while true {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        if p + 1 < pattern.endIndex, pattern[p + 1] == UInt8(ascii: "*") {
          p += 2
          if p < pattern.endIndex, pattern[p] == UInt8(ascii: "/") { p += 1 }
          deep = (p, s)
          star = nil
        } else {
          p += 1
          star = (p, s)
        }
        continue
      }
      if s == path.endIndex, p == pattern.endIndex { return true }
      if s < path.endIndex, let next = single(pattern, p, path[s]) {
        p = next
        s += 1
        continue
      }
      if let back = star, back.s < path.endIndex, path[back.s] != UInt8(ascii: "/") {
        star = (back.p, back.s + 1)
        (p, s) = (back.p, back.s + 1)
      } else if let back = deep, back.s < path.endIndex {
        deep = (back.p, back.s + 1)
        (p, s) = (back.p, back.s + 1)
        star = nil
      } else {
        return false
      }
    }
  }

  /// Where the pattern goes on after one sign, nil if the sign does not fit.
  private static func single(_ pattern: ArraySlice<UInt8>, _ p: Int, _ sign: UInt8) -> Int? {
    guard p < pattern.endIndex else { return nil }
    switch pattern[p] {
    case UInt8(ascii: "?"): return sign == UInt8(ascii: "/") ? nil : p + 1
    case UInt8(ascii: "["):
      guard let close = pattern[(p + 1)...].firstIndex(of: UInt8(ascii: "]")) else {
        return sign == pattern[p] ? p + 1 : nil
      }
      return fits(pattern[(p + 1)..<close], sign) ? close + 1 : nil
    default: return pattern[p] == sign ? p + 1 : nil
    }
  }

  private static func fits(_ set: ArraySlice<UInt8>, _ sign: UInt8) -> Bool {
    var set = set
    let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
    if isNegated { set = set.dropFirst() }
    var index = set.startIndex
    var found = false
    while index < set.endIndex {
      if index + 2 < set.endIndex, set[index + 1] == UInt8(ascii: "-") {
        if set[index] <= sign, sign <= set[index + 2] { found = true }
        index += 3
      } else {
        if set[index] == sign { found = true }
        index += 1
      }
    }
    return found != isNegated && sign != UInt8(ascii: "/")
  }
}
