/// How records cross from the worker process and rest in the index. `IndexFormat.version` changes
/// with this file.
extension ByteWriter {
  /// Appends all of a document's records.
  public mutating func document(_ document: DocumentRecords) {
    string(document.path)
    list(document.records) { $0.record($1) }
    list(document.subjects) { $0.sheet($1) }
    list(document.warnings) { $0.string($1) }
  }

  /// Appends a record.
  public mutating func record(_ record: Record) {
    string(record.path)
    string(record.format)
    signed(Int64(record.modified))
    string(record.anchor)
    count(record.ordinal)
    count(record.line)
    count(record.endLine)
    string(record.document)
    string(record.subject)
    count(record.subjectOrdinal)
    list(record.headings) { $0.string($1) }
    count(record.foreignHeadings)
    list(record.facts) { $0.fact($1) }
    list(record.ignored) { writer, amount in
      writer.string(amount.field)
      writer.provenance(amount.provenance)
      writer.string(amount.reason)
    }
    markedText(record.body)
  }

  /// Appends what a subject's sections inherit.
  public mutating func sheet(_ sheet: SubjectSheet) {
    count(sheet.ordinal)
    string(sheet.name)
    list(sheet.entries) { writer, entry in
      writer.optional(entry.section) { $0.count($1) }
      writer.flag(entry.source == .document)
      writer.fact(entry.fact)
    }
    list(sheet.mentioned) { $0.value($1) }
  }

  mutating func fact(_ fact: Fact) {
    flag(fact.isForeign)
    list(fact.stated) { $0.value($1) }
    list(fact.borrowed) { $0.value($1) }
  }

  mutating func value(_ value: Value) {
    string(value.field)
    content(value.content)
    provenance(value.provenance)
    list(value.implied) { $0.string($1) }
  }

  mutating func provenance(_ place: Provenance) {
    count(place.line)
    count(place.columns.lowerBound)
    count(place.columns.count)
    string(place.text)
    flag(place.declared)
  }

  mutating func content(_ content: ValueContent) {
    switch content {
    case .string(let text):
      byte(0)
      string(text)
    case .number(let number):
      byte(1)
      double(number)
    case .date(let span):
      byte(2)
      self.span(span)
    case .interval(let interval):
      byte(3)
      self.interval(interval)
    case .ambiguousDate(let dayFirst, let monthFirst):
      byte(4)
      span(dayFirst)
      span(monthFirst)
    }
  }

  mutating func span(_ span: DateSpan) {
    signed(Int64(span.first))
    count(span.last - span.first)
  }

  mutating func interval(_ interval: Interval) {
    optional(interval.min) { $0.signed($1.raw) }
    optional(interval.max) { $0.signed($1.raw) }
    byte(interval.open.map { $0 == .min ? 1 : 2 } ?? 0)
    string(interval.unit.code)
    string(interval.unit.period?.rawValue ?? "")
  }

  mutating func markedText(_ text: MarkedText) {
    var last = MarkedText.Mark(offset: 0, line: 0, column: 0)
    list(text.marks) { writer, mark in
      writer.count(mark.offset - last.offset)
      writer.signed(Int64(mark.line - last.line))
      writer.count(mark.column)
      last = mark
    }
    string(text.text)
  }
}

extension ByteReader {
  /// Reads all of a document's records.
  public mutating func document() throws(CodingFailure) -> DocumentRecords {
    let path = try string()
    var records: [Record] = []
    let count = try length()
    records.reserveCapacity(count)
    for _ in 0..<count { records.append(try record(after: records.last)) }
    let subjects = try list { reader throws(CodingFailure) in try reader.sheet() }
    let warnings = try list { reader throws(CodingFailure) in try reader.string() }
    return DocumentRecords(path: path, records: records, subjects: subjects, warnings: warnings)
  }

  /// Reads a record.
  public mutating func record() throws(CodingFailure) -> Record { try record(after: nil) }

