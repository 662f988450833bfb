internal import Dispatch
public import KBEngine
public import KBKnowledge
public import KBSchema
internal import Synchronization

/// The index of a knowledge base, held open: every call is answered by the newest generation, from
/// as many tasks and threads at once as you like.
///
/// ```swift
/// let index = try LiveIndex(at: Location.find(.init(knowledgeBase: "handbook")))
/// let answer = try await index.search(SearchRequest(query: "pytorch salary>150000"))
/// for hit in answer.hits { print(hit.path, hit.line, hit.snippet) }
/// ```
///
/// An answer is of one generation as a whole. A generation that is published while a call runs
/// is used by the next. Nothing is shared between two calls that run at once: each has a reader of its
/// own, and readers are kept for the calls that follow.
public final class LiveIndex: Sendable {
  private let base: KnowledgeBase
  private let idle: Mutex<Idle>

  private struct Idle {
    var generation = ""
    var readers: [Loan] = []
  }

  /// A reader on its way between calls.
  private struct Loan: @unchecked Sendable {
    // Unchecked: whoever takes a loan out of the pool is the only one to have it.
    let searcher: Searcher
  }

  /// Readers that are kept open while nobody uses them.
  private static let mostIdle = 8

  /// Opens an index; fails where there is none, or it is damaged.
  public init(at location: Location) throws(IndexFailure) {
    base = KnowledgeBase(at: location)
    let first = try base.open()
    idle = Mutex(Idle(generation: first.generation, readers: [Loan(searcher: first)]))
  }

  /// Where the knowledge base lies.
  public var location: Location { base.location }

  /// Runs `body` with a reader of the newest generation, in the calling thread. The reader must not
  /// leave `body`.
  public func read<Value>(
    _ body: (Searcher) throws(SearchFailure) -> Value
  ) throws(SearchFailure) -> Value {
    let loan: Loan
    do { loan = try take() } catch { throw .index(error) }
    defer { giveBack(loan) }
    return try body(loan.searcher)
  }

  private func take() throws(IndexFailure) -> Loan {
    guard let folder = base.location.index else { throw .missing(folder: base.location.root) }
    let current = try Generations(folder: folder).currentName()
    let kept = idle.withLock { idle -> Loan? in
      if idle.generation != current {
        idle.readers = []
        idle.generation = current
      }
      return idle.readers.popLast()
    }
    if let kept { return kept }
    return Loan(searcher: try base.open())
  }

  private func giveBack(_ loan: Loan) {
    idle.withLock { idle in
      guard idle.generation == loan.searcher.generation, idle.readers.count < LiveIndex.mostIdle
      else { return }
      idle.readers.append(loan)
    }
  }

  // MARK: Questions

  /// Answers a request. A task that is cancelled gets `CancellationError` at once.
  public func search(_ request: SearchRequest) async throws -> SearchResponse {
    try await run { searcher throws(SearchFailure) in try searcher.search(request) }
  }

