import KBCommandLine
import KBEngine
import KBRender
import KBKnowledge

/// `kbsearch facets FIELD [QUERY]`.
struct FacetsCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    guard let field = invocation.operands.first else {
      return Program.report(
        usage: "kbsearch facets takes a field, and a query where not all sections are meant",
        asJSON: invocation.has("json"))
    }
    let words = invocation.operands.dropFirst()
    let query = words.isEmpty ? "*" : words.joined(separator: " ")
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, _)):
      let request = SearchRequest(
        query: query, match: invocation.values["match"] == "any" ? .any : .all,
        isLiteral: invocation.has("literal") && !words.isEmpty, today: Program.today)
      do {
        let facet = try searcher.facet(
          field, of: request, limit: invocation.count("limit") ?? 20)
        print(facet, query)
        return facet.buckets.isEmpty ? .nothingFound : .done
      } catch {
        return Program.report(error, query, invocation)
      }
    }
  }

  private func print(_ facet: Facet, _ query: String) {
    guard !invocation.has("json") else {
      return Output.results(JSONRenderer.facet(facet, query: query) + "\n")
    }
    let renderer = TerminalRenderer(
      style: Output.style(colour: invocation.values["color"]), opening: { $0 })
    Output.results(renderer.facet(facet))
  }
}

/// `kbsearch similar ID|PATH#ANCHOR`.
struct SimilarCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    guard invocation.operands.count == 1, let name = invocation.operands.first else {
      return Program.report(
        usage: "kbsearch similar takes the id of a section, or PATH#ANCHOR",
        asJSON: Program.wantsJSON(invocation))
    }
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, location)): return similar(name, searcher, location)
    }
  }

  private func similar(
    _ name: String, _ searcher: Searcher, _ location: Location
  ) -> ExitStatus {
    do {
      let limit = invocation.count("limit") ?? 10
      guard let response = try searcher.similar(to: name, limit: limit) else {
        return Program.noSection(name, asJSON: Program.wantsJSON(invocation))
      }
      SearchCommand(invocation).print(response, elapsed: 0, searcher, location)
      return response.total > 0 ? .done : .nothingFound
    } catch {
      return Program.report(error, name, invocation)
    }
  }
}
