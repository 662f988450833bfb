internal import CXapian

/// One or several databases, open for reading. Owned by one task at a time.
public struct Database: ~Copyable {
  private let handle: OpaquePointer

  /// Opens a database.
  public init(path: String) throws(XapianError) {
    try self.init { opened, error in
      path.withCString {
        var pointer: UnsafePointer<CChar>? = $0
        return cx_database_open(&pointer, 1, opened, error)
      }
    }
  }

  /// Opens several databases as one.
  public init(paths: [String]) throws(XapianError) {
    try self.init { opened, error in
      withCStrings(paths) { pointers in
        pointers.withUnsafeBufferPointer {
          cx_database_open($0.baseAddress, $0.count, opened, error)
        }
      }
    }
  }

  private init(
    _ open: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cx_error>) -> cx_status
  ) throws(XapianError) {
    var opened: OpaquePointer?
    try checked { open(&opened, $0) }
    guard let opened else { throw XapianError(code: .other, message: "no database was opened") }
    handle = opened
  }

  deinit { cx_database_free(handle) }

  /// Version of the Xapian library in use.
  public static var libraryVersion: String { String(cString: cx_version()) }

  /// Counts over the whole database.
  public struct Statistics: Sendable, Equatable {
    /// Documents.
    public var documents: Int
    /// Highest document number given.
    public var lastDocument: Int
    /// Mean length of a document in terms.
    public var averageLength: Double
  }

  /// Counts over the whole database.
  public func statistics() throws(XapianError) -> Statistics {
    var result = cx_statistics()
    try checked { cx_database_statistics(handle, &result, $0) }
    return Statistics(
      documents: Int(result.documents), lastDocument: Int(result.last_document),
      averageLength: result.average_length)
  }

  /// What is stored under a metadata key; empty where nothing is.
  public func metadata(_ key: [UInt8]) throws(XapianError) -> [UInt8] {
    try block { result, error in
      key.withUnsafeBufferPointer {
        cx_database_metadata(handle, $0.baseAddress, $0.count, result, error)
      }
    }
  }

  /// Data of documents, in the order asked.
  public func data(of documents: [UInt32]) throws(XapianError) -> [[UInt8]] {
    var reader = try read { result, error in
      documents.withUnsafeBufferPointer {
        cx_database_data(handle, $0.baseAddress, $0.count, result, error)
      }
    }
    return documents.map { _ in reader.counted() }
  }

  /// How many documents a term is in.
  public func frequency(of term: [UInt8]) throws(XapianError) -> Int {
    var result: UInt32 = 0
    try checked { error in
      term.withUnsafeBufferPointer {
        cx_database_term_frequency(handle, $0.baseAddress, $0.count, &result, error)
      }
    }
    return Int(result)
  }

  /// A term with the number of documents it is in.
  public struct TermCount: Sendable, Equatable {
    /// The term.
    public var term: [UInt8]
    /// Documents with it.
    public var documents: Int
  }

  /// Terms that begin with `prefix`, in byte order, at most `limit`; and whether there are more.
  public func terms(
    prefix: [UInt8], limit: Int
  ) throws(XapianError) -> (terms: [TermCount], isCut: Bool) {
    var reader = try read { result, error in
      prefix.withUnsafeBufferPointer {
        cx_database_terms(
          handle, $0.baseAddress, $0.count, UInt32(clamping: limit), result, error)
      }
    }
    let isCut = reader.byte() != 0
    let count = reader.number()
    let terms = (0..<count).map { _ in
      let documents = reader.number()
      return TermCount(term: reader.counted(), documents: documents)
    }
    return (terms, isCut)
  }

  /// Documents that a term is in, at most `limit`.
  public func documents(with term: [UInt8], limit: Int) throws(XapianError) -> [UInt32] {
    var reader = try read { result, error in
      term.withUnsafeBufferPointer {
        cx_database_postings(
          handle, $0.baseAddress, $0.count, UInt32(clamping: limit), result, error)
      }
    }
    var result: [UInt32] = []
    while !reader.isAtEnd { result.append(UInt32(reader.number())) }
    return result
  }

  /// Documents with a value in a slot, and bounds of those values.
  public func bounds(
    of slot: UInt32
  ) throws(XapianError) -> (documents: Int, lower: [UInt8], upper: [UInt8]) {
    var reader = try read { cx_database_value_bounds(handle, slot, $0, $1) }
    return (reader.number(), reader.counted(), reader.counted())
  }

  /// Runs a search.
  public func search(_ request: MatchRequest) throws(XapianError) -> MatchSet {
    let program = request.query.program
    let orders = request.order.slots
    let slots = orders.map(\.slot)
    let reversed = orders.map { UInt8($0.isReversed ? 1 : 0) }
    let found = try read { result, error in
      program.withUnsafeBufferPointer { program in
        request.valueSlots.withUnsafeBufferPointer { values in
          request.countedSlots.withUnsafeBufferPointer { counted in
            slots.withUnsafeBufferPointer { slots in
              reversed.withUnsafeBufferPointer { reversed in
                var raw = rawRequest(request)
                raw.program = program.baseAddress
                raw.program_size = program.count
                raw.order_slots = slots.baseAddress
                raw.order_reversed = reversed.baseAddress
                raw.order_count = slots.count
                raw.value_slots = values.baseAddress
                raw.value_slot_count = values.count
                raw.counted_slots = counted.baseAddress
                raw.counted_slot_count = counted.count
                return cx_database_search(handle, &raw, result, error)
              }
            }
          }
        }
      }
    }
    return MatchSet(
      found, valueSlots: request.valueSlots.count, countedSlots: request.countedSlots.count)
  }

  /// How many documents a query finds, exactly.
  public func count(_ query: Query) throws(XapianError) -> Int {
    let program = query.program
    var result: UInt32 = 0
    try checked { error in
      program.withUnsafeBufferPointer {
        cx_database_count(handle, $0.baseAddress, $0.count, &result, error)
      }
    }
    return Int(result)
  }

  /// Documents that say what another one says.
  public struct Identical: Sendable, Equatable {
    /// Where a document stands (`IndexDocument.setPlace`).
    public struct Place: Sendable, Equatable {
      /// Its number.
      public var document: UInt32
      /// The path.
      public var path: String
      /// The line.
      public var line: Int
    }
    /// How many others there are.
    public var count: Int
    /// The first of them.
    public var first: [Place]
  }

  /// Of each of some documents the others with its content (`IndexDocument.setContent`) that a query finds: how many,
  /// exactly, and the first of them by the values of a slot, at most `limit`. Without a slot they come by number.
  public func identical(
    to documents: [UInt32], in query: Query, limit: Int, by slot: UInt32?
  ) throws(XapianError) -> [Identical] {
    let program = query.program
    var reader = try read { result, error in
      program.withUnsafeBufferPointer { program in
        documents.withUnsafeBufferPointer { documents in
          withUnsafePointer(to: slot ?? 0) {
            cx_database_identical(
              handle, program.baseAddress, program.count, documents.baseAddress, documents.count,
              UInt32(clamping: limit), slot == nil ? nil : $0, result, error)
          }
        }
      }
    }
    return documents.map { _ in
      let count = reader.number()
      return Identical(
        count: count,
        first: (0..<reader.number()).map { _ in
          let (document, line) = (UInt32(reader.number()), reader.number())
          return Identical.Place(document: document, path: reader.string(), line: line)
        })
    }
  }

  /// How many documents a query finds, exactly, and the first of them by number, at most `limit`.
  public func matches(
    of query: Query, limit: Int
  ) throws(XapianError) -> (count: Int, first: [UInt32]) {
    let program = query.program
    var reader = try read { result, error in
      program.withUnsafeBufferPointer {
        cx_database_matches(
          handle, $0.baseAddress, $0.count, UInt32(clamping: limit), result, error)
      }
    }
    let count = reader.number()
    var first: [UInt32] = []
    while !reader.isAtEnd { first.append(UInt32(reader.number())) }
    return (count, first)
  }

  /// How many documents a query finds, and how many different contents they have.
  public func countDistinct(
    _ query: Query
  ) throws(XapianError) -> (documents: Int, distinct: Int) {
    let program = query.program
    var documents: UInt32 = 0
    var distinct: UInt32 = 0
    try checked { error in
      program.withUnsafeBufferPointer {
        cx_database_count_distinct(handle, $0.baseAddress, $0.count, &documents, &distinct, error)
      }
    }
    return (Int(documents), Int(distinct))
  }

  private func rawRequest(_ request: MatchRequest) -> cx_request {
    var raw = cx_request()
    raw.offset = UInt32(clamping: request.offset)
    raw.limit = UInt32(clamping: request.limit)
    raw.check_at_least = UInt32(clamping: request.checkAtLeast)
    switch request.weighting {
    case .bm25(let k1, let k2, let k3, let b, let length):
      raw.weighting = CX_BM25
      raw.parameters = (k1, k2, k3, b, length)
    case .ineB2(let c):
      raw.weighting = CX_INEB2
      raw.parameters.0 = c
    case .boolean: raw.weighting = CX_BOOLEAN
    }
    switch request.order {
    case .relevance: raw.order = CX_BY_RELEVANCE
    case .relevanceThenValue: raw.order = CX_BY_RELEVANCE_THEN_VALUE
    case .values: raw.order = CX_BY_VALUES
    }
    if let collapse = request.collapse {
      raw.collapse_slot = collapse.slot
      raw.collapse_max = UInt32(clamping: collapse.most)
    }
    raw.is_distinct = request.isDistinct ? 1 : 0
    raw.fetch_data = request.fetchesData ? 1 : 0
    raw.time_limit = request.timeLimit
    return raw
  }

  /// Checks the structure of the database at a path: how many errors, and the report.
  public static func check(path: String) throws(XapianError) -> (errors: Int, report: String) {
    var errors: UInt32 = 0
    let report = try block { cx_check(path, &errors, $0, $1) }
    return (Int(errors), String(decoding: report, as: UTF8.self))
  }

  /// Writes what the database `base` holds, if there is one, without the documents `removed`, and
  /// behind it what runs hold, in their order, as a database in the new folder `destination`. Values of slots from
  /// `slot` on are compressed where neighbours share them, and slower to look at one by one.
  public static func merge(
    _ base: String?, without removed: [UInt32] = [], runs: [String], to destination: String,
    compressingFrom slot: UInt32 = 0
  ) throws(XapianError) {
    try checked { error in
      withCStrings(runs) { pointers in
        pointers.withUnsafeBufferPointer { runs in
          removed.withUnsafeBufferPointer { removed in
            cx_merge(
              base, removed.baseAddress, removed.count, runs.baseAddress, runs.count, destination,
              slot, error)
          }
        }
      }
    }
  }
}

extension MatchOrder {
  fileprivate var slots: [SlotOrder] {
    switch self {
    case .relevance: []
    case .relevanceThenValue(let slot): [slot]
    case .values(let slots): slots
    }
  }
}
