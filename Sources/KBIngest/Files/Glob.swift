/// A pattern of paths: `*` and `?` within a name, `**` over folders, `[a-z]`, `{md,txt}`.
///
/// A pattern without `/` matches a name at any depth; one with `/` is anchored at the root it is
/// matched against. `/` at the end asks for a folder. Matching takes time proportional to the
/// pattern times the path, whatever the pattern is.
public struct Glob: Sendable, Hashable {
  /// Why a text is no pattern.
  public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// It has no characters.
    case empty
    /// Its braces stand for more alternatives than `Glob.mostAlternatives`.
    case tooManyAlternatives

    /// The problem in a phrase.
    public var description: String {
      switch self {
      case .empty: "an empty pattern"
      case .tooManyAlternatives: "braces with more than \(Glob.mostAlternatives) alternatives"
      }
    }
  }

  /// How many alternatives the braces of a pattern may stand for.
  public static let mostAlternatives = 256

  private let alternatives: [PathPattern]

  /// A pattern with braces.
  public init(_ text: String) throws(Problem) {
    guard !text.isEmpty else { throw .empty }
    guard let expanded = Braces.expand(Array(text.utf8), limit: Glob.mostAlternatives) else {
      throw .tooManyAlternatives
    }
    alternatives = expanded.map { PathPattern($0) }
  }

  /// Whether a path (with `/` between its names, none at the ends) is matched.
  public func matches(_ path: String, isFolder: Bool = false) -> Bool {
    matches(Array(path.utf8)[...], isFolder: isFolder)
  }

  /// Whether the raw bytes of a path are matched.
  func matches(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    alternatives.contains { $0.matches(path, isFolder: isFolder) }
  }
}

/// One pattern without braces, as a line of `.gitignore` is too.
struct PathPattern: Sendable, Hashable {
  /// A step of the pattern; it consumes scalars of a path, or bytes that are no UTF-8.
  private enum Step: Sendable, Hashable {
    case scalar(UInt32)
    /// `?`
    case one
    /// `*`
    case star
    /// `**` at the end: anything, folders included.
    case deep
    /// `**/` may be skipped …
    case enterFolders
    /// … or consumes whole folders.
    case folders
    case set(negated: Bool, [ClosedRange<UInt32>])
  }

  /// Patterns that most lines are, matched without steps.
  private enum Shape: Sendable, Hashable {
    case literal([UInt8])
    /// `*` and then these bytes.
    case ending([UInt8])
    case steps([Step])
  }

  /// Whether only folders are matched.
  let onlyFolders: Bool
  private let isAnchored: Bool
  private let shape: Shape

  init(_ text: [UInt8]) {
    var text = text[...]
    onlyFolders = text.count > 1 && text.last == 0x2F
    if onlyFolders { text = text.dropLast() }
    isAnchored = text.contains(0x2F)
    if text.first == 0x2F { text = text.dropFirst() }
    shape = PathPattern.shape(Array(text))
  }

  /// Whether a path relative to the pattern's folder is matched.
  func matches(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    if onlyFolders && !isFolder { return false }
    let subject = isAnchored ? path : path.name
    switch shape {
    case .literal(let bytes): return subject.elementsEqual(bytes)
    case .ending(let bytes):
      guard subject.count >= bytes.count, subject.suffix(bytes.count).elementsEqual(bytes) else {
        return false
      }
      return !isAnchored || !subject.dropLast(bytes.count).contains(0x2F)
    case .steps(let steps): return PathPattern.run(steps, subject)
    }
  }

  // MARK: Reading a pattern

  private static let special: Set<UInt8> = [0x2A, 0x3F, 0x5B, 0x5C]

  private static func shape(_ bytes: [UInt8]) -> Shape {
    if !bytes.contains(where: special.contains) { return .literal(bytes) }
    if bytes.first == 0x2A, !bytes.dropFirst().contains(where: special.contains) {
      return .ending(Array(bytes.dropFirst()))
    }
    return .steps(steps(bytes))
  }

