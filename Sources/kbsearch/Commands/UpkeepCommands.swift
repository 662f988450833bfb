import KBCommandLine
import KBEngine
import KBRender
import KBSchema
import KBKnowledge

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
        return Program.report(index: error.message, code: error.code, invocation)
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
