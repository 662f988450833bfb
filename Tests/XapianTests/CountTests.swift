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
      let terms = [bytes("ant"), bytes("Q7"), bytes("none"), bytes("eel")]
      let shares = try database.shares(of: terms, in: query, limit: 3)
      for (term, share) in zip(terms, shares) {
        let isAlone = try database.frequency(of: term) < 2
        let same = isAlone ? [] : try documents(database, .filter(query, by: .term(term)))
        #expect(share.count == same.count, "\(query)")
        #expect(share.first == Array(same.sorted().prefix(3)))
      }
      let (total, distinct) = try database.count(query, distinctIn: 4)
      #expect(total == found.count)
      let expected = try groups(database, query)
      #expect(distinct == expected, "\(query)")
    }
  }

  private func documents(
    _ database: borrowing Database, _ query: Query
  ) throws -> [UInt32] {
    let request = MatchRequest(query: query, limit: 1000, checkAtLeast: 1000, weighting: .boolean)
    return try database.search(request).matches.map(\.document)
  }

  private func groups(_ database: borrowing Database, _ query: Query) throws -> Int {
    let request = MatchRequest(
      query: query, limit: 1000, checkAtLeast: 1000, weighting: .boolean, collapse: (4, 1))
    return try database.search(request).matches.count
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
