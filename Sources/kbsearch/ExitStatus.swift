/// How the program ends. Scripts rely on these numbers.
enum ExitStatus: Int32 {
  /// Hits, or done.
  case done = 0
  /// No hits.
  case nothingFound = 1
  /// The query or the arguments are wrong.
  case wrongInput = 2
  /// The index is missing, damaged or not readable.
  case indexUnusable = 3
  /// Another writer holds the lock.
  case locked = 4
  /// Done, but some files of a supported kind could not be read.
  case partlyFailed = 5
}
