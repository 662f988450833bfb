import KBCommandLine
import KBEngine
import KBRender
import KBSchema
import KBSearchKit

/// `kbsearch stats`.
struct StatsCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, _)):
      do {
        let digest = try invocation.has("digest") ? searcher.digest() : nil
        Output.results(invocation.has("json") ? json(searcher, digest) : text(searcher, digest))
        return .done
      } catch {
        return Program.report(index: error.message, code: Program.code(of: error), invocation)
          .status
      }
    }
  }

  private func text(_ searcher: Searcher, _ digest: String?) -> String {
    if let digest { return digest + "\n" }
    return "generation\t\(searcher.generation)\ndocuments\t\(searcher.documentCount)\n"
      + "sections\t\(searcher.sectionCount)\nfields\t\(searcher.schema.fields.count)\n"
      + "language\t\(searcher.schema.language)\n"
  }

  private func json(_ searcher: Searcher, _ digest: String?) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generation", searcher.generation)
      writer.member("documents", searcher.documentCount)
      writer.member("sections", searcher.sectionCount)
      writer.member("fields", searcher.schema.fields.count)
      writer.member("language", searcher.schema.language)
      if let digest { writer.member("digest", digest) }
    }
    return writer.text + "\n"
  }
}

/// `kbsearch check`.
struct CheckCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    do {
      let location = try Location.find(Program.overrides(invocation))
      guard let index = location.index else {
        return Program.report(
          index: IndexFailure.missing(folder: location.root).message, code: "index-missing",
          invocation
        ).status
      }
      let generation = try IndexCheck.run(folder: index)
      if invocation.has("json") {
        Output.results("{\"version\": 1, \"generation\": \"\(generation)\", \"whole\": true}\n")
      } else {
        Output.remark("the index is whole")
      }
      return .done
    } catch let failure as IndexFailure {
      return Program.report(index: failure.message, code: Program.code(of: failure), invocation)
        .status
    } catch let missing as Location.NotFound {
      return Program.report(index: missing.message, code: "missing", invocation).status
    } catch {
      return Program.report(index: "\(error)", code: "failed", invocation).status
    }
  }
}
