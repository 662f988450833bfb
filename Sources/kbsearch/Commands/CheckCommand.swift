import Glibc
import KBCommandLine
import KBEngine
import KBRender
import KBKnowledge

/// `kbsearch check`: the index against itself, then against the documents.
struct CheckCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// What was found.
  private struct Findings {
    var generation: String
    var difference: CorpusDifference?
    /// Digests of the index and of what the documents give now.
    var digests: (index: String, documents: String)?

    var isDeepDifference: Bool { digests.map { $0.index != $0.documents } ?? false }
  }

  func run() -> ExitStatus {
    let location: Location
    do {
      var overrides = Program.overrides(invocation)
      overrides.needsDocuments = overrides.corpus != nil
      location = try Location.find(overrides)
    } catch {
      return Program.report(index: error.message, code: "missing", invocation).status
    }
    guard let index = location.index else {
      return Program.report(
        index: IndexFailure.missing(folder: location.root).message, code: "index-missing",
        invocation
      ).status
    }
    do {
      var findings = Findings(generation: try IndexCheck.run(folder: index))
      guard !location.root.isEmpty else { return tell(findings, location) }
      return try compare(&findings, location)
    } catch let failure as IndexFailure {
      return Program.report(index: failure.message, code: failure.code, invocation)
        .status
    } catch let failure as IndexRunFailure {
      return Program.report(failure, invocation)
    } catch {
      return Program.report(index: "\(error)", code: "failed", invocation).status
    }
  }

  private func compare(_ findings: inout Findings, _ location: Location) throws -> ExitStatus {
    let base = KnowledgeBase(at: location)
    let options = Program.indexOptions(invocation)
    findings.difference = try base.compare(options)
    if invocation.has("deep") {
      let scratch = try CheckCommand.makeScratch()
      defer { try? FileSystem.remove(scratch) }
      findings.digests = try base.recompute(options, scratch: scratch)
    }
    return tell(findings, location)
  }

  private static func makeScratch() throws(IndexFailure) -> String {
    var template = Array("\(Output.variable("TMPDIR") ?? "/tmp")/kbsearch-check-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      let path = Output.variable("TMPDIR") ?? "/tmp"
      throw .unreadable(FileFailure(operation: "make a folder in", path: path, code: errno))
    }
    return String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  // MARK: Telling

  private func tell(_ findings: Findings, _ location: Location) -> ExitStatus {
    if invocation.has("json") {
      Output.results(json(findings) + "\n")
    } else {
      for line in lines(findings) { Output.results(line + "\n") }
    }
    let isUpToDate = findings.difference?.isNone ?? true
    return isUpToDate && !findings.isDeepDifference ? .done : .nothingFound
  }

  /// Most files of a kind that are named.
  private static let mostNamed = 10

  private func lines(_ findings: Findings) -> [String] {
    var lines = ["\(findings.generation) is whole: every file has the contents that were published"]
    guard let difference = findings.difference else { return lines }
    for (word, paths) in [
      ("not indexed yet", difference.missing), ("changed since", difference.stale),
      ("gone since", difference.extra),
    ] {
      for path in paths.prefix(CheckCommand.mostNamed) {
        lines.append("\(word): \(Visible.line(path))")
      }
      let rest = paths.count - CheckCommand.mostNamed
      if rest > 0 { lines.append("\(word): \(rest) more") }
    }
    for remark in difference.unreadable {
      lines.append("unreadable: \(Visible.line(remark.path)): \(Visible.line(remark.reason))")
    }
    if let reason = difference.rebuildReason {
      lines.append("the next run builds the index anew: \(Visible.line(reason))")
    }
    lines.append(
      difference.isNone
        ? "it is up to date with the documents" : "bring it up to date with: kbsearch index")
    if let digests = findings.digests {
      lines.append(
        digests.index == digests.documents
          ? "read anew, the documents give the same: \(digests.index)"
          : "read anew, the documents give \(digests.documents), the index has \(digests.index)")
    }
    return lines
  }

  private func json(_ findings: Findings) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generation", findings.generation)
      writer.key("whole")
      writer.bool(true)
      if let difference = findings.difference { write(difference, to: &writer) }
      if let digests = findings.digests {
        writer.key("digests")
        writer.object { object in
          object.member("index", digests.index)
          object.member("documents", digests.documents)
        }
      }
    }
    return writer.text
  }

  private func write(_ difference: CorpusDifference, to writer: inout JSONWriter) {
    writer.key("upToDate")
    writer.bool(difference.isNone)
    for (name, paths) in [
      ("missing", difference.missing), ("stale", difference.stale), ("extra", difference.extra),
    ] {
      writer.key(name)
      writer.array { list in for path in paths { list.string(path) } }
    }
    writer.key("unreadable")
    IndexReportRenderer.remarks(difference.unreadable, &writer)
    if let reason = difference.rebuildReason { writer.member("rebuild", reason) }
  }
}
