import KBSchema
import Testing

@testable import KBEngine

/// Numbers of files keep the order of their paths, whatever comes between.
@Suite struct FileOrderTests {
  @Test func newFilesFindPlacesBetweenTheirNeighbours() throws {
    var order = FileOrder(["a", "m", "z"])
    let known = order
    let files = ["a", "b", "c", "m", "m/x", "z", "zz"]
    #expect(order.insert(["b", "c", "m/x", "zz"], among: files.reversed()) { known[$0] })
    let ranks = try files.map { try #require(order[$0]) }
    #expect(zip(ranks, ranks.dropFirst()).allSatisfy { $0 < $1 }, "\(ranks)")
  }

  @Test func filesWithoutSectionsAreNoNeighbours() throws {
    var order = FileOrder()
    #expect(order.insert(["b"], among: ["a", "b", "c"]) { $0 == "c" ? 10 : nil })
    #expect(try #require(order["b"]) < 10)
  }

  @Test func withoutRoomItSaysSo() {
    var order = FileOrder()
    let neighbours: [String: UInt32] = ["a": 7, "c": 8]
    #expect(!order.insert(["b"], among: ["a", "b", "c"]) { neighbours[$0] })
    #expect(order.insert(["d"], among: ["a", "c", "d"]) { neighbours[$0] })
  }

  @Test func pathsAreOrderedByBytes() {
    #expect(FileOrder.sorted(["é", "z", "a/b", "a", "a.md"]) == ["a", "a.md", "a/b", "z", "é"])
  }
}
