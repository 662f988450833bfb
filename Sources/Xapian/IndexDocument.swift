internal import CXapian

/// A document for the engine: data, terms and values, collected in one block.
public struct IndexDocument: Sendable, Equatable {
  /// Longest term the engine takes, in bytes. `WritableDatabase.add` refuses a longer one.
  public static let longestTerm = 245

  private var data: [UInt8] = []
  private var entries = BlockWriter()

  /// An empty document.
  public init() {}

  /// Sets what a search can return of it.
  public mutating func setData(_ bytes: [UInt8]) { data = bytes }

  /// Adds a term at a position; `wdf` is what it adds to the term's weight.
  public mutating func addPosting(_ term: [UInt8], position: Int, wdf: Int) {
    entries.byte(UInt8(CX_POSTING.rawValue))
    entries.number(position)
    entries.number(wdf)
    entries.counted(term)
  }

  /// Adds a term, at a position where one is given.
  public mutating func addWord(_ term: [UInt8], position: Int?, wdf: Int) {
    if let position {
      addPosting(term, position: position, wdf: wdf)
    } else {
      addTerm(term, wdf: wdf)
    }
  }

  /// Adds a term without a position.
  public mutating func addTerm(_ term: [UInt8], wdf: Int) {
    entries.byte(UInt8(CX_WEIGHTED.rawValue))
    entries.number(wdf)
    entries.counted(term)
  }

  /// Adds a term without position or weight.
  public mutating func addBooleanTerm(_ term: [UInt8]) {
    entries.byte(UInt8(CX_BARE.rawValue))
    entries.counted(term)
  }

  /// Sets the value of a slot.
  public mutating func addValue(slot: UInt32, _ bytes: [UInt8]) {
    entries.byte(UInt8(CX_VALUE.rawValue))
    entries.number(Int(slot))
    entries.counted(bytes)
  }

  /// The block that crosses into the shim.
  var encoded: [UInt8] {
    var writer = BlockWriter()
    writer.counted(data)
    return writer.bytes + entries.bytes
  }
}
