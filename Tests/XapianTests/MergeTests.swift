import Foundation
import Testing
import Xapian

/// What is merged in steps, with documents taken out in between, is what is written at once; and the
/// library finds no fault with it.
@Suite struct MergeTests {
  /// What a document says, so that it can be written more than once.
  private struct Sample {
    var name: String
    var words: [String]
    var values: [UInt32: [UInt8]]
    var data: [UInt8]
    var content: UInt64
    var path: String

    var document: IndexDocument {
      var document = IndexDocument()
      document.setData(data)
      document.setContent(content)
      if path != "" { document.setPlace(path: path, line: words.count) }
      for (position, word) in words.enumerated() {
        document.addPosting(bytes(word), position: position + 1, wdf: 1 + word.utf8.count % 3)
        document.addTerm(bytes("Z\(word.prefix(2))"), wdf: 1)
      }
      // A term with zero bytes, one of the greatest length, and one that all documents have.
      document.addBooleanTerm([0x51, 0, 0xFF, 0] + bytes(name))
      document.addBooleanTerm(bytes(String(repeating: "y", count: 240) + String(name.count)))
      document.addBooleanTerm(bytes("all"))
      for (slot, value) in values { document.addValue(slot: slot, value) }
      return document
    }

    init(_ number: Int, _ numbers: inout Numbers) {
      name = String(number)
      content = UInt64(numbers.next(below: 40))
      path = numbers.next(below: 50) == 0 ? "" : "file \(number / 9)"
      let size = numbers.next(below: 30) == 0 ? 4000 : numbers.next(below: 60)
      let all = numbers.next(below: 400) + 3
      words = (0..<size).map { _ in "w\(numbers.next(below: all))" }
      values = [2: bytes(name)]
      if numbers.next(below: 3) == 0 {
        values[300] = [UInt8](repeating: UInt8(1 + numbers.next(below: 250)), count: 5000)
      }
      if numbers.next(below: 2) == 0 { values[70000] = [UInt8(numbers.next(below: 256))] }
      let length = numbers.next(below: 20) == 0 ? 40_000 : numbers.next(below: 300)
      // Some have much in common, so that there is a dictionary, some nothing.
      data =
        number % 5 == 0
        ? (0..<length).map { _ in UInt8(numbers.next(below: 256)) }
        : (0..<length).flatMap { _ in bytes("the words \(numbers.next(below: 90)) of many ") }
    }
  }

  @Test(arguments: 0..<6)
  func stepsComeToTheSame(round: Int) throws {
    var numbers = Numbers(state: UInt64(round) &* 104_729 &+ 3)
    let folder = Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    var kept: [(number: UInt32, sample: Sample)] = []
    var base: String?
    var next: UInt32 = 1
    for step in 0..<5 {
      var runs: [String] = []
      var removed: [UInt32] = []
      if step > 0 {
        removed = kept.map(\.number).filter { _ in numbers.next(below: 4) == 0 }
        // All of a long stretch, and a number that nothing has.
        removed += kept.map(\.number).filter { $0 % 500 < 40 } + [next + 5_000_000]
      }
      kept.removeAll { removed.contains($0.number) }
      let dictionary = try DataDictionary(base: base)
      for run in 0..<(1 + numbers.next(below: 3)) {
        let writer = try RunWriter(dictionary)
        for _ in 0..<numbers.next(below: 300) {
          let sample = Sample(Int(next), &numbers)
          try writer.add(sample.document)
          kept.append((next, sample))
          next += 1
        }
        try writer.setMetadata(bytes("step"), bytes("\(step) \(run)"))
        try writer.setMetadata(bytes("kept \(step)"), [UInt8](repeating: 7, count: 9000))
        if step > 1 { try writer.setMetadata(bytes("kept \(step - 2)"), []) }
        runs.append("\(folder.path)/run-\(step)-\(run)")
        try writer.write(to: runs[run])
      }
      let merged = "\(folder.path)/step-\(step)"
      try Database.merge(base, without: removed, runs: runs, to: merged)
      base = merged
    }
    try compare(try #require(base), kept, folder)
  }

  private func compare(
    _ path: String, _ kept: [(number: UInt32, sample: Sample)], _ folder: Folder
  ) throws {
    let (errors, report) = try Database.check(path: path)
    #expect(errors == 0, "\(report)")
    let once = "\(folder.path)/once"
    try write(once) { writer in for entry in kept { try writer.add(entry.sample.document) } }
    let merged = try Database(path: path)
    let whole = try Database(path: once)
    #expect(try merged.statistics().documents == kept.count)
    #expect(try merged.statistics().averageLength == whole.statistics().averageLength)
    #expect(try merged.metadata(bytes("step")).first == UInt8(ascii: "4"))
    #expect(try merged.metadata(bytes("kept 2")) == [])
    #expect(try merged.metadata(bytes("kept 4")).count == 9000)
    let numbers = kept.map(\.number)
    let terms = try whole.terms(prefix: [], limit: .max).terms
    #expect(try merged.terms(prefix: [], limit: .max).terms == terms)
    for term in terms {
      let found = try whole.documents(with: term.term, limit: .max)
      let again = try merged.documents(with: term.term, limit: .max)
      #expect(again == found.map { numbers[Int($0) - 1] })
    }
    #expect(try merged.data(of: numbers) == kept.map(\.sample.data))
    for slot in [2, 300, 70000] as [UInt32] {
      let request = MatchRequest(
        query: .all, limit: 10_000, weighting: .boolean, order: .relevance, valueSlots: [slot])
      let values = try merged.search(request).matches.map(\.values)
      #expect(values == kept.map { [$0.sample.values[slot] ?? []] })
      #expect(try merged.bounds(of: slot).documents == whole.bounds(of: slot).documents)
    }
    try phrases(merged, whole, numbers)
    #expect(try merged.countDistinct(.all) == whole.countDistinct(.all))
    let identical = try merged.identical(to: numbers, in: .all, limit: 5, by: nil)
    for (index, others) in identical.enumerated() {
      let content = kept[index].sample.content
      let same = kept.indices.filter {
        $0 != index && content != 0 && kept[$0].sample.content == content
      }
      #expect(others.count == same.count)
      #expect(
        others.first.map { "\($0.document) \($0.path):\($0.line)" }
          == same.prefix(5).map {
            let sample = kept[$0].sample
            let line = sample.path == "" ? 0 : sample.words.count
            return "\(numbers[$0]) \(sample.path):\(line)"
          })
    }
  }

