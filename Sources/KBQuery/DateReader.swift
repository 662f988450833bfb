internal import KBDiagnostics
internal import KBSchema

/// Why a text is no date, with the spellings that were probably meant.
struct DateProblem: Error, Equatable {
  var reason: String
  var meant: [String] = []
}

/// Dates as queries write them: `2024`, `2024-05`, `2024-05-17`, `today`, `-30d`, `2w`.
struct DateReader {
  /// Day number of today.
  var today: Int
  /// Whether `03/04/2024` is the third of April in this corpus, for suggestions.
  var dayFirst: Bool?

  /// The days that a text names.
  func read(_ text: String) throws(DateProblem) -> DateSpan {
    let lower = Bytes.lowercased(text.utf8)
    guard lower.count <= 32 else { throw DateProblem(reason: "it is no date") }
    switch String(decoding: lower, as: UTF8.self) {
    case "today": return DateSpan(first: today, last: today)
    case "yesterday": return DateSpan(first: today - 1, last: today - 1)
    case "tomorrow": return DateSpan(first: today + 1, last: today + 1)
    default: break
    }
    if let day = relative(lower) { return DateSpan(first: day, last: day) }
    return try calendar(lower)
  }

  /// Whether a text counts from today: `-30d`, `2w`.
  static func isRelative(_ text: String) -> Bool {
    DateReader(today: 0).relative(Bytes.lowercased(text.utf8)) != nil
  }

  /// The day of `-30d` or `2w` (ago), `+30d` (ahead): days, weeks, months, years.
  private func relative(_ text: [UInt8]) -> Int? {
    var rest = text[...]
    let isAhead = rest.first == UInt8(ascii: "+")
    if isAhead || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let digits = rest.prefix(while: Bytes.isDigit)
    guard let count = NumberText.integer(digits), count <= 100_000 else { return nil }
    let steps = isAhead ? count : -count
    switch String(decoding: rest.dropFirst(digits.count), as: UTF8.self) {
    case "d": return today + steps
    case "w": return today + 7 * steps
    case "m", "mo": return shifted(months: steps)
    case "y": return shifted(months: 12 * steps)
    default: return nil
    }
  }

  /// Today's day in another month, or that month's last where it has no such day.
  private func shifted(months: Int) -> Int? {
    let now = DateSpan.civil(today)
    let index = now.year * 12 + now.month - 1 + months
    let year = index >= 0 ? index / 12 : (index - 11) / 12
    let month = index - year * 12 + 1
    return stride(from: now.day, to: now.day - 4, by: -1).lazy
      .compactMap { DateSpan.day(year: year, month: month, day: $0) }.first
  }

  // MARK: Calendar

  private func calendar(_ text: [UInt8]) throws(DateProblem) -> DateSpan {
    let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { NumberText.integer($0) }
    guard numbers.count == parts.count, (1...3).contains(parts.count), parts[0].count == 4,
      parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { throw misspelt(text) }
    return try span(numbers)
  }

  private func span(_ parts: [Int]) throws(DateProblem) -> DateSpan {
    let year = parts[0]
    let month = parts.count > 1 ? parts[1] : nil
    let day = parts.count > 2 ? parts[2] : nil
    guard year > 0 else { throw DateProblem(reason: "years count from 0001") }
    guard let first = DateSpan.day(year: year, month: month ?? 1, day: 1) else {
      throw DateProblem(reason: "there is no such month", meant: [pad(year, 4)])
    }
    if let day, let month {
      guard let number = DateSpan.day(year: year, month: month, day: day) else {
        throw DateProblem(
          reason: "that month has no such day", meant: ["\(pad(year, 4))-\(pad(month, 2))"])
      }
      return DateSpan(first: number, last: number)
    }
    let isYear = month == nil || month == 12
    let next = DateSpan.day(
      year: isYear ? year + 1 : year, month: isYear ? 1 : (month ?? 0) + 1, day: 1)
    return DateSpan(first: first, last: (next ?? first + 1) - 1)
  }

  private func pad(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The error for another spelling: `2024/5/17`, `17.05.2024`, `20240517`.
  private func misspelt(_ text: [UInt8]) -> DateProblem {
    let written = String(decoding: text, as: UTF8.self)
    var parts = text.split { $0 == 0x2F || $0 == 0x2E || $0 == 0x2D }
      .compactMap { NumberText.integer($0) }
    if parts.count == 1, text.count == 8, NumberText.integer(text[...]) != nil {
      parts = [parts[0] / 10_000, parts[0] / 100 % 100, parts[0] % 100]
    }
    let near = EditDistance.nearest(to: written, among: ["today", "yesterday", "tomorrow"])
    return DateProblem(
      reason: "a date is written as `2024-05-17`", meant: orders(of: parts).compactMap(spelt) + near
    )
  }

  /// Year, month and day, as three numbers in an unknown order may mean.
  private func orders(of parts: [Int]) -> [[Int]] {
    if parts.count == 2, parts[0] > 31 { return [parts] }
    guard parts.count == 3 else { return [] }
    if parts[0] > 31 { return [parts] }
    let byDay = [parts[2], parts[1], parts[0]]
    let byMonth = [parts[2], parts[0], parts[1]]
    return dayFirst == false ? [byMonth, byDay] : [byDay, byMonth]
  }

  private func spelt(_ parts: [Int]) -> String? {
    guard parts[0] > 999, let span = try? span(parts) else { return nil }
    return span.description
  }
}
