internal import KBSchema

/// Dates and numbers that make up a whole declared text.
enum DateText {
  private static let months: [String: Int] = {
    let names =
      "january february march april may june july august september october november december"
    var result: [String: Int] = [:]
    for (index, name) in names.split(separator: " ").enumerated() {
      result[String(name)] = index + 1
      result[String(name.prefix(3))] = index + 1
    }
    result["sept"] = 9
    return result
  }()

  /// A date: `2025-03-14`, with a time after it; `03/13/2025`, `14.03.2025`, `14 March 2025`,
  /// `March 2025`. A bare year is a number.
  static func parse(_ text: String) -> ValueContent? {
    guard text.utf8.count <= 40 else { return nil }
    let parts = text.split { !$0.isLetter && !$0.isNumber }.map { String($0).lowercased() }
    if let iso = iso(text, parts) { return iso }
    let numbers = parts.map { Int($0) }
    if parts.count == 3, let a = numbers[0], let b = numbers[1], let year = numbers[2],
      parts[2].count == 4, text.contains("/") || text.contains(".")
    {
      return slashed(a, b, year, isGerman: text.contains("."))
    }
    return named(parts)
  }

  private static func iso(_ text: String, _ parts: [String]) -> ValueContent? {
    let head = text.prefix(10).split(separator: "-")
    guard head.count >= 2, head[0].count == 4, let year = Int(head[0]), let month = Int(head[1])
    else {
      return nil
    }
    if head.count == 2 { return text.utf8.count == 7 ? span(year, month) : nil }
    guard let day = Int(head[2]),
      parts.count == 3 || text.dropFirst(10).first.map({ "T ".contains($0) }) == true
    else { return nil }
    return DateSpan.day(year: year, month: month, day: day).map {
      .date(DateSpan(first: $0, last: $0))
    }
  }

  private static func slashed(_ a: Int, _ b: Int, _ year: Int, isGerman: Bool) -> ValueContent? {
    let dayFirst = DateSpan.day(year: year, month: b, day: a)
    let monthFirst = isGerman ? nil : DateSpan.day(year: year, month: a, day: b)
    switch (dayFirst, monthFirst) {
    case (let first?, let second?) where first != second:
      return .ambiguousDate(
        dayFirst: DateSpan(first: first, last: first),
        monthFirst: DateSpan(first: second, last: second))
    case (let day?, _), (nil, let day?): return .date(DateSpan(first: day, last: day))
    case (nil, nil): return nil
    }
  }

  private static func named(_ parts: [String]) -> ValueContent? {
    guard (2...3).contains(parts.count), let place = parts.firstIndex(where: { months[$0] != nil }),
      let month = months[parts[place]], let year = Int(parts[parts.count - 1]), year > 999,
      year < 10_000
    else { return nil }
    guard parts.count == 3 else { return span(year, month) }
    let digits = parts[place == 0 ? 1 : 0].prefix { $0.isNumber }
    guard place < 2, let day = Int(digits) else { return nil }
    return DateSpan.day(year: year, month: month, day: day).map {
      .date(DateSpan(first: $0, last: $0))
    }
  }

  private static func span(_ year: Int, _ month: Int) -> ValueContent? {
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    guard let first = DateSpan.day(year: year, month: month, day: 1),
      let last = DateSpan.day(year: next.0, month: next.1, day: 1)
    else { return nil }
    return .date(DateSpan(first: first, last: last - 1))
  }

  /// A number that makes up the whole text.
  static func number(_ text: String) -> Double? {
    guard text.utf8.count <= 24,
      text.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E || $0 == 0x2D })
    else { return nil }
    return Double(text)
  }
}
