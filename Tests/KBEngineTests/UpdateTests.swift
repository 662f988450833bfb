import Glibc
import KBEngine
import KBSchema
import Testing

/// An index that was brought up to date, time after time, is the one that a rebuild makes: the same
/// digest, fields and answers.
@Suite struct UpdateTests {
  @Test(arguments: 0..<UpdateTests.rounds)
  func updatesEqualRebuilds(round: Int) throws {
    var generator = SeededGenerator(seed: UInt64(round) &* 6_364_137 &+ 5)
    var corpus = EditedCorpus(using: &generator)
    let folder = try TemporaryFolder()
    try UpdateTests.build(corpus, in: folder.path)
    var updated = 0
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let before = corpus.files
      for _ in 0..<Int.random(in: 1...3, using: &generator) { corpus.edit(&generator) }
      if try UpdateTests.update(from: before, to: corpus, in: folder.path) {
        updated += 1
      } else {
        try UpdateTests.build(corpus, in: folder.path)
      }
      let fresh = try TemporaryFolder()
      try UpdateTests.build(corpus, in: fresh.path)
      try UpdateTests.compare(
        Searcher(folder: folder.path), Searcher(folder: fresh.path), "seed \(round)", &generator)
      #expect(FileSystem.names(in: folder.path).count <= 4, "seed \(round): leftovers")
    }
    _ = try IndexCheck.run(folder: folder.path)
  }

  static var rounds: Int {
    getenv("KBSEARCH_PROPERTY_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 100
  }

  private static func build(_ corpus: EditedCorpus, in folder: String) throws {
    let builder = try IndexBuilder(
      folder: folder, schema: .careers, files: Array(corpus.files.keys))
    // Two lanes: what they meet first differs from what an update meets.
    for half in 0..<2 {
      let lane = try builder.makeLane()
      let files = corpus.files.sorted { $0.key < $1.key }
      for (number, file) in files.enumerated() where number % 2 == half {
        try lane.add(file.value)
      }
      try builder.join(lane)
    }
    _ = try builder.publish(root: "", files: [], aliases: [])
  }

  /// Whether it could be brought up to date, rather than built anew.
  private static func update(
    from before: [String: DocumentRecords], to corpus: EditedCorpus, in folder: String
  ) throws -> Bool {
    let update = try #require(try IndexUpdate(folder: folder))
    let after = corpus.files
    let gone = before.filter { after[$0.key] != $0.value }.map(\.key).sorted()
    let reason = try update.replace(
      removed: gone.filter { after[$0] == nil }, changed: gone.filter { after[$0] != nil },
      added: after.keys.filter { before[$0] == nil }.sorted(), files: Array(after.keys))
    #expect(reason == nil)
    let lane = try update.makeLane()
    for (path, document) in after.sorted(by: { $0.key > $1.key }) where before[path] != document {
      try lane.add(document)
    }
    try update.join(lane)
    switch try update.publish(root: "", files: []) {
    case .published(let summary):
      #expect(summary.documents == after.count)
      return true
    case .needsRebuild(let reason):
      #expect(reason.contains("read"), "\(reason)")
      return false
    }
  }

  private static func compare(
    _ updated: Searcher, _ rebuilt: Searcher, _ place: String,
    _ generator: inout SeededGenerator
  ) throws {
    #expect(try updated.digest() == rebuilt.digest(), "\(place)")
    #expect(described(updated.schema) == described(rebuilt.schema), "\(place)")
    #expect(updated.sectionCount == rebuilt.sectionCount)
    #expect(updated.documentCount == rebuilt.documentCount)
    for _ in 0..<6 {
      let query = RandomQuery.make(using: &generator, depth: 2).text
      try compare(updated, rebuilt, query, place)
    }
    for query in ["*", "owner:ada", "has:count", "count>3", "due>2024-05", "sort:-count *"] {
      try compare(updated, rebuilt, query, place)
    }
  }

  private static func compare(
    _ updated: Searcher, _ rebuilt: Searcher, _ query: String, _ place: String
  ) throws {
    let request = SearchRequest(query: query, limit: 100, today: 20_000)
    #expect(answer(updated, request) == answer(rebuilt, request), "\(place): \(query)")
  }

  /// The hits or the error, without the generation.
  private static func answer(_ searcher: Searcher, _ request: SearchRequest) -> String {
    do throws(SearchFailure) {
      let response = try searcher.search(request)
      let found = response.hits.map { "\($0.path)#\($0.anchor) \($0.score)" }
      return
        "\(response.total) \(found) \(response.hits) \(response.warnings) \(response.suggestions)"
    } catch { return "\(error)" }
  }

  private static func described(_ schema: Schema) -> [String] {
    schema.fields.sorted { $0.name < $1.name }.map {
      "\($0.name) \($0.type) \($0.sectionCount) \(String(describing: $0.dayFirst)) \($0.conflicts)"
    }
  }
}

