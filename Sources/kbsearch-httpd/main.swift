import Glibc
import KBRender
import KBSearchKit
import KBService

signal(SIGPIPE, SIG_IGN)

func fail(_ message: String, status: Int32 = 3) -> Never {
  Log.line("kbsearch serve: \(Visible.text(message))")
  exit(status)
}

var overrides = Location.Overrides()
var host = "127.0.0.1"
var port = 7700
var token: String?
var arguments = CommandLine.arguments.dropFirst()
while let option = arguments.popFirst() {
  guard let value = arguments.popFirst() else { fail("\(option) lacks its value", status: 2) }
  switch option {
  case "--kb": overrides.knowledgeBase = value
  case "--index": overrides.index = value
  case "--corpus": overrides.corpus = value
  case "--host": host = value
  case "--port":
    guard let number = Int(value), (0...65_535).contains(number) else {
      fail("--port is a number up to 65535, not \(value)", status: 2)
    }
    port = number
  case "--token-file":
    guard let bytes = try? FileSystem.read(value) else { fail("cannot read \(value)", status: 2) }
    let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first
    guard let text, text.utf8.count >= 16 else {
      fail("the token in \(value) must have at least 16 characters", status: 2)
    }
    token = String(text)
  default: fail("there is no option \(option)", status: 2)
  }
}
var inherited: InheritedSocket?
do {
  inherited = try InheritedSocket.find()
} catch { fail(error.message, status: 2) }
guard token != nil || inherited?.isLocal ?? Gate.loopback.contains(host) else {
  let place = inherited == nil ? host : "the socket that was handed over"
  fail(
    "\(place) can be reached from other machines: give a token with --token-file FILE", status: 2)
}

do {
  let location = try Location.find(overrides)
  let service = AnswerService(try LiveIndex(at: location))
  try await Server(service, host: host, port: port, inherited: inherited, token: token).run()
} catch let missing as Location.NotFound {
  fail(missing.message)
} catch let failure as IndexFailure {
  fail(failure.message)
} catch {
  let place = inherited == nil ? "\(host):\(port)" : "the socket that was handed over"
  fail("cannot answer on \(place): \(error)")
}
