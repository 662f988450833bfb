import Glibc
import KBCommandLine
import KBRender
import KBKnowledge

/// `kbsearch mcp` and `kbsearch serve`: this process becomes a program of the family, so that a search
/// does not pay for what a server needs.
struct ServerCommand {
  private let invocation: Invocation
  private let program: String

  init(_ invocation: Invocation, _ program: String) {
    self.invocation = invocation
    self.program = program
  }

  func run() -> ExitStatus {
    guard invocation.operands.isEmpty else {
      return Program.report(
        usage: "kbsearch \(invocation.command.rawValue) takes options only", asJSON: false)
    }
    let path = ProgramLocation.find(program)
    var arguments = [path]
    for name in ["kb", "index", "corpus", "host", "port", "token-file"] {
      if let value = invocation.values[name] { arguments += ["--\(name)", value] }
    }
    var pointers = arguments.map { strdup($0) } + [nil]
    execv(path, &pointers)
    Output.remark(
      "kbsearch: cannot start \(Visible.line(path)): \(String(cString: strerror(errno)))")
    return .indexUnusable
  }
}
