import Foundation
import Testing
import Xapian

/// Words are weighed by the shim itself, as Xapian weighs them. Of two databases opened as one Xapian does it: with an
/// empty one beside it, what a database finds is the same, in the same order, with the same weights.
@Suite struct WeightTests {
  private struct Sample {
    var words: [String]

    init(_ numbers: inout Numbers) {
      // Short ones, empty ones, and some that are longer than the lengths of which logarithms are kept.
      let size = numbers.next(below: 40) == 0 ? 3000 : numbers.next(below: 50)
      let range = 2 + numbers.next(below: 40)
      words = (0..<size).map { _ in "w\(numbers.next(below: range))" }
    }

    var document: IndexDocument {
      var document = IndexDocument()
      for (place, word) in words.enumerated() {
        document.addPosting(bytes(word), position: place + 1, wdf: 1 + place % 2)
      }
      document.addBooleanTerm(bytes("all"))
      if words.count % 3 == 0 { document.addBooleanTerm(bytes("third")) }
      return document
    }
  }

  @Test(arguments: 0..<6)
  func wordsAreWeighedAsXapianWeighsThem(round: Int) throws {
    var numbers = Numbers(state: UInt64(round) &* 7919 &+ 5)
    let folder = Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    // Lists of several chunks, and lists of one.
    let count: UInt32 = round < 2 ? 8000 : 700
    try write("\(folder.path)/whole") { writer in
      for _ in 0..<count { try writer.add(Sample(&numbers).document) }
    }
    // Numbers that nothing has, in every second round.
    let removed = round % 2 == 0 ? [] : (UInt32(1)...count).filter { $0 % 7 < 3 }
    try Database.merge(
      "\(folder.path)/whole", without: removed, runs: [], to: "\(folder.path)/kept")
    try write("\(folder.path)/empty") { _ in }
    let ours = try Database(path: "\(folder.path)/kept")
    let theirs = try Database(paths: ["\(folder.path)/kept", "\(folder.path)/empty"])
    var found = 0
    for _ in 0..<250 {
      let query = random(&numbers, depth: 3)
      // Few and many: what cannot reach the first ones is left out differently.
      for limit in [10, 5000] {
        let request = MatchRequest(query: query, limit: limit, weighting: .ineB2(c: 1.5))
        let one = try ours.search(request)
        let other = try theirs.search(request)
        let numbers = one.matches.map { $0.document * 2 - 1 }
        #expect(numbers == other.matches.map(\.document), "\(query)")
        for (a, b) in zip(one.matches, other.matches) {
          #expect(abs(a.weight - b.weight) <= 1e-12 * max(1, b.weight), "\(query)")
        }
        if limit == 5000 { #expect(one.upperBound >= one.matches.count) }
        found += one.matches.count
      }
    }
    #expect(found > 10_000)
  }

  private func word(_ numbers: inout Numbers) -> Query {
    switch numbers.next(below: 12) {
    case 0: .term(bytes("nowhere"))
    case 1: .term(bytes("all"))
    case 2: .term(bytes("w\(numbers.next(below: 40))"), wqf: 3)
    default: .term(bytes("w\(numbers.next(below: 40))"))
    }
  }

  private func random(_ numbers: inout Numbers, depth: Int) -> Query {
    if depth == 0 { return word(&numbers) }
    func parts(_ most: Int) -> [Query] {
      (0..<(1 + numbers.next(below: most))).map { _ in random(&numbers, depth: depth - 1) }
    }
    func words(_ most: Int) -> [Query] {
      (0..<(1 + numbers.next(below: most))).map { _ in word(&numbers) }
    }
    switch numbers.next(below: 14) {
    case 0: return .or(parts(4))
    case 1, 2: return .and(parts(2))
    case 3, 4, 5: return .synonym(words(numbers.next(below: 3) == 0 ? 30 : 3))
    case 6: return .synonym([.or(words(3)), .and(words(2)), word(&numbers)])
    case 7:
      let left = random(&numbers, depth: depth - 1)
      return .andMaybe(left, random(&numbers, depth: depth - 1))
    case 8: return .andMaybe(random(&numbers, depth: depth - 1), .scaled(word(&numbers), by: 0.2))
    case 9:
      return .andNot(random(&numbers, depth: depth - 1), word(&numbers))
    case 10: return .filter(random(&numbers, depth: depth - 1), by: .term(bytes("third")))
    case 11:
      let factor = Double(numbers.next(below: 9)) / 2
      return .scaled(random(&numbers, depth: depth - 1), by: factor)
    case 12: return .or([.prefix(bytes("w1"), most: 1000), word(&numbers)])
    default: return .phrase([word(&numbers), word(&numbers)], window: 2)
    }
  }
}
