internal import CXapian

/// A document for the engine, or a part of one: data, terms and values, collected in one block.
public struct IndexDocument: Sendable, Equatable {
  /// Longest term the engine takes, in bytes. `RunWriter.add` refuses a longer one.
  public static let longestTerm = 245
  /// Bytes that most documents stay below.
  private static let usualSize = 8192

  /// The block that crosses into the shim.
  private(set) var bytes: [UInt8] = []

  /// An empty document.
  public init() {}

  /// An empty document with room for what most have.
  public static func whole() -> IndexDocument {
    var document = IndexDocument()
    document.bytes.reserveCapacity(usualSize)
    return document
  }

  /// Sets what a search can return of it.
  public mutating func setData(_ data: [UInt8]) { add(CX_DATA, data) }

  /// Adds a term at a position; `wdf` is what it adds to the term's weight.
  public mutating func addPosting(_ term: [UInt8], position: Int, wdf: Int) {
    add(CX_POSTING, number: position, wdf: wdf, term)
  }

  /// The same of a term whose bytes somebody else owns.
  public mutating func addPosting(_ term: UnsafeBufferPointer<UInt8>, position: Int, wdf: Int) {
    add(CX_POSTING, number: position, wdf: wdf, none, term)
  }

  /// Adds the term that `prefix` and `word` make, at a position where one is given.
  public mutating func addWord(
    _ prefix: [UInt8], _ word: UnsafeBufferPointer<UInt8>, position: Int?, wdf: Int
  ) {
    let kind = position == nil ? CX_WEIGHTED : CX_POSTING
    prefix.withUnsafeBufferPointer { add(kind, number: position ?? 0, wdf: wdf, $0, word) }
  }

  /// Adds a term without a position.
  public mutating func addTerm(_ term: [UInt8], wdf: Int) { add(CX_WEIGHTED, wdf: wdf, term) }

  /// The same of a term whose bytes somebody else owns.
  public mutating func addTerm(_ term: UnsafeBufferPointer<UInt8>, wdf: Int) {
    add(CX_WEIGHTED, wdf: wdf, none, term)
  }

  /// Adds a term without position or weight.
  public mutating func addBooleanTerm(_ term: [UInt8]) { add(CX_BARE, term) }

  /// Sets the value of a slot.
  public mutating func addValue(slot: UInt32, _ value: [UInt8]) {
    add(CX_VALUE, number: Int(slot), value)
  }

  /// Sets where what the document is a part of stands.
  public mutating func setPlace(path: String, line: Int) {
    add(CX_PLACE, number: line, Array(path.utf8))
  }

  /// Sets a hash of what it says: documents that say the same have the same one. 0 is none.
  public mutating func setContent(_ hash: UInt64) {
    add(CX_CONTENT, withUnsafeBytes(of: hash) { Array($0) })
  }

  /// Adds all that another has.
  public mutating func append(_ other: IndexDocument) { bytes.append(contentsOf: other.bytes) }

  private mutating func add(
    _ kind: cx_entry, number: Int = 0, wdf: Int = 0, _ content: [UInt8]
  ) {
    content.withUnsafeBufferPointer { add(kind, number: number, wdf: wdf, none, $0) }
  }

  private var none: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

  /// Adds an entry whose content is `first` and `second`.
  private mutating func add(
    _ kind: cx_entry, number: Int = 0, wdf: Int = 0, _ first: UnsafeBufferPointer<UInt8>,
    _ second: UnsafeBufferPointer<UInt8>
  ) {
    let size = first.count + second.count
    let head = cx_entry_head(
      kind: kind.rawValue, number: UInt32(clamping: number), wdf: UInt32(clamping: wdf),
      size: UInt32(clamping: size))
    let length = MemoryLayout<cx_entry_head>.size
    bytes.append(addingCapacity: length + size) { span in
      span.withUnsafeMutableBufferPointer { target, count in
        let place = UnsafeMutableRawPointer(target.baseAddress!) + count
        place.storeBytes(of: head, as: cx_entry_head.self)
        if let start = first.baseAddress {
          (place + length).copyMemory(from: start, byteCount: first.count)
        }
        if let start = second.baseAddress {
          (place + length + first.count).copyMemory(from: start, byteCount: second.count)
        }
        count += length + size
      }
    }
  }
}