  private static func steps(_ bytes: [UInt8]) -> [Step] {
    var steps: [Step] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x2A: index = star(bytes, index, &steps)
      case 0x3F:
        steps.append(.one)
        index += 1
      case 0x5B:
        if let end = set(bytes, index, &steps) {
          index = end
        } else {
          steps.append(.scalar(0x5B))
          index += 1
        }
      default:
        if bytes[index] == 0x5C, index + 1 < bytes.count { index += 1 }
        steps.append(.scalar(PathScalars.next(bytes[...], &index)))
      }
    }
    return steps
  }

  private static func star(_ bytes: [UInt8], _ index: Int, _ steps: inout [Step]) -> Int {
    var end = index
    while end < bytes.count, bytes[end] == 0x2A { end += 1 }
    let startsName = index == 0 || bytes[index - 1] == 0x2F
    guard end - index > 1, startsName else {
      steps.append(.star)
      return end
    }
    if end == bytes.count {
      steps.append(.deep)
      return end
    }
    guard bytes[end] == 0x2F else {
      steps.append(.star)
      return end
    }
    steps += [.enterFolders, .folders]
    return end + 1
  }

  /// Reads `[…]`; nil where the bracket is never closed and stands for itself.
  private static func set(_ bytes: [UInt8], _ start: Int, _ steps: inout [Step]) -> Int? {
    var index = start + 1
    var negated = false
    if index < bytes.count, bytes[index] == 0x21 || bytes[index] == 0x5E {
      negated = true
      index += 1
    }
    var ranges: [ClosedRange<UInt32>] = []
    let first = index
    while index < bytes.count {
      if bytes[index] == 0x5D && index > first {
        steps.append(.set(negated: negated, ranges))
        return index + 1
      }
      let low = member(bytes, &index)
      var high = low
      if index + 1 < bytes.count, bytes[index] == 0x2D, bytes[index + 1] != 0x5D {
        index += 1
        high = member(bytes, &index)
      }
      if low <= high { ranges.append(low...high) }
    }
    return nil
  }

  private static func member(_ bytes: [UInt8], _ index: inout Int) -> UInt32 {
    if bytes[index] == 0x5C, index + 1 < bytes.count { index += 1 }
    return PathScalars.next(bytes[...], &index)
  }

  // MARK: Matching

  /// Follows all ways through the steps at once.
  private static func run(_ steps: [Step], _ path: ArraySlice<UInt8>) -> Bool {
    var now = [Bool](repeating: false, count: steps.count + 1)
    var next = now
    enter(0, steps, &now)
    var index = path.startIndex
    while index < path.endIndex {
      let scalar = PathScalars.next(path, &index)
      for state in next.indices { next[state] = false }
      var isAlive = false
      for state in steps.indices where now[state] {
        isAlive = advance(state, scalar, steps, &next) || isAlive
      }
      guard isAlive else { return false }
      swap(&now, &next)
    }
    return now[steps.count]
  }

  /// Marks a state and those reached from it without consuming anything.
  private static func enter(_ state: Int, _ steps: [Step], _ states: inout [Bool]) {
    guard !states[state] else { return }
    states[state] = true
    guard state < steps.count else { return }
    switch steps[state] {
    case .star, .deep: enter(state + 1, steps, &states)
    case .enterFolders:
      enter(state + 1, steps, &states)
      enter(state + 2, steps, &states)
    default: break
    }
  }

  private static func advance(
    _ state: Int, _ scalar: UInt32, _ steps: [Step], _ next: inout [Bool]
  ) -> Bool {
    let isSlash = scalar == 0x2F
    switch steps[state] {
    case .scalar(let wanted):
      guard wanted == scalar else { return false }
    case .one:
      guard !isSlash else { return false }
    case .set(let negated, let ranges):
      guard !isSlash, ranges.contains(where: { $0.contains(scalar) }) != negated else {
        return false
      }
    case .star:
      guard !isSlash else { return false }
      enter(state, steps, &next)
      return true
    case .deep:
      enter(state, steps, &next)
      return true
    case .folders:
      next[state] = true
      guard isSlash else { return true }
    case .enterFolders: return false
    }
    enter(state + 1, steps, &next)
    return true
  }
}

/// The scalars of a path; a byte that is no UTF-8 counts as one beyond Unicode.
private enum PathScalars {
  static func next(_ bytes: ArraySlice<UInt8>, _ index: inout Int) -> UInt32 {
    let lead = bytes[index]
    let length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0
    let tail = bytes[(index + 1)...].prefix(max(0, length - 1))
    guard tail.count == length - 1, tail.allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      index += 1
      return 0x11_0000 + UInt32(lead)
    }
    index += length
    if length == 1 { return UInt32(lead) }
    return tail.reduce(UInt32(lead) & (0x7F >> UInt32(length))) { $0 << 6 | UInt32($1 & 0x3F) }
  }
}

/// `{a,b}` of the shell, nested too.
private enum Braces {
  /// The texts that a pattern stands for, nil if there are more than `limit`.
  static func expand(_ text: [UInt8], limit: Int) -> [[UInt8]]? {
    var done: [[UInt8]] = []
    var open = [text]
    while let next = open.popLast() {
      guard let group = firstGroup(next) else {
        done.append(next)
        if done.count + open.count > limit { return nil }
        continue
      }
      for part in group.parts.reversed() {
        var text = Array(next[..<group.range.lowerBound])
        text += part
        text += next[group.range.upperBound...]
        open.append(text)
      }
      if done.count + open.count > limit { return nil }
    }
    return done
  }

  private static func firstGroup(
    _ text: [UInt8]
  ) -> (range: Range<Int>, parts: [ArraySlice<UInt8>])? {
    var start = 0
    while let open = text[start...].firstIndex(of: 0x7B) {
      if open > 0, text[open - 1] == 0x5C {
        start = open + 1
        continue
      }
      if let group = group(text, open) { return group }
      start = open + 1
    }
    return nil
  }

  private static func group(
    _ text: [UInt8], _ open: Int
  ) -> (range: Range<Int>, parts: [ArraySlice<UInt8>])? {
    var depth = 0
    var parts: [ArraySlice<UInt8>] = []
    var start = open + 1
    for index in open..<text.count {
      switch text[index] {
      case 0x7B: depth += 1
      case 0x2C where depth == 1:
        parts.append(text[start..<index])
        start = index + 1
      case 0x7D:
        depth -= 1
        guard depth == 0 else { continue }
        guard !parts.isEmpty else { return nil }
        parts.append(text[start..<index])
        return (open..<index + 1, parts)
      default: break
      }
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// The last name of a path.
  var name: ArraySlice<UInt8> {
    guard let slash = lastIndex(of: 0x2F) else { return self }
    return self[(slash + 1)...]
  }
}
