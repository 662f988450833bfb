/// A fixed-point number with four decimals, exact where money and years are compared.
public struct Amount: Sendable, Hashable, Comparable, Codable {
  /// How many units one whole makes.
  public static let scale: Int64 = 10_000

  /// The number in ten-thousandths.
  public var raw: Int64

  /// The number `raw / 10,000`.
  public init(raw: Int64) { self.raw = raw }

  /// A whole number; the nearest representable one if it is out of range.
  public init(_ whole: Int) {
    let (value, overflow) = Int64(whole).multipliedReportingOverflow(by: Amount.scale)
    raw = overflow ? (whole < 0 ? .min : .max) : value
  }

  /// The nearest representable number.
  public init(_ value: Double) {
    let scaled = (value * Double(Amount.scale)).rounded()
    if scaled.isNaN {
      raw = 0
    } else if scaled >= 9.2e18 {
      raw = .max
    } else if scaled <= -9.2e18 {
      raw = .min
    } else {
      raw = Int64(scaled)
    }
  }

  /// The value as floating point, for JSON and display.
  public var doubleValue: Double { Double(raw) / Double(Amount.scale) }

  /// This number `factor` times, held at the ends of the range.
  public func multiplied(by factor: Int64) -> Amount {
    let (value, overflow) = raw.multipliedReportingOverflow(by: factor)
    guard overflow else { return Amount(raw: value) }
    return Amount(raw: (raw < 0) == (factor < 0) ? .max : .min)
  }

  /// Numeric order.
  public static func < (a: Amount, b: Amount) -> Bool { a.raw < b.raw }
}

/// The time that a stated pay is for. Pay is compared by the year.
public enum Period: String, Sendable, Hashable, Codable, CaseIterable {
  case hour, day, week, month, year

  /// How often it comes in a working year: hour ×2080, day ×260, week ×52, month ×12, as `spec`
  /// states them; they are part of the schema and shown by `explain`.
  public var perYear: Int64 {
    switch self {
    case .hour: 2080
    case .day: 260
    case .week: 52
    case .month: 12
    case .year: 1
    }
  }
}

/// What an interval counts: a currency (with the period it is paid for), or a quantity.
public struct MeasureUnit: Sendable, Hashable, Codable {
  /// An ISO 4217 code (`USD`) or the name of a quantity (`years`, `percent`).
  public var code: String
  /// For pay: what it is paid for. Nil for a quantity or an amount without one.
  public var period: Period?

  /// A unit.
  public init(code: String, period: Period? = nil) {
    self.code = code
    self.period = period
  }

  /// As JSON and `inspect` write it: `USD/year`, `years`.
  public var description: String { period.map { "\(code)/\($0.rawValue)" } ?? code }
}

/// A stated range. "$250,000+" is `min 250000, open max`; "up to $225,000" has no `min`;
/// "$158,653 - $250,000+" has both ends and is open at the upper one.
public struct Interval: Sendable, Hashable, Codable {
  /// An end that the text leaves open beyond the number it states.
  public enum OpenEnd: String, Sendable, Hashable, Codable {
    case min, max
  }

  /// The stated lower bound, in `unit` as stated; nil where the text states none ("up to").
  public var min: Amount?
  /// The stated upper bound; nil where the text states none ("over $267k").
  public var max: Amount?
  /// The end that reaches beyond its number; nil where both ends are what they say.
  public var open: OpenEnd?
  /// What is counted.
  public var unit: MeasureUnit

  /// A range. At least one of `min` and `max` is stated; they are put in order.
  public init(min: Amount?, max: Amount?, open: OpenEnd? = nil, unit: MeasureUnit) {
    if let low = min, let high = max, high < low {
      self.min = high
      self.max = low
    } else {
      self.min = min
      self.max = max
    }
    self.open = open
    self.unit = unit
  }

  /// The lowest attested value, compared by the year: the stated lower bound, or the only stated one.
  public var attestedLow: Amount { yearly(min ?? max ?? Amount(0)) }
  /// The highest attested value, compared by the year. With an open upper end, strictly more than
  /// this is attested.
  public var attestedHigh: Amount { yearly(max ?? min ?? Amount(0)) }

  /// `amount` of this interval's unit, by the year where the unit is pay.
  public func yearly(_ amount: Amount) -> Amount {
    amount.multiplied(by: unit.period?.perYear ?? 1)
  }
}

/// A day or a span of days, as dates are compared: both ends inclusive, counted from 1970-01-01.
public struct DateSpan: Sendable, Hashable, Codable {
  /// First day.
  public var first: Int
  /// Last day, not before the first.
  public var last: Int

  /// A span of days.
  public init(first: Int, last: Int) {
    self.first = first
    self.last = Swift.max(first, last)
  }

  /// The day number of a Gregorian date (proleptic), nil for a date that does not exist.
  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  public static func day(year: Int, month: Int, day: Int) -> Int? {
    guard (1...12).contains(month), (1...31).contains(day), abs(year) < 100_000 else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yoe = y - era * 400
    let doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy
    let number = era * 146_097 + doe - 719_468
    guard civil(number) == (year, month, day) else { return nil }
    return number
  }

  /// Year, month and day of a day number; the inverse of `day(year:month:day:)`.
  public static func civil(_ number: Int) -> (year: Int, month: Int, day: Int) {
    let z = number + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let day = doy - (153 * mp + 2) / 5 + 1
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// `YYYY-MM-DD`, or a shorter form for a whole month or year.
  public var description: String {
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
    let a = DateSpan.civil(first)
    let b = DateSpan.civil(last)
    let next = DateSpan.civil(last + 1)
    if a == (a.year, 1, 1), b == (a.year, 12, 31) { return padded(a.year, 4) }
    if a.day == 1, next.day == 1, (a.year, a.month) == (b.year, b.month) {
      return "\(padded(a.year, 4))-\(padded(a.month, 2))"
    }
    let start = "\(padded(a.year, 4))-\(padded(a.month, 2))-\(padded(a.day, 2))"
    guard first != last else { return start }
    return "\(start)..\(padded(b.year, 4))-\(padded(b.month, 2))-\(padded(b.day, 2))"
  }
}
