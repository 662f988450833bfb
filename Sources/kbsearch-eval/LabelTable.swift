import KBIngest

/// A table of hand-labelled lines: `Tests/Fixtures/labels/<set>-<kind>.tsv`.
struct LabelTable {
  /// What its last columns label: `money`, `skills`, …
  var kind: String
  /// The set it belongs to: `tuned` for lines that the extractors were made with.
  var set: String
  /// Its lines' cells, comments left out.
  var lines: [[String]]

  /// The kinds of tables there are.
  static let kinds = [
    "money", "skills", "locations", "levels", "experience", "education", "companies", "roles",
    "mentions", "same",
  ]

  /// The tables of a folder.
  static func all(in folder: String) -> [LabelTable] {
    FileBytes.names(in: folder).compactMap { name in
      guard name.hasSuffix(".tsv"), let bytes = FileBytes.read("\(folder)/\(name)") else {
        return nil
      }
      return LabelTable(
        stem: String(name.dropLast(4)), text: String(decoding: bytes, as: UTF8.self))
    }
  }

  private init?(stem: String, text: String) {
    let words = stem.split(separator: "-").map(String.init)
    guard let at = words.firstIndex(where: { LabelTable.kinds.contains($0) }) else { return nil }
    kind = words[at]
    let set = (words[..<at] + words[(at + 1)...]).joined(separator: "-")
    self.set = set.isEmpty ? "tuned" : set
    lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// A cell; empty where the line is shorter.
  static func cell(_ line: [String], _ index: Int) -> String {
    index < line.count ? line[index] : ""
  }

  /// The fact that the first two cells describe: headings and text.
  static func fact(_ line: [String]) -> FactText {
    let headings = cell(line, 0).isEmpty ? [] : pieces(cell(line, 0), between: " > ")
    return FactText(kind: .listItem, text: cell(line, 1), headings: headings)
  }

  private static func pieces(_ text: String, between separator: String) -> [String] {
    var result: [String] = []
    var rest = text[...]
    while let end = rest.firstRange(of: separator) {
      result.append(String(rest[..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return result + [String(rest)]
  }
}
