import Glibc
import KBKnowledge

// `kbsearch-bench`: what `Benchmarks/` measures from inside the process. Not installed.
//
//   kbsearch-bench sections INDEX               every section as a line of JSON, for the peers
//   kbsearch-bench search INDEX ROUNDS          queries on standard input, one a line: warm searches
//   kbsearch-bench match INDEX ROUNDS           the same, the engine's match alone, with its query as bytes
//   kbsearch-bench part NAME ROUNDS FILE...     one inner part over the files' bytes

func fail(_ message: String) -> Never {
  let line = "kbsearch-bench: \(message)\n"
  _ = line.utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  exit(2)
}

let words = CommandLine.arguments.dropFirst()
guard let command = words.first else { fail("sections, search, match or part?") }
let rest = Array(words.dropFirst())
do {
  switch (command, rest.count) {
  case ("sections", 1): try SectionDump.write(index: rest[0])
  case ("search", 2): try WarmSearch.run(index: rest[0], rounds: Int(rest[1]) ?? 1)
  case ("match", 2): try MatchAlone.run(index: rest[0], rounds: Int(rest[1]) ?? 1)
  case ("part", 3...):
    guard let part = Part(rawValue: rest[0]) else {
      fail("the parts are \(Part.allCases.map(\.rawValue).joined(separator: " "))")
    }
    try part.run(rounds: Int(rest[1]) ?? 1, files: Array(rest[2...]))
  default:
    fail("sections INDEX | search INDEX ROUNDS | match INDEX ROUNDS | part NAME ROUNDS FILE...")
  }
} catch {
  fail("\(error)")
}
