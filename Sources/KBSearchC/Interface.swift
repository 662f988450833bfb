internal import CKBSearch
internal import Glibc
internal import KBCommandLine
internal import KBSearchKit
internal import KBService

// The C interface of kbsearch.h. Nothing of Swift goes out but numbers and memory from malloc.

/// `kb_abi_version` of `kbsearch.h`.
@c(kb_abi_version) public func abiVersion() -> UInt32 { UInt32(KB_ABI_VERSION) }

// Written once, never changed, never freed.
nonisolated(unsafe) private let versionText = strdup(HelpText.version)

/// `kb_version` of `kbsearch.h`.
@c(kb_version) public func version() -> UnsafePointer<CChar>? { UnsafePointer(versionText) }

/// `kb_last_error` of `kbsearch.h`.
@c(kb_last_error) public func lastError() -> UnsafePointer<CChar>? { kbp_last_error() }

/// What stands behind `kb_index`.
private final class OpenIndex {
  let service: AnswerService
  init(_ service: AnswerService) { self.service = service }
}

/// `kb_open` of `kbsearch.h`.
@c(kb_open) public func open(
  _ options: UnsafeRawPointer?, _ result: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  guard let result else { return refuse("kb_open: result is NULL") }
  result.pointee = nil
  var given = kb_options()
  guard Sized.copy(options, to: &given) || options == nil else {
    return refuse("kb_open: the options' size is not set")
  }
  let overrides = Location.Overrides(
    knowledgeBase: text(given.knowledge_base), index: text(given.index),
    corpus: text(given.corpus))
  do {
    let index = try LiveIndex(at: try Location.find(overrides))
    let open = OpenIndex(AnswerService(index))
    result.pointee = OpaquePointer(Unmanaged.passRetained(open).toOpaque())
    kbp_set_last_error(nil)
    return Reply.Kind.found.rawValue
  } catch let missing as Location.NotFound {
    return refuse(missing.message, code: "missing", .unavailable)
  } catch let failure as IndexFailure {
    return refuse(failure.message, code: failure.code, .unavailable)
  } catch {
    return refuse("\(error)", code: "failed", .unavailable)
  }
}

/// `kb_close` of `kbsearch.h`.
@c(kb_close) public func close(_ index: OpaquePointer?) {
  guard let index else { return }
  Unmanaged<OpenIndex>.fromOpaque(UnsafeRawPointer(index)).release()
}

/// `kb_string_free` of `kbsearch.h`.
@c(kb_string_free) public func freeString(_ string: UnsafeMutablePointer<CChar>?) { free(string) }

// MARK: Questions answered in JSON

/// `kb_search_json` of `kbsearch.h`.
@c(kb_search_json) public func searchJSON(
  _ index: OpaquePointer?, _ question: UnsafeRawPointer?,
  _ result: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  answer(index, question, result) { $0.search($1) }
}

/// `kb_explain_json` of `kbsearch.h`.
@c(kb_explain_json) public func explainJSON(
  _ index: OpaquePointer?, _ question: UnsafeRawPointer?,
  _ result: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  answer(index, question, result) { $0.explain($1) }
}

/// `kb_facet_json` of `kbsearch.h`.
@c(kb_facet_json) public func facetJSON(
  _ index: OpaquePointer?, _ field: UnsafePointer<CChar>?, _ question: UnsafeRawPointer?,
  _ limit: UInt32, _ result: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  guard let field = text(field) else { return refuse("kb_facet_json: field is NULL") }
  return answer(index, question, result) {
    $0.facet(field, $1, limit: limit == 0 ? 20 : Int(limit))
  }
}

/// `kb_section_json` of `kbsearch.h`.
@c(kb_section_json) public func sectionJSON(
  _ index: OpaquePointer?, _ name: UnsafePointer<CChar>?,
  _ result: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  guard let name = text(name) else { return refuse("kb_section_json: name is NULL") }
  return answer(index, result) { $0.section(name) }
}

/// `kb_fields_json` of `kbsearch.h`.
@c(kb_fields_json) public func fieldsJSON(
  _ index: OpaquePointer?, _ result: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  answer(index, result) { $0.fields() }
}

/// `kb_suggest_json` of `kbsearch.h`.
@c(kb_suggest_json) public func suggestJSON(
  _ index: OpaquePointer?, _ line: UnsafePointer<CChar>?, _ point: Int, _ limit: UInt32,
  _ result: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  guard let line = text(line) else { return refuse("kb_suggest_json: line is NULL") }
  return answer(index, result) {
    $0.suggest(line, at: point, limit: limit == 0 ? 50 : Int(limit))
  }
}

private func answer(
  _ index: OpaquePointer?, _ question: UnsafeRawPointer?,
  _ result: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ body: (AnswerService, Question) -> Reply
) -> Int32 {
  result?.pointee = nil
  switch Sized.question(question) {
  case .failure(let problem): return refuse(problem.message)
  case .success(let read): return answer(index, result) { body($0, read) }
  }
}

private func answer(
  _ index: OpaquePointer?, _ result: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ body: (AnswerService) -> Reply
) -> Int32 {
  result?.pointee = nil
  guard let index, let result else { return refuse("the index or the result is NULL") }
  let open = Unmanaged<OpenIndex>.fromOpaque(UnsafeRawPointer(index)).takeUnretainedValue()
  let reply = body(open.service)
  result.pointee = strdup(reply.json)
  let isError = reply.kind == .wrong || reply.kind == .unavailable
  kbp_set_last_error(isError ? reply.json : nil)
  return reply.kind.rawValue
}

