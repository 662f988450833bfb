import KBCommandLine
import KBRender
import KBService

/// The tools that agents call.
struct Tools {
  /// A tool.
  enum Name: String, CaseIterable {
    case search
    case section = "get_section"
    case fields = "list_fields"
    case facets
  }

  /// What a call gave.
  struct Outcome {
    var json: String
    var isError: Bool
  }

  static let version = HelpText.version
  static let instructions =
    "Sections of the user's documents, found by words and by typed values read out of them. Ask "
    + "list_fields first: it says which fields there are. Then search, for instance "
    + "`pytorch salary>150000`, `\"exact words\" role:engineer`, `location:austin -java`. A query "
    + "that is wrong is answered by an error with a `rewrite` that works. Cite a hit as path#anchor "
    + "with its line. get_section gives the whole text of a hit."

  /// Hits that one call returns at most.
  private static let mostHits = 50
  /// Characters of a query at most.
  private static let longestQuery = 10_000

  private let service: AnswerService

  init(_ service: AnswerService) { self.service = service }

  // MARK: Calls

  func call(_ tool: Name, _ arguments: JSONValue) -> Outcome {
    do {
      let reader = try ArgumentReader(arguments, known: Tools.parameters(of: tool).map(\.name))
      switch tool {
      case .search: return outcome(service.search(try question(reader, isNeeded: true)))
      case .section:
        return outcome(service.section(try reader.text("id", longest: 4096)), noneIsError: true)
      case .fields: return outcome(service.fields())
      case .facets:
        let limit = try reader.number("limit", or: 20, in: 1...1000)
        return outcome(
          service.facet(
            try reader.text("field", longest: 200), try question(reader, isNeeded: false),
            limit: limit))
      }
    } catch {
      return Outcome(
        json: AnswerService.error(code: "arguments", message: error.message), isError: true)
    }
  }

  private func question(
    _ reader: ArgumentReader, isNeeded: Bool
  ) throws(ArgumentReader.Problem) -> Question {
    let given = try reader.optionalText("query", longest: Tools.longestQuery)
    guard given != nil || !isNeeded else { throw .init(message: "`query` is missing") }
    var question = Question(given ?? "*")
    question.isLiteral = try reader.flag("literal")
    question.matchesAny = try reader.choice("match", ["all", "any"]) == "any"
    question.limit = try reader.number("limit", or: 10, in: 1...Tools.mostHits)
    question.offset = try reader.number("offset", or: 0, in: 0...1_000_000)
    question.sort = try reader.optionalText("sort", longest: 200)
    return question
  }

  private func outcome(_ reply: Reply, noneIsError: Bool = false) -> Outcome {
    let isError =
      switch reply.kind {
      case .found: false
      case .nothing: noneIsError
      case .wrong, .unavailable: true
      }
    return Outcome(json: reply.json, isError: isError)
  }

  /// The text of a section by its id.
  func text(of id: String) -> String? {
    let reply = service.section(id)
    guard reply.kind == .found, let value = JSONValue(Array(reply.json.utf8)),
      let text = value["text"]?.string
    else { return nil }
    let headings = value["headings"]?.array?.compactMap(\.string) ?? []
    return headings.joined(separator: " > ") + "\n\n" + text
  }

  static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  // MARK: Descriptions

  private struct Parameter {
    var name: String
    var schema: String
    var isNeeded = false
  }

  private static func parameters(of tool: Name) -> [Parameter] {
    let query = Parameter(
      name: "query",
      schema: """
        {"type": "string", "maxLength": \(longestQuery), "description": "Words, \\"exact \
        phrases\\", prefix*, field:value, salary>150000, OR, -not, (groups). All words must be \
        there unless match is any."}
        """, isNeeded: tool == .search)
    let literal = Parameter(
      name: "literal",
      schema: """
        {"type": "boolean", "default": false, "description": "Take the query as plain words: for \
        questions in natural language, with match any."}
        """)
    let match = Parameter(
      name: "match",
      schema: """
        {"type": "string", "enum": ["all", "any"], "default": "all"}
        """)
    switch tool {
    case .search:
      return [
        query, literal, match,
        Parameter(
          name: "limit",
          schema:
            "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": \(mostHits), \"default\": 10}"),
        Parameter(
          name: "offset",
          schema:
            "{\"type\": \"integer\", \"minimum\": 0, \"maximum\": 1000000, \"default\": 0}"),
        Parameter(
          name: "sort",
          schema: """
            {"type": "string", "maxLength": 200, "description": "A field; -field for the highest \
            first."}
            """),
      ]
    case .section:
      return [
        Parameter(
          name: "id",
          schema: """
            {"type": "string", "maxLength": 4096, "description": "The id of a hit, or \
            path#anchor."}
            """, isNeeded: true)
      ]
    case .fields: return []
    case .facets:
      return [
        Parameter(
          name: "field",
          schema: "{\"type\": \"string\", \"maxLength\": 200}", isNeeded: true),
        query, literal, match,
        Parameter(
          name: "limit",
          schema: "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 1000, \"default\": 20}"),
      ]
    }
  }

