import Foundation
import Testing
import Xapian

/// A folder of its own for one test.
final class Folder {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("xapian-\(UUID().uuidString)").path
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Writes a database of one run.
func write(_ path: String, _ fill: (borrowing RunWriter) throws -> Void) throws {
  let writer = try RunWriter(DataDictionary(base: nil))
  try fill(writer)
  try writer.write(to: "\(path)-run")
  defer { try? FileManager.default.removeItem(atPath: "\(path)-run") }
  try Database.merge(nil, runs: ["\(path)-run"], to: path)
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The wrapper against a real engine.
@Suite struct WrapperTests {
  /// Three documents: words with positions, a value, data.
  private func fill(_ path: String) throws {
    try write(path) { writer in
      for (number, text) in ["red green blue", "green blue", "blue red"].enumerated() {
        var document = IndexDocument()
        document.setData(bytes("data \(number)"))
        for (position, word) in text.split(separator: " ").enumerated() {
          document.addPosting(bytes(String(word)), position: position + 1, wdf: 1)
        }
        document.addBooleanTerm(bytes("Q\(number)"))
        document.addValue(slot: 5, [UInt8(number)])
        try writer.add(document)
      }
      try writer.setMetadata(bytes("key\0with nul"), bytes("a\0b"))
    }
  }

  private func hits(_ path: String, _ query: Query) throws -> Set<UInt32> {
    Set(try Database(path: path).search(MatchRequest(query: query)).matches.map(\.document))
  }

  @Test func queriesFindWhatTheyShould() throws {
    let folder = Folder()
    try fill(folder.path)
    let red = Query.term(bytes("red"))
    let green = Query.term(bytes("green"))
    let blue = Query.term(bytes("blue"))
    #expect(try hits(folder.path, red) == [1, 3])
    #expect(try hits(folder.path, .and([red, green])) == [1])
    #expect(try hits(folder.path, .or([red, green])) == [1, 2, 3])
    #expect(try hits(folder.path, .andNot(blue, red)) == [2])
    #expect(try hits(folder.path, .filter(blue, by: green)) == [1, 2])
    #expect(try hits(folder.path, .andMaybe(red, green)) == [1, 3])
    #expect(try hits(folder.path, .synonym([red, green])) == [1, 2, 3])
    #expect(try hits(folder.path, .phrase([green, blue], window: 2)) == [1, 2])
    #expect(try hits(folder.path, .phrase([blue, green], window: 2)) == [])
    #expect(try hits(folder.path, .near([red, blue], window: 2)) == [3])
    #expect(try hits(folder.path, .valueAtLeast(5, [1])) == [2, 3])
    #expect(try hits(folder.path, .valueAtMost(5, [1])) == [1, 2])
    #expect(try hits(folder.path, .valueRange(5, [1], [1])) == [2])
    #expect(try hits(folder.path, .prefix(bytes("gr"), most: 5)) == [1, 2])
    #expect(try hits(folder.path, .all) == [1, 2, 3])
    #expect(try hits(folder.path, .nothing) == [])
    #expect(try hits(folder.path, .or([])) == [])
    #expect(try hits(folder.path, .scaled(red, by: 0)) == [1, 3])
  }

  @Test func fixedWeightPutsSomeFirst() throws {
    let folder = Folder()
    try fill(folder.path)
    let query = Query.andMaybe(
      .scaled(.term(bytes("blue")), by: 0), .filter(.fixed(7), by: .valueAtLeast(5, [2])))
    let found = try Database(path: folder.path).search(
      MatchRequest(query: query, order: .relevanceThenValue(SlotOrder(slot: 5))))
    #expect(found.matches.map(\.document) == [3, 1, 2])
    #expect(found.matches.map(\.weight) == [7, 0, 0])
  }

  @Test func dataMetadataTermsAndBounds() throws {
    let folder = Folder()
    try fill(folder.path)
    let database = try Database(path: folder.path)
    #expect(try database.data(of: [2, 1]) == [bytes("data 1"), bytes("data 0")])
    #expect(throws: XapianError.self) { try database.data(of: [9]) }
    #expect(try database.metadata(bytes("key\0with nul")) == bytes("a\0b"))
    #expect(try database.metadata(bytes("none")) == [])
    #expect(try database.frequency(of: bytes("red")) == 2)
    let terms = try database.terms(prefix: bytes("Q"), limit: 2)
    #expect(terms.terms.map(\.term) == [bytes("Q0"), bytes("Q1")])
    #expect(terms.isCut)
    #expect(try database.documents(with: bytes("red"), limit: 9) == [1, 3])
    let bounds = try database.bounds(of: 5)
    #expect(
      bounds.documents == 3 && bounds.lower == [] && bounds.upper == [2] || bounds.lower == [0])
    #expect(try database.statistics().documents == 3)
  }

  @Test func collapseSortAndCount() throws {
    let folder = Folder()
    try fill(folder.path)
    let database = try Database(path: folder.path)
    let sorted = try database.search(
      MatchRequest(query: .all, order: .values([SlotOrder(slot: 5, isReversed: true)])))
    #expect(sorted.matches.map(\.document) == [3, 2, 1])
    let collapsed = try database.search(
      MatchRequest(query: .all, checkAtLeast: 10, collapse: (slot: 9, most: 1)))
    #expect(collapsed.matches.count == 3)
    let counted = try database.search(
      MatchRequest(query: .all, checkAtLeast: 10, countedSlots: [5]))
    #expect(counted.valueCounts[0].reduce(0) { $0 + $1.count } == 3)
  }

  @Test func severalDatabasesAndMerging() throws {
    let first = Folder()
    let second = Folder()
    let merged = Folder()
    try fill(first.path)
    try fill(second.path)
    #expect(try Database(paths: [first.path, second.path]).statistics().documents == 6)
    let writer = try RunWriter(DataDictionary(base: first.path))
    var document = IndexDocument()
    document.addPosting(bytes("red"), position: 1, wdf: 1)
    try writer.add(document)
    try writer.write(to: second.path + "-run")
    try Database.merge(
      first.path, without: [1], runs: [second.path + "-run"], to: merged.path)
    #expect(try hits(merged.path, .term(bytes("red"))) == [3, 4])
    #expect(try Database.check(path: merged.path).errors == 0)
  }

  @Test func failuresHaveTheirCodes() throws {
    let folder = Folder()
    #expect(throws: XapianError.self) { try Database(path: folder.path).statistics() }
    try fill(folder.path)
    do {
      try Database.merge(nil, runs: [], to: folder.path)
      Issue.record("a database was written where one was")
    } catch {
      #expect(error.code == .databaseCreate)
    }
    do {
      try Database.merge(folder.path + "-none", runs: [], to: folder.path + "-new")
      Issue.record("what is not there was merged")
    } catch {
      #expect(error.code == .databaseOpening)
    }
    let writer = try RunWriter(DataDictionary(base: nil))
    var long = IndexDocument()
    long.addTerm(bytes("never"), wdf: 1)
    long.addTerm([UInt8](repeating: 0x61, count: 300), wdf: 1)
    do {
      try writer.add(long)
      Issue.record("a term of 300 bytes was taken")
    } catch {
      #expect(error.code == .malformed)
    }
    var good = IndexDocument()
    good.addTerm(bytes("fine"), wdf: 1)
    try writer.add(good)
    do {
      try writer.write(to: "/nonexistent/run")
      Issue.record("a run was written nowhere")
    } catch {
      #expect(error.code == .databaseOpening)
    }
    try writer.write(to: folder.path + "-run")
    let run = Folder()
    try Database.merge(nil, runs: [folder.path + "-run"], to: run.path)
    #expect(try Database(path: run.path).statistics().documents == 1)
    #expect(try Database(path: run.path).frequency(of: bytes("never")) == 0)
    let database = try Database(path: folder.path)
    do {
      _ = try database.search(MatchRequest(query: .prefix(bytes(""), most: 1)))
      Issue.record("a prefix of everything was expanded")
    } catch {
      #expect(error.code == .wildcard)
    }
    var deep = Query.term(bytes("red"))
    for _ in 0..<1200 { deep = .scaled(deep, by: 1) }
    #expect(throws: XapianError.self) { try database.search(MatchRequest(query: deep)) }
  }

  @Test(arguments: [
    ("running", "run"), ("engineers", "engin"), ("data", "data"), ("salaries", "salari"),
  ])
  func stems(word: String, stem: String) throws {
    #expect(try Stemmer(language: "english").stem(bytes(word)) == bytes(stem))
  }

  @Test func unknownLanguageIsAnError() {
    #expect(throws: XapianError.self) { try Stemmer(language: "klingon") }
  }
}
