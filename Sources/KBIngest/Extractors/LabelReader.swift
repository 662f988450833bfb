/// Reads what a label at the front of a line names: `Role: Data Analyst`.
struct LabelReader {
  private let table: PhraseTable

  init(_ labels: [String]) {
    var table = PhraseTable()
    for label in labels { table.add(label, 0) }
    self.table = table
  }

  /// Longest value in lexemes; a longer one is a sentence.
  private static let longest = 12

  private static let colon = KeyHash(":")

  func find(in text: Lexemes) -> [FoundName] {
    guard text.mayHold(LabelReader.colon) else { return [] }
    var result: [FoundName] = []
    var next = 0
    while let index = table.next(in: text, from: next) {
      next = index + 1
      guard let label = table.match(text, at: index), text.at(label.end, ":"),
        text[index].kind == .word, isFront(text, index)
      else { continue }
      let start = label.end + 1
      let end = self.end(of: start, text)
      guard end > start, end - start <= LabelReader.longest, text[start].kind != .sign else {
        continue
      }
      let bytes = text.bytes[text.span(start, end - 1)]
      result.append(FoundName(name: String(decoding: bytes, as: UTF8.self), range: start..<end))
    }
    return result
  }

  private func isFront(_ text: Lexemes, _ index: Int) -> Bool {
    index == 0 || ["|", "•", "*", ";", "-"].contains(text.key(index - 1))
      || (text.at(index - 1, ".") && text.isCapital(index))
  }

  private func end(of start: Int, _ text: Lexemes) -> Int {
    var index = start
    while index < text.count, index - start <= LabelReader.longest {
      let lexeme = text[index]
      if lexeme.kind == .sign {
        if [";", "|", "•", "(", "!", "?", ":"].contains(lexeme.key) { return index }
        if lexeme.key == "." && !(index + 1 < text.count && text[index + 1].isGlued) {
          return index
        }
        if lexeme.key == "-" && !lexeme.isGlued { return index }
      }
      index += 1
    }
    return index
  }
}
