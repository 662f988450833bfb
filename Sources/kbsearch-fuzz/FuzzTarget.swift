import Glibc
import KBDiagnostics
import KBEngine
import KBIngest
import KBQuery
import KBReaders
import KBSchema

/// What is fed with bytes that nobody prepared. Each runs whole, as the program would run it, and
/// checks what must hold whatever the bytes are.
enum FuzzTarget: String, CaseIterable {
  case markdown, text, html, jsonl, csv, yaml, toml, configuration, extractors, message, glob
  case lexer, parser, query, planner

  /// Feeds the bytes; traps where something does not hold.
  func feed(_ bytes: [UInt8]) {
    switch self {
    case .markdown: read(bytes, .markdown)
    case .text: read(bytes, .text)
    case .html: read(bytes, .html)
    case .jsonl: read(bytes, .jsonl)
    case .csv: read(bytes, .csv)
    case .yaml: read(Array("---\n".utf8) + bytes + Array("\n---\ntext\n".utf8), .markdown)
    case .toml: read(Array("+++\n".utf8) + bytes + Array("\n+++\ntext\n".utf8), .markdown)
    case .configuration: _ = ConfigurationReader.parse(text(bytes), path: "kbsearch.yaml")
    case .extractors: extract(bytes)
    case .lexer: lex(bytes)
    case .parser: parse(bytes)
    case .query: query(bytes)
    case .planner: plan(bytes)
    case .message: message(bytes)
    case .glob: glob(bytes)
    }
  }

  private func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Files

  private static let builder = RecordBuilder(
    schema: .careers, reading: CareersReading.reading(currency: "USD"))

  private func read(_ bytes: [UInt8], _ format: DocumentFormat) {
    _ = try? DocumentReader.forEach(bytes: bytes, path: "a", format: format, modified: 0) {
      check(FuzzTarget.builder.build($0), lines: $0.lineCount)
    }
  }

  private func check(_ records: DocumentRecords, lines: Int) {
    for record in records.records {
      precondition(record.line >= 1, "a section begins before the file")
      precondition(record.endLine >= record.line, "a section ends before it begins")
      precondition(record.endLine <= max(lines, 1), "a section ends behind the file")
      let length = record.body.text.utf8.count
      precondition(
        record.body.marks.allSatisfy { $0.offset <= length && $0.line >= 1 && $0.column >= 0 },
        "a mark lies outside its text")
    }
  }

  // MARK: Extractors

  private static let preset = Extractors(.careers)

  private func extract(_ bytes: [UInt8]) {
    let kinds: [FactText.Kind] = [.heading, .sentence, .listItem, .tableRow, .definition]
    let kind = kinds[Int(bytes.first ?? 0) % kinds.count]
    let fact = FactText(
      kind: kind, text: text(bytes.dropFirst()), headings: ["ML Engineer", "Pay"])
    let length = fact.text.utf8.count
    let found = FuzzTarget.preset.read(fact)
    for finding in found.findings {
      precondition(finding.span.upperBound <= length, "a finding ends behind its text")
      if case .interval(let interval) = finding.content, let low = interval.min,
        let high = interval.max
      {
        precondition(low <= high, "an interval is the wrong way round")
      }
    }
    for rejection in found.rejections {
      precondition(rejection.span.upperBound <= length, "a rejection ends behind its text")
    }
    _ = DateText.parse(fact.text)
    _ = NumberText.parse(fact.text)
    _ = FuzzTarget.preset.declaredIntervals("salary", fact.text)
  }

  // MARK: Queries

  private static let binder = Binder(schema: .careers, today: 20_000)

  private func lex(_ bytes: [UInt8]) {
    let source = text(bytes)
    var end = 0
    for token in Lexer.tokens(of: source) {
      precondition(token.span.lowerBound >= end, "two tokens share a byte")
      precondition(token.span.upperBound <= source.utf8.count, "a token ends behind the query")
      end = token.span.upperBound
    }
  }

  private func parse(_ bytes: [UInt8]) {
    let parsed = Parser.parse(text(bytes))
    guard parsed.diagnostics.allSatisfy({ $0.severity != .error }) else { return }
    let printed = SyntaxPrinter.print(parsed.syntax)
    let again = Parser.parse(printed)
    precondition(
      SyntaxPrinter.print(again.syntax) == printed, "it is read otherwise as printed: \(printed)")
  }

  private func query(_ bytes: [UInt8]) {
    let source = text(bytes)
    let reading = QueryReading(source, binder: FuzzTarget.binder)
    let length = reading.source.utf8.count
    for problem in reading.errors {
      precondition(problem.span.upperBound <= length, "a problem lies behind the query")
    }
    precondition(
      reading.query != nil || !reading.errors.isEmpty, "a query is dropped without a word")
    if let rewrite = reading.rewrite {
      precondition(
        QueryReading(rewrite, binder: FuzzTarget.binder).query != nil,
        "a rewrite is wrong: \(rewrite)")
    }
  }

  // MARK: Plans

  /// The index that `KBSEARCH_FUZZ_INDEX` names.
  // libFuzzer feeds from one thread.
  nonisolated(unsafe) private static let searcher: Searcher = {
    guard let folder = getenv("KBSEARCH_FUZZ_INDEX") else {
      fatalError("KBSEARCH_FUZZ_INDEX names no index")
    }
    do { return try Searcher(folder: String(cString: folder)) } catch { fatalError("\(error)") }
  }()

  /// Plans a query and runs the plan: all of it, and the first page of it.
  private func plan(_ bytes: [UInt8]) {
    do {
      let request = SearchRequest(
        query: text(bytes.dropFirst()), match: (bytes.first ?? 0) % 2 == 0 ? .all : .any, limit: 3)
      let answer = try FuzzTarget.searcher.search(request)
      precondition(answer.total >= answer.hits.count, "fewer hits are counted than shown")
      _ = try FuzzTarget.searcher.explain(request)
    } catch {
      if case .index(let failure) = error { fatalError("the engine failed: \(failure.message)") }
    }
  }

  // MARK: Messages

  private func message(_ bytes: [UInt8]) {
    _ = try? WorkerRequest.decode(bytes)
    _ = try? WorkerReply.decode(bytes)
    _ = try? IndexSchema.decode([UInt8(IndexFormat.version)] + bytes)
  }

  private func glob(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0, maxSplits: 1)
    guard let pattern = parts.first, let glob = try? Glob(text(pattern)) else { return }
    _ = glob.matches(parts.count > 1 ? text(parts[1]) : "a/b/c.md")
  }
}
