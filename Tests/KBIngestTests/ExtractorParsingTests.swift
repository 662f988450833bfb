import KBIngest
import KBSchema
import Testing

/// Values that make up a whole text: front matter's numbers, dates, sums and counts.
@Suite struct ExtractorParsingTests {
  static let extractors = Extractors(.careers)

  @Test(arguments: [
    ("12", 12), ("-3.5", -3.5), ("1,234", 1234), ("1,234,567.89", 1_234_567.89), ("1_000", 1000),
    ("1e6", 1_000_000), ("0.5", 0.5), ("+7", 7), ("0", 0), ("8,00,000", 800_000), (" 42 ", 42),
    ("1'000", 1000),
  ])
  func numbers(_ text: String, _ value: Double) {
    #expect(NumberText.parse(text) == value)
  }

  @Test(arguments: [
    "", "abc", "1.2.3", "007", "12,34,5", "2024-05-17", "150k", "$5", "45%", "1 2", "--3", "1e999",
    "12a", ",",
  ])
  func noNumbers(_ text: String) {
    #expect(NumberText.parse(text) == nil)
  }

  @Test(arguments: [
    ("2024-05-17", "2024-05-17"), ("2024-05", "2024-05"), ("2024/05/17", "2024-05-17"),
    ("2024-05-17T08:00:00Z", "2024-05-17"), ("2024-05-17 08:00:00 +0200", "2024-05-17"),
    ("May 2024", "2024-05"), ("May, 2024", "2024-05"), ("03/13/2025", "2025-03-13"),
    ("13/03/2025", "2025-03-13"), ("3 March 2025", "2025-03-03"), ("March 3, 2025", "2025-03-03"),
    ("Mar 3rd 2025", "2025-03-03"), ("3rd of March, 2025", "2025-03-03"),
    ("13.03.2025", "2025-03-13"), ("Dec 2024", "2024-12"), ("05/05/2024", "2024-05-05"),
    ("Sept. 9, 2024", "2024-09-09"), ("3-Mar-2025", "2025-03-03"),
  ])
  func dates(_ text: String, _ day: String) {
    guard case .date(let span) = DateText.parse(text) else {
      Issue.record("\(text) is no date")
      return
    }
    #expect(span.description == day)
  }

  @Test func datesThatAreEitherWayRound() {
    guard case .ambiguousDate(let dayFirst, let monthFirst) = DateText.parse("03/04/2024") else {
      Issue.record("it is not ambiguous")
      return
    }
    #expect(dayFirst.description == "2024-04-03")
    #expect(monthFirst.description == "2024-03-04")
  }

  @Test(arguments: [
    "", "2024", "2024-13-01", "2024-02-30", "31/02/2024", "May", "May day", "3 March", "1.2.3",
    "tomorrow", "2024-05-17 or so", "10:30", "24/7", "12/2024/3", "2023-2024",
  ])
  func noDates(_ text: String) {
    #expect(DateText.parse(text) == nil)
  }

  @Test(arguments: [
    ("120000-150000", "salary", "120000..150000||USD/year"),
    ("$150k+", "salary", "150000..|max|USD/year"), ("£60,000 pa", "pay", "60000..60000||GBP/year"),
    ("120000", "salary_min", "120000..|max|USD/year"),
    ("150000", "salary_max", "..150000||USD/year"), ("45", "hourly_rate", "45..45||USD/hour"),
    ("60000", "salary_gbp", "60000..60000||GBP/year"),
    ("120-150", "salary", "120000..150000||USD/year"),
    ("120k to 150k", "salary", "120000..150000||USD/year"),
    ("€4,500/month", "compensation", "4500..4500||EUR/month"),
    ("$35/hr", "pay", "35..35||USD/hour"), ("up to $225,000", "salary", "..225000||USD/year"),
    ("95000", "salary", "95000..95000||USD/year"), ("₹12 LPA", "ctc", "1200000..1200000||INR/year"),
  ])
  func declaredPay(_ text: String, _ key: String, _ interval: String) {
    #expect(Self.extractors.declaredSalary(text, key: key)?.labelled == interval)
  }

  @Test(arguments: ["competitive", "", "DOE", "none"]) func declaredWithoutPay(_ text: String) {
    #expect(Self.extractors.declaredSalary(text, key: "salary") == nil)
  }

  @Test(arguments: [
    ("experience", "3-5", "3..5||years"), ("experience", "3+ years", "3..|max|years"),
    ("experience", "5", "5..5||years"), ("salary", "$80k–$100k", "80000..100000||USD/year"),
    ("salary", "$80k, $120k", "80000..80000||USD/year;120000..120000||USD/year"),
    ("experience", "some", ""), ("skill", "$5", ""),
  ])
  func declaredIntervals(_ field: String, _ text: String, _ intervals: String) {
    let found = Self.extractors.declaredIntervals(field, text)
    #expect(found.map(\.labelled).joined(separator: ";") == intervals)
  }

