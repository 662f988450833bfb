import KBEngine

/// Completions of commands, and the fitting of others to the word that readline replaces.
enum SessionCompletion {
  /// Commands and their operands.
  static func of(
    _ typed: String, wordStart: Int, fields: [String]
  ) -> [(text: String, shown: String)] {
    let parts = typed.dropFirst().split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count > 1 else {
      let begun = parts.first.map(String.init) ?? ""
      return DotCommand.allCases.map(\.rawValue).filter { $0.hasPrefix(begun) }
        .map { (".\($0) ", ".\($0)") }
    }
    guard parts.count == 2, case .success(let command) = DotCommand.named(String(parts[0])) else {
      return []
    }
    let words: [String] =
      switch command {
      case .mode: DotCommand.modes
      case .match: SearchRequest.MatchMode.allCases.map(\.rawValue)
      case .timer, .literal: ["on", "off"]
      case .facets: fields
      case .sort: fields + fields.map { "-\($0)" } + ["off"]
      default: []
      }
    return words.filter { $0.hasPrefix(parts[1]) }.sorted().map { ($0, $0) }
  }

  /// `text` stands for what begins at byte `start`; readline replaces from `wordStart` on.
  static func fit(_ text: String, from start: Int, to wordStart: Int, of line: String) -> String {
    if start < wordStart {
      return String(decoding: text.utf8.dropFirst(wordStart - start), as: UTF8.self)
    }
    let between = line.utf8.dropFirst(wordStart).prefix(start - wordStart)
    return String(decoding: between, as: UTF8.self) + text
  }
}
