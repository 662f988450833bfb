/// The comparisons that a filter can make.
public enum Comparison: String, Sendable, Equatable, CaseIterable {
  case greaterOrEqual = ">="
  case lessOrEqual = "<="
  case notEqual = "!="
  case greater = ">"
  case less = "<"
  case equal = "="
}

/// A piece of a query as it is written, without any meaning but its shape.
public struct QueryToken: Sendable, Equatable {
  /// What a token looks like.
  public enum Kind: Sendable, Equatable {
    /// A run of signs without white space.
    case word(String)
    /// Quoted words, with the slop of `~n`.
    case phrase(String, slop: Int?)
    /// `name` directly followed by `:` or a comparison; the value, if any, is the next token unless
    /// `isOpen`.
    case field(name: String, operator: FieldOperator)
    /// A comparison that stands by itself or begins a run: `> 150000`.
    case comparison(Comparison)
    case open, close, and, or, not
    case near(Int)
    case boost(Double)
  }

  /// Its shape.
  public var kind: Kind
  /// UTF-8 bytes of the query.
  public var span: Range<Int>
  /// Whether white space (or the start of the query) stands before it.
  public var followsSpace: Bool
}

/// What joins a field name to its value.
public enum FieldOperator: Sendable, Equatable {
  /// `:` alone.
  case colon
  /// A comparison, with or without a `:` before it.
  case comparison(Comparison)

  /// As it is written in the canonical form.
  public var text: String {
    switch self {
    case .colon: ":"
    case .comparison(let comparison): comparison.rawValue
    }
  }
}

/// Splits a query into tokens. Never fails: what is wrong is said in diagnostics.
struct Lexer {
  private let bytes: [UInt8]
  private var index = 0
  private(set) var tokens: [QueryToken] = []
  private(set) var problems: [QueryProblem] = []

  init(_ query: String) { bytes = Array(query.utf8) }

  mutating func run() {
    while index < bytes.count {
      if isSpace(index) {
        index += 1
      } else {
        next()
      }
    }
  }

  private mutating func next() {
    switch bytes[index] {
    case UInt8(ascii: "("): single(.open)
    case UInt8(ascii: ")"):
      single(.close)
      boost()
    case UInt8(ascii: "\""):
      phrase()
      boost()
    case UInt8(ascii: "|") where isFree(index): single(.or)
    case UInt8(ascii: "-") where index + 1 < bytes.count && !isSpace(index + 1): single(.not)
    default:
      if let (comparison, length) = comparison(at: index) {
        emit(.comparison(comparison), index..<index + length)
        index += length
      } else {
        run(from: index)
      }
    }
  }

  // MARK: Runs of signs

  private mutating func run(from start: Int) {
    if let name = fieldName(from: start) { return field(name) }
    let end = endOfRun(from: start)
    let text = string(start..<end)
    switch text {
    case "AND": emit(.and, start..<end)
    case "OR": emit(.or, start..<end)
    case "NOT": emit(.not, start..<end)
    default:
      if let distance = nearDistance(text) {
        emit(.near(distance), start..<end)
      } else {
        word(start..<end)
      }
    }
    index = end
  }

  /// A word, and the boost at its end.
  private mutating func word(_ range: Range<Int>) {
    if let caret = bytes[range].lastIndex(of: UInt8(ascii: "^")), caret > range.lowerBound,
      let factor = Lexer.factor(string(caret + 1..<range.upperBound))
    {
      emit(.word(string(range.lowerBound..<caret)), range.lowerBound..<caret)
      emit(.boost(factor), caret..<range.upperBound)
    } else {
      emit(.word(string(range)), range)
    }
  }

  /// Ends at white space, at a bracket that the run did not open, and at a bracket it opens but
  /// does not close: `401(k)` is one run, `f(a b)` is not.
  private func endOfRun(from start: Int) -> Int {
    var end = start
    var depth = 0
    while end < bytes.count, !isSpace(end) {
      switch bytes[end] {
      case UInt8(ascii: "("):
        guard end > start, closes(from: end) else { return end }
        depth += 1
      case UInt8(ascii: ")"):
        guard depth > 0 else { return end }
        depth -= 1
      default: break
      }
      end += 1
    }
    return end
  }

