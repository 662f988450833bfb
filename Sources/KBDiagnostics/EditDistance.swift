/// How many single changes (a letter more, less, another, or two neighbours swapped) lie between
/// two words; for "did you mean".
public enum EditDistance {
  /// The distance of two words, nil where it is over `limit`.
  public static func between(_ a: String, _ b: String, limit: Int) -> Int? {
    let first = Array(a.unicodeScalars)
    let second = Array(b.unicodeScalars)
    guard abs(first.count - second.count) <= limit else { return nil }
    let distance = optimalAlignment(first, second)
    return distance <= limit ? distance : nil
  }

  /// The candidates near enough to `word` to have been meant, the nearest first, then by name.
  /// One change is allowed for short words, one for each three letters of longer ones.
  public static func nearest(
    to word: String, among candidates: some Sequence<String>, count: Int = 3
  ) -> [String] {
    let limit = max(1, word.unicodeScalars.count / 3)
    var best: [String: Int] = [:]
    for candidate in candidates where best[candidate] == nil {
      if let distance = between(word, candidate, limit: limit),
        distance < candidate.unicodeScalars.count
      {
        best[candidate] = distance
      }
    }
    let sorted = best.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    return sorted.prefix(count).map(\.key)
  }

  /// Damerau's distance without repeated edits of one place, in three rows.
  private static func optimalAlignment(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        let substituted = previous[j] + (a[i] == b[j] ? 0 : 1)
        var cost = min(previous[j + 1] + 1, row[j] + 1, substituted)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      (before, previous) = (previous, row)
    }
    return previous[b.count]
  }
}
