import Glibc
import KBCommandLine
import KBDiagnostics
import KBEngine
import KBRender
import KBKnowledge

/// The commands.
enum Program {
  static func run(_ invocation: Invocation) -> ExitStatus {
    if invocation.has("help") { return help(invocation.command) }
    if invocation.has("version") {
      Output.results("kbsearch \(HelpText.version)\n")
      return .done
    }
    switch invocation.command {
    case .search: return SearchCommand(invocation).run()
    case .index: return IndexCommand(invocation).run()
    case .inspect: return InspectCommand(invocation).run()
    case .explain: return ExplainCommand(invocation).run()
    case .fields: return FieldsCommand(invocation).run()
    case .facets: return FacetsCommand(invocation).run()
    case .show: return ShowCommand(invocation).run()
    case .similar: return SimilarCommand(invocation).run()
    case .saved: return SavedCommand(invocation).run()
    case .new: return NewCommand(invocation).run()
    case .`init`: return InitCommand(invocation).run()
    case .mcp: return ServerCommand(invocation, "kbsearch-mcp").run()
    case .serve: return ServerCommand(invocation, "kbsearch-httpd").run()
    case .completions: return CompletionsCommand(invocation).run()
    case .stats: return StatsCommand(invocation).run()
    case .check: return CheckCommand(invocation).run()
    case .help: return help(of: invocation.operands)
    }
  }

  private static func help(_ command: Command) -> ExitStatus {
    Output.results(command == .search ? HelpText.overview : HelpText.text(of: command))
    return .done
  }

  private static func help(of names: [String]) -> ExitStatus {
    guard let name = names.first else { return help(.search) }
    if name == "man" {
      Output.results(ManualPage.text)
      return .done
    }
    guard let command = Command.named(name) else {
      return report(usage: "there is no command \(name)", asJSON: false)
    }
    Output.results(HelpText.text(of: command))
    return .done
  }

  // MARK: What every command needs

  /// Opens the index that the arguments name; reports why it cannot.
  static func open(_ invocation: Invocation) -> Result<(Searcher, Location), Reported> {
    let location: Location
    do {
      location = try Location.find(overrides(invocation))
    } catch {
      return .failure(report(index: error.message, code: "missing", invocation))
    }
    do {
      return .success(
        (
          try KnowledgeBase(at: location).open(generation: invocation.values["generation"]),
          location
        ))
    } catch {
      return .failure(report(index: error.message, code: error.code, invocation))
    }
  }

  /// The place of the documents that the arguments name; reports why there is none.
  static func documents(_ invocation: Invocation) -> Result<Location, Reported> {
    var overrides = overrides(invocation)
    overrides.folder = invocation.operands.first
    overrides.needsDocuments = true
    let location: Location
    do {
      location = try Location.find(overrides)
      for other in invocation.operands.dropFirst() {
        overrides.folder = other
        guard try Location.find(overrides) == location else {
          return .failure(
            Reported(
              status: report(
                usage: "\(invocation.operands[0]) and \(other) have no kbsearch.yaml in common\n"
                  + "index each by itself, or name both under corpus: in one (kbsearch init DIR)",
                asJSON: invocation.has("json"))))
        }
      }
    } catch {
      return .failure(report(index: error.message, code: "missing", invocation))
    }
    guard !location.root.isEmpty else {
      return .failure(
        Reported(
          status: report(
            usage: "what is to be indexed? name a folder: kbsearch index DIR --index INDEX",
            asJSON: invocation.has("json"))))
    }
    return .success(location)
  }

  static func indexOptions(_ invocation: Invocation) -> IndexOptions {
    IndexOptions(
      worker: WorkerLocation.find(), rebuilds: invocation.has("rebuild"),
      isDryRun: invocation.has("dry-run"), wait: Double(invocation.count("wait") ?? 0),
      jobs: invocation.count("jobs") ?? 0)
  }

  /// A run that failed as a whole.
  static func report(_ failure: IndexRunFailure, _ invocation: Invocation) -> ExitStatus {
    switch failure {
    case .configuration(let lines):
      guard !wantsJSON(invocation) else {
        Output.results(
          JSONRenderer.error(code: "configuration", message: lines.joined(separator: "\n"))
            + "\n")
        return .wrongInput
      }
      for line in lines { Output.remark(Visible.text(line)) }
      return .wrongInput
    case .worker(let message), .corpus(let message):
      return report(index: message, code: "failed", invocation).status
    case .index(let failure):
      return report(index: failure.message, code: failure.code, invocation).status
    }
  }

