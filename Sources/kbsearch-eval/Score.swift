/// How many values were found, how many were wanted, and how many of them are the same.
struct Score {
  /// What was measured, and over which set.
  var field: String
  var set: String
  /// Lines, or documents, that were read.
  var lines = 0
  var found = 0
  var wanted = 0
  var right = 0

  /// The share of found values that were wanted; 1 where none was found.
  var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }
  /// The share of wanted values that were found; 1 where none was wanted.
  var recall: Double { wanted == 0 ? 1 : Double(right) / Double(wanted) }

  /// The least precision and recall that the project promises for the field.
  var thresholds: (precision: Double, recall: Double) {
    field == "salary" ? (0.97, 0.95) : (0.95, 0.90)
  }

  /// Whether both shares are as promised.
  var isKept: Bool { precision >= thresholds.precision && recall >= thresholds.recall }

  /// Counts one line. Equal values of one line count as often as they stand there.
  ///
  /// - Returns: What was found and not wanted, and what was wanted and not found.
  mutating func add(found: [String], wanted: [String]) -> (extra: [String], missing: [String]) {
    var missing = wanted
    var extra: [String] = []
    for value in found {
      if let at = missing.firstIndex(of: value) {
        missing.remove(at: at)
      } else {
        extra.append(value)
      }
    }
    lines += 1
    self.found += found.count
    self.wanted += wanted.count
    right += wanted.count - missing.count
    return (extra, missing)
  }
}

/// The table of all scores.
struct ScoreTable {
  var scores: [Score] = []

  /// Lines of text: one a score, and a mark where a promise is not kept.
  var text: String {
    let head = ScoreTable.row("field", "set", "lines", "found", "wanted", "precision", "recall")
    return ([head] + scores.map(ScoreTable.row)).joined(separator: "\n")
  }

  private static func row(_ score: Score) -> String {
    row(
      score.field, score.set, "\(score.lines)", "\(score.found)", "\(score.wanted)",
      thousandths(score.precision), thousandths(score.recall))
      + (score.isKept ? "" : "  < promised")
  }

  private static func row(
    _ field: String, _ set: String, _ numbers: String...
  ) -> String {
    let cells = numbers.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }
    return padded(field, 12) + padded(set, 12) + cells.joined()
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func thousandths(_ share: Double) -> String {
    let number = Int((share * 1000).rounded())
    let digits = "\(number % 1000)"
    return "\(number / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
