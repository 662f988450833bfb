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
      let parsed = QueryParser.parse(request.query)
      let planner = planner(bound.scope, request)
      let plan = try planner.plan(bound.query)
      var counts: [Explanation.Count] = []
      if case .and(let parts) = bound.query, parts.count <= 50 {
        for part in parts {
          let total = try count(planner.plan(part).query)
          counts.append(.init(clause: BoundPrinter.text(part), total: total))
        }
      }
      let whole = BoundPrinter.text(bound.query, scope: bound.scope)
      counts.append(.init(clause: whole, total: try count(plan.query)))
      return Explanation(
        stages: [
          .init(name: "tokens", text: parsed.tokens.map(TokenPrinter.text).joined(separator: " ")),
          .init(name: "syntax", text: parsed.syntax.text),
          .init(name: "bound", text: BoundPrinter.text(bound)),
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

/// Writes tokens for `explain`.
enum TokenPrinter {
  static func text(_ token: QueryToken) -> String {
    let name =
      switch token.kind {
      case .word(let word): "word(\(word))"
      case .phrase(let text, let slop): "phrase(\(text)\(slop.map { ", ~\($0)" } ?? ""))"
      case .field(let name, let op): "field(\(name) \(op.text))"
      case .comparison(let comparison): "comparison(\(comparison.rawValue))"
      case .open: "open"
      case .close: "close"
      case .and: "and"
      case .or: "or"
      case .not: "not"
      case .near(let distance): "near(\(distance))"
      case .boost(let factor): "boost(\(factor))"
      }
    return "\(name)@\(token.span.lowerBound)..\(token.span.upperBound)"
  }
}