  private static func description(of tool: Name) -> String {
    switch tool {
    case .search:
      "Find sections of the documents. Each hit has its path, anchor, line, headings, the best "
        + "passage, and the values (pay, skills, places, …) it states. Zero hits come with "
        + "suggestions that would find something; a wrong query with a rewrite."
    case .section: "The whole text of one section with all its values."
    case .fields: "The fields that queries can filter by, with their types and units."
    case .facets: "Count the values of a field over everything that a query finds."
    }
  }

  /// What the answers of a tool look like; the whole is in `docs/json.md`.
  private static func output(of tool: Name) -> String {
    switch tool {
    case .search:
      """
      {"type": "object", "required": ["version", "query", "total", "generation", "hits"], \
      "properties": {"version": {"const": 1}, "query": {"type": "string"}, "total": {"type": \
      "object", "required": ["value", "exact"], "properties": {"value": {"type": "integer"}, \
      "exact": {"type": "boolean"}}}, "generation": {"type": "string"}, "hits": {"type": "array", \
      "items": {"type": "object", "required": ["rank", "id", "path", "anchor", "line", "headings", \
      "snippet"], "properties": {"id": {"type": "string"}, "path": {"type": "string"}, "anchor": \
      {"type": "string"}, "line": {"type": "integer"}, "headings": {"type": "array", "items": \
      {"type": "string"}}, "snippet": {"type": "string"}, "values": {"type": "object"}}}}, \
      "suggestions": {"type": "array"}, "warnings": {"type": "array"}}}
      """
    case .section:
      """
      {"type": "object", "required": ["version", "id", "path", "anchor", "line", "headings", \
      "text"], "properties": {"id": {"type": "string"}, "path": {"type": "string"}, "text": \
      {"type": "string"}, "values": {"type": "object"}}}
      """
    case .fields:
      """
      {"type": "object", "required": ["version", "fields"], "properties": {"fields": {"type": \
      "array", "items": {"type": "object", "required": ["name", "type"]}}}}
      """
    case .facets:
      """
      {"type": "object", "required": ["version", "field", "type", "total", "values"], "properties": \
      {"values": {"type": "array", "items": {"type": "object", "required": ["value", "count", \
      "clause"]}}}}
      """
    }
  }

  /// Writes the description of every tool.
  func describe(_ list: inout JSONWriter) {
    for tool in Name.allCases {
      list.object { object in
        object.member("name", tool.rawValue)
        object.member("description", Tools.description(of: tool))
        object.key("inputSchema")
        Tools.writeInput(of: tool, &object)
        object.key("outputSchema")
        object.json(Tools.output(of: tool))
        object.key("annotations")
        object.object { hints in
          hints.key("readOnlyHint")
          hints.bool(true)
          hints.key("openWorldHint")
          hints.bool(false)
        }
      }
    }
  }

  private static func writeInput(of tool: Name, _ object: inout JSONWriter) {
    let parameters = parameters(of: tool)
    object.object { schema in
      schema.member("type", "object")
      schema.key("properties")
      schema.object { properties in
        for parameter in parameters {
          properties.key(parameter.name)
          properties.json(parameter.schema)
        }
      }
      schema.key("required")
      schema.array { list in
        for parameter in parameters where parameter.isNeeded { list.string(parameter.name) }
      }
      schema.key("additionalProperties")
      schema.bool(false)
    }
  }
}

/// Reads the arguments of a call, and says what is wrong with them.
struct ArgumentReader {
  /// What is wrong, for the agent.
  struct Problem: Error {
    var message: String
  }

  private let members: [String: JSONValue]

  init(_ value: JSONValue, known: [String]) throws(Problem) {
    guard case .object(let members) = value else {
      throw Problem(message: "the arguments are no object")
    }
    for name in members.keys.sorted() where !known.contains(name) {
      throw Problem(
        message: "there is no argument `\(name)`; the arguments are "
          + (known.isEmpty ? "none" : known.joined(separator: ", ")))
    }
    self.members = members
  }

  func optionalText(_ name: String, longest: Int) throws(Problem) -> String? {
    guard let value = members[name], value != .null else { return nil }
    guard let text = value.string else { throw Problem(message: "`\(name)` must be a string") }
    guard text.unicodeScalars.count <= longest else {
      throw Problem(message: "`\(name)` is longer than \(longest) characters")
    }
    return text
  }

  func text(_ name: String, longest: Int) throws(Problem) -> String {
    guard let text = try optionalText(name, longest: longest), !text.isEmpty else {
      throw Problem(message: "`\(name)` is missing")
    }
    return text
  }

  func number(
    _ name: String, or standard: Int, in range: ClosedRange<Int>
  ) throws(Problem) -> Int {
    guard let value = members[name], value != .null else { return standard }
    guard let number = value.int, range.contains(number) else {
      throw Problem(
        message: "`\(name)` must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func flag(_ name: String) throws(Problem) -> Bool {
    guard let value = members[name], value != .null else { return false }
    guard let flag = value.bool else { throw Problem(message: "`\(name)` must be true or false") }
    return flag
  }

  func choice(_ name: String, _ words: [String]) throws(Problem) -> String? {
    guard let text = try optionalText(name, longest: 100) else { return nil }
    guard words.contains(text) else {
      throw Problem(message: "`\(name)` must be one of \(words.joined(separator: ", "))")
    }
    return text
  }
}
