import KBIngest
import KBReaders
import KBSchema

/// The headings that a reader sees in a document.
enum Headings {
  /// One heading a line: level, line, title, between tabs. Nil where the file cannot be read.
  static func of(_ path: String) -> [String]? {
    guard let bytes = FileBytes.read(path), let format = DocumentFormat.ofPath(path),
      let document = try? DocumentReader.read(
        bytes: bytes, path: path, format: format, modified: 0)
    else { return nil }
    return document.blocks.compactMap { block in
      guard case .heading(let level, _) = block.kind else { return nil }
      let title = block.content.text.split { $0.isWhitespace }.joined(separator: " ")
      return "\(level)\t\(block.line)\t\(title)"
    }
  }
}

extension Measurement {
  /// Adds the score of the documents of a folder that have a `.tree` beside them: the headings that
  /// a careful editor would set, with level and line. A document counts a line.
  mutating func addTrees(in folder: String) {
    var scores: [String: Score] = [:]
    for name in FileBytes.names(in: folder) {
      guard let dot = name.lastIndex(of: "."), DocumentFormat.ofPath(name) != nil,
        let labels = FileBytes.read("\(folder)/\(name[..<dot]).tree")
      else { continue }
      let wanted = String(decoding: labels, as: UTF8.self).split(separator: "\n").map(String.init)
      let found = Headings.of("\(folder)/\(name)") ?? []
      let set = name.hasPrefix("held-out") ? "held-out" : "tuned"
      var score = scores[set] ?? Score(field: "section", set: set)
      let (extra, missing) = score.add(
        found: found, wanted: wanted.filter { !$0.hasPrefix("#") })
      scores[set] = score
      tell("section \(name)", extra, missing)
    }
    table.scores += scores.keys.sorted().compactMap { scores[$0] }
  }
}
