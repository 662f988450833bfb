import Foundation
import KBIngest
import KBReaders
import KBSchema
import Testing

/// `kbsearch.yaml`: what it describes, and what is said of a wrong one.
@Suite struct ConfigurationTests {
  private func configuration(_ text: String) -> Configuration {
    let (configuration, problems) = ConfigurationReader.parse(text, path: "kbsearch.yaml")
    #expect(problems == [])
    return configuration
  }

  private func records(_ yaml: String, _ page: String) throws -> DocumentRecords {
    let configuration = configuration(yaml)
    let document = try DocumentReader.read(
      bytes: Array(page.utf8), path: "page.md", format: .markdown, modified: 0)
    return RecordBuilder(
      schema: configuration.settings.schema, reading: configuration.reading,
      subject: configuration.subject
    ).build(document)
  }

  /// `field=content` of what a page's sections state, in order.
  private func stated(_ page: DocumentRecords) -> [String] {
    page.records.flatMap { $0.facts.flatMap(\.stated) }.map {
      "\($0.field)=\(Self.text($0.content))"
    }
  }

  private func inherited(_ page: DocumentRecords, _ subject: Int) -> [String] {
    page.subjects[subject].entries.flatMap(\.fact.stated).map {
      "\($0.field)=\(Self.text($0.content))"
    }
  }

  private static func text(_ content: ValueContent) -> String {
    switch content {
    case .string(let text): text
    case .number(let number): "\(number)"
    case .date(let span): span.description
    case .ambiguousDate: "?"
    case .interval(let interval):
      [interval.min, interval.max].map { $0.map { "\($0.doubleValue)" } ?? "" }
        .joined(separator: "..") + " \(interval.unit.description)"
    }
  }

  // MARK: Extractors

  @Test(arguments: [
    (
      "price: {extract: {money: {near: [price]}}, unit: EUR}", "The price is €30.",
      "price=30.0..30.0 EUR"
    ),
    ("price: {extract: {money: {near: [price]}}}", "We turned over $30.", ""),
    ("ram: {extract: {quantity: [GB]}}", "It has 8-16 GB.", "ram=8.0..16.0 GB"),
    ("ram: {extract: {quantity: {words: [GB], near: [memory]}}}", "A disk of 8 GB.", ""),
    ("out: {extract: {date: {near: [released]}}}", "Released on 3 May 2024.", "out=2024-05-03"),
    ("out: {extract: date}", "On 3 May 2024.", "out=2024-05-03"),
    (
      "ticket: {extract: {pattern: '[A-Z]+-\\d+'}}", "See AB-12 and C-3.", "ticket=AB-12 ticket=C-3"
    ),
    ("version: {type: number, extract: {pattern: 'v([0-9.]+[0-9])'}}", "Runs v2.5.", "version=2.5"),
    ("version: {type: number, extract: {pattern: 'v([a-z]+)'}}", "Runs vnext.", ""),
    (
      "day: {type: date, extract: {pattern: 'on ([0-9-]+)'}}", "It was on 2024-05-17.",
      "day=2024-05-17"
    ),
    ("word: {extract: {pattern: {match: 'é+', ignore-case: true}}}", "caféé here", "word=éé"),
    ("part: {extract: {heading: 1}}", "Text.", "part=Page"),
  ])
  func extractorsFind(field: String, sentence: String, values: String) throws {
    let page = try records("preset: none\nfields:\n  \(field)\n", "# Page\n\n\(sentence)\n")
    #expect(stated(page).joined(separator: " ") == values)
  }

