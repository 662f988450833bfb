import Foundation
import Testing

/// What is pay and what is not, labelled by hand before the extractor was written.
@Suite struct PayTests {
  static func page(_ title: String, _ text: String) -> String {
    "# \(title)\n\nWe use PyTorch every day.\n\n## Salary\n\n\(text)\n"
  }

  @Test(arguments: [
    ("$75/hr", true), ("$70/hr", false), ("$150,000+", true), ("120–160k", true),
    ("$150,000", false), ("$1.2M package", true), ("£160k", false), ("$150-190k", true),
    ("USD 160,000", true), ("$12,600 per month", true), ("up to $225,000", true),
    ("over $267,000", true), ("$120k–$150k", false), ("$158,653 - $250,000+", true),
  ])
  func payAbove150k(text: String, hits: Bool) throws {
    let sandbox = try Sandbox(["a.md": PayTests.page("ML Engineer", "Pay: \(text)")])
    try sandbox.index()
    let run = try sandbox.search("pytorch salary>150000")
    #expect(run.status == (hits ? 0 : 1), "\(text)")
  }

  @Test func boundsAreInclusiveOnlyWhereAsked() throws {
    let sandbox = try Sandbox(["a.md": PayTests.page("ML Engineer", "Pay: $150,000")])
    try sandbox.index()
    #expect(try sandbox.search("salary>150000").status == 1)
    #expect(try sandbox.search("salary>=150000").status == 0)
    #expect(try sandbox.search("salary=150k").status == 0)
  }

  @Test func otherCurrencyIsCountedInANote() throws {
    let sandbox = try Sandbox(["a.md": PayTests.page("ML Engineer", "Pay: £160k")])
    try sandbox.index()
    let run = try sandbox.search("salary>150000")
    #expect(run.status == 1)
    #expect(
      run.output.contains("state salary in GBP") || run.output.contains("states salary in GBP"))
    #expect(try sandbox.search("salary>£150k").status == 0)
  }

  @Test(arguments: [
    "$180,000 training budget", "$160k sign-on bonus", "$200k tuition", "$5M revenue",
    "The market is worth $26.03 billion",
  ])
  func otherMoneyIsIgnoredWithAReason(text: String) throws {
    let sandbox = try Sandbox(["a.md": PayTests.page("ML Engineer", "- \(text)")])
    try sandbox.index()
    #expect(try sandbox.search("pytorch salary>150000").status == 1, "\(text)")
    let inspect = try sandbox.run(["inspect", "--json", "a.md"])
    #expect(inspect.output.contains("\"ignored\": [{\"field\": \"salary\""), "\(text)")
    #expect(inspect.output.contains("\"reason\": \""), "\(text)")
  }

  @Test func payOfAnotherRoleIsNotLifted() throws {
    let sandbox = try Sandbox([
      "analyst.md": """
      # Data Analyst

      ## Tools

      Some of us read PyTorch code.

      ## Salary

      Unlike analysts, senior ML engineers earn $190k. Analysts here earn $80,000.
      """
    ])
    try sandbox.index()
    #expect(try sandbox.search("pytorch salary>150000").status == 1)
    #expect(try sandbox.search("pytorch salary>70000").status == 0)
  }

  @Test func cardsDoNotInheritFromThePage() throws {
    let sandbox = try Sandbox([
      "page.md": """
      # PyTorch Engineer

      Pay is $190,000 a year.

      ## Related careers

      ### Data Analyst

      Skills: SQL.

      ### QA Tester

      Skills: patience.
      """
    ])
    try sandbox.index()
    let sections = try sandbox.search("pytorch").sections
    #expect(sections == ["page.md#pytorch-engineer", "page.md#related-careers"])
    #expect(try sandbox.search("role:\"QA Tester\" has:salary").status == 1)
  }

  @Test func disjointRangesKeepTheirGap() throws {
    let sandbox = try Sandbox([
      "a.md": PayTests.page("ML Engineer", "- Junior: $80–100k\n- Senior: $150–170k")
    ])
    try sandbox.index()
    #expect(try sandbox.search("salary:120k..130k").status == 1)
    #expect(try sandbox.search("salary:90k..95k").status == 0)
    #expect(try sandbox.search("salary>120k salary<130k").status == 1)
  }

  @Test func placeAndPayAreOneFact() throws {
    let sandbox = try Sandbox([
      "a.md": PayTests.page(
        "ML Engineer", "- San Francisco, CA: $210,000 - $250,000\n- Austin, TX: $140,000")
    ])
    try sandbox.index()
    #expect(try sandbox.search("location:austin salary>200k").status == 1)
    #expect(try sandbox.search("location:\"san francisco\" salary>200k").status == 0)
    #expect(try sandbox.search("location:california salary>200k").status == 0)
  }
}
