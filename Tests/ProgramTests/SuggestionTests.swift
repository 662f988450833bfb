import Foundation
import Testing

/// What is offered where nothing is found.
@Suite struct SuggestionTests {
  private static func careers() throws -> Sandbox {
    let sandbox = try Sandbox([
      "engineer.md": """
      ---
      title: Data Engineer
      location: San Francisco, CA
      ---
      # Data Engineer

      Salary: $150,000 a year.

      ## Skills

      - PyTorch
      - Kubernetes pipelines
      """,
      "notes/garden.md": "# Garden\n\nThe zebra grass grows beside the pond.\n",
    ])
    try sandbox.index()
    return sandbox
  }

  private struct Offer: Sendable {
    var query: String
    var offered: String
  }

  private static let offers = [
    Offer(query: "pytorhc", offered: "pytorch"),
    Offer(query: "skill:pytorhc", offered: "skill:pytorch"),
    Offer(query: "skill:(pytorhc OR cobol)", offered: "skill:(pytorch OR cobol)"),
    Offer(query: "location:\"san fransisco, ca\"", offered: "location:\"san francisco, ca\""),
    Offer(query: "role:enginer zebra", offered: "role:enginer"),
    Offer(query: "heading:skils", offered: "heading:skills"),
    Offer(query: "\"zebra gras\"", offered: "\"zebra grass\""),
    Offer(query: "path:gard", offered: "path:*gard*"),
    Offer(query: "pytorch salary>900k", offered: "pytorch"),
    Offer(query: "kuberntes zbra", offered: "kubernetes"),
    Offer(query: "pytorch zebra", offered: "pytorch zebra"),
  ]

  @Test func offersWhatWouldHit() throws {
    let sandbox = try SuggestionTests.careers()
    for offer in SuggestionTests.offers {
      let answer = try sandbox.search(offer.query)
      #expect(answer.status == 1, "\(offer.query)")
      let suggestions = answer.json["suggestions"] as? [[String: Any]] ?? []
      let queries = suggestions.compactMap { $0["query"] as? String }
      #expect(queries.contains(offer.offered), "\(offer.query): \(queries)")
      for suggestion in suggestions where suggestion["query"] as? String != offer.query {
        let query = suggestion["query"] as? String ?? ""
        let total = try sandbox.search(query).json["total"] as? [String: Any]
        #expect(total?["value"] as? Int == suggestion["total"] as? Int, "\(query)")
      }
    }
  }

  @Test func countsClausesByThemselves() throws {
    let run = try SuggestionTests.careers().run(["--format", "plain", "pytorch zebra"])
    #expect(run.errors.contains("each clause finds by itself: `pytorch` 1, `zebra` 1"))
  }

  @Test func plainWordsAreOfferedMore() throws {
    let run = try SuggestionTests.careers().run([
      "--literal", "--format", "plain", "pytorch qqqqqq (",
    ])
    #expect(run.status == 1)
    #expect(run.errors.contains("with --match any: any of the words"), "\(run.errors)")
    #expect(run.errors.contains("itself: `pytorch` 1, `qqqqqq` 0"), "\(run.errors)")
  }

  @Test func aPhraseAndAWholeValueAreOfferedLooser() throws {
    let sandbox = try Sandbox([
      "a.md": "# ML Engineer\n\nA store of every feature.\n\n## Pay\n\nSalary: $150,000\n"
    ])
    try sandbox.index()
    let phrase = try sandbox.run(["--format", "plain", "\"store feature\""])
    #expect(phrase.errors.contains("1 found by store feature"), "\(phrase.errors)")
    let whole = try sandbox.run(["--format", "plain", "role=\"ML\""])
    #expect(whole.errors.contains("found by role:ML"), "\(whole.errors)")
    #expect(whole.errors.contains("`kbsearch facets role` shows the values"), "\(whole.errors)")
  }

  @Test func unequalIsOneClause() throws {
    let run = try SuggestionTests.careers().run(["--format", "plain", "format!=markdown pytorch"])
    #expect(run.errors.contains("itself: `format!=markdown` 0, `pytorch` 1"), "\(run.errors)")
  }

  @Test func anEmptyAnswerStillSaysSomething() throws {
    let run = try SuggestionTests.careers().run(["--format", "plain", "qqqqqq"])
    #expect(run.errors.contains("nothing in the index matches `qqqqqq`"))
    #expect(run.output.isEmpty)
  }

  @Test func functionWordsDoNotOutrankTheSubject() throws {
    let sandbox = try Sandbox([
      "a.md": "# How do I do it\n\nHow do I do what you do? Do it how you do it.\n",
      "b.md": "# Carpets\n\nThe carpet is cleaned on Mondays, and by hand where it must be.\n",
    ])
    try sandbox.index()
    let answer = try sandbox.search("how do I clean the carpet", ["--match", "any"]).json
    let hits = answer["hits"] as? [[String: Any]] ?? []
    #expect(hits.first?["path"] as? String == "b.md")
    #expect(hits.count == 2)
  }

  @Test func cutPrefixSaysSo() throws {
    let headings = (0..<3500).map { "# qx" + String($0, radix: 36) + "z\n\ntext\n" }
    let words = (0..<3500).map { "qx" + String($0, radix: 36) + "z" }.joined(separator: " ")
    let sandbox = try Sandbox([
      "many.md": "# Many\n\n\(words)\n", "headings.md": headings.joined(separator: "\n"),
    ])
    try sandbox.index()
    let answer = try sandbox.search("qx*")
    let warnings = (answer.json["warnings"] as? [[String: Any]] ?? []).compactMap {
      $0["message"] as? String
    }
    #expect(warnings.contains { $0.contains("stands for more than 3000 words") }, "\(warnings)")
    #expect(answer.status == 0)
    let headed = try sandbox.run(["--format", "paths", "heading:qx*"])
    #expect(headed.errors.contains("`heading:qx*` stands for more than 3000"), "\(headed.errors)")
  }
}
