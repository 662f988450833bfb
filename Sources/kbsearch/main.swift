import Glibc
import KBCommandLine
import KBEngine

// A reader that goes away ends the output, not the program in the middle of its work.
signal(SIGPIPE, SIG_IGN)

let status: ExitStatus
do {
  status = try Program.run(ArgumentScanner.scan(Array(CommandLine.arguments.dropFirst())))
} catch {
  let wantsJSON = CommandLine.arguments.contains("--json")
  status = Program.report(usage: error.message, asJSON: wantsJSON)
}
exit(status.rawValue)
