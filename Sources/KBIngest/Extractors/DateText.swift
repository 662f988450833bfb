public import KBSchema

/// Dates as people write them.
public enum DateText {
  /// The date that makes up the whole text: `2024-05-17`, `2024-05`, `2024-05-17T08:00:00Z`,
  /// `May 2024`, `3 March 2025`, `March 3, 2025`, `03/13/2025`, `13.03.2025`. A day and a month
  /// that could be either way round give `.ambiguousDate`. Nil for anything else; a year alone is a
  /// number.
  public static func parse(_ text: String) -> ValueContent? {
    guard text.utf8.count <= 64 else { return nil }
    let lexemes = Lexemes(text)
    guard lexemes.count > 0, let found = DateScan(lexemes).date(at: 0) else { return nil }
    return found.end == lexemes.count || isTime(lexemes, from: found.end) ? found.content : nil
  }

  /// Whether what follows a date is a time of day with a zone.
  private static func isTime(_ text: Lexemes, from start: Int) -> Bool {
    guard start < text.count else { return true }
    let words: Set<String> = ["t", "z", "utc", "gmt", "am", "pm", "at", "est", "pst", "cet"]
    return text.items[start...].allSatisfy {
      switch $0.kind {
      case .number: $0.key.utf8.count <= 12
      case .sign: [":", "+", "-", "."].contains($0.key)
      case .word: words.contains($0.key) || isClockWord($0.key)
      }
    }
  }

  /// `t08`, as the lexer cuts the time of an ISO date.
  private static func isClockWord(_ key: String) -> Bool {
    key.utf8.first == 0x74 && key.utf8.dropFirst().allSatisfy(\.isDigit)
  }
}

/// Finds dates among lexemes.
struct DateScan {
  private let text: Lexemes

  init(_ text: Lexemes) { self.text = text }

  /// The date that starts at a lexeme, and the index after it.
  func date(at index: Int) -> (content: ValueContent, end: Int)? {
    guard index < text.count else { return nil }
    if text[index].kind == .word { return monthFirst(index) }
    guard text[index].kind == .number else { return nil }
    return dotted(index) ?? signed(index) ?? dayMonthYear(index)
  }

  // MARK: Digits alone

  /// `13.03.2025` is one number lexeme.
  private func dotted(_ index: Int) -> (content: ValueContent, end: Int)? {
    let parts = text[index].key.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let numbers = parts.compactMap { number($0) }
    guard numbers.count == 3 else { return nil }
    if parts[0].utf8.count == 4 {
      return day(numbers[0], numbers[1], numbers[2]).map { ($0, index + 1) }
    }
    guard parts[2].utf8.count == 4 else { return nil }
    return day(numbers[2], numbers[1], numbers[0]).map { ($0, index + 1) }
  }

  /// `2024-05-17`, `2024-05`, `2024/05/17`, `03/13/2025`.
  private func signed(_ index: Int) -> (content: ValueContent, end: Int)? {
    let sign = text.key(index + 1)
    guard sign == "-" || sign == "/", text[index + 1].isGlued, index + 2 < text.count,
      text[index + 2].isGlued, let first = number(text[index].key),
      let second = number(text[index + 2].key)
    else { return nil }
    let isYearFirst = text[index].key.utf8.count == 4
    let third = glued(third: index + 4, after: sign)
    if isYearFirst {
      if let third { return day(first, second, third).map { ($0, index + 5) } }
      guard sign == "-", text[index + 2].key.utf8.count == 2 else { return nil }
      return month(first, second).map { ($0, index + 3) }
    }
    guard let third, text[index + 4].key.utf8.count == 4 else { return nil }
    return either(third, first, second).map { ($0, index + 5) }
  }

  private func glued(third index: Int, after sign: String) -> Int? {
    guard index < text.count, text.at(index - 1, sign), text[index].isGlued,
      text[index - 1].isGlued
    else { return nil }
    let key = text[index].key
    return number(key.prefix { $0 != "." })
  }

