import Glibc
import KBSchema

/// A random generator that gives the same numbers everywhere (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A small corpus of records made at random, with facts that a simple reading of the spec lifts
/// and completes. It shares no code with ingest.
struct NaiveCorpus {
  static let words = ["model", "engineer", "system", "cloud", "budget", "garden", "report"]
  static let skills = ["python", "r", "c++", "machine learning"]
  static let places = ["Austin, TX", "Boston, MA", "San Francisco, CA"]
  static let levels = ["entry", "senior", "lead"]
  static let companies = ["Blue River Labs", "River Bank", "Labs of Norway"]
  static let roles = ["ML Engineer", "Data Analyst"]
  static let tying: Set<String> = ["salary", "location", "level", "company", "role"]

  var documents: [DocumentRecords] = []

  init(using generator: inout SeededGenerator) {
    for number in 0..<Int.random(in: 1...5, using: &generator) {
      documents.append(NaiveCorpus.document(number, &generator))
    }
  }

  private static func document(_ number: Int, _ generator: inout SeededGenerator) -> DocumentRecords
  {
    let path = "docs/\(number).md"
    var records: [Record] = []
    let subjects = Int.random(in: 1...2, using: &generator)
    for ordinal in 0..<Int.random(in: 1...4, using: &generator) {
      let subject = subjects == 2 && ordinal >= 2 ? 1 : 0
      let title = sentence(2, &generator)
      records.append(
        Record(
          path: path, format: "markdown", anchor: "s\(ordinal)", ordinal: ordinal,
          line: ordinal * 10 + 1, endLine: ordinal * 10 + 9, document: "Page \(number)",
          subject: "subject \(subject)", subjectOrdinal: subject,
          headings: ["Page \(number)", title], foreignHeadings: subject == 1 ? 1 : 0,
          body: MarkedText(
            text: sentence(Int.random(in: 1...8, using: &generator), &generator),
            marks: [.init(offset: 0, line: ordinal * 10 + 2, column: 0)]),
          facts: (0..<Int.random(in: 0...3, using: &generator)).map { _ in fact(&generator) }))
    }
    let sheets = (0..<subjects).map { subject in
      sheet(subject, &records, declares: subject == 0 && Bool.random(using: &generator), &generator)
    }
    return DocumentRecords(path: path, records: records, subjects: sheets)
  }

  private static func sentence(_ count: Int, _ generator: inout SeededGenerator) -> String {
    (0..<count).map { _ in
      let word = words.randomElement(using: &generator) ?? "model"
      return Bool.random(using: &generator) ? word : word + "s"
    }.joined(separator: " ")
  }

  private static func fact(_ generator: inout SeededGenerator) -> Fact {
    var stated: [Value] = []
    if Int.random(in: 0..<3, using: &generator) > 0 { stated.append(salary(&generator)) }
    for (field, names) in [
      ("location", places), ("level", levels), ("skill", skills), ("company", companies),
    ] where Int.random(in: 0..<3, using: &generator) == 0 {
      stated.append(name(field, names, &generator))
    }
    let isForeign = !stated.isEmpty && Int.random(in: 0..<6, using: &generator) == 0
    if isForeign { stated.append(name("role", ["Data Analyst"], &generator)) }
    return Fact(stated: stated, isForeign: isForeign)
  }

  private static func name(
    _ field: String, _ names: [String], _ generator: inout SeededGenerator
  ) -> Value {
    let text = names.randomElement(using: &generator) ?? ""
    let city = text.split(separator: ",").first.map(String.init) ?? text
    return Value(
      field: field, content: .string(text),
      provenance: Provenance(line: Int.random(in: 1...99, using: &generator), text: text),
      implied: field == "location" ? [city] : [])
  }

  private static func salary(_ generator: inout SeededGenerator) -> Value {
    let low = Int.random(in: 4...20, using: &generator) * 10_000
    let high = low + Int.random(in: 0...5, using: &generator) * 10_000
    let code = Int.random(in: 0..<5, using: &generator) == 0 ? "GBP" : "USD"
    let interval: Interval
    switch Int.random(in: 0..<5, using: &generator) {
    case 0:
      interval = Interval(
        min: Amount(low), max: nil, open: .max, unit: MeasureUnit(code: code, period: .year))
    case 1:
      interval = Interval(min: nil, max: Amount(high), unit: MeasureUnit(code: code, period: .year))
    case 2:
      interval = Interval(
        min: Amount(low / 2080), max: Amount(high / 2080),
        unit: MeasureUnit(code: code, period: .hour))
    case 3:
      interval = Interval(
        min: Amount(low), max: Amount(high), open: .max,
        unit: MeasureUnit(code: code, period: .year))
    default:
      interval = Interval(
        min: Amount(low), max: Amount(high), unit: MeasureUnit(code: code, period: .year))
    }
    return Value(
      field: "salary", content: .interval(interval), provenance: Provenance(line: 1, text: "pay"))
  }

  /// Lifts and completes the facts of one subject, and gives its sheet.
  private static func sheet(
    _ subject: Int, _ records: inout [Record], declares: Bool,
    _ generator: inout SeededGenerator
  ) -> SubjectSheet {
    var declared = Fact(stated: [name("role", [roles[subject % 2]], &generator)])
    if declares { declared.stated.append(name("location", places, &generator)) }
    let own = records.indices.filter { records[$0].subjectOrdinal == subject }
    let free = own.flatMap { records[$0].facts }.filter { fact in
      !fact.isForeign && !fact.stated.contains { $0.field == "salary" }
    }.flatMap(\.stated)
    func completed(_ fact: Fact) -> Fact {
      var fact = fact
      for field in ["location", "level", "company"]
      where !fact.stated.contains(where: { $0.field == field }) {
        let nearer = declared.stated.filter { $0.field == field }
        let borrowed = nearer.isEmpty ? free.filter { $0.field == field } : nearer
        var seen: Set<ValueContent> = []
        fact.borrowed += borrowed.filter { seen.insert($0.content).inserted }
      }
      return fact
    }
    for index in own { records[index].facts = records[index].facts.map(completed) }
    var entries = [SubjectSheet.Entry(section: nil, source: .subject, fact: completed(declared))]
    for index in own {
      for fact in records[index].facts where !fact.isForeign {
        var lifted = fact
        lifted.stated.removeAll { $0.field == "skill" }
        guard !lifted.stated.isEmpty else { continue }
        entries.append(
          SubjectSheet.Entry(section: records[index].ordinal, source: .subject, fact: lifted))
      }
    }
    let mentioned = own.flatMap { records[$0].facts }.filter { !$0.isForeign }.flatMap(\.stated)
      .filter { $0.field == "skill" }
    return SubjectSheet(
      ordinal: subject, name: "subject \(subject)", entries: entries, mentioned: mentioned)
  }
}
