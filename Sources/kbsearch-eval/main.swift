import Glibc

// Measures ingest against labels that people set.
//
//   kbsearch-eval measure FIXTURES [--differences]   the table of scores; exit 1 below a promise
//   kbsearch-eval headings < PATHS                    level, line and title of every heading
//
// `FIXTURES` holds the folders `labels` and `trees`.

/// Prints the headings of the files named on standard input, each file's after its path.
func printHeadings() {
  while let path = readLine() {
    print("file\t\(path)")
    for heading in Headings.of(path) ?? ["unreadable"] { print(heading) }
  }
}

/// Prints the table; false where a promise is not kept or there is nothing to measure.
func measure(_ fixtures: String, showsDifferences: Bool) -> Bool {
  var measurement = Measurement(showsDifferences: showsDifferences)
  let tables = LabelTable.all(in: "\(fixtures)/labels")
  for kind in LabelTable.kinds {
    for table in tables where table.kind == kind { measurement.add(table) }
  }
  measurement.addTrees(in: "\(fixtures)/trees")
  measurement.addPages(in: "\(fixtures)/pages")
  print(measurement.table.text)
  let scores = measurement.table.scores
  return !scores.isEmpty && scores.allSatisfy(\.isKept)
}

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.dropFirst().first) {
case ("headings", nil): printHeadings()
case ("measure", let fixtures?):
  let isKept = measure(fixtures, showsDifferences: arguments.last == "--differences")
  exit(isKept ? 0 : 1)
default:
  let usage = "usage: kbsearch-eval measure FIXTURES [--differences] | headings < PATHS\n"
  _ = usage.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  exit(2)
}
