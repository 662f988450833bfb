import KBIngest
import KBSchema

/// Reads every labelled line and counts what agrees.
struct Measurement {
  private let extractors = Extractors(.careers)
  /// Whether lines that differ are printed.
  let showsDifferences: Bool
  /// What was measured so far.
  var table = ScoreTable()

  init(showsDifferences: Bool) { self.showsDifferences = showsDifferences }

  /// Adds the scores of a table of lines.
  mutating func add(_ labels: LabelTable) {
    switch labels.kind {
    case "money":
      values(labels, field: "salary", column: 2)
      values(labels, field: "bonus", column: 3)
    case "skills": values(labels, field: "skill", column: 2)
    case "locations": values(labels, field: "location", column: 2)
    case "levels": values(labels, field: "level", column: 2)
    case "companies": values(labels, field: "company", column: 2)
    case "roles": titles(labels)
    case "mentions": mentions(labels)
    case "same": sameRoles(labels)
    default: values(labels, field: labels.kind, column: 2)
    }
  }

  private mutating func values(_ labels: LabelTable, field: String, column: Int) {
    let score = score(labels, field) { line in
      let found = extractors.read(LabelTable.fact(line)).findings.filter { $0.field == field }
      return (unique(found.map(Measurement.text)), list(LabelTable.cell(line, column)))
    }
    table.scores.append(score)
  }

  private mutating func titles(_ labels: LabelTable) {
    let score = score(labels, "role") { line in
      let reads = RoleNames.reads(asRole: LabelTable.cell(line, 0))
      return (reads ? ["yes"] : [], LabelTable.cell(line, 1) == "yes" ? ["yes"] : [])
    }
    table.scores.append(score)
  }

  private mutating func mentions(_ labels: LabelTable) {
    let score = score(labels, "mention") { line in
      let found = RoleNames.mentions(in: LabelTable.cell(line, 0)).map(\.name)
      return (found, list(LabelTable.cell(line, 1)))
    }
    table.scores.append(score)
  }

  private mutating func sameRoles(_ labels: LabelTable) {
    let score = score(labels, "same role") { line in
      let same = RoleNames.same(LabelTable.cell(line, 0), as: LabelTable.cell(line, 1))
      return (same ? ["yes"] : [], LabelTable.cell(line, 2) == "yes" ? ["yes"] : [])
    }
    table.scores.append(score)
  }

  private func score(
    _ labels: LabelTable, _ field: String,
    _ read: ([String]) -> (found: [String], wanted: [String])
  ) -> Score {
    var score = Score(field: field, set: labels.set)
    for line in labels.lines {
      let (found, wanted) = read(line)
      let (extra, missing) = score.add(found: found, wanted: wanted)
      tell("\(field) \(labels.set): \(line.prefix(2).joined(separator: " ¦ "))", extra, missing)
    }
    return score
  }

  /// Prints a line that differs, where that was asked for.
  func tell(_ line: String, _ extra: [String], _ missing: [String]) {
    guard showsDifferences, !(extra.isEmpty && missing.isEmpty) else { return }
    print("\(line)\n    extra: \(extra)  missing: \(missing)")
  }

  private func list(_ cell: String) -> [String] {
    cell.split(separator: ";").map(String.init)
  }

  private func unique(_ values: [String]) -> [String] {
    var result: [String] = []
    for value in values where !result.contains(value) { result.append(value) }
    return result
  }

  /// A value as the tables write it: a name, or `min..max|open|unit`.
  private static func text(_ finding: Finding) -> String {
    switch finding.content {
    case .string(let name): return name
    case .interval(let interval):
      let ends = "\(number(interval.min))..\(number(interval.max))"
      return "\(ends)|\(interval.open?.rawValue ?? "")|\(interval.unit.description)"
    default: return "\(finding.content)"
    }
  }

  private static func number(_ amount: Amount?) -> String {
    guard let value = amount?.doubleValue else { return "" }
    return value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
