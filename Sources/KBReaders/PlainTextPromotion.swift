internal import KBIngest
internal import KBSchema

/// Finds the headings among lines that look like something else: labels that a list follows, and
/// numbered lines that stand alone between blank lines.
struct PlainTextPromotion {
  let units: [PlainTextUnit]
  let lines: SourceLines

  /// The units, those that are headings as candidates.
  func promoted() -> [PlainTextUnit] {
    var result = units
    var hasHeading = false
    for index in units.indices {
      if isLabel(index) && hasHeading || isNumbered(index) {
        result[index].kind = .candidate
        result[index].column = lines.line(units[index].lines.lowerBound).prefix { $0 == 0x20 }.count
      }
      if units[index].kind == .candidate || result[index].kind == .candidate { hasHeading = true }
      if case .underlined = units[index].kind { hasHeading = true }
    }
    return result
  }

  /// "Requirements:", "What you will do:" above a list.
  private func isLabel(_ index: Int) -> Bool {
    let unit = units[index]
    guard unit.kind == .prose, unit.lines.count == 1, isItem(index + 1) else { return false }
    let text = lines.text(unit.lines.lowerBound).trimmed
    guard text.hasSuffix(":"), !text.contains("### ") else { return false }
    let words = text.dropLast().split(separator: " ")
    guard (1...5).contains(words.count), let last = words.last else { return false }
    return PlainTextUnits.readsAsHeading(String(text.dropLast()))
      && !PlainTextPromotion.leads.contains(last.lowercased())
      && !text.dropLast().contains(where: { ":,.".contains($0) })
  }

  /// Last words of a line that leads to a list without naming it.
  private static let leads: Set<String> = [
    "include", "includes", "including", "are", "is", "following", "follows", "example", "as",
    "like",
    "to", "of", "these", "those", "this", "steps", "can", "should", "must", "will", "below", "note",
    "if", "when", "by", "that", "options", "either", "instance", "and", "or", "with", "for",
  ]

  /// `1. Scope` between blank lines, with no other numbered line beside it.
  private func isNumbered(_ index: Int) -> Bool {
    guard isNumber(index), index + 1 < units.count, !isNumber(index + 1),
      index == 0 || !isNumber(index - 1)
    else { return false }
    let line = units[index].lines.lowerBound
    let isAlone =
      (line == 1 || PlainTextUnits.isBlank(lines.line(line - 1)))
      && line < lines.count && PlainTextUnits.isBlank(lines.line(line + 1))
    return isAlone && PlainTextUnits.readsAsHeading(lines.text(line))
  }

  private func isItem(_ index: Int) -> Bool {
    guard units.indices.contains(index), case .item = units[index].kind else { return false }
    return true
  }

  private func isNumber(_ index: Int) -> Bool {
    guard isItem(index), units[index].lines.count == 1 else { return false }
    let line = lines.line(units[index].lines.lowerBound)
    return line.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
  }
}

/// The levels of headings that have no markup.
enum PlainTextLevels {
  /// How many numbers lead a heading: `1. Scope` has one, `1.2 When to ask` two, a title none.
  static func depth(of text: String) -> Int {
    let word = text.prefix { $0 != " " }
    let numbers = (word.hasSuffix(".") ? word.dropLast() : word).split(
      separator: ".", omittingEmptySubsequences: false)
    guard word.contains("."), numbers.count <= 5,
      numbers.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isNumber) }),
      text.dropFirst(word.count + 1).first?.isUppercase == true
    else { return 0 }
    return numbers.count
  }

  /// In a page whose opening chapter alone has subsections, such as a posting that begins "About
  /// us", nothing says that they belong to it: they become chapters.
  static func flatten(_ blocks: inout [Block]) {
    let headings = blocks.indices.filter { blocks[$0].isHeading }
    let levels = headings.map { level(of: blocks[$0]) }
    guard levels.first == 1, levels.count > 2,
      levels.dropFirst().allSatisfy({ (2...3).contains($0) })
    else { return }
    let above = levels.indices.filter { levels[$0] == 3 }.map { index in
      levels[..<index].lastIndex { $0 < 3 } ?? 0
    }
    guard let parent = above.first, parent <= 1, above.allSatisfy({ $0 == parent }),
      headings.allSatisfy({ depth(of: blocks[$0].content.text) < 2 }),
      Set(headings.map { blocks[$0].line }).count == headings.count
    else { return }
    for index in headings.dropFirst() { blocks[index].kind = .heading(level: 2, id: nil) }
  }

  private static func level(of block: Block) -> Int {
    if case .heading(let level, _) = block.kind { level } else { 0 }
  }
}