/// Notes an error of the calling thread.
private func refuse(
  _ message: String, code: String = "arguments", _ kind: Reply.Kind = .wrong
) -> Int32 {
  kbp_set_last_error(AnswerService.error(code: code, message: message))
  return kind.rawValue
}

private func text(_ pointer: UnsafePointer<CChar>?) -> String? {
  pointer.map { String(cString: $0) }
}

// MARK: Structs

/// Structs that begin with their size.
private enum Sized {
  struct Problem: Error {
    var message: String
  }

  /// Copies what the caller knows of a struct; false where its size is not set.
  static func copy<Struct: BitwiseCopyable>(
    _ source: UnsafeRawPointer?, to target: inout Struct
  ) -> Bool {
    guard let source else { return false }
    let size = source.load(as: Int.self)
    guard size >= MemoryLayout<Int>.size, size <= 1 << 16 else { return false }
    withUnsafeMutableBytes(of: &target) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: source, count: min(size, $0.count)))
    }
    return true
  }

  static func question(_ source: UnsafeRawPointer?) -> Result<Question, Problem> {
    var given = kb_question()
    guard copy(source, to: &given) else {
      return .failure(Problem(message: "the question is NULL, or its size is not set"))
    }
    guard let query = text(given.query) else {
      return .failure(Problem(message: "the question's query is NULL"))
    }
    var question = Question(query)
    question.matchesAny = given.match_any != 0
    question.isLiteral = given.literal != 0
    question.limit = given.limit == 0 ? 10 : Int(given.limit)
    question.offset = Int(given.offset)
    question.sort = text(given.sort)
    question.facets = text(given.facets)?.split(separator: ",").map(String.init) ?? []
    return .success(question)
  }
}

/// `kb_search` of `kbsearch.h`.
@c(kb_search) public func search(
  _ index: OpaquePointer?, _ question: UnsafeRawPointer?,
  _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> Int32 {
  result?.pointee = nil
  guard let index, let result else { return refuse("the index or the result is NULL") }
  let open = Unmanaged<OpenIndex>.fromOpaque(UnsafeRawPointer(index)).takeUnretainedValue()
  switch Sized.question(question) {
  case .failure(let problem): return refuse(problem.message)
  case .success(let read):
    switch open.service.response(read) {
    case .failure(let refusal):
      kbp_set_last_error(refusal.reply.json)
      return refusal.reply.kind.rawValue
    case .success(let response):
      result.pointee = UnsafeMutableRawPointer(AnswerMemory.answer(response))
      kbp_set_last_error(nil)
      let kind: Reply.Kind = response.total > 0 ? .found : .nothing
      return kind.rawValue
    }
  }
}

/// `kb_answer_free` of `kbsearch.h`.
@c(kb_answer_free) public func freeAnswer(_ answer: UnsafeMutableRawPointer?) {
  guard let answer else { return }
  AnswerMemory.free(answer.assumingMemoryBound(to: kb_answer.self))
}

/// Answers as memory of C.
private enum AnswerMemory {
  static func answer(_ response: SearchResponse) -> UnsafeMutablePointer<kb_answer> {
    let answer = UnsafeMutablePointer<kb_answer>.allocate(capacity: 1)
    let hits = UnsafeMutablePointer<kb_hit>.allocate(capacity: max(1, response.hits.count))
    for (place, hit) in response.hits.enumerated() { (hits + place).initialize(to: memory(hit)) }
    answer.initialize(
      to: kb_answer(
        size: MemoryLayout<kb_answer>.stride, total: UInt64(response.total),
        total_is_exact: response.isTotalExact ? 1 : 0, generation: strdup(response.generation),
        hits: UnsafePointer(hits), hit_count: response.hits.count))
    return answer
  }

  private static func memory(_ hit: Hit) -> kb_hit {
    let headings = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(
      capacity: max(1, hit.headings.count))
    for (place, heading) in hit.headings.enumerated() {
      (headings + place).initialize(to: UnsafePointer(strdup(heading)))
    }
    let spans = UnsafeMutablePointer<kb_span>.allocate(capacity: max(1, hit.highlights.count))
    for (place, highlight) in hit.highlights.enumerated() {
      (spans + place).initialize(to: kb_span(start: highlight.start, end: highlight.end))
    }
    return kb_hit(
      size: MemoryLayout<kb_hit>.stride, rank: UInt32(clamping: hit.rank),
      stale: hit.isStale ? 1 : 0, score: hit.score, id: strdup(hit.id), path: strdup(hit.path),
      anchor: strdup(hit.anchor), document: strdup(hit.document), subject: strdup(hit.subject),
      snippet: strdup(hit.snippet), line: UInt64(hit.line), end_line: UInt64(hit.endLine),
      snippet_line: UInt64(hit.snippetLine), headings: UnsafePointer(headings),
      heading_count: hit.headings.count, highlights: UnsafePointer(spans),
      highlight_count: hit.highlights.count)
  }

  static func free(_ answer: UnsafeMutablePointer<kb_answer>) {
    let content = answer.pointee
    for place in 0..<content.hit_count {
      let hit = content.hits[place]
      for text in [hit.id, hit.path, hit.anchor, hit.document, hit.subject, hit.snippet] {
        release(text)
      }
      for heading in 0..<hit.heading_count { release(hit.headings[heading]) }
      UnsafeMutablePointer(mutating: hit.headings)?.deallocate()
      UnsafeMutablePointer(mutating: hit.highlights)?.deallocate()
    }
    UnsafeMutablePointer(mutating: content.hits)?.deallocate()
    release(content.generation)
    answer.deallocate()
  }

  private static func release(_ text: UnsafePointer<CChar>?) {
    Glibc.free(UnsafeMutablePointer(mutating: text))
  }
}
