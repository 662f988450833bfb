import Foundation
import Testing
import Xapian

/// Totals by sets of documents are those of searches that look at every match.
@Suite struct CountTests {
  private static let words = ["ant", "bee", "cat", "dog", "eel"]

  /// A database with words at positions, values in two slots that not all documents have, and gaps
  /// among the numbers of documents.
  private static func fill(_ path: String, _ numbers: inout Numbers) throws {
    let whole = path + "-whole"
    defer { try? FileManager.default.removeItem(atPath: whole) }
    try write(whole) { writer in
      for number in 0..<400 {
        var document = IndexDocument()
        document.addBooleanTerm(bytes("Q\(number)"))
        for position in 1...6 {
          let word = words[numbers.next(below: words.count)]
          document.addPosting(bytes(word), position: position, wdf: 1)
        }
        if numbers.next(below: 4) > 0 {
          document.addValue(slot: 3, [UInt8(65 + numbers.next(below: 20))])
        }
        if numbers.next(below: 10) == 0 {
          document.addValue(slot: 4, bytes("v\(numbers.next(below: 5))"))
        }
        // What a few say alike, and one thing that half of all say, as hash and as value.
        let content = numbers.next(below: 2) == 0 ? 0 : numbers.next(below: 60)
        if content < 40 {
          document.setContent(UInt64(content + 1))
          document.addValue(slot: 5, bytes("c\(content)"))
        }
        document.addValue(slot: 6, bytes("\(numbers.next(below: 900) + 100)"))
        document.setPlace(path: "file \(number / 7)", line: number)
        try writer.add(document)
      }
    }
    try Database.merge(
      whole, without: stride(from: 5, to: 400, by: 9).map { UInt32($0) }, runs: [], to: path)
  }

  private static func query(_ depth: Int, _ numbers: inout Numbers) -> Query {
    func term() -> Query { .term(bytes(words[numbers.next(below: words.count)])) }
    func parts() -> [Query] { (0...numbers.next(below: 3)).map { _ in query(depth - 1, &numbers) } }
    func value() -> [UInt8] { [UInt8(63 + numbers.next(below: 24))] }
    switch numbers.next(below: depth > 0 ? 15 : 7) {
    case 0, 1: return term()
    case 2: return .phrase([term(), term()], window: 2)
    case 3: return .near([term(), term()], window: 3)
    case 4: return .valueAtLeast(UInt32(3 + numbers.next(below: 2)), value())
    case 5: return .valueAtMost(3, value())
    case 6: return .valueRange(3, value(), value())
    case 7: return .or(parts())
    case 8: return .and(parts())
    case 9: return .synonym([term(), term()])
    case 10: return .filter(query(depth - 1, &numbers), by: query(depth - 1, &numbers))
    case 11: return .andNot(query(depth - 1, &numbers), query(depth - 1, &numbers))
    case 12: return .andMaybe(query(depth - 1, &numbers), term())
    case 13: return .scaled(query(depth - 1, &numbers), by: 0.5)
    default: return numbers.next(below: 2) == 0 ? .all : .nothing
    }
  }

  @Test(arguments: 0..<8)
  func totalsAreThoseOfSearches(round: Int) throws {
    let folder = Folder()
    var numbers = Numbers(state: UInt64(round) &* 7919 &+ 17)
    try CountTests.fill(folder.path, &numbers)
    // The same handle for all, so that slots come to have columns.
    let database = try Database(path: folder.path)
    for _ in 0..<300 {
      let query = CountTests.query(3, &numbers)
      let found = Set(try documents(database, query))
      let counted = try database.count(query)
      #expect(counted == found.count, "\(query)")
      let (count, first) = try database.matches(of: query, limit: 3)
      #expect(count == found.count)
      #expect(first == Array(found.sorted().prefix(3)))
    }
  }

  /// Contents are told apart as values are.
  @Test(arguments: 0..<8)
  func whatSaysTheSameIsFoundOnce(round: Int) throws {
    let folder = Folder()
    var numbers = Numbers(state: UInt64(round) &* 104_729 &+ 5)
    try CountTests.fill(folder.path, &numbers)
    let database = try Database(path: folder.path)
    let all = try database.search(
      MatchRequest(
        query: .all, limit: 1000, weighting: .boolean, valueSlots: [5, 6])
    ).matches
    let values = Dictionary(uniqueKeysWithValues: all.map { ($0.document, $0.values) })
    for turn in 0..<150 {
      let query = CountTests.query(3, &numbers)
      let found = Set(try documents(database, query))
      let (total, distinct) = try database.countDistinct(query)
      #expect(total == found.count)
      let contents = found.filter { values[$0]![0] != [] }.map { values[$0]![0] }
      let alone = found.count - contents.count
      #expect(distinct == Set(contents).count + alone, "\(query)")

      for order in [
        MatchOrder.relevanceThenValue(SlotOrder(slot: 6)), .values([SlotOrder(slot: 6)]),
      ] {
        var request = MatchRequest(
          query: query, limit: 1000, order: order, collapse: (slot: 5, most: 1))
        let expected = try database.search(request).matches.map(\.document)
        request.collapse = nil
        request.isDistinct = true
        request.offset = numbers.next(below: 30)
        request.limit = numbers.next(below: 30)
        let page = try database.search(request).matches.map(\.document)
        #expect(page == Array(expected.dropFirst(request.offset).prefix(request.limit)), "\(query)")
      }

      let slot: UInt32? = turn % 2 == 0 ? 6 : nil
      let some = Array(found.sorted().prefix(20))
      let identical = try database.identical(to: some, in: query, limit: 3, by: slot)
      for (document, others) in zip(some, identical) {
        let content = values[document]![0]
        let same = found.filter { $0 != document && content != [] && values[$0]![0] == content }
          .sorted { a, b in
            let (first, second) = (values[a]![1], values[b]![1])
            return slot == nil || first == second
              ? a < b : first.lexicographicallyPrecedes(second)
          }
        #expect(others.count == same.count, "\(query)")
        #expect(
          others.first.map { "\($0.document) \($0.path):\($0.line)" }
            == same.prefix(3).map { "\($0) file \(($0 - 1) / 7):\($0 - 1)" })
      }
    }
  }

  private func documents(
    _ database: borrowing Database, _ query: Query
  ) throws -> [UInt32] {
    let request = MatchRequest(query: query, limit: 1000, checkAtLeast: 1000, weighting: .boolean)
    return try database.search(request).matches.map(\.document)
  }
}

/// Numbers that look random and are the same in each run (SplitMix64, Steele, Lea, Flood 2014).
struct Numbers {
  var state: UInt64

  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
