import Glibc
import KBRender
import KBService

/// The Model Context Protocol: one JSON-RPC message a line, in both of its eras: clients that begin
/// with `initialize`, and those of 2026-07-28 whose every request says which revision it speaks.
struct MCPServer {
  /// Revisions that begin with `initialize`, the newest last.
  private static let handshakeVersions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
  /// Revisions whose requests stand by themselves.
  private static let statelessVersions = ["2026-07-28"]
  private static let versionKey = "io.modelcontextprotocol/protocolVersion"
  /// Longest message that is read; a longer one is an error, and the next is read again.
  private static let longestMessage = 4 << 20

  private let tools: Tools

  init(_ service: AnswerService) { tools = Tools(service) }

  /// Answers messages until the input ends.
  mutating func run() {
    var input = LineInput(longest: MCPServer.longestMessage)
    while let line = input.next() {
      switch line {
      case .tooLong: send(error: .parse, "a message is longer than 4 MiB", id: nil)
      case .line(let bytes):
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
        answer(bytes)
      }
    }
  }

  // MARK: Messages

  private func answer(_ bytes: [UInt8]) {
    guard let message = JSONValue(bytes) else {
      return send(error: .parse, "this is no JSON", id: nil)
    }
    guard case .object = message, message["jsonrpc"]?.string == "2.0",
      let method = message["method"]?.string
    else {
      // An answer to a request that was never made, or nonsense.
      if message["result"] == nil, message["error"] == nil {
        send(error: .invalidRequest, "this is no JSON-RPC 2.0 request", id: message["id"])
      }
      return
    }
    guard let id = message["id"], isID(id) else { return }
    let parameters = message["params"] ?? .object([:])
    answer(method, parameters, id)
  }

  private func isID(_ value: JSONValue) -> Bool {
    switch value {
    case .string, .number: true
    default: false
    }
  }

  private func answer(_ method: String, _ parameters: JSONValue, _ id: JSONValue) {
    let version = parameters["_meta"]?[MCPServer.versionKey]?.string
    if let version, method != "initialize", !MCPServer.statelessVersions.contains(version) {
      return send(
        error: .unsupportedVersion, "this server does not speak revision \(version)", id: id,
        data: unsupported(version))
    }
    let isStateless = version != nil
    switch method {
    case "initialize": initialize(parameters, id)
    case "server/discover": result(id, isStateless, isCacheable: true) { discover(&$0) }
    case "ping": result(id, isStateless) { _ in }
    case "tools/list":
      result(id, isStateless, isCacheable: true) { writer in
        writer.key("tools")
        writer.array { tools.describe(&$0) }
      }
    case "tools/call": call(parameters, id, isStateless)
    case "resources/list":
      result(id, isStateless, isCacheable: true) { writer in
        writer.key("resources")
        writer.array { _ in }
      }
    case "resources/templates/list":
      result(id, isStateless, isCacheable: true) { writer in
        writer.key("resourceTemplates")
        writer.array { describeTemplate(&$0) }
      }
    case "resources/read": readResource(parameters, id, isStateless)
    case "prompts/list":
      result(id, isStateless, isCacheable: true) { writer in
        writer.key("prompts")
        writer.array { _ in }
      }
    default: send(error: .methodNotFound, "there is no method \(method)", id: id)
    }
  }

