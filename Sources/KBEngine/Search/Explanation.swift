internal import KBQuery
internal import KBSchema
internal import Xapian

/// How a query is read and run, stage by stage.
public struct Explanation: Sendable, Equatable {
  /// A stage with what it makes of the query.
  public struct Stage: Sendable, Equatable {
    /// `tokens`, `syntax`, `bound`, `plan`.
    public var name: String
    /// What it is after that stage.
    public var text: String
  }

  /// A part of the query with the sections that it alone matches.
  public struct Count: Sendable, Equatable {
    /// The part, as a query.
    public var clause: String
    /// Sections.
    public var total: Int
  }

  /// The stages in order.
  public var stages: [Stage]
  /// Each part of the query, then the whole.
  public var counts: [Count]
  /// What else decides: how pay is compared.
  public var notes: [String]
}

extension Searcher {
  /// Explains a request.
  public func explain(_ request: SearchRequest) throws(SearchFailure) -> Explanation {
    let bound = try bind(request)
    do {
      let parsed = parse(request.query, today: request.today)
      let planner = planner(bound.scope, request)
      let plan = try planner.plan(bound.root)
      var counts: [Explanation.Count] = []
      if case .and(let parts) = bound.root.kind, parts.count <= 50 {
        for part in parts {
          let total = try count(planner.plan(part).query)
          counts.append(.init(clause: ReadingPrinter.print(part), total: total))
        }
      }
      let whole = ReadingPrinter.print(bound.root)
      counts.append(.init(clause: whole, total: try count(plan.query)))
      return Explanation(
        stages: [
          .init(name: "tokens", text: StagePrinter.tokens(parsed.tokens, source: parsed.source)),
          .init(name: "syntax", text: StagePrinter.syntax(parsed.syntax)),
          .init(name: "bound", text: StagePrinter.bound(bound)),
          .init(name: "plan", text: try plan.ranked.explained()),
        ], counts: counts, notes: notes(plan))
    } catch {
      throw .index(.engine(error.message))
    }
  }

  private func notes(_ plan: QueryPlan) -> [String] {
    let pay = plan.fields.contains { schema.field(named: $0)?.type == .interval }
    guard pay else { return [] }
    let factors = Period.allCases.map { "\($0.rawValue) ×\($0.perYear)" }.joined(separator: ", ")
    return ["pay is compared by the year: \(factors)"]
  }
}