  /// Reads a record that has much in common with the one before.
  private mutating func record(after last: Record?) throws(CodingFailure) -> Record {
    var record = Record(
      path: try string(like: last?.path ?? ""), format: try string(like: last?.format ?? ""),
      modified: Int(try signed()), anchor: try string(), ordinal: try count(), line: try count(),
      endLine: try count(), document: try string(like: last?.document ?? ""),
      subject: try string(like: last?.subject ?? ""), subjectOrdinal: try count(), headings: [],
      body: MarkedText())
    let headings = try length()
    record.headings.reserveCapacity(headings)
    for index in 0..<headings {
      let known = last.flatMap { index < $0.headings.count ? $0.headings[index] : nil }
      record.headings.append(try string(like: known ?? ""))
    }
    record.foreignHeadings = try count()
    record.facts = try list { reader throws(CodingFailure) in try reader.fact() }
    record.ignored = try list { reader throws(CodingFailure) in
      IgnoredAmount(
        field: try reader.string(), provenance: try reader.provenance(),
        reason: try reader.string())
    }
    record.body = try markedText()
    return record
  }

  /// Reads what a subject's sections inherit.
  public mutating func sheet() throws(CodingFailure) -> SubjectSheet {
    let ordinal = try count()
    let name = try string()
    let entries = try list { reader throws(CodingFailure) in
      let section = try reader.optional { inner throws(CodingFailure) in try inner.count() }
      let isDocument = try reader.flag()
      return SubjectSheet.Entry(
        section: section, source: isDocument ? .document : .subject, fact: try reader.fact())
    }
    let mentioned = try list { reader throws(CodingFailure) in try reader.value() }
    return SubjectSheet(ordinal: ordinal, name: name, entries: entries, mentioned: mentioned)
  }

  mutating func fact() throws(CodingFailure) -> Fact {
    let isForeign = try flag()
    let stated = try list { reader throws(CodingFailure) in try reader.value() }
    let borrowed = try list { reader throws(CodingFailure) in try reader.value() }
    return Fact(stated: stated, borrowed: borrowed, isForeign: isForeign)
  }

  mutating func value() throws(CodingFailure) -> Value {
    Value(
      field: try string(), content: try content(), provenance: try provenance(),
      implied: try list { reader throws(CodingFailure) in try reader.string() })
  }

  mutating func provenance() throws(CodingFailure) -> Provenance {
    let line = try count()
    let start = try count(limit: Int.max / 4)
    let length = try count(limit: Int.max / 4)
    return Provenance(
      line: line, columns: start..<start + length, text: try string(), declared: try flag())
  }

  mutating func content() throws(CodingFailure) -> ValueContent {
    switch try byte() {
    case 0: return .string(try string())
    case 1: return .number(try double())
    case 2: return .date(try span())
    case 3: return .interval(try interval())
    case 4: return .ambiguousDate(dayFirst: try span(), monthFirst: try span())
    case let kind: throw CodingFailure(reason: "there is no value of kind \(kind)")
    }
  }

  mutating func span() throws(CodingFailure) -> DateSpan {
    let first = Int(try signed())
    let (last, overflow) = first.addingReportingOverflow(try count())
    guard !overflow else { throw CodingFailure(reason: "a date is out of range") }
    return DateSpan(first: first, last: last)
  }

  mutating func interval() throws(CodingFailure) -> Interval {
    let low = try optional { reader throws(CodingFailure) in Amount(raw: try reader.signed()) }
    let high = try optional { reader throws(CodingFailure) in Amount(raw: try reader.signed()) }
    let open: Interval.OpenEnd? =
      switch try byte() {
      case 1: .min
      case 2: .max
      default: nil
      }
    let code = try string()
    let period = Period(rawValue: try string())
    return Interval(min: low, max: high, open: open, unit: MeasureUnit(code: code, period: period))
  }

  mutating func markedText() throws(CodingFailure) -> MarkedText {
    var last = MarkedText.Mark(offset: 0, line: 0, column: 0)
    let marks = try list { reader throws(CodingFailure) in
      let (offset, far) = last.offset.addingReportingOverflow(try reader.count())
      let (line, deep) = last.line.addingReportingOverflow(Int(try reader.signed()))
      guard !far, !deep else { throw CodingFailure(reason: "a mark is out of range") }
      last = MarkedText.Mark(offset: offset, line: line, column: try reader.count())
      return last
    }
    return MarkedText(text: try string(), marks: marks)
  }
}
