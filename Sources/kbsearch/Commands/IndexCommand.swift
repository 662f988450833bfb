import Glibc
import KBCommandLine
import KBEngine
import KBRender
import KBKnowledge
import Synchronization

/// `kbsearch index`.
struct IndexCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    switch Program.documents(invocation) {
    case .failure(let reported): return reported.status
    case .success(let location):
      guard invocation.has("watch") else {
        return run(location).status
      }
      if invocation.has("dry-run") || invocation.has("rebuild") {
        return Program.report(
          usage: "--watch goes with neither --dry-run nor --rebuild",
          asJSON: invocation.has("json"))
      }
      var told: [IndexReport.Remark] = []
      return WatchCommand(location) {
        let (status, report) = run(location, told: told)
        told = report?.failures ?? told
        return (status, report)
      }.run()
    }
  }

  /// One run. While it watches, what was `told` of files that cannot be read is no news.
  private func run(
    _ location: Location, told: [IndexReport.Remark] = []
  ) -> (status: ExitStatus, report: IndexReport?) {
    let options = Program.indexOptions(invocation)
    let bar = ProgressBar(
      isShown: Output.isTerminal(STDERR_FILENO) && !invocation.has("quiet")
        && !invocation.has("json"))
    do {
      let report = try KnowledgeBase(at: location).index(options) { bar.show($0) }
      bar.clear()
      let hasNews = !invocation.has("watch") || !report.isUnchanged || report.failures != told
      if hasNews { print(report) }
      return (report.failures.isEmpty ? .done : .partlyFailed, report)
    } catch {
      bar.clear()
      return (tell(error), nil)
    }
  }

  private func tell(_ failure: IndexRunFailure) -> ExitStatus {
    Program.report(failure, invocation)
  }

  // MARK: The report

  private func print(_ report: IndexReport) {
    if invocation.has("json") {
      Output.results(IndexReportRenderer.json(report) + "\n")
    } else {
      for failure in report.failures {
        Output.remark("cannot read \(Visible.line(failure.path)): \(Visible.line(failure.reason))")
      }
      if !invocation.has("quiet") { printRemarks(report) }
    }
  }

  private func printRemarks(_ report: IndexReport) {
    for warning in report.warnings {
      Output.remark("warning: \(Visible.line(warning.path)): \(Visible.line(warning.reason))")
    }
    for place in report.leftOut {
      Output.remark("left out \(Visible.line(place.path)): \(Visible.line(place.reason))")
    }
    Output.remark(IndexReportRenderer.line(report, isDryRun: invocation.has("dry-run")))
  }
}

/// A line on the terminal that says how far a run is, a few times a second.
final class ProgressBar: Sendable {
  private let isShown: Bool
  private let last = Mutex(0.0)

  init(isShown: Bool) { self.isShown = isShown }

  func show(_ progress: IndexProgress) {
    guard isShown, progress.total > 0 else { return }
    let isDue = last.withLock { last in
      guard progress.seconds - last > 0.1 || progress.done == progress.total else { return false }
      last = progress.seconds
      return true
    }
    guard isDue else { return }
    let width = 30
    let filled = width * progress.done / progress.total
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    let rate = progress.seconds > 0 ? Double(progress.done) / progress.seconds : 0
    let left = rate > 0 ? Int(Double(progress.total - progress.done) / rate) : 0
    write(
      "\r[\(bar)] \(progress.done)/\(progress.total) files, \(Int(rate)) a second, "
        + "\(left) s left\u{1B}[K")
  }

  func clear() {
    guard isShown, last.withLock({ $0 }) > 0 else { return }
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

/// What a run did, in one line or as JSON.
enum IndexReportRenderer {
  static func line(_ report: IndexReport, isDryRun: Bool) -> String {
    var parts: [String] = []
    if report.isUnchanged {
      parts.append("nothing has changed")
    } else {
      parts.append("\(report.added) added")
      parts.append("\(report.changed) changed")
      parts.append("\(report.removed) removed")
    }
    if let reason = report.rebuildReason, reason != IndexReport.firstBuild {
      parts.append("built anew (\(Visible.line(reason)))")
    }
    if !report.failures.isEmpty { parts.append("\(report.failures.count) unreadable") }
    let others = report.otherKinds.values.reduce(0, +)
    if others > 0 {
      let kinds = report.otherKinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .prefix(3).map { "\($0.value) \($0.key.isEmpty ? "without an ending" : $0.key)" }.joined(
          separator: ", ")
      parts.append("\(others) of other kinds left out (\(Visible.line(kinds)))")
    }
    let size = "\(counted(report.sections, "section")) in \(counted(report.documents, "document"))"
    let tenths = Int((report.seconds * 10).rounded())
    let start = isDryRun ? "would index: " : ""
    return "\(start)\(isDryRun ? "" : size + ": ")\(parts.joined(separator: ", ")), "
      + "\(tenths / 10).\(tenths % 10) s"
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  static func json(_ report: IndexReport) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      if let generation = report.generation { writer.member("generation", generation) }
      writer.key("unchanged")
      writer.bool(report.isUnchanged)
      writer.key("rebuilt")
      writer.bool(report.rebuildReason != nil)
      if let reason = report.rebuildReason { writer.member("reason", reason) }
      writer.member("documents", report.documents)
      writer.member("sections", report.sections)
      writer.member("added", report.added)
      writer.member("changed", report.changed)
      writer.member("removed", report.removed)
      writer.key("unreadable")
      remarks(report.failures, &writer)
      writer.key("warnings")
      remarks(report.warnings, &writer)
      writer.key("leftOut")
      remarks(report.leftOut, &writer)
      writer.key("otherKinds")
      writer.object { object in
        for (kind, count) in report.otherKinds.sorted(by: { $0.key < $1.key }) {
          object.member(kind, count)
        }
      }
      writer.key("seconds")
      writer.number((report.seconds * 1000).rounded() / 1000)
    }
    return writer.text
  }

  static func remarks(_ remarks: [IndexReport.Remark], _ writer: inout JSONWriter) {
    writer.array { list in
      for remark in remarks {
        list.object { object in
          object.member("path", remark.path)
          object.member("reason", remark.reason)
        }
      }
    }
  }
}
