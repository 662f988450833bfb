internal import KBDiagnostics

/// Gathers the problems of one query, up to a limit.
struct Problems {
  private(set) var all: [Diagnostic] = []
  private var errors = 0
  private var notes = 0
  /// Set where the text is given up: what follows from that is no problem of its own.
  var isSilent = false

  var hasErrors: Bool { errors > 0 }
  /// Whether further errors would not be kept: then what they suggest need not be sought.
  var isFull: Bool { errors >= Limits.problems }

  mutating func add(
    _ problem: QueryProblem, _ message: String, at span: Range<Int>,
    labels: [Diagnostic.Label] = [], notes: [String] = [], suggestions: [String] = [],
    fixes: [FixIt] = []
  ) {
    guard !isSilent else { return }
    if problem.isNote {
      self.notes += 1
      guard self.notes <= Limits.problems else { return }
    } else {
      errors += 1
      guard errors <= Limits.problems else { return }
    }
    all.append(
      Diagnostic(
        id: problem.id, severity: problem.isNote ? .note : .error, message: message, span: span,
        labels: labels, notes: notes, suggestions: suggestions, fixIts: fixes))
  }

  mutating func append(_ other: Problems) {
    all += other.all
    errors += other.errors
    notes += other.notes
  }
}

extension FixIt {
  /// One replaced span.
  init(_ message: String, _ span: Range<Int>, _ replacement: String) {
    self.init(message: message, edits: [Edit(span: span, replacement: replacement)])
  }
}

/// Query text as messages quote it: short, and fit for a terminal.
func quoted(_ text: some StringProtocol) -> String {
  let scalars = text.unicodeScalars
  let limit = 60
  let short =
    scalars.count > limit
    ? String(String.UnicodeScalarView(scalars.prefix(limit))) + "…" : String(text)
  return "`\(VisibleText.escape(short))`"
}

/// Query text as a phrase, for rewrites.
func phrased(_ text: some StringProtocol) -> String {
  "\"" + text.filter { $0 != "\"" } + "\""
}
