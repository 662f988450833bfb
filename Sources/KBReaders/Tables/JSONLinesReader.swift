internal import KBIngest

/// JSON Lines: one object a line, each a document.
enum JSONLinesReader {
  /// Hands over the items in order; returns what is wrong with lines that are none.
  static func read(_ text: String, _ body: (Item) -> Void) -> [String] {
    let bytes = Array(text.utf8)
    var remarks = ItemRemarks()
    var start = 0
    var line = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if !(start..<end).withoutBlanks(in: bytes).isEmpty {
        do throws(JSONItem.Problem) {
          body(try JSONItem.read(bytes, start..<end, line: line))
        } catch {
          remarks.add("line \(line), column \(error.column) is left out: \(error.reason)")
        }
      }
      start = end + 1
      line += 1
    }
    return remarks.all
  }
}

/// Remarks on lines of a file: the first ones, and how many more there are.
struct ItemRemarks {
  private var first: [String] = []
  private var count = 0
  private static let most = 20

  mutating func add(_ remark: String) {
    count += 1
    if first.count < ItemRemarks.most { first.append(remark) }
  }

  var all: [String] {
    guard count > first.count else { return first }
    return first + ["\(count - first.count) more lines have problems of this kind"]
  }
}
