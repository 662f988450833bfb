/// How matches are weighted.
public enum Weighting: Sendable, Equatable {
  /// BM25 with its parameters.
  case bm25(k1: Double, k2: Double, k3: Double, b: Double, minNormLength: Double)
  /// Divergence from randomness, inverse expected document frequency, Bernoulli, normalisation 2.
  case ineB2(c: Double)
  /// No weights.
  case boolean
}

/// The order of matches.
public enum MatchOrder: Sendable, Equatable {
  /// By weight alone; ties in an order that changes with the index.
  case relevance
  /// By weight, ties by a slot.
  case relevanceThenValue(SlotOrder)
  /// By slots, the first deciding; documents without a value last.
  case values([SlotOrder])
}

/// A slot to order by.
public struct SlotOrder: Sendable, Equatable {
  /// The slot.
  public var slot: UInt32
  /// Highest values first.
  public var isReversed: Bool

  /// A slot to order by.
  public init(slot: UInt32, isReversed: Bool = false) {
    self.slot = slot
    self.isReversed = isReversed
  }
}

/// One search.
public struct MatchRequest: Sendable, Equatable {
  /// What to find.
  public var query: Query
  /// Matches to skip.
  public var offset: Int
  /// Matches to return, at most.
  public var limit: Int
  /// Matches to look at before totals are estimated; `UInt32.max` for exact totals.
  public var checkAtLeast: Int
  /// Weights.
  public var weighting: Weighting
  /// Order.
  public var order: MatchOrder
  /// Keep at most `most` matches of each value of a slot.
  public var collapse: (slot: UInt32, most: Int)?
  /// Of documents with the same content (`IndexDocument.setContent`), only the first; not together with `collapse`. The
  /// numbers of matches in the answer do not know of it.
  public var isDistinct: Bool
  /// Whether to return the documents' data.
  public var fetchesData: Bool
  /// Values to return with each match.
  public var valueSlots: [UInt32]
  /// Slots whose values are counted over the matches looked at.
  public var countedSlots: [UInt32]
  /// Seconds after which the engine may stop early; 0 for no limit.
  public var timeLimit: Double

  /// A search.
  public init(
    query: Query, offset: Int = 0, limit: Int = 10, checkAtLeast: Int = 0,
    weighting: Weighting = .ineB2(c: 1), order: MatchOrder = .relevance,
    collapse: (slot: UInt32, most: Int)? = nil, isDistinct: Bool = false,
    fetchesData: Bool = false, valueSlots: [UInt32] = [], countedSlots: [UInt32] = [],
    timeLimit: Double = 0
  ) {
    self.query = query
    self.offset = offset
    self.limit = limit
    self.checkAtLeast = checkAtLeast
    self.weighting = weighting
    self.order = order
    self.collapse = collapse
    self.isDistinct = isDistinct
    self.fetchesData = fetchesData
    self.valueSlots = valueSlots
    self.countedSlots = countedSlots
    self.timeLimit = timeLimit
  }

  /// Equality over all parts.
  public static func == (a: MatchRequest, b: MatchRequest) -> Bool {
    a.query == b.query && a.offset == b.offset && a.limit == b.limit
      && a.checkAtLeast == b.checkAtLeast && a.weighting == b.weighting && a.order == b.order
      && a.collapse?.slot == b.collapse?.slot && a.collapse?.most == b.collapse?.most
      && a.isDistinct == b.isDistinct && a.fetchesData == b.fetchesData
      && a.valueSlots == b.valueSlots && a.countedSlots == b.countedSlots
      && a.timeLimit == b.timeLimit
  }
}

/// One hit, as the engine returns it.
public struct Match: Sendable, Equatable {
  /// Document number in the database searched.
  public var document: UInt32
  /// Weight.
  public var weight: Double
  /// How many matches of the same collapse value were dropped, at least.
  public var collapsed: Int
  /// The document's data, if asked for.
  public var data: [UInt8]
  /// The values asked for, in the order asked.
  public var values: [[UInt8]]
}

/// A page of matches.
public struct MatchSet: Sendable, Equatable {
  /// The matches, in order.
  public var matches: [Match]
  /// Bounds and estimate of how many documents match.
  public var lowerBound: Int
  /// The estimate, exact where enough was looked at.
  public var estimated: Int
  /// The upper bound.
  public var upperBound: Int
  /// Estimate before collapsing.
  public var uncollapsed: Int
  /// For each counted slot, its values with how often they occur.
  public var valueCounts: [[(value: [UInt8], count: Int)]]

  /// Whether the number of matches is known.
  public var isExact: Bool { lowerBound == upperBound }

  /// Equality over all parts.
  public static func == (a: MatchSet, b: MatchSet) -> Bool {
    a.matches == b.matches && a.lowerBound == b.lowerBound && a.estimated == b.estimated
      && a.upperBound == b.upperBound && a.uncollapsed == b.uncollapsed
      && a.valueCounts.map { $0.map(\.value) } == b.valueCounts.map { $0.map(\.value) }
      && a.valueCounts.map { $0.map(\.count) } == b.valueCounts.map { $0.map(\.count) }
  }

  init(_ reader: consuming BlockReader, valueSlots: Int, countedSlots: Int) {
    let count = reader.number()
    lowerBound = reader.number()
    estimated = reader.number()
    upperBound = reader.number()
    uncollapsed = reader.number()
    matches = []
    matches.reserveCapacity(count)
    for _ in 0..<count {
      var match = Match(
        document: UInt32(reader.number()), weight: reader.real(), collapsed: reader.number(),
        data: reader.counted(), values: [])
      for _ in 0..<valueSlots { match.values.append(reader.counted()) }
      matches.append(match)
    }
    valueCounts = []
    for _ in 0..<countedSlots {
      let values = reader.number()
      valueCounts.append(
        (0..<values).map { _ in
          let count = reader.number()
          return (value: reader.counted(), count: count)
        })
    }
  }
}