  private func closes(from open: Int) -> Bool {
    var depth = 0
    var at = open
    while at < bytes.count, at < open + 64, !isSpace(at) {
      if bytes[at] == UInt8(ascii: "(") { depth += 1 }
      if bytes[at] == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { return true }
      }
      at += 1
    }
    return false
  }

  // MARK: Fields

  private struct Name {
    var range: Range<Int>
    var op: FieldOperator
    var end: Int
  }

  /// A name followed by `:` or a comparison without a space between: a field candidate.
  /// `http://`, `std::vector` and `C:\x` are text whatever the fields are called, and so is a name
  /// that begins with a digit (`10:30`).
  private func fieldName(from start: Int) -> Name? {
    var end = start
    while end < bytes.count, isNameSign(bytes[end]) { end += 1 }
    guard end > start, end < bytes.count, isNameStart(bytes[start]) else { return nil }
    let range = start..<end
    if let (comparison, length) = comparison(at: end) {
      return Name(range: range, op: .comparison(comparison), end: end + length)
    }
    guard bytes[end] == UInt8(ascii: ":") else { return nil }
    let after = end + 1
    if let (comparison, length) = comparison(at: after) {
      return Name(range: range, op: .comparison(comparison), end: after + length)
    }
    if after < bytes.count {
      let next = bytes[after]
      if next == UInt8(ascii: ":") || next == UInt8(ascii: "\\") { return nil }
      if next == UInt8(ascii: "/") {
        let isAddress = after + 1 < bytes.count && bytes[after + 1] == UInt8(ascii: "/")
        if isAddress || end - start == 1 { return nil }
      }
    }
    return Name(range: range, op: .colon, end: after)
  }

  private mutating func field(_ name: Name) {
    emit(
      .field(name: string(name.range), operator: name.op), name.range.lowerBound..<name.end)
    index = name.end
    guard index < bytes.count, !isSpace(index) else { return }
    switch bytes[index] {
    case UInt8(ascii: "("), UInt8(ascii: ")"): break
    case UInt8(ascii: "\""):
      phrase()
      boost()
    default:
      let end = endOfRun(from: index)
      word(index..<end)
      index = end
    }
  }

  // MARK: Small tokens

  private mutating func phrase() {
    let start = index
    var end = start + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
    let text = string(start + 1..<end)
    guard end < bytes.count else {
      problems.append(.unclosedQuote(start..<bytes.count, text: text))
      emit(.phrase(text, slop: nil), start..<bytes.count)
      index = bytes.count
      return
    }
    end += 1
    var slop: Int?
    if end < bytes.count, bytes[end] == UInt8(ascii: "~") {
      let digits = digits(from: end + 1)
      if !digits.isEmpty, let number = Int(string(digits)), number <= 10_000 {
        slop = number
        end = digits.upperBound
      } else {
        problems.append(.slopWithoutNumber(end..<max(end + 1, digits.upperBound)))
        end = max(end + 1, digits.upperBound)
      }
    }
    emit(.phrase(text, slop: slop), start..<end)
    index = end
  }

  private mutating func boost() {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "^") else { return }
    var end = index + 1
    while end < bytes.count, isDigit(end) || bytes[end] == UInt8(ascii: ".") { end += 1 }
    guard let factor = Lexer.factor(string(index + 1..<end)) else { return }
    emit(.boost(factor), index..<end)
    index = end
  }

  private static func factor(_ text: String) -> Double? {
    guard let first = text.utf8.first, first >= 0x30, first <= 0x39,
      text.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") }),
      let value = Double(text), value <= 1000
    else { return nil }
    return value
  }

  private func nearDistance(_ text: String) -> Int? {
    guard text.hasPrefix("NEAR/"), let distance = Int(text.dropFirst(5)), distance > 0,
      distance <= 10_000
    else { return nil }
    return distance
  }

  private func comparison(at index: Int) -> (Comparison, Int)? {
    for candidate in Comparison.allCases {
      let signs = Array(candidate.rawValue.utf8)
      if bytes[index...].starts(with: signs) { return (candidate, signs.count) }
    }
    return nil
  }

  private mutating func single(_ kind: QueryToken.Kind) {
    emit(kind, index..<index + 1)
    index += 1
  }

  private mutating func emit(_ kind: QueryToken.Kind, _ span: Range<Int>) {
    let follows = span.lowerBound == 0 || isSpace(span.lowerBound - 1)
    tokens.append(QueryToken(kind: kind, span: span, followsSpace: follows))
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func digits(from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, isDigit(end) { end += 1 }
    return start..<end
  }

  private func isDigit(_ index: Int) -> Bool { bytes[index] >= 0x30 && bytes[index] <= 0x39 }

  private func isSpace(_ index: Int) -> Bool {
    let byte = bytes[index]
    if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return true }
    // No-break space, as pasted from a page.
    return byte == 0xA0 && index > 0 && bytes[index - 1] == 0xC2
      || byte == 0xC2 && index + 1 < bytes.count && bytes[index + 1] == 0xA0
  }

  private func isFree(_ index: Int) -> Bool {
    let before = index == 0 || isSpace(index - 1) || bytes[index - 1] == UInt8(ascii: ")")
    let after =
      index + 1 == bytes.count || isSpace(index + 1) || bytes[index + 1] == UInt8(ascii: "(")
    return before && after
  }

  private func isNameStart(_ byte: UInt8) -> Bool {
    (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A) || byte >= 0x80
      || byte == UInt8(ascii: "_")
  }

  private func isNameSign(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }
}