  @Test func frontMatterIsReadAsTheTypeThatIsGiven() throws {
    let page = try records(
      """
      preset: none
      fields:
        price: {type: interval, unit: EUR, extract: {front matter: [price eur]}}
        version: {type: keyword, extract: front matter}
        size: {type: number}
        day: {type: date}
      """, "---\nprice eur: 30\nversion: 4.10\nsize: big\nday: 2024-05-17\nother: 4.10\n---\n# P\n")
    #expect(
      inherited(page, 0) == [
        "price=30.0..30.0 EUR", "version=4.10", "size=big", "day=2024-05-17", "other=4.1",
      ])
  }

  @Test func titleAndHeadingNameSubjects() throws {
    let page = try records(
      "preset: none\nsubject: heading level 2\nfields:\n  book: {extract: title}\n  part: {extract: heading}\n",
      "# Book\n\nIntro.\n\n## One\n\n### Deep\n\nText.\n\n## Two\n")
    #expect(page.subjects.map(\.name) == ["Book", "One", "Two"])
    #expect(page.records.map(\.subjectOrdinal) == [0, 1, 1, 2])
    #expect(inherited(page, 0) == ["part=Book", "book=Book"])
    #expect(inherited(page, 1) == ["part=One", "book=Book"])
    #expect(inherited(page, 2) == ["part=Two", "book=Book"])
  }

  @Test func valuesStayInTheirSubject() throws {
    let page = try records(
      """
      preset: none
      subject: heading level 2
      fields: {price: {unit: EUR, extract: money}}
      """, "# Shop\n\n## Chair\n\nFor €30.\n\n### Care\n\nWax.\n\n## Table\n\nFor €90.\n")
    #expect(inherited(page, 1) == ["price=30.0..30.0 EUR"])
    #expect(inherited(page, 2) == ["price=90.0..90.0 EUR"])
    #expect(inherited(page, 0) == [])
  }

  @Test func inheritanceIsTurnedOff() throws {
    let page = try records(
      "preset: none\nfields: {ticket: {inherit: false, extract: {pattern: 'T[0-9]+'}}}\n",
      "# P\n\nT1\n")
    #expect(stated(page) == ["ticket=T1"])
    #expect(inherited(page, 0) == [])
  }

  @Test func vocabularyGivesNamesAndAliases() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "kbsearch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("# teams\nArchive Team = archivists; the vault\nGo!\n".utf8)
      .write(to: folder.appendingPathComponent("teams.txt"))
    let (configuration, problems) = ConfigurationReader.parse(
      "preset: none\nfields: {owner: {extract: [{vocabulary: teams.txt}, front matter]}}\n",
      path: folder.appendingPathComponent("kbsearch.yaml").path)
    #expect(problems == [])
    #expect(
      configuration.settings.aliases.contains {
        $0 == AliasEntry(field: "owner", alias: "archivists", canonical: "Archive Team")
      })
    let document = try DocumentReader.read(
      bytes: Array("---\nowner: The Vault\n---\nThe archivists go; Go stays.\n".utf8),
      path: "p.md", format: .markdown, modified: 0)
    let page = RecordBuilder(
      schema: configuration.settings.schema, reading: configuration.reading
    ).build(document)
    #expect(stated(page) == ["owner=Archive Team", "owner=Go"])
    #expect(inherited(page, 0).first == "owner=Archive Team")
  }

  @Test func careersStayBesideConfiguredFields() throws {
    let page = try records(
      "fields: {ticket: {extract: {pattern: 'T-[0-9]+'}}}\n",
      "# Data Engineer\n\nUses Python (T-7).\n\n## Salary\n\nThe salary is $120,000 per year.\n")
    #expect(stated(page).contains("ticket=T-7"))
    #expect(stated(page).contains("skill=Python"))
    #expect(stated(page).contains("salary=120000.0..120000.0 USD/year"))
  }

  @Test func presetFieldIsConfiguredAnew() throws {
    let page = try records(
      "fields: {skill: {extract: {pattern: 'uses ([a-z]+)'}}}\n", "# P\n\nHe uses looms, Python.\n")
    #expect(stated(page) == ["skill=looms"])
  }

  @Test func orderOfKeysMakesNoDifference() {
    let schema = configuration("currency: GBP\npreset: none\nfields: {p: {extract: money}}\n")
      .settings.schema
    #expect(schema.currency == "GBP")
    #expect(schema.field(named: "p")?.unit == "GBP")
    #expect(schema.field(named: "salary") == nil)
  }

  // MARK: Problems

  @Test(arguments: [
    ("corpsu: x", ["1:1: there is no key corpsu (did you mean corpus?); allowed here: preset, "]),
    (
      "preset: carers",
      ["1:9: carers is no preset (did you mean careers?); allowed here: careers, none"]
    ),
    ("a: 1\nhidden: maybe", ["1:1: there is no key a", "2:9: hidden is true or false"]),
    ("subject: heading level 9", ["1:10: subject is auto, document, item, or heading level 1"]),
    ("currency: euro", ["1:11: currency is an ISO 4217 code"]),
    ("language: englsh", ["1:11: englsh is no language (did you mean english?); "]),
    ("- a", ["1:1: a configuration is keys with values; allowed here: preset, "]),
    (
      "fields:\n  p: {typ: number}",
      ["2:7: there is no key typ (did you mean type?); allowed here: type, "]
    ),
    ("fields:\n  p: {type: mony}", ["2:13: mony is no type; allowed here: text, keyword, "]),
    ("fields:\n  p: {extract: dat}", ["2:16: there is no extractor dat (did you mean date?); "]),
    (
      "fields:\n  p: {type: text, extract: money}",
      ["2:28: money gives values of type interval, not text"]
    ),
    ("fields:\n  p: {type: interval}", ["2:3: an interval has a unit"]),
    ("fields:\n  p: {unit: Euro, extract: money}", ["2:3: the unit of money is a currency"]),
    (
      "fields:\n  p: {extract: {pattern: '(a'}}",
      ["2:26: the regular expression cannot be used: missing ): (a"]
    ),
    (
      "fields:\n  p: {extract: {pattern: '(a)\\1'}}",
      ["2:26: the regular expression cannot be used: invalid escape sequence: \\1"]
    ),
    (
      "fields:\n  p: {extract: {pattern: 'a{1001}'}}",
      ["2:26: the regular expression cannot be used: invalid repetition size: {1001}"]
    ),
    (
      "fields:\n  p: {extract: {vocabulary: none.txt}}",
      ["2:29: the vocabulary none.txt cannot be used: no such file"]
    ),
    (
      "fields:\n  P q: {extract: date}\n  p-q: {extract: date}",
      ["3:3: the field p-q stands here twice"]
    ),
    ("fields:\n  p: {extract: date}\n  p: {extract: date}", ["p stands here twice"]),
    ("fields:\n  title: {type: text}", ["2:3: title is a field that every knowledge base has"]),
    ("fields:\n  p: {aliases: q}\n  r: {aliases: q}", ["3:3: q is a name of the field p already"]),
    ("fields:\n\tp: 1", ["lines are indented by blanks, never by tabs"]),
    ("corpus: [a", ["it is no YAML"]),
  ])
  func problemsNameTheirPlace(text: String, expected: [String]) {
    let (_, problems) = ConfigurationReader.parse(text + "\n", path: "kbsearch.yaml")
    #expect(problems.count == expected.count)
    for (problem, part) in zip(problems, expected) {
      #expect(problem.hasPrefix("kbsearch.yaml:"))
      #expect(problem.contains(part), "\(problem)")
    }
  }

  @Test(arguments: ["", "# nothing\n", "---\n"])
  func anEmptyConfigurationIsTheDefault(text: String) {
    let settings = configuration(text).settings
    #expect(settings.schema == .careers)
    #expect(settings.corpus == ["."])
  }

  @Test func hostilePatternsEnd() throws {
    let pattern = try RegularExpression("(a|aa)+b")
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(pattern.matches(in: String(repeating: "a", count: 20_000)) == [])
    }
    #expect(time < .seconds(2))
  }
}
