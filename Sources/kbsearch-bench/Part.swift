import Glibc
import KBDiagnostics
import KBIngest
import KBQuery
import KBReaders
import KBSchema
import KBKnowledge
import KBText

/// The inner parts, each over bytes that are given: their instructions are counted by
/// `Benchmarks/parts/check`, their times printed here.
enum Part: String, CaseIterable {
  /// Words of the files.
  case tokenizer
  /// Files to blocks.
  case reader
  /// Blocks to sections with their values.
  case records
  /// Values out of the files' lines.
  case extractors
  /// Queries, one a line of the files.
  case parser
  /// The same, bound to fields.
  case binder
  /// The same, planned and counted on the index that `KBSEARCH_BENCH_INDEX` names.
  case plan
  /// The same, ten hits with snippets.
  case search

  private static let builder = RecordBuilder(
    schema: .careers, reading: CareersReading.reading(currency: "USD"))

  /// Runs the part so often over the files, and prints what a round takes.
  func run(rounds: Int, files: [String]) throws {
    let contents = try files.map { try FileSystem.read($0) }
    let bytes = contents.reduce(0) { $0 + $1.count }
    let lines = contents.flatMap {
      $0.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
    let body = try work(contents, lines)
    let start = ContinuousClock.now
    var sum = 0
    for _ in 0..<rounds { sum &+= body() }
    let taken = (ContinuousClock.now - start) / .seconds(1) / Double(max(rounds, 1))
    print(
      "\(rawValue)\t\(taken * 1e6) µs\t\(Double(bytes) / 1e6 / taken) MB/s\t"
        + "\(taken * 1e6 / Double(max(lines.count, 1))) µs a line\t(\(sum))")
  }

  /// What a round does; it returns a number that depends on all it did.
  private func work(_ contents: [[UInt8]], _ lines: [String]) throws -> () -> Int {
    switch self {
    case .tokenizer:
      return {
        var count = 0
        for bytes in contents {
          bytes.withUnsafeBufferPointer { Tokenizer.scan($0) { count &+= $0.position } }
        }
        return count
      }
    case .reader:
      return { Part.documents(contents).reduce(0) { $0 + $1.lineCount } }
    case .records:
      let documents = Part.documents(contents)
      return { documents.reduce(0) { $0 + Part.builder.build($1).records.count } }
    case .extractors:
      let extractors = Extractors(.careers)
      let facts = lines.map { FactText(kind: .sentence, text: $0, headings: []) }
      return { facts.reduce(0) { $0 + extractors.read($1).findings.count } }
    case .parser:
      return { lines.reduce(0) { $0 + Parser.parse($1).tokens.count } }
    case .binder:
      let binder = Binder(schema: .careers, today: 20_000)
      return { lines.reduce(0) { $0 + QueryReading($1, binder: binder).diagnostics.count } }
    case .plan, .search:
      guard let folder = getenv("KBSEARCH_BENCH_INDEX") else {
        fail("KBSEARCH_BENCH_INDEX names no index")
      }
      let searcher = try Searcher(folder: String(cString: folder))
      let limit = self == .plan ? 0 : 10
      return {
        lines.reduce(0) {
          let request = SearchRequest(query: $1, limit: limit, today: 20_000)
          return $0 + ((try? searcher.search(request).total) ?? 0)
        }
      }
    }
  }

  private static func documents(_ contents: [[UInt8]]) -> [Document] {
    contents.enumerated().compactMap { number, bytes in
      try? DocumentReader.read(
        bytes: bytes, path: "\(number).md", format: .markdown, modified: 0)
    }
  }
}