  private func number(_ digits: some StringProtocol) -> Int? {
    guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigit) else { return nil }
    return Int(digits)
  }

  // MARK: Month names

  /// `May 2024`, `March 3, 2025`, `Mar 3rd 2025`.
  private func monthFirst(_ index: Int) -> (content: ValueContent, end: Int)? {
    guard let month = DateScan.months[text[index].key] else { return nil }
    var next = index + 1
    if text.at(next, "."), text[next].isGlued { next += 1 }
    if text.at(next, ",") { next += 1 }
    if let year = year(next) { return self.month(year, month).map { ($0, next + 1) } }
    guard next < text.count, let first = number(text[next].key), first <= 31 else { return nil }
    next += 1
    if ["st", "nd", "rd", "th"].contains(text.key(next)) { next += 1 }
    if text.at(next, ",") { next += 1 }
    guard let year = year(next) else { return nil }
    return day(year, month, first).map { ($0, next + 1) }
  }

  /// `3 March 2025`, `3rd of March, 2025`, `3-Mar-2025`.
  private func dayMonthYear(_ index: Int) -> (content: ValueContent, end: Int)? {
    guard let first = number(text[index].key), first <= 31 else { return nil }
    var next = index + 1
    if ["st", "nd", "rd", "th", "."].contains(text.key(next)) { next += 1 }
    if text.at(next, "of") || text.at(next, "-") { next += 1 }
    guard let month = DateScan.months[text.key(next)] else { return nil }
    next += 1
    if [",", ".", "-"].contains(text.key(next)) { next += 1 }
    guard let year = year(next) else { return nil }
    return day(year, month, first).map { ($0, next + 1) }
  }

  private func year(_ index: Int) -> Int? {
    guard index < text.count, text[index].key.utf8.count == 4, let year = number(text[index].key),
      (1000...2999).contains(year)
    else { return nil }
    return year
  }

  // MARK: Spans

  private func day(_ year: Int, _ month: Int, _ day: Int) -> ValueContent? {
    span(year, month, day).map { .date($0) }
  }

  private func span(_ year: Int, _ month: Int, _ day: Int) -> DateSpan? {
    DateSpan.day(year: year, month: month, day: day).map { DateSpan(first: $0, last: $0) }
  }

  private func either(_ year: Int, _ first: Int, _ second: Int) -> ValueContent? {
    let dayFirst = span(year, second, first)
    let monthFirst = span(year, first, second)
    guard let dayFirst else { return monthFirst.map { .date($0) } }
    guard let monthFirst, monthFirst != dayFirst else { return .date(dayFirst) }
    return .ambiguousDate(dayFirst: dayFirst, monthFirst: monthFirst)
  }

  private func month(_ year: Int, _ month: Int) -> ValueContent? {
    let isLast = month == 12
    guard let first = DateSpan.day(year: year, month: month, day: 1),
      let next = DateSpan.day(year: isLast ? year + 1 : year, month: isLast ? 1 : month + 1, day: 1)
    else { return nil }
    return .date(DateSpan(first: first, last: next - 1))
  }

  private static let months: [String: Int] = {
    let names = [
      "january jan januar janvier enero", "february feb februar fevrier", "march mar marz mars",
      "april apr avril abril", "may mai mayo", "june jun juni juin", "july jul juli juillet",
      "august aug aout agosto", "september sep sept septembre", "october oct oktober octobre",
      "november nov novembre", "december dec dezember decembre",
    ]
    var result: [String: Int] = [:]
    for (index, list) in names.enumerated() {
      for name in list.split(separator: " ") { result[String(name)] = index + 1 }
    }
    return result
  }()
}

/// Reads dates for a configured field.
struct DateReader {
  let field: String
  let cues: CueWords

  func read(_ fact: FactText, _ text: Lexemes) -> [Finding] {
    guard cues.isEmpty || cues.stand(in: text) || cues.stand(around: fact) else { return [] }
    let scan = DateScan(text)
    var findings: [Finding] = []
    var index = 0
    while index < text.count {
      guard let found = scan.date(at: index) else {
        index += 1
        continue
      }
      findings.append(
        Finding(field: field, content: found.content, span: text.span(index, found.end - 1)))
      index = found.end
    }
    return findings
  }
}
