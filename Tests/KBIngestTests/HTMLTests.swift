import KBIngest
import KBReaders
import KBSchema
import Testing

/// Pages of HTML: structure, content, declarations, encodings, hostile trees.
@Suite struct HTMLTests {
  private func read(_ html: String) throws -> Document {
    try read(Array(html.utf8))
  }

  private func read(_ bytes: [UInt8]) throws -> Document {
    try DocumentReader.read(bytes: bytes, path: "page.html", format: .html, modified: 0)
  }

  private func headings(_ document: Document) -> [String] {
    document.blocks.compactMap { block in
      guard case .heading(let level, let id) = block.kind else { return nil }
      return "\(block.line):\(level) \(block.content.text)\(id.map { " #\($0)" } ?? "")"
    }
  }

  private func texts(_ document: Document) -> [String] { document.blocks.map(\.content.text) }

  @Test func headingsHaveIdsAndLines() throws {
    let document = try read(
      """
      <body>
      <h1 id=top>One <a class="headerlink" href="#top">¶</a></h1>
      <section id="two"><h2>Two</h2><p>x</p></section>
      <div class="sect1" id="THREE"><div><h2 class="title">Three</h2></div></div>
      <h3><a name="four"></a>Four</h3>
      <h3>Five<a href="#five">#</a></h3>
      <div class="note"><h3>Note</h3><p>Beware.</p></div>
      <h2>Six &amp; <em>seven</em></h2>
      """)
    #expect(
      headings(document) == [
        "2:1 One #top", "3:2 Two #two", "4:2 Three #THREE", "5:3 Four #four", "6:3 Five #five",
        "8:2 Six & seven",
      ])
    #expect(texts(document).contains("Note"))
  }

  @Test(arguments: [
    ("<nav>N</nav><main><p>C</p><aside>A</aside></main><footer>F</footer>", ["C"]),
    ("<header>H</header><article><header><h1>T</h1></header>C</article><p>P</p>", ["T", "C"]),
    ("<div role=main>C</div><div>other</div>", ["C"]),
    ("<header>H</header><nav>N</nav><p>C</p><div class=sidebar>S</div><footer>F</footer>", ["C"]),
    ("<main></main><p>C</p>", ["C"]),
    ("<p>C<script>s</script><style>t</style><span hidden>h</span></p>", ["C"]),
    ("<p>C<b style='display: none'>h</b> d<img alt=picture></p>", ["C d"]),
    ("<div class=toc><a>1</a></div><p>C</p><div class=navfooter>next</div>", ["C"]),
  ])
  func onlyTheContentIsRead(_ html: String, _ expected: [String]) throws {
    #expect(try texts(read("<body>" + html)) == expected)
  }

  @Test func textKeepsItsPlaces() throws {
    let document = try read("<body><p>First words\n  and <a href='/x'>a link</a>,\n\tthen</p>")
    let block = try #require(document.blocks.first)
    #expect(block.content.text == "First words\nand a link,\nthen")
    #expect(block.content.place(at: 12) == (2, 2))
    #expect(block.content.place(at: 24) == (3, 1))
    #expect(block.line == 1)
    #expect(block.endLine == 3)
  }

  @Test func listsAndDefinitions() throws {
    let document = try read(
      "<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul><dl><dt>T<dd>M<dd>N<dt>alone</dl>")
    let kinds = document.blocks.map { block in
      switch block.kind {
      case .listItem(let depth): "item\(depth) \(block.content.text)"
      case .definition(let term): "\(term)= \(block.content.text)"
      default: "text \(block.content.text)"
      }
    }
    #expect(
      kinds == ["item0 a", "item1 b", "item0 c", "text d", "T= T: M", "text N", "text alone"])
  }

  @Test func rowsKnowTheirColumns() throws {
    let document = try read(
      """
      <table><thead><tr><th>City<th>Level<th>Pay</thead>
      <tr><td rowspan=2>Berlin<td>Junior<td>1
      <tr><td>Senior<td>2
      <tr><td colspan=2>Everywhere<td>3</table>
      """)
    let rows = document.blocks.map { block -> String in
      guard case .tableRow(let columns, let cells) = block.kind else { return "?" }
      let bytes = Array(block.content.text.utf8)
      return zip(columns, cells).map { "\($0)=\(String(decoding: bytes[$1], as: UTF8.self))" }
        .joined(separator: " ")
    }
    #expect(
      rows == [
        "", "City=Berlin Level=Junior Pay=1", "City=Berlin Level=Senior Pay=2",
        "City=Everywhere Level=Everywhere Pay=3",
      ])
  }

  @Test func aTableThatLaysOutAPageIsNone() throws {
    let document = try read("<table><tr><td><h2>H</h2><p>P</p><td><ul><li>L</ul></table>")
    #expect(texts(document) == ["H", "P", "L"])
  }

  @Test func codeKeepsItsLines() throws {
    let document = try read(
      "<pre><code class=\"language-sql\">SELECT <b>1</b>\n  FROM t;\n</code></pre>")
    let block = try #require(document.blocks.first)
    #expect(block.kind == .code(language: "sql"))
    #expect(block.content.text == "SELECT 1\n  FROM t;")
  }

  private func declared(_ document: Document) -> [String: [String]] {
    Dictionary(
      document.metadata.map { ($0.key, $0.values.map(\.text)) }, uniquingKeysWith: { $0 + $1 })
  }

  @Test func metaIsDeclared() throws {
    let document = try read(
      """
      <html lang=de><head><title> A  page </title>
      <meta name=viewport content=x><meta name=Author content="Ann B">
      <meta property="article:published_time" content="2026-01-02"><meta name=keywords content="a, b">
      </head><body>text</body></html>
      """)
    #expect(document.declaredTitle == "A page")
    let values = declared(document)
    #expect(values["lang"] == ["de"])
    #expect(values["author"] == ["Ann B"])
    #expect(values["published_time"] == ["2026-01-02"])
    #expect(values["keywords"] == ["a", "b"])
    #expect(values["viewport"] == nil)
  }

  @Test func aJobPostingDeclaresItsPay() throws {
    let document = try read(
      """
      <script type="application/ld+json">{"@graph": [{"@type": "BreadcrumbList", "name": "x"},
      {"@type": "JobPosting", "title": "Welder", "description": "<p>Weld <b>things</b></p><ul><li>Daily</ul>",
      "baseSalary": {"currency": "CAD", "value": {"minValue": 30, "maxValue": 38.5, "unitText": "HOUR"}},
      "jobLocation": [{"address": {"addressLocality": "Calgary", "addressRegion": "AB"}}],
      "hiringOrganization": {"name": "Iron Ltd"}, "skills": ["TIG", "MIG, blueprints"],
      "experienceRequirements": {"monthsOfExperience": 24}, "datePosted": "2026-02-03"}]}</script>
      """)
    let values = declared(document)
    #expect(values["salary"] == ["CAD 30 - CAD 38.5 per hour"])
    #expect(values["location"] == ["Calgary, AB"])
    #expect(values["company"] == ["Iron Ltd"])
    #expect(values["skill"] == ["TIG", "MIG", "blueprints"])
    #expect(values["experience"] == ["2+ years"])
    #expect(values["date-posted"] == ["2026-02-03"])
    #expect(document.declaredTitle == "Welder")
    #expect(texts(document) == ["Weld things", "Daily"])
    #expect(document.metadata.first { $0.key == "salary" }?.values.first?.line == 3)
  }

  @Test func otherThingsAreDeclaredToo() throws {
    let document = try read(
      """
      <script type="application/ld+json">{"@type": "Product", "brand": {"name": "B"}, "sku": 7,
      "offers": [{"price": "12.90", "priceCurrency": "EUR"}], "image": "x"}</script><p>p</p>
      <script type="application/ld+json">{broken</script>
      """)
    let values = declared(document)
    #expect(values["brand"] == ["B"])
    #expect(values["sku"] == ["7"])
    #expect(values["price"] == ["EUR 12.90"])
    #expect(values["image"] == nil)
    #expect(document.warnings.contains { $0.contains("line 3") })
  }

  @Test func encodingsAreHeeded() throws {
    let latin: [UInt8] =
      Array("<meta charset=iso-8859-1><p>caf".utf8) + [0xE9, 0x20, 0x93] + [0x94]
    #expect(try texts(read(latin)) == ["café “”"])
    let wide: [UInt8] =
      [0xFF, 0xFE] + "<p>größe".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] as [UInt8] }
    #expect(try texts(read(wide)) == ["größe"])
    #expect(try texts(read("<p>&lt;b&gt; &#8364; &nbsp;x")) == ["<b> €\u{20}x"])
  }

  @Test func deepAndBrokenTreesAreRead() throws {
    let deep = String(repeating: "<div>", count: 20_000) + "end"
    #expect(try texts(read(deep)) == ["end"])
    let lists = String(repeating: "<ul><li>", count: 5_000) + "end"
    #expect(try texts(read(lists)) == ["end"])
    #expect(try texts(read("<p>a<table><tr><p>b</table></div></x><p")).contains("a"))
    #expect(try read("").blocks.isEmpty)
    #expect(try read("<td colspan=999999999 rowspan=-3>x").warnings.isEmpty)
    let spans = "<table><tr><th>a<th>b</tr><tr><td colspan=99999>x</table>"
    #expect(try read(spans).blocks.count == 2)
  }

  /// Found by fuzzing: bytes that are no text of the encoding that they were guessed to be.
  @Test func bytesThatDoNotConvertAreReported() {
    let bytes: [UInt8] =
      Array("cor[1, 2]\nd = pus: [".utf8) + [0xC6] + Array("docs]\nfields".utf8) + [0x8D]
      + Array(repeating: 0x3B, count: 30) + Array(repeating: 0x86, count: 40)
      + Array(repeating: 0x3B, count: 60) + Array("ar: [price]".utf8)
    for format in [DocumentFormat.html, .text, .markdown, .csv] {
      do {
        _ = try DocumentReader.forEach(bytes: bytes, path: "a", format: format, modified: 0) { _ in
        }
      } catch {
        #expect(!error.reason.isEmpty)
      }
    }
  }
}