  private func unsupported(_ version: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("supported")
      writer.array { list in
        for known in MCPServer.statelessVersions { list.string(known) }
      }
      writer.member("requested", version)
    }
    return writer.text
  }

  // MARK: Who we are

  private func initialize(_ parameters: JSONValue, _ id: JSONValue) {
    let asked = parameters["protocolVersion"]?.string ?? ""
    let version =
      MCPServer.handshakeVersions.contains(asked)
      ? asked : MCPServer.handshakeVersions[MCPServer.handshakeVersions.count - 1]
    result(id, false) { writer in
      writer.member("protocolVersion", version)
      introduce(&writer)
    }
  }

  private func discover(_ writer: inout JSONWriter) {
    writer.key("supportedVersions")
    writer.array { list in
      for version in MCPServer.statelessVersions { list.string(version) }
    }
    introduce(&writer)
  }

  private func introduce(_ writer: inout JSONWriter) {
    writer.key("capabilities")
    writer.object { object in
      object.key("tools")
      object.object { _ in }
      object.key("resources")
      object.object { _ in }
    }
    writer.key("serverInfo")
    writer.object { object in
      object.member("name", "kbsearch")
      object.member("title", "kbsearch: sections of documents, by words and typed values")
      object.member("version", Tools.version)
    }
    writer.member("instructions", Tools.instructions)
  }

  // MARK: Tools

  private func call(_ parameters: JSONValue, _ id: JSONValue, _ isStateless: Bool) {
    guard let name = parameters["name"]?.string else {
      return send(error: .invalidParameters, "tools/call needs the name of a tool", id: id)
    }
    guard let tool = Tools.Name(rawValue: name) else {
      let known = Tools.Name.allCases.map(\.rawValue).joined(separator: ", ")
      return send(
        error: .invalidParameters, "there is no tool \(name); the tools are \(known)", id: id)
    }
    let outcome = tools.call(tool, parameters["arguments"] ?? .object([:]))
    result(id, isStateless) { writer in
      writer.key("content")
      writer.array { list in
        list.object { object in
          object.member("type", "text")
          object.member("text", outcome.json)
        }
      }
      if !outcome.isError {
        writer.key("structuredContent")
        writer.json(outcome.json)
      }
      writer.key("isError")
      writer.bool(outcome.isError)
    }
  }

  // MARK: Resources

  private static let scheme = "kbsearch://section/"

  private func describeTemplate(_ list: inout JSONWriter) {
    list.object { object in
      object.member("uriTemplate", MCPServer.scheme + "{id}")
      object.member("name", "section")
      object.member("title", "A section by its id")
      object.member("description", "The whole text of a section, by the id of a hit.")
      object.member("mimeType", "text/plain")
    }
  }

  private func readResource(_ parameters: JSONValue, _ id: JSONValue, _ isStateless: Bool) {
    guard let uri = parameters["uri"]?.string, uri.hasPrefix(MCPServer.scheme) else {
      return send(
        error: .invalidParameters, "a resource here is \(MCPServer.scheme) and an id", id: id)
    }
    let name = String(uri.dropFirst(MCPServer.scheme.count))
    guard name.utf8.allSatisfy({ Tools.isHexadecimal($0) }), let text = tools.text(of: name) else {
      return send(error: .resourceNotFound, "there is no section \(name)", id: id)
    }
    result(id, isStateless, isCacheable: true) { writer in
      writer.key("contents")
      writer.array { list in
        list.object { object in
          object.member("uri", uri)
          object.member("mimeType", "text/plain")
          object.member("text", text)
        }
      }
    }
  }

  // MARK: Sending

  private enum ErrorCode: Int {
    case parse = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParameters = -32602
    case resourceNotFound = -32002
    case unsupportedVersion = -32022
  }

  private func result(
    _ id: JSONValue, _ isStateless: Bool, isCacheable: Bool = false,
    _ body: (inout JSONWriter) -> Void
  ) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("jsonrpc", "2.0")
      writer.key("id")
      write(id, to: &writer)
      writer.key("result")
      writer.object { writer in
        if isStateless { writer.member("resultType", "complete") }
        if isStateless, isCacheable {
          // The index may change at any moment, and it is one user's.
          writer.member("cacheScope", "private")
          writer.member("ttlMs", 0)
        }
        body(&writer)
      }
    }
    send(writer.text)
  }

  private func send(
    error code: ErrorCode, _ message: String, id: JSONValue?, data: String? = nil
  ) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("jsonrpc", "2.0")
      writer.key("id")
      write(id ?? .null, to: &writer)
      writer.key("error")
      writer.object { object in
        object.member("code", code.rawValue)
        object.member("message", message)
        if let data {
          object.key("data")
          object.json(data)
        }
      }
    }
    send(writer.text)
  }

  private func write(_ id: JSONValue, to writer: inout JSONWriter) {
    switch id {
    case .string(let text): writer.string(text)
    case .number(let number): writer.number(number)
    default: writer.null()
    }
  }

  private func send(_ text: String) {
    var bytes = Array(text.utf8)
    bytes.append(0x0A)
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { exit(0) }
      offset += count
    }
  }
}

/// Lines of standard input, up to a length.
struct LineInput {
  enum Line {
    case line([UInt8])
    case tooLong
  }

  private let longest: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isEnded = false

  init(longest: Int) { self.longest = longest }

  /// The next line without its end; nil at the end of the input.
  mutating func next() -> Line? {
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      if let end = buffer[start...].firstIndex(of: 0x0A) {
        if !isTooLong { line += buffer[start..<end] }
        start = end + 1
        return isTooLong || line.count > longest ? .tooLong : .line(line)
      }
      if !isTooLong { line += buffer[start...] }
      if line.count > longest {
        isTooLong = true
        line = []
      }
      guard fill() else {
        return isTooLong ? .tooLong : line.isEmpty ? nil : .line(line)
      }
    }
  }

  private mutating func fill() -> Bool {
    start = 0
    buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      buffer.removeLast(buffer.count - max(0, count))
      return count > 0
    }
  }
}
