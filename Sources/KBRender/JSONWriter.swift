/// Writes JSON (RFC 8259): every string escaped here and nowhere else.
public struct JSONWriter: Sendable {
  /// What has been written.
  public private(set) var text = ""
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
    text += open
    needsComma = false
    body(&self)
    text += close
    needsComma = true
  }

  /// The name of the member that is written next.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    text += ": "
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
    text += value
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { text += ", " }
    needsComma = false
  }

  private mutating func quote(_ value: String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where Visible.isHarmful(scalar):
        text += Self.escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// `\u` and four digits; a pair of surrogates above U+FFFF.
  private static func escape(_ scalar: Unicode.Scalar) -> String {
    String(Character(scalar)).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
