import Glibc
import KBRender
import KBSearchKit
import KBService

// A client that goes away ends the server by the end of its input, not in the middle of an answer.
signal(SIGPIPE, SIG_IGN)

func fail(_ message: String) -> Never {
  let line = Array("kbsearch mcp: \(Visible.text(message))\n".utf8)
  _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  exit(3)
}

var overrides = Location.Overrides()
var arguments = CommandLine.arguments.dropFirst()
while let option = arguments.popFirst() {
  guard let value = arguments.popFirst() else { fail("\(option) lacks its value") }
  switch option {
  case "--kb": overrides.knowledgeBase = value
  case "--index": overrides.index = value
  case "--corpus": overrides.corpus = value
  default: fail("there is no option \(option)")
  }
}

do {
  let location = try Location.find(overrides)
  var server = MCPServer(AnswerService(try LiveIndex(at: location)))
  server.run()
} catch let missing as Location.NotFound {
  fail(missing.message)
} catch let failure as IndexFailure {
  fail(failure.message)
}
