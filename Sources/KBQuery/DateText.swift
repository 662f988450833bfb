internal import KBSchema

/// Reads dates of a query: `2024`, `2024-05`, `2024-05-17`, `today`, `yesterday`, `-30d`, `2w`.
enum QueryDate {
  /// The span of days that `text` names, nil if it is no date.
  static func parse(_ text: String, today: Int) -> DateSpan? {
    switch text.lowercased() {
    case "today", "now": return DateSpan(first: today, last: today)
    case "yesterday": return DateSpan(first: today - 1, last: today - 1)
    case "tomorrow": return DateSpan(first: today + 1, last: today + 1)
    default: return relative(text, today) ?? calendar(text)
    }
  }

  /// So many days, weeks, months (of 30 days) or years (of 365) ago; with `+`, ahead.
  private static func relative(_ text: String, _ today: Int) -> DateSpan? {
    guard let unit = text.last, let days = ["d": 1, "w": 7, "m": 30, "y": 365][unit.lowercased()]
    else { return nil }
    var digits = text.dropLast()
    let isAhead = digits.first == "+"
    if isAhead || digits.first == "-" { digits = digits.dropFirst() }
    guard let count = Int(digits), count >= 0, count < 100_000 else { return nil }
    let day = isAhead ? today + count * days : today - count * days
    return DateSpan(first: day, last: day)
  }

  private static func calendar(_ text: String) -> DateSpan? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, first.count == 4, parts.count <= 3 else { return nil }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && part.count <= 4 ? Int(part) : nil
    }
    guard numbers.count == parts.count else { return nil }
    switch numbers.count {
    case 1: return span(from: (numbers[0], 1), to: (numbers[0] + 1, 1))
    case 2:
      let isLast = numbers[1] == 12
      return span(
        from: (numbers[0], numbers[1]),
        to: (numbers[0] + (isLast ? 1 : 0), isLast ? 1 : numbers[1] + 1))
    default:
      return DateSpan.day(year: numbers[0], month: numbers[1], day: numbers[2])
        .map { DateSpan(first: $0, last: $0) }
    }
  }

  private static func span(from: (Int, Int), to: (Int, Int)) -> DateSpan? {
    guard let first = DateSpan.day(year: from.0, month: from.1, day: 1),
      let next = DateSpan.day(year: to.0, month: to.1, day: 1)
    else { return nil }
    return DateSpan(first: first, last: next - 1)
  }
}
