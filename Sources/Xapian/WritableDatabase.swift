internal import CXapian

/// A database open for writing. After any failure of the engine every later call fails too, with
/// code `dead`: what it held is lost, and it must be opened anew.
public struct WritableDatabase: ~Copyable {
  /// How a database is opened.
  public struct Options: OptionSet, Sendable {
    /// The flags of the shim.
    public let rawValue: UInt32
    /// Options from flags.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Makes a new one, replacing one that is there.
    public static let create = Options(rawValue: 1)
    /// Leaves syncing to the caller.
    public static let noSync = Options(rawValue: 2)
  }

  private let handle: OpaquePointer

  /// Opens or makes a database.
  public init(path: String, options: Options) throws(XapianError) {
    var opened: OpaquePointer?
    try checked { cx_writer_open(path, options.rawValue, &opened, $0) }
    guard let opened else { throw XapianError(code: .other, message: "no database was opened") }
    handle = opened
  }

  deinit { cx_writer_free(handle) }

  /// Adds a document and returns its number.
  @discardableResult
  public func add(_ document: consuming IndexDocument) throws(XapianError) -> UInt32 {
    var result: UInt32 = 0
    let bytes = document.bytes
    try checked { error in
      bytes.withUnsafeBufferPointer {
        cx_writer_add(handle, $0.baseAddress, $0.count, &result, error)
      }
    }
    return result
  }

  /// Removes the documents that have a term.
  public func delete(term: [UInt8]) throws(XapianError) {
    try checked { error in
      term.withUnsafeBufferPointer { cx_writer_delete(handle, $0.baseAddress, $0.count, error) }
    }
  }

  /// Stores bytes under a key; empty bytes remove it.
  public func setMetadata(_ key: [UInt8], _ value: [UInt8]) throws(XapianError) {
    try checked { error in
      key.withUnsafeBufferPointer { key in
        value.withUnsafeBufferPointer { value in
          cx_writer_set_metadata(
            handle, key.baseAddress, key.count, value.baseAddress, value.count, error)
        }
      }
    }
  }

  /// Begins a transaction: nothing of it is visible to readers before `commitTransaction`.
  public func beginTransaction() throws(XapianError) {
    try checked { cx_writer_begin(handle, $0) }
  }

  /// Ends a transaction and makes it visible.
  public func commitTransaction() throws(XapianError) {
    try checked { cx_writer_commit_transaction(handle, $0) }
  }

  /// Ends a transaction and drops what it did.
  public func cancelTransaction() throws(XapianError) {
    try checked { cx_writer_cancel(handle, $0) }
  }

  /// Writes what was added to disk.
  public func commit() throws(XapianError) { try checked { cx_writer_commit(handle, $0) } }

  /// Commits and closes.
  public consuming func close() throws(XapianError) {
    try checked { cx_writer_close(handle, $0) }
  }
}
