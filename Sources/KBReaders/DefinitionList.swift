internal import KBIngest
internal import KBSchema

/// A paragraph that is a definition list, as PHP Markdown Extra writes it: a term on a line of its own,
/// then `: ` and what it means, once or several times.
struct DefinitionList {
  /// A definition a meaning; the first one of a term begins with the term.
  let blocks: [Block]

  /// Reads a paragraph; nil where it is none.
  init?(_ content: MarkedText) {
    guard content.text.holds("\n:") else { return nil }
    let lines = DefinitionList.lines(of: content)
    guard lines.count > 1, !DefinitionList.isMeaning(lines[0].text),
      DefinitionList.isMeaning(lines[1].text)
    else { return nil }
    var result: [Block] = []
    var index = 0
    while index < lines.count {
      let isTerm =
        index + 1 < lines.count && !DefinitionList.isMeaning(lines[index].text)
        && DefinitionList.isMeaning(lines[index + 1].text)
      if isTerm {
        result.append(DefinitionList.block(lines[index], lines[index + 1]))
        index += 2
      } else {
        result.append(DefinitionList.further(lines[index], result.last))
        index += 1
      }
    }
    blocks = result
  }

  private typealias Line = (text: Substring, offset: Int, line: Int, column: Int)

  private static func lines(of content: MarkedText) -> [Line] {
    var result: [Line] = []
    var offset = 0
    for text in content.text.split(separator: "\n", omittingEmptySubsequences: false) {
      let place = content.place(at: offset)
      result.append((text, offset, place.line, place.column))
      offset += text.utf8.count + 1
    }
    return result
  }

  private static func isMeaning(_ line: Substring) -> Bool {
    line.hasPrefix(": ") && line.utf8.count > 2
  }

  /// What stands behind the colon, and how many bytes lie before it.
  private static func meaning(_ line: Line) -> (text: Substring, skipped: Int) {
    let text = line.text.dropFirst().drop { $0 == " " }
    return (text, line.text.utf8.count - text.utf8.count)
  }

  private static func block(_ term: Line, _ line: Line) -> Block {
    let (meaning, skipped) = meaning(line)
    var content = MarkedText()
    content.append(term.text, line: term.line, column: term.column)
    content.text += ": "
    content.append(meaning, line: line.line, column: line.column + skipped)
    return Block(
      kind: .definition(term: String(term.text)), content: content, line: term.line,
      endLine: line.line)
  }

  /// A further meaning of the last term, or a line that goes on.
  private static func further(_ line: Line, _ last: Block?) -> Block {
    var content = MarkedText()
    guard isMeaning(line.text), case .definition(let term)? = last?.kind else {
      content.append(line.text, line: line.line, column: line.column)
      return Block(kind: .paragraph, content: content, line: line.line, endLine: line.line)
    }
    let (meaning, skipped) = meaning(line)
    content.append(meaning, line: line.line, column: line.column + skipped)
    return Block(
      kind: .definition(term: term), content: content, line: line.line, endLine: line.line)
  }
}