  /// An error that was told already, with the exit status it leads to.
  struct Reported: Error {
    var status: ExitStatus
  }

  static func overrides(_ invocation: Invocation) -> Location.Overrides {
    Location.Overrides(
      knowledgeBase: invocation.values["kb"], index: invocation.values["index"],
      corpus: invocation.values["corpus"])
  }

  static func wantsJSON(_ invocation: Invocation) -> Bool {
    invocation.has("json") || invocation.has("jsonl")
      || ["json", "jsonl"].contains(invocation.values["format"])
  }

  static func report(
    index message: String, code: String, _ invocation: Invocation
  ) -> Reported {
    if wantsJSON(invocation) {
      Output.results(JSONRenderer.error(code: code, message: message) + "\n")
    } else {
      Output.remark("kbsearch: \(Visible.text(message))")
    }
    return Reported(status: code == "locked" ? .locked : .indexUnusable)
  }

  /// There is no section of that name.
  static func noSection(_ name: String, asJSON: Bool) -> ExitStatus {
    if asJSON {
      let message = "there is no section \(name)"
      Output.results(JSONRenderer.error(code: "no-such-section", message: message) + "\n")
    } else {
      Output.remark("kbsearch: there is no section \(Visible.line(name))")
    }
    return .nothingFound
  }

  static func report(usage message: String, asJSON: Bool) -> ExitStatus {
    if asJSON {
      Output.results(JSONRenderer.error(code: "usage", message: message) + "\n")
    } else {
      Output.remark("kbsearch: \(Visible.text(message))\nsee: kbsearch --help")
    }
    return .wrongInput
  }

  /// A wrong query: each error with its caret, and a query that would work.
  static func report(
    query: String, _ diagnostics: [Diagnostic], rewrite: String?, asJSON: Bool
  ) -> ExitStatus {
    if asJSON {
      Output.results(JSONRenderer.error(diagnostics, rewrite: rewrite) + "\n")
      return .wrongInput
    }
    let renderer = DiagnosticRenderer(
      columns: Output.style(colour: nil).width,
      wrapsNotes: Output.isTerminal(STDERR_FILENO) && Output.isTerminal(STDOUT_FILENO))
    for diagnostic in diagnostics.prefix(3) {
      let text = renderer.render(diagnostic, source: query)
      Output.remark(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
    if diagnostics.count > 1, let rewrite { Output.remark("try: \(Visible.line(rewrite))") }
    return .wrongInput
  }

  static func report(_ failure: SearchFailure, _ query: String, _ invocation: Invocation)
    -> ExitStatus
  {
    switch failure {
    case .query(let source, let diagnostics, let rewrite):
      report(query: source, diagnostics, rewrite: rewrite, asJSON: wantsJSON(invocation))
    case .index(let failure):
      report(index: failure.message, code: failure.code, invocation).status
    }
  }

  /// Makes a path relative to the knowledge base one that opens from the current folder.
  static func opening(_ location: Location, _ searcher: Searcher) -> @Sendable (String) -> String {
    let root = location.root.isEmpty ? searcher.root : location.root
    let here = Location.absolute(".") + "/"
    let above = root + "/"
    guard !above.utf8.starts(with: here.utf8) else {
      let shown = String(decoding: above.utf8.dropFirst(here.utf8.count), as: UTF8.self)
      return { shown + $0 }
    }
    guard here.utf8.starts(with: above.utf8) else { return { above + $0 } }
    let below = Array(here.utf8.dropFirst(above.utf8.count))
    return { path in
      guard path.utf8.starts(with: below) else { return above + path }
      return String(decoding: path.utf8.dropFirst(below.count), as: UTF8.self)
    }
  }

  /// A renderer for standard output.
  static func renderer(
    _ invocation: Invocation, _ location: Location, _ searcher: Searcher
  ) -> TerminalRenderer {
    var renderer = TerminalRenderer(
      style: Output.style(colour: invocation.values["color"]),
      opening: opening(location, searcher))
    let wanted = invocation.values["hyperlink"] ?? "auto"
    let isFit = Output.isTerminal(STDOUT_FILENO) && Output.variable("TERM") != "dumb"
    if wanted == "always" || (wanted == "auto" && isFit) {
      renderer.linking = { Location.absolute($0) }
    }
    return renderer
  }

  static var today: Int { SearchRequest.currentDay }
}
