internal import KBRender
public import KBSearchKit

/// What a question asks, as clients write it.
public struct Question: Sendable, Equatable {
  /// The query.
  public var query: String
  /// Any of the words, rather than all.
  public var matchesAny = false
  /// The query as plain words.
  public var isLiteral = false
  /// Hits to return.
  public var limit = 10
  /// Hits to pass over.
  public var offset = 0
  /// A field to sort by, with `-` in front for the highest first.
  public var sort: String?
  /// Fields whose values are counted.
  public var facets: [String] = []

  /// A question with everything else as the command line has it.
  public init(_ query: String) { self.query = query }

  var request: SearchRequest {
    var request = SearchRequest(
      query: query, match: matchesAny ? .any : .all, isLiteral: isLiteral,
      offset: max(0, offset), limit: max(0, limit))
    if let sort { request.sort = [sort] }
    request.facets = facets
    return request
  }
}

/// An answer as JSON, version 1, whatever it is.
public struct Reply: Sendable, Equatable {
  /// What kind of answer it is; the exit status of the command line, the status of HTTP.
  public enum Kind: Int32, Sendable, CaseIterable {
    /// Something was found.
    case found = 0
    /// The question was right, and nothing answers it.
    case nothing = 1
    /// The question is wrong.
    case wrong = 2
    /// The index cannot be used.
    case unavailable = 3
  }

  /// What kind of answer it is.
  public var kind: Kind
  /// The answer, one line, without a line end.
  public var json: String
  /// The generation that answered; nil where none did, or where what was asked for is not there.
  public var generation: String?
  /// Whether what was named is not there at all: another thing than a query without hits.
  public var isMissing = false
}

/// Questions to one knowledge base, answered in the JSON of the command line: what every surface
/// (C, MCP, HTTP) is made of.
public final class AnswerService: Sendable {
  private let index: LiveIndex

  /// A service over an index.
  public init(_ index: LiveIndex) { self.index = index }

  /// `kbsearch --json QUERY`.
  public func search(_ question: Question) -> Reply {
    answer { searcher throws(SearchFailure) in
      let response = try searcher.search(question.request)
      return Reply(
        kind: response.total > 0 ? .found : .nothing, json: JSONRenderer.answer(response))
    }
  }

  /// The same as typed values; a wrong question or an unusable index as JSON.
  public func response(_ question: Question) -> Result<SearchResponse, Refusal> {
    do {
      return .success(
        try index.read { searcher throws(SearchFailure) in
          try searcher.search(question.request)
        })
    } catch { return .failure(Refusal(reply: AnswerService.refusal(error))) }
  }

  /// A question that was not answered.
  public struct Refusal: Error, Sendable {
    /// Why, as JSON.
    public var reply: Reply
  }

  /// `kbsearch show --json NAME`.
  public func section(_ name: String) -> Reply {
    answer { searcher throws(SearchFailure) in
      guard let section = try searcher.section(name) else { return AnswerService.noSection(name) }
      return Reply(kind: .found, json: JSONRenderer.section(section))
    }
  }

  /// `kbsearch similar --json NAME`.
  public func similar(to name: String, limit: Int) -> Reply {
    answer { searcher throws(SearchFailure) in
      guard let response = try searcher.similar(to: name, limit: limit) else {
        return AnswerService.noSection(name)
      }
      return Reply(
        kind: response.total > 0 ? .found : .nothing, json: JSONRenderer.answer(response))
    }
  }

  /// `kbsearch fields --json`.
  public func fields() -> Reply {
    answer { searcher throws(SearchFailure) in
      Reply(kind: .found, json: JSONRenderer.fields(searcher.schema))
    }
  }

  /// `kbsearch facets --json FIELD QUERY`.
  public func facet(_ field: String, _ question: Question, limit: Int) -> Reply {
    answer { searcher throws(SearchFailure) in
      let facet = try searcher.facet(field, of: question.request, limit: limit)
      return Reply(
        kind: facet.buckets.isEmpty ? .nothing : .found,
        json: JSONRenderer.facet(facet, query: question.query))
    }
  }

  /// `kbsearch explain --json QUERY`.
  public func explain(_ question: Question) -> Reply {
    answer { searcher throws(SearchFailure) in
      Reply(
        kind: .found, json: JSONRenderer.explanation(try searcher.explain(question.request)))
    }
  }

  /// What may stand where somebody is typing; `point` counts bytes of UTF-8.
  public func suggest(_ line: String, at point: Int, limit: Int) -> Reply {
    answer { searcher throws(SearchFailure) in
      let list = try searcher.completions(of: line, at: point, limit: limit)
      return Reply(
        kind: list.items.isEmpty ? .nothing : .found, json: JSONRenderer.completions(list))
    }
  }

  /// The generation that answers now; nil where none does.
  public var generation: String? {
    try? index.read { searcher throws(SearchFailure) in searcher.generation }
  }

  /// Sections and documents of the index.
  public var size: (sections: Int, documents: Int)? {
    try? index.read { searcher throws(SearchFailure) in
      (searcher.sectionCount, searcher.documentCount)
    }
  }

  private func answer(_ body: (Searcher) throws(SearchFailure) -> Reply) -> Reply {
    do {
      return try index.read { searcher throws(SearchFailure) in
        var reply = try body(searcher)
        if !reply.isMissing { reply.generation = searcher.generation }
        return reply
      }
    } catch { return AnswerService.refusal(error) }
  }

  private static func noSection(_ name: String) -> Reply {
    Reply(
      kind: .nothing,
      json: JSONRenderer.error(code: "no-such-section", message: "there is no section \(name)"),
      isMissing: true)
  }

  private static func refusal(_ failure: SearchFailure) -> Reply {
    switch failure {
    case .query(_, let diagnostics, let rewrite):
      Reply(kind: .wrong, json: JSONRenderer.error(diagnostics, rewrite: rewrite))
    case .index(let failure):
      Reply(
        kind: .unavailable,
        json: JSONRenderer.error(code: failure.code, message: failure.message))
    }
  }

  /// An error that is not about a query.
  public static func error(code: String, message: String) -> String {
    JSONRenderer.error(code: code, message: message)
  }
}
