import KBRender
import KBService

/// What an address answers, before it becomes HTTP.
struct Answer {
  var status = 200
  var type = "application/json; charset=utf-8"
  var body: String
  /// The generation it was made from, until whose end it stays the same; nil for other answers.
  var generation: String?

  static func error(_ status: Int, _ code: String, _ message: String) -> Answer {
    Answer(status: status, body: AnswerService.error(code: code, message: message))
  }
}

/// The addresses.
struct Routes: Sendable {
  private let service: AnswerService
  private let metrics: Metrics

  init(_ service: AnswerService, _ metrics: Metrics) {
    self.service = service
    self.metrics = metrics
  }

  /// The name of a route, for metrics: none that a client can make up.
  static func name(of path: String) -> String {
    if path.hasPrefix("/v1/sections/") { return "/v1/sections/{id}" }
    return names.contains(path) ? path : "other"
  }

  private static let names: Set<String> = [
    "/", "/page.css", "/page.js", "/v1/search", "/v1/fields", "/v1/facets", "/v1/suggest",
    "/v1/explain", "/healthz", "/metrics", "/openapi.json",
  ]

  /// Whether an address holds the page, which a browser gets without a token: it has no documents.
  static func isPage(_ path: String) -> Bool {
    ["/", "/page.css", "/page.js", "/healthz", "/openapi.json"].contains(path)
  }

  func answer(path: String, query: String) -> Answer {
    do {
      return try route(path, query)
    } catch {
      return .error(400, "parameters", error.message)
    }
  }

  private func route(_ path: String, _ query: String) throws(Parameters.Problem) -> Answer {
    switch path {
    case "/": return Answer(type: "text/html; charset=utf-8", body: Page.html)
    case "/page.css": return Answer(type: "text/css; charset=utf-8", body: Page.style)
    case "/page.js": return Answer(type: "text/javascript; charset=utf-8", body: Page.script)
    case "/openapi.json": return Answer(body: OpenAPI.text)
    case "/healthz": return health()
    case "/metrics":
      let size = service.size
      return Answer(
        type: "text/plain; version=0.0.4; charset=utf-8",
        body: metrics.text(sections: size?.sections, documents: size?.documents))
    case "/v1/search":
      let parameters = try Parameters(query, known: Parameters.ofQuestion)
      return answer(service.search(try parameters.question()))
    case "/v1/explain":
      let parameters = try Parameters(query, known: ["q", "match", "literal"])
      return answer(service.explain(try parameters.question()))
    case "/v1/fields":
      _ = try Parameters(query, known: [])
      return answer(service.fields())
    case "/v1/facets":
      let parameters = try Parameters(query, known: ["field", "q", "match", "literal", "limit"])
      let limit = try parameters.number("limit", or: 20, in: 1...100)
      return answer(
        service.facet(
          try parameters.needed("field"), try parameters.question(isNeeded: false), limit: limit))
    case "/v1/suggest":
      let parameters = try Parameters(query, known: ["q", "at", "limit"])
      let line = try parameters.optional("q", longest: Parameters.longestQuery) ?? ""
      let at = try parameters.number("at", or: line.utf8.count, in: 0...Parameters.longestQuery)
      return answer(
        service.suggest(line, at: at, limit: try parameters.number("limit", or: 20, in: 1...100)))
    default:
      if path.hasPrefix("/v1/sections/") { return try section(path, query) }
      return .error(404, "no-such-address", "there is nothing at this address; see /openapi.json")
    }
  }

  private func section(_ path: String, _ query: String) throws(Parameters.Problem) -> Answer {
    _ = try Parameters(query, known: [])
    let name = try Parameters.decode(
      Array(path.utf8.dropFirst("/v1/sections/".utf8.count)), plusIsSpace: false)
    guard !name.isEmpty, name.utf8.count <= 4096 else {
      throw Parameters.Problem(message: "the id of a section is missing, or too long")
    }
    return answer(service.section(name))
  }

  private func health() -> Answer {
    guard let generation = service.generation else {
      return .error(503, "index-unavailable", "the index cannot be read; see kbsearch check")
    }
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("status", "ok")
      writer.member("generation", generation)
    }
    return Answer(body: writer.text)
  }

  private func answer(_ reply: Reply) -> Answer {
    switch reply.kind {
    case .nothing where reply.isMissing: Answer(status: 404, body: reply.json)
    case .found, .nothing: Answer(body: reply.json, generation: reply.generation)
    case .wrong: Answer(status: 400, body: reply.json)
    case .unavailable: Answer(status: 503, body: reply.json)
    }
  }
}
