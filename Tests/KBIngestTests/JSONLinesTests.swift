import KBIngest
import KBReaders
import KBSchema
import Testing

/// JSON Lines: an object a line.
@Suite struct JSONLinesTests {
  @Test func keysAreFields() throws {
    let items = try TableReading(
      #"{"id": "a", "title": "One", "n": -1.5e3, "on": true, "none": null, "empty": "", "#
        + #""tags": ["x", "y"], "owner": {"name": "Ann", "Team Lead": {"since": "2024-05-01"}}, "#
        + #""rows": [{"k": 1}, {"k": 2}]}"#, .jsonl)
    #expect(
      items.declared(0) == [
        "id=a", "title=One", "n=-1.5e3", "on=true", "tags=x", "tags=y", "owner.name=Ann",
        "owner.Team Lead.since=2024-05-01", "rows.k=1", "rows.k=2",
      ])
    #expect(items.titles == ["One"])
    #expect(items.anchors == ["a"])
  }

  @Test func digitsInQuotesAreWords() throws {
    let items = try TableReading(#"{"zip": "02139", "n": "12", "day": "2024-05-01"}"#, .jsonl)
    let quoted = items.documents[0].metadata.map { $0.values[0].isQuoted }
    #expect(quoted == [false, true, false])
  }

  @Test func escapesAreReadAndPlacesKept() throws {
    let items = try TableReading(
      #"{"body": "a\"b\\c \u00e9 \ud83d\ude00 d\nsecond line", "name": "x"}"#, .jsonl)
    let body = items.documents[0].blocks[1].content
    #expect(body.text == "a\"b\\c é 😀 d\nsecond line")
    let second = body.text.utf8.count - "second line".utf8.count
    #expect(body.place(at: second).line == 1)
    #expect(body.place(at: second).column == 41)
  }

  @Test(arguments: [
    (#"{"a": 1,}"#, 9, "a key in double quotes is missing"),
    (#"{"a" 1}"#, 6, "a : is missing after the key"), (#"{"a": }"#, 7, "a value is missing"),
    (#"{"a": tru}"#, 7, "tru is no value of JSON"), (#"{"a": 01}"#, 7, "01 is no value of JSON"),
    (#"{"a": "x}"#, 7, "the string that begins here is not closed"),
    (#"{"a": [1 2]}"#, 10, "a , or ] is missing"),
    (#"{"a": 1} x"#, 10, "something stands behind the object"),
    (#"{"a": "\q"}"#, 8, "there is no such escape in JSON"),
    ("[1]", 1, "it is no object: each line holds one { … }"),
    (#"{"a": 1"#, 8, "a , or } is missing"),
  ])
  func aBrokenLineCostsItself(line: String, column: Int, reason: String) throws {
    let items = try TableReading("{\"name\": \"a\"}\n\(line)\n\n{\"name\": \"b\"}\n", .jsonl)
    #expect(items.remarks == ["line 2, column \(column) is left out: \(reason)"])
    #expect(items.titles == ["a", "b"])
    #expect(items.lines == [1, 4])
    #expect(items.anchors == ["line-1", "line-4"])
  }

  @Test func depthIsBounded() throws {
    let deep = String(repeating: "[", count: 100_000)
    let items = try TableReading("{\"a\": \(deep)\n{\"name\": \"b\"}\n", .jsonl)
    #expect(items.titles == ["b"])
    #expect(items.remarks.count == 1)
    #expect(items.remarks[0].hasSuffix("it is nested too deeply"))
  }

  @Test func manyBrokenLinesAreCounted() throws {
    let items = try TableReading(String(repeating: "x\n", count: 100), .jsonl)
    #expect(items.remarks.count == 22)
    #expect(items.remarks.contains("80 more lines have problems of this kind"))
    #expect(items.remarks.last == "it holds no items")
  }

  @Test func markupInTextIsTakenOff() throws {
    let items = try TableReading(
      #"{"name": "x", "description": "<p>Tom &amp; <b>Ann</b></p><ul><li>one</li><li>two</li></ul>"}"#,
      .jsonl)
    #expect(items.text(0) == ["Tom & Ann", "- one", "- two"])
    let plain = try TableReading(#"{"name": "x", "body": "if a < b and b > c"}"#, .jsonl)
    #expect(plain.text(0) == ["if a < b and b > c"])
  }

  @Test func itemsAreNumberedThrough() throws {
    let items = try TableReading(
      (1...5).map { "{\"title\": \"Item \($0)\", \"body\": \"Words.\"}\n" }.joined(), .jsonl)
    let whole = items.records(
      schema: .careers, reading: CareersReading.reading(currency: "USD"))
    #expect(whole.records.map(\.ordinal) == [0, 1, 2, 3, 4])
    #expect(whole.subjects.map(\.ordinal) == [0, 1, 2, 3, 4])
    #expect(whole.records.map(\.document) == (1...5).map { "Item \($0)" })
  }
}
