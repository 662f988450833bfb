/// How far two names are apart.
public enum EditDistance {
  /// Insertions, deletions, substitutions and exchanges of neighbours that turn one name into the
  /// other (optimal string alignment), or more than `limit` if it takes more.
  public static func between(_ a: String, _ b: String, limit: Int = 3) -> Int {
    let a = Array(a.unicodeScalars.prefix(64))
    let b = Array(b.unicodeScalars.prefix(64))
    guard abs(a.count - b.count) <= limit else { return limit + 1 }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1..<(a.count + 1) {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1..<(b.count + 1) {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      before = last
      last = row
    }
    return last[b.count]
  }

  /// The names within `limit` of `name`, the nearest first, then in the order of the alphabet.
  public static func nearest(
    to name: String, among names: some Sequence<String>, limit: Int = 2, count: Int = 3
  ) -> [String] {
    names.map { (distance: between(name, $0, limit: limit), name: $0) }
      .filter { $0.distance <= limit && $0.distance < name.unicodeScalars.count }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(count).map(\.name)
  }
}
