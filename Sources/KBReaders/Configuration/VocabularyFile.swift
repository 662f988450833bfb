internal import KBIngest

/// A list of names: one a line, other spellings behind `=` between semicolons, remarks behind `#`.
enum VocabularyFile {
  /// The names of a file's text. Behind a spelling, `!` asks for its capitals as written.
  static func entries(_ text: String) throws(ReadError) -> [Vocabulary.Entry] {
    var result: [Vocabulary.Entry] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmed
      if line.isEmpty || line.hasPrefix("# ") || line == "#" { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = spelling(parts[0].trimmed)
      guard !name.text.isEmpty else {
        throw ReadError(reason: "line \(index + 1) has no name in front of =")
      }
      let aliases = parts.count > 1 ? parts[1].split(separator: ";") : []
      result.append(
        Vocabulary.Entry(
          name: name.text, guarded: name.guarded,
          aliases: aliases.map { spelling($0.trimmed) }.filter { !$0.text.isEmpty }))
    }
    guard !result.isEmpty else { throw ReadError(reason: "it names nothing") }
    return result
  }

  private static func spelling(_ text: String) -> (text: String, guarded: Vocabulary.Guard) {
    text.hasSuffix("!") ? (String(text.dropLast()), .written) : (text, .none)
  }
}
