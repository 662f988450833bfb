import KBSchema

/// The day number of the user's calendar day.
enum DateToday {
  static func number(year: Int, month: Int, day: Int) -> Int {
    DateSpan.day(year: year, month: month, day: day) ?? 0
  }
}
