import Glibc
import KBCommandLine
import KBEngine
import KBRender
import KBSchema
import KBKnowledge

/// `kbsearch init [DIR]`.
struct InitCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    guard invocation.operands.count <= 1 else {
      return Program.report(usage: "kbsearch init takes one folder", asJSON: false)
    }
    let folder = Location.absolute(invocation.operands.first ?? ".")
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return Program.report(usage: "there is no folder \(folder)", asJSON: false)
    }
    let path = "\(folder)/\(Location.configurationName)"
    guard access(path, F_OK) != 0 else {
      return Program.report(
        usage: "\(path) is there already, and init changes nothing that is there", asJSON: false)
    }
    return write(path, folder)
  }

  private func write(_ path: String, _ folder: String) -> ExitStatus {
    let found: Findings
    do {
      found = try Findings.of(folder)
    } catch {
      Output.remark("kbsearch: \(Visible.text(error.message))")
      return .indexUnusable
    }
    // Never over a file that came in between.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0, let stream = fdopen(descriptor, "w") else {
      Output.remark(
        "kbsearch: cannot write \(Visible.line(path)): \(String(cString: strerror(errno)))")
      return .indexUnusable
    }
    fputs(ConfigurationSketch.text(found), stream)
    guard fclose(stream) == 0 else {
      Output.remark(
        "kbsearch: cannot write \(Visible.line(path)): \(String(cString: strerror(errno)))")
      return .indexUnusable
    }
    Output.remark(
      "wrote \(Visible.line(path)): \(found.documents) documents, \(found.sections) sections, "
        + "\(found.declared.count) declared keys\nnext: kbsearch index --kb \(Visible.line(folder))"
    )
    return .done
  }
}

/// What a folder holds.
struct Findings {
  /// Documents that can be read, and their sections.
  var documents = 0
  var sections = 0
  /// Documents of each format.
  var formats: [(name: String, count: Int)] = []
  /// Fields that documents declare, with the types that follow.
  var declared: [Field] = []
  /// Fields of the preset that some section has.
  var preset: [Field] = []
  /// Files of other kinds, by their endings.
  var others: [(ending: String, count: Int)] = []

  struct Failure: Error { var message: String }

  /// Reads a folder by way of an index that is thrown away.
  static func of(_ folder: String) throws(Failure) -> Findings {
    let base = Output.variable("TMPDIR") ?? "/tmp"
    var template = Array("\(base)/kbsearch-init-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure(message: "cannot make a folder in \(base): \(String(cString: strerror(errno)))")
    }
    let index = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileSystem.remove(index) }
    let location = Location(root: folder, index: index)
    let report: IndexReport
    do {
      report = try KnowledgeBase(at: location).index(IndexOptions(worker: WorkerLocation.find()))
    } catch {
      throw Failure(message: "the folder cannot be read: \(error)")
    }
    var result = Findings(documents: report.documents, sections: report.sections)
    result.others = report.otherKinds.map { ($0.key, $0.value) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    guard report.sections > 0, let searcher = try? KnowledgeBase(at: location).open() else {
      return result
    }
    result.declared = searcher.schema.fields.filter { $0.origin == .inferred }
    result.preset = searcher.schema.fields.filter {
      $0.origin != .inferred && $0.origin != .builtin && $0.sectionCount > 0
    }
    let request = SearchRequest(query: "*", today: Program.today)
    if let facet = try? searcher.facet("format", of: request) {
      result.formats = facet.buckets.map { ($0.value, $0.count) }
    }
    return result
  }
}

/// The text of a new `kbsearch.yaml`.
enum ConfigurationSketch {
  static func text(_ found: Findings) -> String {
    var lines = [
      "# What kbsearch does with this folder. Every key is optional; # begins a remark.",
      "# When it was written: \(found.documents) documents, \(found.sections) sections.",
    ]
    if !found.formats.isEmpty {
      let kinds = found.formats.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
      lines.append("# Sections by format: \(remark(kinds)).")
    }
    if !found.others.isEmpty {
      let kinds = found.others.prefix(8).map { "\($0.ending) \($0.count)" }
      lines.append("# Files of other kinds are left out: \(remark(kinds.joined(separator: ", "))).")
    }
    lines += ["", "# careers reads roles, skills and pay out of prose; none leaves that be."]
    lines.append(found.preset.isEmpty ? "preset: none" : "preset: careers")
    if !found.preset.isEmpty {
      let fields = found.preset.map { "\($0.name) \($0.sectionCount)" }.joined(separator: ", ")
      lines.append("# Sections that have its fields: \(remark(fields)).")
    }
    lines += [
      "", "corpus: .              # the folder, or a list of folders",
      "index: .kbsearch       # where the index is", "# exclude: [drafts/**]",
      "# language: english",
      "# currency: USD        # of amounts that name none",
      "# subject: auto        # or document, heading level 2", "",
    ]
    return (lines + fields(found.declared)).joined(separator: "\n") + "\n"
  }

  private static func fields(_ declared: [Field]) -> [String] {
    var lines = [
      "# Fields of your own. Keys that documents declare are fields without being named here; a",
      "# type is worth naming where what is written leaves a doubt.",
    ]
    guard !declared.isEmpty else {
      return lines + [
        "# fields:", "#   price:", "#     type: interval", "#     unit: EUR",
        "#     extract: {money: {near: [price, costs]}}",
      ]
    }
    lines.append("# fields:")
    for field in declared {
      lines.append(
        "#   \(remark(field.name)): {type: \(field.type.rawValue)}   # \(field.sectionCount) sections"
      )
      for conflict in field.conflicts.prefix(2) {
        lines.append("#     conflict: \(remark(conflict.reason))")
      }
    }
    return lines
  }

  /// Text of documents stays within its remark.
  private static func remark(_ text: String) -> String { Visible.line(text) }
}