  /// The hits of a request, page after page, until there are no more or `limit` are given. `request`'s
  /// own limit is the size of a page. All hits are of one generation unless one is published
  /// meanwhile; then the stream ends with `LiveIndex.Moved`.
  public func hits(
    of request: SearchRequest, limit: Int = .max
  ) -> AsyncThrowingStream<Hit, any Error> {
    AsyncThrowingStream { continuation in
      let task = Task {
        do {
          try await self.send(request, limit, to: continuation)
          continuation.finish()
        } catch { continuation.finish(throwing: error) }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// The index moved to another generation between two pages.
  public struct Moved: Error, Sendable, Equatable {}

  private func send(
    _ request: SearchRequest, _ limit: Int,
    to continuation: AsyncThrowingStream<Hit, any Error>.Continuation
  ) async throws {
    var request = request
    request.limit = max(1, request.limit)
    var sent = 0
    var generation: String?
    while sent < limit {
      let page = try await search(request)
      if let generation, generation != page.generation { throw Moved() }
      generation = page.generation
      for hit in page.hits.prefix(limit - sent) { continuation.yield(hit) }
      sent += page.hits.count
      request.offset += page.hits.count
      if page.hits.count < request.limit { return }
    }
  }

  /// How a request is read and run.
  public func explain(_ request: SearchRequest) async throws -> Explanation {
    try await run { searcher throws(SearchFailure) in try searcher.explain(request) }
  }

  /// A whole section by id or `path#anchor`; nil where there is none.
  public func section(_ name: String) async throws -> Searcher.Section? {
    try await run { searcher throws(SearchFailure) in try searcher.section(name) }
  }

  /// Sections that are like one; nil where there is no such section.
  public func similar(to name: String, limit: Int = 10) async throws -> SearchResponse? {
    try await run { searcher throws(SearchFailure) in
      try searcher.similar(to: name, limit: limit)
    }
  }

  /// The values of a field over what a request finds, counted.
  public func facet(
    _ field: String, of request: SearchRequest, limit: Int = 20
  ) async throws -> Facet {
    try await run { searcher throws(SearchFailure) in
      try searcher.facet(field, of: request, limit: limit)
    }
  }

  /// What may stand where somebody is typing; `point` counts bytes of UTF-8.
  public func completions(
    of line: String, at point: Int, limit: Int = 50
  ) async throws -> CompletionList {
    try await run { searcher throws(SearchFailure) in
      try searcher.completions(of: line, at: point, limit: limit)
    }
  }

  /// The fields, and how text is analysed.
  public func schema() async throws -> Schema {
    try await run { searcher throws(SearchFailure) in searcher.schema }
  }

  /// Brings the index up to date, in a thread of its own. The calls that follow see the result.
  public func update(
    _ options: IndexOptions, onProgress: @escaping @Sendable (IndexProgress) -> Void = { _ in }
  ) async throws -> IndexReport {
    let base = base
    return try await LiveIndex.apart {
      Result { () throws(IndexRunFailure) in try base.index(options, onProgress: onProgress) }
        .mapError { $0 as any Error }
    }
  }

  private func run<Value: Sendable>(
    _ body: @escaping @Sendable (Searcher) throws(SearchFailure) -> Value
  ) async throws -> Value {
    try await LiveIndex.apart {
      Result { () throws(SearchFailure) in try self.read(body) }.mapError { $0 as any Error }
    }
  }

  /// Runs what blocks outside the pool that tasks share. Where the task is cancelled the caller goes on
  /// at once; what runs comes to its end unheard.
  private static func apart<Value: Sendable>(
    _ body: @escaping @Sendable () -> Result<Value, any Error>
  ) async throws -> Value {
    let answer = Answer<Value>()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard answer.wait(continuation) else { return }
        DispatchQueue.global(qos: .userInitiated).async {
          guard !answer.isGiven else { return }
          answer.give(body())
        }
      }
    } onCancel: {
      answer.give(.failure(CancellationError()))
    }
  }

  /// One answer, given once, to one who waits.
  private final class Answer<Value: Sendable>: Sendable {
    private struct State {
      var continuation: CheckedContinuation<Value, any Error>?
      var result: Result<Value, any Error>?
    }

    private let state = Mutex(State())

    var isGiven: Bool { state.withLock { $0.result != nil } }

    /// False if the answer was there already: then it is handed over.
    func wait(_ continuation: CheckedContinuation<Value, any Error>) -> Bool {
      let early = state.withLock { state -> Result<Value, any Error>? in
        if state.result == nil { state.continuation = continuation }
        return state.result
      }
      if let early { continuation.resume(with: early) }
      return early == nil
    }

    func give(_ result: Result<Value, any Error>) {
      let waiting = state.withLock { state -> CheckedContinuation<Value, any Error>? in
        guard state.result == nil else { return nil }
        state.result = result
        defer { state.continuation = nil }
        return state.continuation
      }
      waiting?.resume(with: result)
    }
  }
}
