internal import KBIngest
internal import KBSchema

/// Text without markup.
enum PlainTextReader {
  /// Reads a text whose lines end in `\n`.
  static func read(_ text: String, path: String) -> Document {
    let lines = SourceLines(text)
    let blocks = (1..<lines.count + 1).compactMap { number -> Block? in
      let line = lines.text(number)
      guard !line.trimmed.isEmpty else { return nil }
      var content = MarkedText()
      content.append(line, line: number, column: 0)
      return Block(kind: .paragraph, content: content, line: number, endLine: number)
    }
    return Document(path: path, format: "text", blocks: blocks, lineCount: lines.count)
  }
}
