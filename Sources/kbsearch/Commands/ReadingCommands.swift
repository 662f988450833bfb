import Glibc
import KBCommandLine
import KBEngine
import KBRender
import KBSchema
import KBKnowledge

/// `kbsearch inspect FILE...|-`.
struct InspectCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    guard !invocation.operands.isEmpty else {
      return Program.report(
        usage: "kbsearch inspect takes files, or - for standard input",
        asJSON: invocation.has("json"))
    }
    let location = (try? Location.find(Program.overrides(invocation))) ?? Location(root: "")
    let base = KnowledgeBase(at: location)
    var status = ExitStatus.done
    for file in invocation.operands {
      let one = inspect(file, base)
      if one == .wrongInput { return one }
      if one != .done { status = one }
    }
    return status
  }

  private func inspect(_ file: String, _ base: KnowledgeBase) -> ExitStatus {
    do throws(IndexRunFailure) {
      let worker = WorkerLocation.find()
      let result =
        file == "-"
        ? try base.inspect(bytes: standardInput(), name: "standard-input.md", worker: worker)
        : try base.inspect(file: file, worker: worker)
      return print(result, file)
    } catch {
      switch error {
      case .configuration(let lines):
        for line in lines { Output.remark(Visible.text(line)) }
      case .worker(let message), .corpus(let message): Output.remark("kbsearch: \(message)")
      case .index(let failure): Output.remark("kbsearch: \(failure.message)")
      }
      return .wrongInput
    }
  }

  private func print(_ result: KnowledgeBase.Inspection, _ file: String) -> ExitStatus {
    switch result {
    case .failed(let reason):
      if invocation.has("json") {
        Output.results(JSONRenderer.error(code: "unreadable", message: reason) + "\n")
      } else {
        Output.remark("cannot read \(Visible.line(file)): \(Visible.line(reason))")
      }
      return .partlyFailed
    case .records(let document):
      for warning in document.warnings {
        Output.remark("warning: \(Visible.line(file)): \(Visible.line(warning))")
      }
      if invocation.has("json") {
        Output.results(JSONRenderer.records(of: document).map { $0 + "\n" }.joined())
      } else {
        let renderer = TerminalRenderer(
          style: Output.style(colour: invocation.values["color"]), opening: { $0 })
        Output.results(renderer.inspection(document))
      }
      return .done
    }
  }

  private func standardInput() -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return result }
      result += buffer[..<count]
    }
  }
}

/// `kbsearch explain QUERY`.
struct ExplainCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    let query = invocation.operands.joined(separator: " ")
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, _)):
      let request = SearchRequest(
        query: query, match: invocation.values["match"] == "any" ? .any : .all,
        isLiteral: invocation.has("literal"), today: Program.today)
      do {
        let explanation = try searcher.explain(request)
        Output.results(
          invocation.has("json")
            ? JSONRenderer.explanation(explanation) + "\n" : text(explanation))
        return .done
      } catch {
        return Program.report(error, query, invocation)
      }
    }
  }

  func text(_ explanation: Explanation) -> String {
    let stages = explanation.stages.filter {
      invocation.values["stage"] == nil || invocation.values["stage"] == $0.name
    }
    if invocation.values["stage"] != nil {
      return stages.map { Visible.text($0.text) + "\n" }.joined()
    }
    var lines = stages.map { stage in
      let rows = Visible.text(stage.text).split(separator: "\n").map { "  \($0)\n" }
      return "\(stage.name)\n\(rows.joined())\n"
    }
    lines.append(
      "counts\n"
        + explanation.counts.map {
          "  \($0.total)\t\(Visible.line($0.clause))\n"
        }.joined())
    lines += explanation.notes.map { "note: \(Visible.line($0))\n" }
    return lines.joined()
  }
}

/// `kbsearch fields`.
struct FieldsCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, _)):
      let renderer = TerminalRenderer(
        style: Output.style(colour: invocation.values["color"]), opening: { $0 })
      Output.results(
        invocation.has("json")
          ? JSONRenderer.fields(searcher.schema) + "\n" : renderer.fields(searcher.schema))
      return .done
    }
  }
}

/// `kbsearch show ID|PATH#ANCHOR`.
struct ShowCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    guard invocation.operands.count == 1, let name = invocation.operands.first else {
      return Program.report(
        usage: "kbsearch show takes the id of a section, or PATH#ANCHOR",
        asJSON: invocation.has("json"))
    }
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, location)): return show(name, searcher, location)
    }
  }

  private func show(_ name: String, _ searcher: Searcher, _ location: Location) -> ExitStatus {
    do {
      guard let section = try searcher.section(name) else {
        return Program.noSection(name, asJSON: invocation.has("json"))
      }
      let renderer = Program.renderer(invocation, location, searcher)
      Output.results(
        invocation.has("json") ? JSONRenderer.section(section) + "\n" : renderer.section(section))
      return .done
    } catch {
      return Program.report(error, name, invocation)
    }
  }
}
