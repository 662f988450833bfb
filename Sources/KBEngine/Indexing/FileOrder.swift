internal import KBSchema

/// Where each file stands in the order of paths, as a number that is stored with every section of it:
/// shorter to store and to compare than the path. Numbers are spread out, so that files that come later
/// find room between their neighbours.
struct FileOrder: Sendable, Equatable {
  private var ranks: [PathKey: UInt32]

  /// Numbers known already.
  init(ranks: [PathKey: UInt32] = [:]) { self.ranks = ranks }

  /// Spreads paths evenly.
  init(_ paths: [String]) {
    let ordered = Set(paths.map { PathKey($0) }).sorted()
    let step = UInt64(UInt32.max) / UInt64(ordered.count + 1)
    ranks = [:]
    ranks.reserveCapacity(ordered.count)
    for (number, path) in ordered.enumerated() { ranks[path] = UInt32(step * UInt64(number + 1)) }
  }

  /// Paths in the order of their bytes.
  static func sorted(_ paths: some Sequence<String>) -> [String] {
    paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A file's number; nil for a file that was not named.
  subscript(path: String) -> UInt32? { ranks[PathKey(path)] }

  /// Gives numbers to files that are new among `files`. `known` tells the number of a file that has
  /// sections already, nil for one without. False where there is no room left.
  mutating func insert(
    _ added: Set<PathKey>, among files: [String], known: (String) throws -> UInt32?
  ) rethrows -> Bool {
    let ordered = FileOrder.sorted(files).map { PathKey($0) }
    var low: UInt32 = 0
    var waiting: [PathKey] = []
    // Only the neighbours of new files are asked for.
    var index = 0
    while index < ordered.count {
      guard added.contains(ordered[index]) else {
        index += 1
        continue
      }
      low = 0
      var before = index - 1
      while before >= 0 {
        if let rank = try ranks[ordered[before]] ?? known(ordered[before].path) {
          low = rank
          break
        }
        before -= 1
      }
      waiting = []
      var high = UInt32.max
      while index < ordered.count {
        if added.contains(ordered[index]) {
          waiting.append(ordered[index])
        } else if let rank = try ranks[ordered[index]] ?? known(ordered[index].path) {
          high = rank
          break
        }
        index += 1
      }
      let step = UInt64(high - low) / UInt64(waiting.count + 1)
      guard step > 0 else { return false }
      for (number, path) in waiting.enumerated() {
        ranks[path] = low + UInt32(step * UInt64(number + 1))
      }
    }
    return true
  }

  /// Notes the number that a file has already.
  mutating func set(_ path: String, _ rank: UInt32) { ranks[PathKey(path)] = rank }
}
