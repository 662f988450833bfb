import Glibc
import KBCommandLine
import KBDiagnostics
import KBEngine
import KBRender
import KBKnowledge

/// `kbsearch QUERY`.
struct SearchCommand {
  private let invocation: Invocation
  /// What a person types for more hits, behind how many there are.
  private let next: String?

  init(_ invocation: Invocation, next: String? = nil) {
    self.invocation = invocation
    self.next = next
  }

  private var format: String {
    if let format = invocation.values["format"] { return format }
    if invocation.has("json") { return "json" }
    if invocation.has("jsonl") { return "jsonl" }
    return Output.isTerminal(STDOUT_FILENO) ? "pretty" : "plain"
  }

  func run() -> ExitStatus {
    let query = invocation.operands.joined(by: " ")
    guard !invocation.operands.isEmpty else {
      if Output.isTerminal(STDIN_FILENO), Output.isTerminal(STDOUT_FILENO) {
        return Session(invocation).run()
      }
      return Program.report(
        usage: "what is to be found? for instance: kbsearch \"pytorch salary>150000\"",
        asJSON: Program.wantsJSON(invocation))
    }
    warnOfRedirection()
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, location)): return search(query, searcher, location)
    }
  }

  private func search(
    _ query: String, _ searcher: Searcher, _ location: Location
  ) -> ExitStatus {
    var request = SearchRequest(
      query: query, match: invocation.values["match"] == "any" ? .any : .all,
      isLiteral: invocation.has("literal"), offset: invocation.count("offset") ?? 0,
      limit: invocation.has("count") ? 1 : invocation.count("limit") ?? 10, today: Program.today)
    if let sort = invocation.values["sort"] { request.sort = [sort] }
    if let facets = invocation.values["facets"] {
      request.facets = facets.split(separator: ",").map { String($0) }
    }
    request.foldsInherited = format == "pretty"
    request.foldsDuplicates =
      (format == "pretty" || format == "plain") && !invocation.has("duplicates")
    request.countsTotal = ["pretty", "json"].contains(format) || invocation.has("count")
    let start = SearchCommand.now()
    do {
      let response = try searcher.search(request)
      print(response, elapsed: SearchCommand.now() - start, searcher, location)
      // The program ends here: what it has read need not be taken apart.
      exit((response.total > 0 ? ExitStatus.done : .nothingFound).rawValue)
    } catch {
      return Program.report(error, query, invocation)
    }
  }

  func print(
    _ response: SearchResponse, elapsed: Double, _ searcher: Searcher, _ location: Location
  ) {
    if format == "pretty", !invocation.has("count") {
      Output.remark("read as: \(Visible.line(response.reading))")
    }
    Output.results(text(of: response, elapsed: elapsed, searcher, location))
    remarks(on: response, elapsed: elapsed)
  }

  /// What standard output gets.
  func text(
    of response: SearchResponse, elapsed: Double, _ searcher: Searcher, _ location: Location
  ) -> String {
    if invocation.has("count"), format != "json" { return "\(response.total)\n" }
    let renderer = Program.renderer(invocation, location, searcher)
    let facets = response.facets.map { "\n" + renderer.facet($0) }.joined(by: "")
    switch format {
    case "json":
      var response = response
      if invocation.has("count") { response.hits = [] }
      return JSONRenderer.answer(response, elapsed: invocation.has("timing") ? elapsed : nil)
        + "\n"
    case "jsonl": return response.hits.map { JSONRenderer.hit($0) + "\n" }.joined(by: "")
    case "plain": return renderer.plain(response) + facets
    case "vimgrep": return renderer.vimgrep(response)
    case "paths": return renderer.paths(response, endedBy: invocation.has("null") ? "\0" : "\n")
    default:
      let last = response.offset + response.hits.count
      return renderer.pretty(response, next: next ?? "--offset \(last)") + facets
    }
  }

  /// What standard error gets: suggestions, warnings, the time.
  func remarks(on response: SearchResponse, elapsed: Double) {
    guard format != "json" else { return }
    if format != "pretty", response.total == 0 {
      Output.remark("no section matches \(Visible.line(response.reading))")
      for suggestion in response.suggestions {
        Output.remark(
          "  \(Visible.line(suggestion.reason)): \(suggestion.total) found by "
            + Visible.line(suggestion.query))
      }
    }
    for warning in response.warnings {
      Output.note("\(warning.severity.rawValue): \(Visible.line(warning.message))")
    }
    if invocation.has("timing") {
      let microseconds = Int((elapsed * 1_000_000).rounded())
      Output.remark("elapsed: \(microseconds / 1000).\(padded(microseconds % 1000)) ms")
    }
  }

  private func padded(_ value: Int) -> String {
    String(repeating: "0", count: max(0, 3 - String(value).count)) + String(value)
  }

  /// Seconds on a clock that only goes forward.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// `kbsearch pytorch salary>150000` without quotes writes into a file named `150000`.
  private func warnOfRedirection() {
    var target = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/fd/1", &target, target.count - 1)
    guard length > 0 else { return }
    let path = String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let digits = name.utf8.filter { $0 >= 0x30 && $0 <= 0x39 }.count
    // A file elsewhere was named on purpose, as editors do it.
    guard path == "\(Location.absolute("."))/\(name)", digits > 0,
      name.utf8.allSatisfy({ "0123456789.,_=km".utf8.contains($0) })
    else { return }
    Output.remark(
      "warning: standard output is the file \(Visible.line(name)): was > meant as a comparison? "
        + "put the query in quotes, or write a range, which needs none: salary:150k..")
  }
}
