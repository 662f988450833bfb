/// Writes JSON (RFC 8259): every string escaped here and nowhere else.
public struct JSONWriter: Sendable {
  /// What has been written.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Bytes, for a string that grows by signs costs more than the rest of a search.
  private var bytes: [UInt8] = []
  private var needsComma = false

  /// An empty document.
  public init() {}

  /// An object; `body` writes its members.
  public mutating func object(_ body: (inout JSONWriter) -> Void) { nested("{", "}", body) }

  /// An array; `body` writes its elements.
  public mutating func array(_ body: (inout JSONWriter) -> Void) { nested("[", "]", body) }

  private mutating func nested(
    _ open: String, _ close: String, _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    append(open)
    needsComma = false
    body(&self)
    append(close)
    needsComma = true
  }

  /// The name of the member that is written next.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    append(": ")
    needsComma = false
  }

  /// A string.
  public mutating func string(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  /// A whole number.
  public mutating func number(_ value: Int) { raw(String(value)) }

  /// A number; whole ones without a fraction, what JSON cannot say as null.
  public mutating func number(_ value: Double) {
    if !value.isFinite {
      raw("null")
    } else if value == value.rounded(), abs(value) < 1e15 {
      raw(String(Int(value)))
    } else {
      raw("\(value)")
    }
  }

  /// `true` or `false`.
  public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  /// A value that is JSON already.
  public mutating func json(_ text: String) { raw(text) }

  /// `null`.
  public mutating func null() { raw("null") }

  /// A string member.
  public mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  /// A whole-number member.
  public mutating func member(_ name: String, _ value: Int) {
    key(name)
    number(value)
  }

  /// A span as a pair of numbers.
  public mutating func span(_ range: Range<Int>) {
    array { writer in
      writer.number(range.lowerBound)
      writer.number(range.upperBound)
    }
  }

  private mutating func raw(_ value: String) {
    separate()
    append(value)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { append(", ") }
    needsComma = false
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func quote(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    var value = value
    let isPlain = value.withUTF8 { $0.allSatisfy(JSONWriter.isPlain) }
    if isPlain {
      append(value)
    } else {
      for scalar in value.unicodeScalars { appendEscaped(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte is ASCII that stands in a string as it is.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func appendEscaped(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case _ where Visible.isHarmful(scalar): append(JSONWriter.escape(scalar))
    default:
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  /// `\u` and four digits; a pair of surrogates above U+FFFF.
  private static func escape(_ scalar: Unicode.Scalar) -> String {
    String(Character(scalar)).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
