internal import CXapian

/// What the stored data of a build's documents have in common: data are compressed with it.
public final class DataDictionary: @unchecked Sendable {
  // Unchecked: the shim's handle may be shared by threads.
  fileprivate let handle: OpaquePointer

  /// The dictionary of the database that runs are to be merged with. Without one, or where it has
  /// none, the first run that is written makes it.
  public init(base: String?) throws(XapianError) {
    var made: OpaquePointer?
    try checked { cx_dictionary_new(base, &made, $0) }
    guard let made else { throw XapianError(code: .other, message: "no dictionary was made") }
    handle = made
  }

  deinit { cx_dictionary_free(handle) }
}

/// Documents gathered in memory, to be written as a run: a file that `Database.merge` makes a
/// database of, together with others. After a failure other than `malformed` it is not to be used
/// any more.
public struct RunWriter: ~Copyable {
  private let handle: OpaquePointer

  /// A run without documents. All runs that are merged have one dictionary.
  public init(_ dictionary: DataDictionary) throws(XapianError) {
    var made: OpaquePointer?
    try checked { cx_run_new(dictionary.handle, &made, $0) }
    guard let made else { throw XapianError(code: .other, message: "no run was made") }
    handle = made
  }

  deinit { cx_run_free(handle) }

  /// Adds a document.
  public func add(_ document: consuming IndexDocument) throws(XapianError) {
    let bytes = document.bytes
    try checked { error in
      bytes.withUnsafeBufferPointer { cx_run_add(handle, $0.baseAddress, $0.count, error) }
    }
  }

  /// Stores bytes under a key; empty bytes remove what a database has there.
  public func setMetadata(_ key: [UInt8], _ value: [UInt8]) throws(XapianError) {
    try checked { error in
      key.withUnsafeBufferPointer { key in
        value.withUnsafeBufferPointer { value in
          cx_run_set_metadata(
            handle, key.baseAddress, key.count, value.baseAddress, value.count, error)
        }
      }
    }
  }

  /// Writes all to a file. Nothing is to be added after that.
  public func write(to path: String) throws(XapianError) {
    try checked { cx_run_write(handle, path, $0) }
  }
}
