import Glibc
import KBCommandLine
import KBEngine

// A reader that goes away ends the output, not the program in the middle of its work.
signal(SIGPIPE, SIG_IGN)

FatalWriting.handle { code in
  let reason = code == 0 ? "the engine gave up" : String(cString: strerror(code))
  Output.remark(
    "kbsearch: the index could not be written: \(reason); it is as it was before this run")
  _exit(ExitStatus.indexUnusable.rawValue)
}

let status: ExitStatus
do {
  status = try Program.run(ArgumentScanner.scan(Array(CommandLine.arguments.dropFirst())))
} catch {
  let wantsJSON = CommandLine.arguments.contains("--json")
  status = Program.report(usage: error.message, asJSON: wantsJSON)
}
exit(status.rawValue)