/// Files of documents that are edited at random.
struct EditedCorpus {
  private(set) var files: [String: DocumentRecords] = [:]
  private var made = 0

  init(using generator: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 1...6, using: &generator) { add(&generator) }
  }

  /// Adds, changes, deletes, renames or swaps, or changes what front matter declares.
  mutating func edit(_ generator: inout SeededGenerator) {
    let paths = files.keys.sorted()
    let one = paths.randomElement(using: &generator)
    let other = paths.randomElement(using: &generator)
    switch (Int.random(in: 0..<7, using: &generator), one, other) {
    case (1, let one?, _): files[one] = fresh(one, &generator)
    case (2, let one?, _): files[one] = nil
    case (3, let one?, _):
      made += 1
      let path = "docs/renamed-\(made).md"
      files[path] = moved(files[one], to: path)
      files[one] = nil
    case (4, let one?, let other?):
      let kept = files[one]
      files[one] = moved(files[other], to: one)
      files[other] = moved(kept, to: other)
    case (5, let one?, _):
      if let document = files[one] { files[one] = declared(document, &generator) }
    case (6, _, _): break
    default: add(&generator)
    }
  }

  private mutating func add(_ generator: inout SeededGenerator) {
    made += 1
    let path = "docs/\(Int.random(in: 0..<3, using: &generator))/\(made).md"
    files[path] = fresh(path, &generator)
  }

  private func fresh(_ path: String, _ generator: inout SeededGenerator) -> DocumentRecords {
    let document = NaiveCorpus(using: &generator).documents[0]
    return declared(moved(document, to: path) ?? document, &generator)
  }

  private func moved(_ document: DocumentRecords?, to path: String) -> DocumentRecords? {
    guard var document else { return nil }
    document.path = path
    for index in document.records.indices { document.records[index].path = path }
    return document
  }

  /// With other front matter: fields of every kind, some of them of several kinds.
  private func declared(
    _ document: DocumentRecords, _ generator: inout SeededGenerator
  ) -> DocumentRecords {
    var document = document
    let kinds: [(String, [ValueContent])] = [
      ("owner", ["Ada", "Grace", "Barbara Liskov"].map { .string($0) }),
      ("count", (1...6).map { .number(Double($0)) } + [.string("many")]),
      ("due", [.date(DateSpan(first: 19_800, last: 19_800)), .string("soon")]),
      ("rare", [.string("once in a while")]),
    ]
    var stated: [Value] = []
    for (field, contents) in kinds where Int.random(in: 0..<3, using: &generator) > 0 {
      let index = Int.random(in: 0..<contents.count * 3, using: &generator) % contents.count
      stated.append(
        Value(
          field: field, content: contents[index],
          provenance: Provenance(
            line: Int.random(in: 1...9, using: &generator), text: "\(contents[index])")))
    }
    document.subjects[0].entries.removeAll { $0.source == .document }
    if !stated.isEmpty {
      document.subjects[0].entries.insert(
        .init(section: nil, source: .document, fact: Fact(stated: stated)), at: 0)
    }
    return document
  }
}
