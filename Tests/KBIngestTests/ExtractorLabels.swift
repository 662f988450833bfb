import Foundation
import KBIngest
import KBSchema
import Testing

/// One line of a table of labels, with its place for the report of a failure.
struct Label: Sendable, CustomTestStringConvertible {
  var file: String
  var line: Int
  var cells: [String]

  var testDescription: String { "\(file):\(line) \(cells.joined(separator: " ¦ "))" }

  /// The cell of that number, empty where the line is shorter.
  subscript(_ index: Int) -> String { index < cells.count ? cells[index] : "" }

  /// The lines of `Tests/Fixtures/labels/<name>.tsv` without comments.
  static func table(_ name: String) -> [Label] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/labels")
    let file = folder.appendingPathComponent("\(name).tsv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      guard !$1.isEmpty, !$1.hasPrefix("#") else { return nil }
      let cells = $1.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Label(file: "\(name).tsv", line: $0 + 1, cells: cells)
    }
  }

  /// The fact that the first two cells describe: headings and text. A text that begins with a
  /// parenthesised kind (`(row)`) is of that kind, its cells split at ` | `.
  var fact: FactText {
    let headings = cells[0].isEmpty ? [] : cells[0].components(separatedBy: " > ")
    return FactText(kind: .listItem, text: self[1], headings: headings)
  }
}

extension Interval {
  /// As tables of labels write it: `min..max|open|unit`.
  var labelled: String {
    func number(_ amount: Amount?) -> String {
      guard let amount else { return "" }
      let value = amount.doubleValue
      return value == value.rounded() ? "\(Int(value))" : "\(value)"
    }
    return "\(number(min))..\(number(max))|\(open?.rawValue ?? "")|\(unit.description)"
  }
}

extension [Finding] {
  /// The intervals of a field in order, between semicolons.
  func intervals(_ field: String) -> String {
    filter { $0.field == field }.compactMap {
      if case .interval(let interval) = $0.content { interval.labelled } else { nil }
    }.joined(separator: ";")
  }

  /// The names of a field in order, between semicolons, repeated ones once.
  func names(_ field: String) -> String {
    var result: [String] = []
    for finding in self where finding.field == field {
      if case .string(let name) = finding.content, !result.contains(name) { result.append(name) }
    }
    return result.joined(separator: ";")
  }
}
