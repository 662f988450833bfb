internal import CGumbo
internal import KBIngest
internal import KBSchema

/// HTML pages: headings with their ids, text, lists and tables of the main content; what `<meta>` and
/// JSON-LD declare.
enum HTMLReader {
  /// Reads a text whose lines end in `\n`.
  static func read(_ text: String, path: String) throws(ReadError) -> Document {
    let lines = SourceLines(text)
    let tree = try HTMLTree(text)
    var metadata = HTMLMetadata(lines: lines)
    metadata.read(tree.root)
    var blocks: [Block] = []
    for node in HTMLBoilerplate.content(of: tree.root) {
      blocks += HTMLBlocks.read(node, lines: lines)
    }
    blocks.removeAll { $0.content.text.isEmpty }
    if let posting = metadata.description, blocks.textLength < HTMLReader.littleText {
      blocks += try HTMLReader.blocks(of: posting, lines: lines)
    }
    let hasTitle = blocks.contains {
      if case .heading(let level, _) = $0.kind { return level == 1 }
      return false
    }
    return Document(
      path: path, format: "html",
      declaredTitle: hasTitle ? nil : metadata.postingTitle ?? metadata.pageTitle,
      metadata: metadata.entries, blocks: blocks, lineCount: lines.count,
      warnings: metadata.warnings + (blocks.isEmpty ? ["no text was found in it"] : []))
  }

  /// A page with less text than this shows its words by script: what JSON-LD describes stands in.
  private static let littleText = 200

  /// The blocks of a description in HTML, on the line of the script that holds it.
  private static func blocks(
    of description: (html: String, line: Int), lines: SourceLines
  ) throws(ReadError) -> [Block] {
    let tree = try HTMLTree(description.html)
    let inner = SourceLines(description.html)
    return HTMLBlocks.read(tree.root, lines: inner).map { block in
      var block = block
      block.line = description.line
      block.endLine = description.line
      block.content.marks =
        block.content.text.isEmpty
        ? [] : [.init(offset: 0, line: description.line, column: 0)]
      return block
    }
  }
}

extension [Block] {
  /// UTF-8 bytes of all text.
  var textLength: Int { reduce(0) { $0 + $1.content.text.utf8.count } }
}