  /// Weights tell frequencies and lengths; phrases tell positions.
  private func phrases(
    _ merged: borrowing Database, _ whole: borrowing Database, _ numbers: [UInt32]
  ) throws {
    for first in 0..<6 {
      let words = [Query.term(bytes("w\(first)")), .term(bytes("w\(first / 2)"))]
      for query in [Query.phrase(words, window: 2), .near(words, window: 5), .or(words)] {
        let request = MatchRequest(query: query, limit: 10_000)
        let found = try whole.search(request).matches
        let again = try merged.search(request).matches
        #expect(again.map(\.document) == found.map { numbers[Int($0.document) - 1] })
        #expect(zip(again, found).allSatisfy { abs($0.weight - $1.weight) < 1e-9 })
      }
    }
  }

  /// Phrases, by comparing the words themselves.
  @Test(arguments: 0..<4)
  func phrasesAreExact(round: Int) throws {
    var numbers = Numbers(state: UInt64(round) &* 7561 &+ 11)
    let samples = (1...300).map { Sample($0, &numbers) }
    let folder = Folder()
    try write(folder.path) { writer in for sample in samples { try writer.add(sample.document) } }
    let database = try Database(path: folder.path)
    for _ in 0..<60 {
      let words = (0..<(2 + numbers.next(below: 2))).map { _ in "w\(numbers.next(below: 12))" }
      let terms = words.map { Query.term(bytes($0)) }
      let window = words.count + numbers.next(below: 4)
      #expect(
        try found(database, .phrase(terms, window: terms.count))
          == samples.filter { has($0.words, words) }.map(\.name))
      #expect(
        try found(database, .near(terms, window: window))
          == samples.filter { isNear($0.words, words, window) }.map(\.name), "\(words) \(window)")
      // Words that begin so, most of them not in the document.
      let begun = (0..<10).map { Query.term(bytes("w1\($0)")) } + [.term(bytes("w1"))]
      #expect(
        try found(database, .phrase([terms[0], .or(begun)], window: 2))
          == samples.filter { sample in
            zip(sample.words, sample.words.dropFirst()).contains {
              $0 == words[0] && $1.hasPrefix("w1") && $1.count < 4
            }
          }.map(\.name))
    }
  }

  private func found(_ database: borrowing Database, _ query: Query) throws -> [String] {
    let request = MatchRequest(query: query, limit: 1000, weighting: .boolean, valueSlots: [2])
    return try database.search(request).matches.map {
      String(decoding: $0.values[0], as: UTF8.self)
    }
  }

  private func has(_ text: [String], _ words: [String]) -> Bool {
    guard text.count >= words.count else { return false }
    return (0...(text.count - words.count)).contains {
      Array(text[$0..<$0 + words.count]) == words
    }
  }

  /// Whether the words have places of their own within so many positions.
  private func isNear(_ text: [String], _ words: [String], _ window: Int) -> Bool {
    func fits(_ left: ArraySlice<String>, _ taken: [Int]) -> Bool {
      guard let word = left.first else { return true }
      let low = (taken.max() ?? 0) - window + 1
      let high = (taken.min() ?? text.count - 1) + window - 1
      for place in max(0, low)...max(0, high) where place < text.count && place >= low {
        if text[place] == word, !taken.contains(place), fits(left.dropFirst(), taken + [place]) {
          return true
        }
      }
      return false
    }
    return text.indices.contains { text[$0] == words[0] && fits(words.dropFirst(), [$0]) }
  }
}