  @Test(arguments: [
    ("$1,299", "1299..1299||USD"), ("1299 EUR", "1299..1299||EUR"),
    ("up to £60,000 pa", "..60000||GBP/year"), ("$2-3 million", "2000000..3000000||USD"),
  ])
  func wholeSums(_ text: String, _ interval: String) {
    #expect(Money.parse(text)?.labelled == interval)
  }

  @Test func aSumAmongWordsIsNoWholeSum() {
    #expect(Money.parse("about the $5 note") == nil)
    #expect(Money.parse("1299", currency: nil) == nil)
  }
}

/// Rules that a configuration sets for other domains than careers.
@Suite struct ExtractorRuleTests {
  static let shop = Extractors(
    ExtractionRules(rules: [
      .init(field: "price", kind: .money(cues: ["price", "costs"])),
      .init(field: "storage", kind: .quantity(QuantityRule(unit: "GB", words: ["gb"]))),
      .init(
        field: "owner",
        kind: .vocabulary(
          Vocabulary(entries: [
            .init(name: "Platform Team", aliases: [(text: "platform", guarded: .none)])
          ]))),
      .init(field: "released", kind: .date(cues: ["released"])),
    ]))

  @Test func aShopsPage() {
    let text = "Costs $1,299 with 256 GB, released 3 March 2025 by platform."
    let found = Self.shop.read(FactText(kind: .sentence, text: text, headings: ["Laptop"]))
    #expect(found.findings.intervals("price") == "1299..1299||USD")
    #expect(found.findings.intervals("storage") == "256..256||GB")
    #expect(found.findings.names("owner") == "Platform Team")
    #expect(
      found.findings.contains { finding in
        if case .date(let span) = finding.content {
          span.description == "2025-03-03"
        } else {
          false
        }
      })
    #expect(found.findings.map(\.span.lowerBound) == found.findings.map(\.span.lowerBound).sorted())
  }

  @Test func noCueNoPrice() {
    let fact = FactText(kind: .sentence, text: "We raised $5,000.", headings: ["News"])
    #expect(Self.shop.read(fact).findings.isEmpty)
  }

  @Test func aPageOfPayNeedsNoCue() {
    let fact = FactText(kind: .listItem, text: "Dublin $120,000")
    #expect(Extractors(.careers).read(fact).findings.intervals("salary").isEmpty)
    var rules = ExtractionRules.careers
    rules.isPayPage = true
    rules.currency = "CAD"
    let found = Extractors(rules).read(fact).findings
    #expect(found.intervals("salary") == "120000..120000||CAD/year")
  }

  @Test func columnsSayWhatSumsAre() {
    let text = "Level 4 | $155,000 | $30,000"
    let fact = FactText(
      kind: .tableRow, text: text, headings: ["Levels"],
      cells: [("Level", 0..<7), ("Base", 10..<18), ("Bonus", 21..<28)])
    let found = Extractors(.careers).read(fact).findings
    #expect(found.intervals("salary") == "155000..155000||USD/year")
    #expect(found.intervals("bonus") == "30000..30000||USD")
  }

  @Test func spansAreTheWordsThatStateIt() {
    let text = "Salaries run from $70,000 for entry-level to over $267,000 for senior staff."
    let found = Extractors(.careers).read(FactText(kind: .sentence, text: text)).findings
    let words = found.filter { $0.field == "salary" }.map {
      String(decoding: Array(text.utf8)[$0.span], as: UTF8.self)
    }
    #expect(words == ["$70,000", "over $267,000"])
  }

  @Test(arguments: [
    "$1-", "$120k to ", "1,", "Excel, R, ", "San Francisco, ", "5 years ", "(", "$", "9 9 9 ",
    "of the salary 95000 ", "senior staff engineer ", "a", "¥", "Go, ", "Reading, ", "May 3 ",
  ])
  func timeIsLinear(_ unit: String) {
    func time(_ length: Int) -> Duration {
      let count = length / unit.utf8.count
      let fact = FactText(
        kind: .sentence, text: String(repeating: unit, count: count), headings: ["Salary"])
      return ContinuousClock().measure { _ = Extractors(.careers).read(fact) }
    }
    _ = time(2_000)
    let short = time(20_000)
    let long = time(80_000)
    #expect(long < short * 12 + .milliseconds(50))
  }

  @Test(arguments: [
    "\u{0}", "\u{301}\u{301}", "€", "$\u{200B}5", "🤑", "\u{FEFF}$5k", "٣٤٥", "$", "-", "1",
  ])
  func oddSignsDoNoHarm(_ text: String) {
    for copies in [1, 3, 50] {
      let fact = FactText(
        kind: .sentence, text: String(repeating: text, count: copies), headings: [text])
      for finding in Extractors(.careers).read(fact).findings {
        #expect(finding.span.upperBound <= fact.text.utf8.count)
      }
    }
  }
}
