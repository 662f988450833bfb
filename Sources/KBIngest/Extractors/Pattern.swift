internal import Glibc
public import KBSchema

/// A regular expression of a configuration: POSIX extended, with `\d`, `\w`, `\s` and `\b`, and
/// without back references, so that the time it takes is bounded.
public final class Pattern: @unchecked Sendable {
  // `regexec` only reads the compiled expression, and guards it by a lock of its own.
  private var compiled = regex_t()
  /// Whether characters beyond ASCII matter: others are matched byte by byte, which is faster.
  private let isWide: Bool

  /// Why a text is no pattern, for people.
  public struct Problem: Error, Sendable, Equatable {
    /// A phrase.
    public var reason: String
  }

  /// Most bytes of an expression.
  private static let longest = 1000
  /// Most repetitions that a count may ask for.
  private static let mostRepeats = 255
  /// Most bytes of a fact that are looked at.
  private static let longestText = 1 << 16

  /// Compiles an expression.
  ///
  /// - Parameters:
  ///   - text: The expression.
  ///   - ignoresCase: Whether `a` fits `A`.
  public init(_ text: String, ignoresCase: Bool = false) throws(Problem) {
    let source = try Pattern.portable(text)
    let flags = REG_EXTENDED | (ignoresCase ? REG_ICASE : 0)
    isWide = !source.utf8.allSatisfy { $0 < 0x80 }
    let code = Pattern.inLocale(isWide) { regcomp(&compiled, source, flags) }
    guard code == 0 else {
      var buffer = [CChar](repeating: 0, count: 200)
      regerror(code, &compiled, &buffer, buffer.count)
      let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Problem(reason: String(decoding: bytes, as: UTF8.self).lowercased())
    }
  }

  deinit { regfree(&compiled) }

  /// The expression with `\d` and `\D` spelled out; what cannot be bounded is refused.
  private static func portable(_ text: String) throws(Problem) -> String {
    guard !text.isEmpty else { throw Problem(reason: "it is empty") }
    guard text.utf8.count <= longest else {
      throw Problem(reason: "it has more than \(longest) bytes")
    }
    guard !text.contains("(?") else {
      throw Problem(reason: "groups that begin with (? are not known; plain groups ( ) are")
    }
    var result = ""
    var isInBrackets = false
    var rest = Substring(text)
    while let sign = rest.popFirst() {
      if sign == "\\", let next = rest.popFirst() {
        result += try escaped(next, isInBrackets)
        continue
      }
      if sign == "{" { try checkRepeats(rest) }
      if sign == "[" { isInBrackets = true }
      if sign == "]" { isInBrackets = false }
      result.append(sign)
    }
    return result
  }

  private static func escaped(_ sign: Character, _ isInBrackets: Bool) throws(Problem) -> String {
    if sign.isASCII, sign.isNumber {
      throw Problem(reason: "back references (\\\(sign)) are not allowed")
    }
    let classes: [Character: String] = [
      "d": "0-9", "s": "[:space:]", "w": "[:alnum:]_",
    ]
    if let inner = classes[sign] { return isInBrackets ? inner : "[\(inner)]" }
    switch sign {
    case "D": return "[^0-9]"
    case "t": return "\t"
    case _ where isInBrackets: return String(sign)
    default: return "\\\(sign)"
    }
  }

  private static func checkRepeats(_ rest: Substring) throws(Problem) {
    let counts = rest.prefix { $0 != "}" }.split(separator: ",").compactMap { Int($0) }
    guard counts.allSatisfy({ $0 <= mostRepeats }) else {
      throw Problem(reason: "a count in { } is at most \(mostRepeats)")
    }
  }

  /// The places where it fits: of the first group, or of the whole where there is none. UTF-8 bytes.
  public func matches(in text: String) -> [Range<Int>] {
    var bytes = Array(text.utf8.prefix(Pattern.longestText)).map { CChar(bitPattern: $0) }
    bytes.append(0)
    var result: [Range<Int>] = []
    var start = 0
    while start < bytes.count - 1 {
      var groups = [regmatch_t](repeating: regmatch_t(), count: 2)
      groups[0].rm_so = regoff_t(start)
      groups[0].rm_eo = regoff_t(bytes.count - 1)
      let flags = REG_STARTEND | (start > 0 ? REG_NOTBOL : 0)
      let code = Pattern.inLocale(isWide) { regexec(&compiled, bytes, 2, &groups, flags) }
      guard code == 0 else { break }
      let whole = Int(groups[0].rm_so)..<Int(groups[0].rm_eo)
      let group = groups[1].rm_so >= 0 ? Int(groups[1].rm_so)..<Int(groups[1].rm_eo) : whole
      if !group.isEmpty { result.append(Pattern.characters(group, bytes)) }
      start = max(whole.upperBound, start + 1)
    }
    return result
  }

  /// Address of a locale whose characters are those of UTF-8; 0 where the system has none.
  private static let wideLocale = UInt(
    bitPattern: newlocale(LC_CTYPE_MASK, "C.UTF-8", nil).map { OpaquePointer($0) })

  /// Runs `body` while characters are those of UTF-8, if they are asked for.
  private static func inLocale(_ isWide: Bool, _ body: () -> Int32) -> Int32 {
    guard isWide, wideLocale != 0 else { return body() }
    let before = uselocale(locale_t(bitPattern: wideLocale))
    defer { uselocale(before) }
    return body()
  }

  /// The range widened to whole characters of UTF-8.
  private static func characters(_ range: Range<Int>, _ bytes: [CChar]) -> Range<Int> {
    func isInside(_ index: Int) -> Bool { UInt8(bitPattern: bytes[index]) & 0xC0 == 0x80 }
    var low = range.lowerBound
    var high = range.upperBound
    while low > 0, isInside(low) { low -= 1 }
    while high < bytes.count - 1, isInside(high) { high += 1 }
    return low..<high
  }
}

/// What a pattern finds, and the type it is read as.
public struct PatternRule: Sendable {
  /// The expression.
  public var pattern: Pattern
  /// The type of the field: what does not read as it is no value.
  public var type: FieldType

  /// A rule.
  public init(pattern: Pattern, type: FieldType) {
    self.pattern = pattern
    self.type = type
  }
}
