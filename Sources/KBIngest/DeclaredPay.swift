internal import KBSchema

/// Pay under keys that are no names of the salary field: `day_rate: £600`, `base-salary: 120-150K`,
/// and the table `salary: {min: 118000, max: 142000, currency: USD}`, whose keys reach here as
/// `salary-min`, `salary-max` and `salary-currency`.
struct DeclaredPay {
  /// Text that states one pay as prose would, with the scalar it comes from.
  struct Statement: Equatable {
    var text: String
    var scalar: Document.Entry.Scalar
  }

  /// What a key says of pay.
  enum Part: Equatable {
    case whole, low, high, currency, period
  }

  /// The statements of a document's metadata, in the order of the keys. Keys that the schema knows
  /// as a field by themselves are not among them.
  static func statements(_ metadata: [Document.Entry]) -> [Statement] {
    var result: [Statement] = []
    var tables: [(stem: String, parts: [(Part, Document.Entry.Scalar)])] = []
    for entry in metadata {
      let key = Field.normalise(entry.key)
      guard let (stem, part) = read(key), let scalar = entry.values.first else { continue }
      if part == .whole {
        result += entry.values.compactMap { statement(of: $0, stem) }
      } else if let known = tables.firstIndex(where: { $0.stem == stem }) {
        tables[known].parts.append((part, scalar))
      } else {
        tables.append((stem, [(part, scalar)]))
      }
    }
    for table in tables { result += statement(table.stem, table.parts).map { [$0] } ?? [] }
    return result
  }

  /// One statement of a table's parts; nil where no end is stated.
  private static func statement(
    _ stem: String, _ parts: [(Part, Document.Entry.Scalar)]
  ) -> Statement? {
    func scalar(_ part: Part) -> Document.Entry.Scalar? { parts.first { $0.0 == part }?.1 }
    let ends = [scalar(.low), scalar(.high)].compactMap { $0 }
    guard let first = ends.first else { return nil }
    let range: String
    if ends.count == 2 {
      range = "\(ends[0].text) - \(ends[1].text)"
    } else {
      range = scalar(.low) == nil ? "up to \(first.text)" : "from \(first.text)"
    }
    let currency = scalar(.currency).map { " \($0.text)" } ?? ""
    let period = scalar(.period).flatMap { DeclaredPay.periods[$0.text.lowercased()] } ?? ""
    return Statement(text: range + currency + period + time(in: stem), scalar: first)
  }

  /// A whole value with the time that its key names; a bare rate must name one itself.
  private static func statement(
    of scalar: Document.Entry.Scalar, _ stem: String
  ) -> Statement? {
    let text = scalar.text.lowercased()
    if stem == "rate", !text.contains("/"), !text.contains("per "), !text.contains("a day") {
      return nil
    }
    return Statement(text: scalar.text + time(in: stem), scalar: scalar)
  }

  private static func time(in stem: String) -> String {
    stem.split(separator: "-").lazy.compactMap { periods[String($0)] }.first ?? ""
  }

  /// The stem and part of a key that speaks of pay; nil for any other.
  static func read(_ key: String) -> (stem: String, part: Part)? {
    guard telling.stand(in: Array(key.utf8)) else { return nil }
    var words = key.split(separator: "-").map(String.init)
    guard !words.isEmpty else { return nil }
    var part = Part.whole
    if let last = words.last, let found = parts[last], words.count > 1 {
      part = found
      words.removeLast()
    } else if let first = words.first, let found = parts[first], words.count > 1 {
      part = found
      words.removeFirst()
    }
    let hasPay = words.contains { pay.contains($0) }
    let isRate = words.last == "rate" && (words.count == 1 || times.contains(words[0]))
    guard hasPay || isRate,
      words.allSatisfy({
        pay.contains($0) || times.contains($0) || plain.contains($0) || $0 == "rate"
      })
    else { return nil }
    let stem = words.filter { !plain.contains($0) }.joined(separator: "-")
    return (stem, part)
  }

  /// What every key that speaks of pay has in it.
  private static let telling = BytePhrases(Array(pay) + ["rate"])

  private static let pay: Set<String> = [
    "salary", "salaries", "pay", "compensation", "wage", "wages", "remuneration", "ctc", "ote",
    "earnings", "gehalt", "lohn", "salaire", "salario", "stipend",
  ]
  private static let times: Set<String> = [
    "hourly", "hour", "daily", "day", "weekly", "week", "monthly", "month", "annual", "yearly",
    "year",
  ]
  private static let plain: Set<String> = [
    "base", "range", "band", "total", "gross", "expected", "offered", "target", "usd", "eur", "gbp",
    "estimated", "advertised",
  ]
  private static let parts: [String: Part] = [
    "min": .low, "minimum": .low, "from": .low, "low": .low, "lower": .low, "floor": .low,
    "max": .high, "maximum": .high, "to": .high, "high": .high, "upper": .high, "ceiling": .high,
    "currency": .currency, "period": .period, "unit": .period, "per": .period, "interval": .period,
    "frequency": .period,
  ]
  private static let periods: [String: String] = [
    "hour": " per hour", "hourly": " per hour", "day": " per day", "daily": " per day",
    "week": " per week", "weekly": " per week", "month": " per month", "monthly": " per month",
    "year": " per year", "yearly": " per year", "annual": " per year", "annually": " per year",
  ]
}
