import KBIngest
import KBReaders
import KBSchema

/// Whole pages with labels for each sum of pay on them: what a line by itself cannot show, such as
/// headings, tables, front matter and cards.
extension Measurement {
  /// Adds the scores of the pages of a folder, labelled in its `salaries.tsv` and `subjects.tsv`.
  mutating func addPages(in folder: String) {
    guard let pay = LabelTable.rows("\(folder)/salaries.tsv"),
      let subjects = LabelTable.rows("\(folder)/subjects.tsv")
    else { return }
    let wantedPay = Dictionary(grouping: pay, by: { $0[0] })
    let wantedSubjects = Dictionary(grouping: subjects, by: { $0[0] })
    var salary = Score(field: "salary", set: "pages")
    var subject = Score(field: "subject", set: "pages")
    let builder = RecordBuilder(
      schema: .careers, reading: CareersReading.reading(currency: "USD"))
    for path in Set(wantedPay.keys).union(wantedSubjects.keys).sorted() {
      guard let document = Measurement.document("\(folder)/\(path)") else { continue }
      let records = builder.build(document)
      let found = Measurement.pay(records)
      let wanted = (wantedPay[path] ?? []).map(Measurement.label)
      let (extra, missing) = salary.add(found: found, wanted: wanted)
      tell("salary \(path)", extra, missing)
      let names = (wantedSubjects[path] ?? []).map { LabelTable.cell($0, 2) }
      let (more, less) = subject.add(found: records.subjects.map(\.name), wanted: names)
      tell("subject \(path)", more, less)
    }
    table.scores += [salary, subject]
  }

  private static func document(_ path: String) -> Document? {
    guard let bytes = FileBytes.read(path), let format = DocumentFormat.ofPath(path) else {
      return nil
    }
    return try? DocumentReader.read(bytes: bytes, path: path, format: format, modified: 0)
  }

  /// `line min..max|open|unit` of each sum that is stated or declared, once each.
  private static func pay(_ records: DocumentRecords) -> [String] {
    let declared = records.subjects.flatMap(\.entries).filter { $0.section == nil }
      .flatMap(\.fact.stated)
    let stated = records.records.flatMap { $0.statedValues.map(\.value) }
    var result: [String] = []
    for value in declared + stated where value.field == "salary" {
      guard case .interval(let interval) = value.content else { continue }
      let ends = "\(plain(interval.min?.doubleValue))..\(plain(interval.max?.doubleValue))"
      let text =
        "\(value.provenance.line) \(ends)|\(interval.open?.rawValue ?? "")|\(interval.unit.description)"
      if !result.contains(text) { result.append(text) }
    }
    return result
  }

  private static func label(_ row: [String]) -> String {
    let ends = "\(plain(Double(row[2])))..\(plain(Double(row[3])))"
    return "\(row[1]) \(ends)|\(row[4])|\(row[5])"
  }

  private static func plain(_ value: Double?) -> String {
    guard let value else { return "" }
    return value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}

extension LabelTable {
  /// The rows of a tab-separated file, remarks left out; nil where there is none.
  static func rows(_ path: String) -> [[String]]? {
    guard let bytes = FileBytes.read(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }
}
