/// The rules of one `.gitignore`.
struct IgnoreRules: Sendable {
  /// A line of the file.
  private struct Rule: Sendable {
    var pattern: PathPattern
    /// `!pattern` takes a name in again.
    var isNegated: Bool
  }

  private var rules: [Rule] = []
  /// Put in front of walked paths: the way from the file's folder down to where the walk's paths
  /// begin, with `/` at its end.
  private let prefix: [UInt8]
  /// Bytes at the front of walked paths that lie outside the file's folder.
  private let outside: Int

  /// The rules in the text of a file. See `prefix` and `outside`: one of them is empty.
  init(_ text: [UInt8], prefix: [UInt8] = [], outside: Int = 0) {
    self.prefix = prefix
    self.outside = outside
    var text = text[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    for line in text.split(separator: 0x0A) {
      if let rule = IgnoreRules.rule(line) { rules.append(rule) }
    }
  }

  /// Whether the file has no rules.
  var isEmpty: Bool { rules.isEmpty }

  /// Whether the last rule that matches leaves the path out (true) or takes it in (false); nil if
  /// none matches.
  func verdict(_ path: [UInt8], isFolder: Bool) -> Bool? {
    let own = prefix.isEmpty ? path[outside...] : (prefix + path)[...]
    for rule in rules.reversed() where rule.pattern.matches(own, isFolder: isFolder) {
      return !rule.isNegated
    }
    return nil
  }

  private static func rule(_ line: ArraySlice<UInt8>) -> Rule? {
    var line = line
    if line.last == 0x0D { line = line.dropLast() }
    while line.last == 0x20, line.dropLast().last != 0x5C { line = line.dropLast() }
    guard let first = line.first, first != 0x23 else { return nil }
    let isNegated = first == 0x21
    if isNegated { line = line.dropFirst() }
    guard line.contains(where: { $0 != 0x2F }) else { return nil }
    return Rule(pattern: PathPattern(Array(line)), isNegated: isNegated)
  }
}
