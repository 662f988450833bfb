import KBIngest
import KBSchema

/// A reading with a handful of words, so that the arrangement of facts is tested on its own: sums
/// like `$80k`, `$80k–$100k` and `$250k+`, years of experience, three places, levels and skills.
enum SmallReading {
  static let schema = Schema.careers

  static let reading = ValueReading(
    read: { read($0) },
    readsAsRole: { isRole($0) },
    roleMentions: { mentions(in: $0) },
    sameRole: { isSame($0, $1) },
    declaredIntervals: { field, text in
      let found = field == "salary" ? pay(in: text) : years(in: text)
      return found.findings.compactMap {
        guard case .interval(let interval) = $0.content else { return nil }
        return interval
      }
    },
    date: { text in
      let parts = text.split(separator: "-").compactMap { Int($0) }
      guard parts.count == 3,
        let day = DateSpan.day(year: parts[0], month: parts[1], day: parts[2])
      else { return nil }
      return .date(DateSpan(first: day, last: day))
    },
    number: { Double($0) },
    canonical: { field, text in
      names[field]?.first { $0.name.lowercased() == text.lowercased() || $0.alias == text }?.name
    })

  private static let names: [String: [(name: String, alias: String)]] = [
    "location": [
      ("Austin, TX", "Austin"), ("San Francisco, CA", "SF"),
      ("San Francisco, CA", "San Francisco"), ("Boston, MA", "Boston"),
    ],
    "level": [("senior", "Senior"), ("entry", "entry-level"), ("mid", "Mid-level")],
    "skill": [("PyTorch", "pytorch"), ("SQL", "sql"), ("Docker", "docker")],
    "education": [("bachelor", "Bachelor's"), ("master", "Master's")],
  ]

  private static let roles = ["Data Analyst", "ML Engineer", "PyTorch Engineer", "Data Engineer"]

  private static func read(_ fact: FactText) -> (findings: [Finding], rejections: [Rejection]) {
    var result = pay(in: fact.text)
    result.findings += years(in: fact.text).findings
    for (field, words) in names {
      var taken: [Range<Int>] = []
      for word in words.flatMap({ [$0.name, $0.alias] }) {
        for span in spans(of: word, in: fact.text) where !taken.contains(where: span.overlaps) {
          taken.append(span)
          let name = words.first { $0.name == word || $0.alias == word }?.name ?? word
          result.findings.append(Finding(field: field, content: .string(name), span: span))
        }
      }
    }
    return result
  }

  private static func spans(of word: String, in text: String) -> [Range<Int>] {
    text.ranges(of: word).map { utf8(text, $0) }
  }

  private static func utf8(_ text: String, _ range: Range<String.Index>) -> Range<Int> {
    let low = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    return low..<low + text[range].utf8.count
  }

  private static func pay(in text: String) -> (findings: [Finding], rejections: [Rejection]) {
    var result: (findings: [Finding], rejections: [Rejection]) = ([], [])
    let sum = /\$(\d+)k(?: ?[-–] ?\$?(\d+)k)?(\+)?( budget)?/
    for match in text.matches(of: sum) {
      let span = utf8(text, match.range)
      guard match.4 == nil else {
        result.rejections.append(Rejection(field: "salary", span: span, reason: "a budget"))
        continue
      }
      let low = Amount((Int(match.1) ?? 0) * 1000)
      let high = match.2.flatMap { Int($0) }.map { Amount($0 * 1000) }
      let interval = Interval(
        min: low, max: high ?? (match.3 == nil ? low : nil), open: match.3 == nil ? nil : .max,
        unit: MeasureUnit(code: "USD", period: .year))
      result.findings.append(Finding(field: "salary", content: .interval(interval), span: span))
    }
    return result
  }

  private static func years(in text: String) -> (findings: [Finding], rejections: [Rejection]) {
    let years = /(\d+)-(\d+) years/
    let findings = text.matches(of: years).map { match in
      Finding(
        field: "experience",
        content: .interval(
          Interval(
            min: Amount(Int(match.1) ?? 0), max: Amount(Int(match.2) ?? 0),
            unit: MeasureUnit(code: "years"))), span: utf8(text, match.range))
    }
    return (findings, [])
  }

  private static func isRole(_ title: String) -> Bool {
    roles.contains { title == $0 || title == "Senior \($0)" }
  }

  private static func mentions(in text: String) -> [ValueReading.RoleMention] {
    let found = roles.flatMap { role in
      spans(of: role, in: text).map { ValueReading.RoleMention(span: $0, name: role) }
    }
    return found.sorted { $0.span.lowerBound < $1.span.lowerBound }
  }

  private static func isSame(_ name: String, _ role: String) -> Bool {
    name == role || name == "Senior \(role)"
  }
}

/// Shorthand for what tests look at.
extension Fact {
  /// The values of a field that the fact states, as words.
  func says(_ field: String) -> [String] { stated.filter { $0.field == field }.map(\.words) }
  /// The values of a field that it took over.
  func borrows(_ field: String) -> [String] { borrowed.filter { $0.field == field }.map(\.words) }
  /// Stated and borrowed values of a field.
  func has(_ field: String) -> [String] { says(field) + borrows(field) }
}

extension Value {
  var words: String {
    switch content {
    case .string(let text): text
    case .number(let number): "\(number)"
    case .date(let span): span.description
    case .ambiguousDate: "ambiguous"
    case .interval(let interval): interval.words
    }
  }
}

extension Interval {
  var words: String {
    func number(_ amount: Amount?) -> String { amount.map { "\(Int($0.doubleValue))" } ?? "" }
    return min == max && open == nil
      ? number(min) : "\(number(min))..\(number(max))\(open == .max ? "+" : "")"
  }
}

extension DocumentRecords {
  static func of(_ text: String, path: String = "page.md") -> DocumentRecords {
    RecordBuilder(schema: SmallReading.schema, reading: SmallReading.reading)
      .build(PageLines.document(text, path: path))
  }

  func record(_ heading: String) -> Record? { records.first { $0.headings.last == heading } }

  /// Whether a fact that the record states or inherits has such a place and pays more than that.
  func pays(_ heading: String, over amount: Int, in place: String? = nil) -> Bool {
    guard let record = record(heading) else { return false }
    let inherited = subjects[record.subjectOrdinal].entries.map(\.fact)
    return (record.facts + inherited).contains { fact in
      guard !fact.isForeign, place.map({ fact.has("location").contains($0) }) ?? true else {
        return false
      }
      return (fact.stated + fact.borrowed).contains {
        guard $0.field == "salary", case .interval(let pay) = $0.content else { return false }
        return pay.attestedHigh > Amount(amount)
      }
    }
  }
}
