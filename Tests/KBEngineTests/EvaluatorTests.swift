import Glibc
import KBEngine
import KBSchema
import Testing

/// The engine's answers equal those of a naive evaluator, over random corpora and queries.
@Suite struct EvaluatorTests {
  @Test(arguments: 0..<Int(EvaluatorTests.rounds))
  func engineAgreesWithSpec(round: Int) throws {
    var generator = SeededGenerator(seed: UInt64(round) &* 7919 &+ 17)
    let corpus = NaiveCorpus(using: &generator)
    let folder = try TemporaryFolder()
    let builder = try IndexBuilder(
      folder: folder.path, schema: .careers, files: corpus.documents.map(\.path))
    let lane = try builder.makeLane()
    for document in corpus.documents { try lane.add(document) }
    try builder.join(lane)
    _ = try builder.publish(root: "", files: [], aliases: [])
    let searcher = try Searcher(folder: folder.path)
    for _ in 0..<40 {
      let query = RandomQuery.make(using: &generator, depth: 3)
      let scope = NaiveEvaluator.Scope.allCases.randomElement(using: &generator) ?? .held
      let expected = EvaluatorTests.expected(query, scope, corpus)
      let text = query.text + (scope == .held ? "" : " scope:\(scope.rawValue)")
      let answer = try searcher.search(SearchRequest(query: text, limit: 1000, today: 20_000))
      let found = Set(answer.hits.map { "\($0.path)#\($0.anchor)" })
      #expect(found == expected, "seed \(round): \(text)")
      #expect(answer.total == expected.count, "seed \(round): \(text)")
    }
  }

  static var rounds: Int {
    getenv("KBSEARCH_PROPERTY_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 60
  }

  private static func expected(
    _ query: NaiveQuery, _ scope: NaiveEvaluator.Scope, _ corpus: NaiveCorpus
  ) -> Set<String> {
    var result: Set<String> = []
    for document in corpus.documents {
      for record in document.records {
        let evaluator = NaiveEvaluator(
          record: record, sheet: document.subjects[record.subjectOrdinal], scope: scope)
        if evaluator.matches(query) { result.insert("\(record.path)#\(record.anchor)") }
      }
    }
    return result
  }
}

/// Queries made at random.
enum RandomQuery {
  static func make(using generator: inout SeededGenerator, depth: Int) -> NaiveQuery {
    let kind = Int.random(in: 0..<(depth > 0 ? 16 : 11), using: &generator)
    func part(_ generator: inout SeededGenerator) -> NaiveQuery {
      make(using: &generator, depth: depth - 1)
    }
    switch kind {
    case 0: return .word(word(&generator))
    case 1:
      return .phrase((0..<Int.random(in: 1...3, using: &generator)).map { _ in word(&generator) })
    case 2: return .prefix(String(word(&generator).prefix(3)))
    case 3: return .name(field: "skill", value: pick(NaiveCorpus.skills, &generator))
    case 4:
      let place = pick(NaiveCorpus.places, &generator)
      return .name(
        field: "location",
        value: Bool.random(using: &generator)
          ? place : String(place.split(separator: ",")[0]))
    case 5: return .name(field: "level", value: pick(NaiveCorpus.levels, &generator))
    case 6:
      return .words(
        field: Bool.random(using: &generator) ? "role" : "company",
        word: pick(["engineer", "analysts", "river", "labs", "bank"], &generator))
    case 7, 8:
      return .pay(
        op: pick([">", ">=", "<", "<=", "="], &generator),
        amount: Int.random(in: 3...26, using: &generator) * 10_000, currency: currency(&generator))
    case 9:
      let low = Int.random(in: 3...26, using: &generator) * 10_000
      let high = low + Int.random(in: 0...4, using: &generator) * 10_000
      return .payRange(low, high, currency: currency(&generator))
    case 10:
      let field = pick(["salary", "location", "skill", "company"], &generator)
      return Bool.random(using: &generator) ? .has(field) : .missing(field)
    case 11, 12, 13:
      return .and((0..<Int.random(in: 2...4, using: &generator)).map { _ in part(&generator) })
    case 14:
      return .or((0..<Int.random(in: 2...3, using: &generator)).map { _ in part(&generator) })
    default: return .not(part(&generator))
    }
  }

  private static func word(_ generator: inout SeededGenerator) -> String {
    pick(NaiveCorpus.words, &generator) + (Bool.random(using: &generator) ? "s" : "")
  }

  /// One currency for a whole query would do; the other is rare, and tests that it is kept apart.
  private static func currency(_ generator: inout SeededGenerator) -> String { "USD" }

  private static func pick(_ values: [String], _ generator: inout SeededGenerator) -> String {
    values.randomElement(using: &generator) ?? values[0]
  }
}

/// A folder of its own for one test, removed afterwards.
final class TemporaryFolder {
  let path: String

  init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/kbsearch-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw FileFailure(operation: "make the folder", path: base, code: errno)
    }
    path = template.withUnsafeBufferPointer {
      String(decoding: UnsafeRawBufferPointer($0).prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  deinit { try? FileSystem.remove(path) }
}
