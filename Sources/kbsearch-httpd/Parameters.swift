import KBService

/// The parameters of a request's address.
struct Parameters {
  /// What is wrong with them, for whoever wrote the request.
  struct Problem: Error {
    var message: String
  }

  private let values: [String: String]

  /// Longest query that is read.
  static let longestQuery = 10_000

  /// Reads `a=b&c=d`, `+` and `%20` as spaces. What is not known, given twice, or no UTF-8 is an error.
  init(_ query: String, known: Set<String>) throws(Problem) {
    var values: [String: String] = [:]
    for part in query.utf8.split(separator: UInt8(ascii: "&")) {
      let pieces = part.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Parameters.decode(Array(pieces[0]))
      let value = try pieces.count > 1 ? Parameters.decode(Array(pieces[1])) : ""
      guard known.contains(name) else {
        let list = known.sorted().joined(separator: ", ")
        throw Problem(
          message: known.isEmpty
            ? "this address takes no parameters"
            : "there is no parameter `\(name)` here; the parameters are \(list)")
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw Problem(message: "the parameter `\(name)` stands twice")
      }
    }
    self.values = values
  }

  /// Percent-decoded text.
  static func decode(_ bytes: [UInt8], plusIsSpace: Bool = true) throws(Problem) -> String {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "+") where plusIsSpace: result.append(0x20)
      case UInt8(ascii: "%"):
        guard index + 2 < bytes.count, let high = digit(bytes[index + 1]),
          let low = digit(bytes[index + 2])
        else { throw Problem(message: "a % is not followed by two hexadecimal digits") }
        result.append(high << 4 | low)
        index += 2
      default: result.append(bytes[index])
      }
      index += 1
    }
    guard let text = String(validating: result, as: UTF8.self) else {
      throw Problem(message: "a parameter is not UTF-8")
    }
    return text
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  // MARK: Values

  func optional(_ name: String, longest: Int = 200) throws(Problem) -> String? {
    guard let value = values[name] else { return nil }
    guard value.unicodeScalars.count <= longest else {
      throw Problem(message: "`\(name)` is longer than \(longest) characters")
    }
    return value
  }

  func needed(_ name: String, longest: Int = 200) throws(Problem) -> String {
    guard let value = try optional(name, longest: longest), !value.isEmpty else {
      throw Problem(message: "the parameter `\(name)` is missing")
    }
    return value
  }

  func number(_ name: String, or standard: Int, in range: ClosedRange<Int>) throws(Problem) -> Int {
    guard let text = values[name] else { return standard }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
      range.contains(number)
    else {
      throw Problem(
        message: "`\(name)` must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private func flag(_ name: String) throws(Problem) -> Bool {
    switch values[name] {
    case nil, "false": return false
    case "true": return true
    default: throw Problem(message: "`\(name)` must be true or false")
    }
  }

  static let ofQuestion: Set<String> = [
    "q", "match", "literal", "limit", "offset", "sort", "facets",
  ]

  /// The question that the parameters ask.
  func question(isNeeded: Bool = true) throws(Problem) -> Question {
    let query =
      isNeeded
      ? try needed("q", longest: Parameters.longestQuery)
      : try optional("q", longest: Parameters.longestQuery) ?? ""
    var question = Question(query.isEmpty ? "*" : query)
    switch values["match"] {
    case nil, "all": break
    case "any": question.matchesAny = true
    default: throw Problem(message: "`match` must be all or any")
    }
    question.isLiteral = try flag("literal")
    question.limit = try number("limit", or: 10, in: 1...100)
    question.offset = try number("offset", or: 0, in: 0...1_000_000)
    question.sort = try optional("sort")
    let facets = try optional("facets", longest: 1000) ?? ""
    question.facets = facets.split(separator: ",").map(String.init)
    return question
  }
}
