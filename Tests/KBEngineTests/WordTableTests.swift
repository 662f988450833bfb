import KBText
import Testing

@testable import KBEngine

/// What is remembered of words is what is made of them anew.
@Suite struct WordTableTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func wordsAreMadeOnce() {
    let table = WordTable()
    var made = 0
    for _ in 0..<3 {
      // More words than the table begins with.
      for number in 0..<5000 {
        let word = bytes("word\(number)")
        word.withUnsafeBufferPointer { word in
          let hash = WordTable.hash(word)
          let stem = number % 2 == 0 ? bytes("Zw\(number)") : nil
          if table.terms(of: word, hash) == nil {
            made += 1
            _ = table.add(word, hash, Array(word), stem)
          }
          guard let terms = table.terms(of: word, hash) else {
            Issue.record("\(number) is forgotten")
            return
          }
          #expect(Array(terms.term) == Array(word))
          #expect(terms.stem.map(Array.init) == stem)
        }
      }
    }
    #expect(made == 5000)
  }

  @Test func forgetsRatherThanGrows() {
    let table = WordTable()
    for number in 0..<60_000 {
      let word = bytes("\(number)") + [UInt8](repeating: 0x61, count: 100)
      word.withUnsafeBufferPointer { word in
        let terms = table.add(word, WordTable.hash(word), Array(word.prefix(20)), nil)
        #expect(Array(terms.term) == Array(word.prefix(20)))
      }
    }
  }

  /// Texts with words of every kind: what is scanned for the index is what queries and snippets see.
  @Test(arguments: [
    "Running runs RUNNING, don't; 150,000 C++ and c# .NET r&d 401(k)", "Straße STRASSE cafe\u{301}",
    "数据工程 データ", "\u{301}\u{301} x", String(repeating: "longword", count: 60) + " after",
    String(repeating: "é", count: 200),
  ])
  func scansAlike(_ text: String) throws {
    let analyzer = try Analyzer(language: "english")
    for _ in 0..<2 {
      var found: [([UInt8], [UInt8]?, Int)] = []
      analyzer.scanTerms(text) {
        found.append((Array($0.term), $0.stem.map(Array.init), $1.position))
      }
      let words = analyzer.words(text)
      #expect(found.map(\.0) == words.map(\.term))
      #expect(found.map(\.1) == words.map { analyzer.fieldStem(of: $0) })
      #expect(found.map(\.2) == words.map(\.token.position))
    }
  }
}
