import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import KBRender
import KBSearchKit
import KBService
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Questions over HTTP.
struct Server: Sendable {
  /// Requests that are answered at once; more are told to come again.
  private static let mostRunning = 128
  /// Connections that are open at once; more wait to be accepted.
  private static let mostConnections = 1024
  /// A request must have come whole in this time.
  private static let headTime: TimeAmount = .seconds(10)
  /// An answer must be ready in this time.
  private static let answerTime: TimeAmount = .seconds(10)

  private let host: String
  private let port: Int
  private let inherited: InheritedSocket?
  private let gate: Gate
  private let routes: Routes
  private let metrics = Metrics()

  init(
    _ service: AnswerService, host: String, port: Int, inherited: InheritedSocket?, token: String?
  ) {
    self.host = host
    self.port = port
    self.inherited = inherited
    gate = Gate(host: host, token: token)
    routes = Routes(service, metrics)
  }

  /// Answers until it is told to end by SIGTERM or Ctrl-C; what is under way is answered before.
  func run() async throws {
    var logger = Logger(label: "kbsearch") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .error
    let responder = CallbackResponder<BasicRequestContext> { request, _ in
      await respond(to: request)
    }
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [HeadDeadline(Server.headTime)], idleTimeout: .seconds(60),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 160 * 1024, maxHeaderListSize: 192 * 1024, maxHeaderFieldCount: 100))
    if let inherited { return try await run(on: inherited, channel, logger) }
    let address = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    let application = Application(
      responder: responder, server: .http1(configuration: channel),
      configuration: ApplicationConfiguration(
        address: .hostname(address, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(Server.mostConnections)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? 0
        Log.line("answering on http://\(host):\(port)/")
      }, logger: logger)
    try await application.runService()
  }

  private func run(
    on socket: InheritedSocket, _ channel: HTTP1Channel.Configuration, _ logger: Logger
  ) async throws {
    let connections = HTTP1Channel(
      responder: { request, writer, _ in
        var response = await respond(to: request)
        response.headers[.date] = HTTPDate.now
        try await writer.write(response: response.head, body: response.body)
      }, configuration: channel)
    let server = InheritedServer(
      socket: socket, connections: connections, mostConnections: Server.mostConnections,
      logger: logger
    ) { Log.line("answering on the socket that was handed over") }
    try await ServiceGroup(
      services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
    ).run()
  }

  // MARK: One request

  private func respond(to request: Request) async -> Response {
    let start = ContinuousClock.now
    let path = request.uri.path
    let answer = await answer(request, path)
    var response = response(answer, to: request)
    if request.method == .head { response = response.createHeadResponse() }
    let taken = (ContinuousClock.now - start) / .seconds(1)
    let status = response.status.code
    metrics.count(Routes.name(of: path), status, seconds: taken)
    Log.line(
      "\(request.method.rawValue) \(request.uri.string.prefix(300)) \(status) "
        + "\(Int(taken * 1_000_000)) µs")
    return response
  }

  private func answer(_ request: Request, _ path: String) async -> Answer {
    if let refusal = refusal(of: request, path) { return refusal }
    guard request.method == .get || request.method == .head else {
      return .error(405, "method", "only GET and HEAD are answered here")
    }
    if let length = request.headers[.contentLength], length != "0" {
      return .error(413, "body", "a request here has no body")
    }
    if request.headers[.transferEncoding] != nil {
      return .error(413, "body", "a request here has no body")
    }
    guard metrics.begin(atMost: Server.mostRunning) else {
      return .error(503, "busy", "too many requests at once; come again")
    }
    return await answer(path, request.uri.query ?? "")
  }

  private func refusal(of request: Request, _ path: String) -> Answer? {
    let refusal = gate.refusal(
      authority: request.head.authority, origin: request.headers[.origin],
      site: HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] },
      authorization: request.headers[.authorization], isPage: Routes.isPage(path))
    switch refusal {
    case nil: return nil
    case .foreignHost: return .error(403, "host", "this server is not that host")
    case .foreignOrigin: return .error(403, "origin", "pages of other sites may not ask here")
    case .noToken: return .error(401, "token", "send Authorization: Bearer and the token")
    }
  }

  /// The answer, or that it takes too long: whoever asked is told in time, and the thread that still
  /// works on it counts as busy until it is done.
  private func answer(_ path: String, _ query: String) async -> Answer {
    let (routes, metrics) = (routes, metrics)
    return await withCheckedContinuation { continuation in
      let reply = FirstReply(continuation)
      let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: Server.answerTime) {
        reply.give(.error(503, "timeout", "the answer took too long"))
      }
      NIOThreadPool.singleton.submit { state in
        defer { metrics.end() }
        reply.give(
          state == .active
            ? routes.answer(path: path, query: query)
            : .error(503, "stopping", "this server is being stopped"))
        timer.cancel()
      }
    }
  }

  /// Takes the first of two answers.
  private final class FirstReply: Sendable {
    private let waiting: Mutex<CheckedContinuation<Answer, Never>?>

    init(_ continuation: CheckedContinuation<Answer, Never>) { waiting = Mutex(continuation) }

    func give(_ answer: Answer) {
      let continuation = waiting.withLock { waiting in
        defer { waiting = nil }
        return waiting
      }
      continuation?.resume(returning: answer)
    }
  }

  // MARK: HTTP

  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    + "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

  private func response(_ answer: Answer, to request: Request) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = answer.type
    set("X-Content-Type-Options", "nosniff", &headers)
    set("Referrer-Policy", "no-referrer", &headers)
    set("Cross-Origin-Resource-Policy", "same-origin", &headers)
    set("Content-Security-Policy", Server.policy, &headers)
    switch answer.status {
    case 405: headers[.allow] = "GET, HEAD"
    case 401: headers[.wwwAuthenticate] = "Bearer"
    case 413: headers[.connection] = "close"
    case 503: headers[.retryAfter] = "1"
    default: break
    }
    if let generation = answer.generation {
      let tag = "\"\(generation)-\(SearchRequest.currentDay)\""
      headers[.eTag] = tag
      headers[.cacheControl] = "private, no-cache"
      if let known = request.headers[.ifNoneMatch], matches(known, tag) {
        return Response(status: .notModified, headers: headers)
      }
    } else {
      headers[.cacheControl] = "no-store"
    }
    let body = ByteBuffer(string: answer.body + (answer.type.hasPrefix("application") ? "\n" : ""))
    headers[.contentLength] = String(body.readableBytes)
    return Response(
      status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: body))
  }

  private func set(_ name: String, _ value: String, _ headers: inout HTTPFields) {
    if let name = HTTPField.Name(name) { headers[name] = value }
  }

  private func matches(_ known: String, _ tag: String) -> Bool {
    known.split(separator: ",").contains { part in
      let one = part.filter { $0 != " " }
      return one == "*" || one == tag || one == "W/" + tag
    }
  }
}

/// The time as HTTP writes it.
enum HTTPDate {
  static var now: String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let length = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Lines of the log, on standard error: what clients wrote cannot drive a terminal there.
enum Log {
  static func line(_ text: String) {
    let bytes = Array((Visible.line(text) + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
