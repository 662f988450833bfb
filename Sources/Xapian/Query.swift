internal import CXapian

/// A query as the engine understands it. It crosses into the shim as one program.
public indirect enum Query: Sendable, Equatable {
  /// Every document.
  case all
  /// None.
  case nothing
  /// Documents with a term; `wqf` is how often the query names it.
  case term([UInt8], wqf: Int = 1)
  case or([Query])
  case and([Query])
  /// The first, less the second.
  case andNot(Query, Query)
  /// The first where the second holds, with the first's weight.
  case filter(Query, by: Query)
  /// The first, with the second's weight added where it holds.
  case andMaybe(Query, Query)
  /// Any of them, weighted as if they were one term.
  case synonym([Query])
  /// Terms in order within `window` positions.
  case phrase([Query], window: Int)
  /// Terms in any order within `window` positions.
  case near([Query], window: Int)
  /// The weight `factor` times.
  case scaled(Query, by: Double)
  /// Documents whose value in the slot is at least, at most, or within.
  case valueAtLeast(UInt32, [UInt8])
  case valueAtMost(UInt32, [UInt8])
  case valueRange(UInt32, [UInt8], [UInt8])
  /// Documents with a term that begins so; more than `most` terms is an error.
  case prefix([UInt8], most: Int)
  /// Every document, with that weight.
  case fixed(Double)

  /// The program that the shim reads.
  var program: [UInt8] {
    var writer = BlockWriter()
    write(to: &writer)
    return writer.bytes
  }

  private func write(to writer: inout BlockWriter) {
    switch self {
    case .all: writer.byte(code(CX_ALL))
    case .nothing: writer.byte(code(CX_NOTHING))
    case .term(let term, let wqf):
      writer.byte(code(CX_TERM))
      writer.number(wqf)
      writer.counted(term)
    case .or(let parts): join(CX_OR, parts, to: &writer)
    case .and(let parts): join(CX_AND, parts, to: &writer)
    case .synonym(let parts): join(CX_SYNONYM, parts, to: &writer)
    case .andNot(let left, let right): pair(CX_AND_NOT, left, right, to: &writer)
    case .filter(let left, let right): pair(CX_FILTER, left, right, to: &writer)
    case .andMaybe(let left, let right): pair(CX_AND_MAYBE, left, right, to: &writer)
    case .phrase(let parts, let window): join(CX_PHRASE, parts, window: window, to: &writer)
    case .near(let parts, let window): join(CX_NEAR, parts, window: window, to: &writer)
    case .scaled(let query, let factor):
      query.write(to: &writer)
      writer.byte(code(CX_SCALE))
      writer.real(factor)
    case .valueAtLeast(let slot, let bytes): value(CX_AT_LEAST, slot, [bytes], to: &writer)
    case .valueAtMost(let slot, let bytes): value(CX_AT_MOST, slot, [bytes], to: &writer)
    case .valueRange(let slot, let low, let high):
      value(CX_RANGE, slot, [low, high], to: &writer)
    case .prefix(let start, let most):
      writer.byte(code(CX_PREFIX))
      writer.number(most)
      writer.counted(start)
    case .fixed(let weight):
      writer.byte(code(CX_FIXED))
      writer.real(weight)
    }
  }

  private func code(_ operation: cx_operation) -> UInt8 { UInt8(operation.rawValue) }

  /// Operands, then how many; no operand at all is no document.
  private func join(
    _ operation: cx_operation, _ parts: [Query], window: Int? = nil, to writer: inout BlockWriter
  ) {
    guard !parts.isEmpty else { return writer.byte(code(CX_NOTHING)) }
    for part in parts { part.write(to: &writer) }
    writer.byte(code(operation))
    writer.number(parts.count)
    if let window { writer.number(window) }
  }

  private func pair(
    _ operation: cx_operation, _ left: Query, _ right: Query, to writer: inout BlockWriter
  ) {
    left.write(to: &writer)
    right.write(to: &writer)
    writer.byte(code(operation))
  }

  private func value(
    _ operation: cx_operation, _ slot: UInt32, _ operands: [[UInt8]], to writer: inout BlockWriter
  ) {
    writer.byte(code(operation))
    writer.number(Int(slot))
    for operand in operands { writer.counted(operand) }
  }

  /// Xapian's own words for it, for `explain`.
  public func explained() throws(XapianError) -> String {
    let program = program
    let words = try block { result, error in
      program.withUnsafeBufferPointer {
        cx_query_description($0.baseAddress, $0.count, result, error)
      }
    }
    return String(decoding: words, as: UTF8.self)
  }

  /// The query as Xapian's own bytes, which other programs can run.
  package func serialised() throws(XapianError) -> [UInt8] {
    let program = program
    return try block { result, error in
      program.withUnsafeBufferPointer {
        cx_query_serialised($0.baseAddress, $0.count, result, error)
      }
    }
  }
}
