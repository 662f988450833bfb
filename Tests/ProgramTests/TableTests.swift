import Foundation
import Testing

/// Files that hold many documents.
@Suite struct TableTests {
  /// More rows than one reply of the worker carries.
  private static let rows = 1000

  @Test func everyRowIsADocumentOfItsOwn() throws {
    let body = (1...Self.rows).map { "S-\($0),Thing \($0),\($0),\($0 % 2 == 0 ? "Ann" : "Bob")\n" }
    let sandbox = try Sandbox(["t.csv": "sku,name,price,owner\n" + body.joined()])
    #expect(try sandbox.index().status == 0)
    #expect(try sandbox.search("*").sections.count == Self.rows)
    #expect(try sandbox.search("price:500..501 owner:ann").sections == ["t.csv#s-500"])
    #expect(try sandbox.search("price:501 owner:ann").status == 1)
  }

  @Test func aBrokenLineIsAWarning() throws {
    let sandbox = try Sandbox(["j.jsonl": "{\"name\": \"a\"}\n{\"name\": }\n{\"name\": \"b\"}\n"])
    let run = try sandbox.index()
    #expect(run.status == 0)
    #expect(
      run.errors.contains(
        "warning: j.jsonl: line 2, column 10 is left out: a value is missing"))
    #expect(try sandbox.search("*").sections == ["j.jsonl#line-1", "j.jsonl#line-3"])
  }

  @Test func aWrongConfigurationEndsWithTwo() throws {
    let sandbox = try Sandbox(["kbsearch.yaml": "fields:\n  p: {extract: dat}\n", "a.md": "# A\n"])
    let run = try sandbox.run(["index"])
    #expect(run.status == 2)
    #expect(
      run.errors.hasPrefix("kbsearch.yaml:2:16: there is no extractor dat (did you mean date?)"))
  }
}
