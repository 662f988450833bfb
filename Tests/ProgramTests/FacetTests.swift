import Foundation
import Testing

/// Counting values, finding what is alike, and the figures of an index.
@Suite struct FacetTests {
  private func base() throws -> Sandbox {
    let sandbox = try Sandbox([
      "a.md":
        "---\nsalary: $100,000\n---\n# Python Engineer\n\n## Tools\n\nPython and Go, golang always.\n",
      "b.md": "# Data Engineer\n\n## Tools\n\nPython, SQL.\n\nSalary: $180,000\n",
      "c.md": "# Gardener\n\n## Tools\n\nA spade and a barrow for the garden.\n",
    ])
    try sandbox.index()
    return sandbox
  }

  @Test func valuesAreCountedOverWhatIsFound() throws {
    let sandbox = try base()
    let all = try sandbox.run(["facets", "--json", "skill"])
    #expect(all.status == 0)
    #expect(
      all.output.contains("{\"value\": \"Python\", \"count\": 3, \"clause\": \"skill:Python\"}"))
    let some = try sandbox.run(["facets", "--json", "skill", "salary>150000"])
    #expect(some.output.contains("{\"value\": \"Python\", \"count\": 1,"))
    #expect(!some.output.contains("\"Go\""))
    let within = try sandbox.search("python", ["--facets", "skill,salary"])
    #expect(within.output.contains("\"facets\": {\"skill\": {"))
    #expect(within.output.contains("\"clause\": \"salary:"))
  }

  @Test func clausesOfFacetsFindWhatTheyCount() throws {
    let sandbox = try base()
    for field in ["skill", "role", "salary", "format", "path", "modified"] {
      let facet = try sandbox.run(["facets", "--json", field]).json
      let values = try #require(facet["values"] as? [[String: Any]])
      #expect(!values.isEmpty, "\(field)")
      for value in values {
        let clause = try #require(value["clause"] as? String)
        let total = try sandbox.search(clause).json["total"] as? [String: Any]
        #expect(total?["value"] as? Int == value["count"] as? Int, "\(clause)")
      }
    }
  }

  @Test func rangesAreWrittenForPeople() throws {
    let sandbox = try Sandbox([
      "a.md": "# ML Engineer\n\nSalary: $120,000. You have 1-3 years of experience.\n",
      "b.md": "# Data Engineer\n\nSalary: $1,400,000. You have 5 years of experience.\n",
      "c.md": "# Nurse\n\nSalary: £40,000\n",
    ])
    try sandbox.index()
    let pay = try sandbox.run(["facets", "salary"]).output
    #expect(pay.hasPrefix("salary in USD  3 sections have it\n"), "\(pay)")
    #expect(pay.contains("1.4m..1.6m") || pay.contains("1.4m..1.5m"), "\(pay)")
    #expect(pay.contains("1 section states salary in GBP, which is not compared"), "\(pay)")
    let years = try sandbox.run(["facets", "experience"]).output
    #expect(years.split(separator: "\n").dropFirst().count == 4, "\(years)")
    let narrow = try sandbox.run(["facets", "salary", "role:ml"]).output
    #expect(narrow.contains("120k..140k"), "\(narrow)")
    #expect(narrow.hasPrefix("salary in USD  1 section has it\n"), "\(narrow)")
  }

  @Test func aFieldThatIsNoneIsAnError() throws {
    let result = try base().run(["facets", "skil"])
    #expect(result.status == 2)
    #expect(result.errors.contains("did you mean `skill`?"))
  }

  @Test func whatIsAlikeComesFirst() throws {
    let sandbox = try base()
    let result = try sandbox.run(["similar", "--json", "a.md#tools"])
    #expect(result.status == 0)
    #expect(result.sections.contains("docs/b.md#tools") || result.sections.contains("b.md#tools"))
    #expect(!result.sections.contains { $0.hasSuffix("a.md#tools") })
    #expect(try sandbox.run(["similar", "none.md"]).status == 1)
  }

  @Test func twoBuildsOfTheSameDocumentsHaveOneDigest() throws {
    let sandbox = try base()
    let first = try sandbox.run(["stats", "--digest"]).output
    #expect(first.count == 17)
    try sandbox.index(["--rebuild"])
    #expect(try sandbox.run(["stats", "--digest"]).output == first)
    try sandbox.write("c.md", Data("# Gardener\n\nAnother text.\n".utf8))
    try sandbox.index()
    #expect(try sandbox.run(["stats", "--digest"]).output != first)
  }
}
