/// Every kind of problem (and remark) that a query can have: the one table of diagnostics.
public enum QueryProblem: String, Sendable, CaseIterable {
  // Errors of the text.
  case empty
  case unclosedQuote = "unclosed-quote"
  case unclosedBracket = "unclosed-bracket"
  case strayBracket = "stray-bracket"
  case emptyGroup = "empty-group"
  case emptyPhrase = "empty-phrase"
  case danglingOperator = "dangling-operator"
  case operatorSpelling = "operator-spelling"
  case phraseDistance = "phrase-distance"
  case nearDistance = "near-distance"
  case nearOperand = "near-operand"
  case badBoost = "bad-boost"
  case listSyntax = "list-syntax"
  case valueQuotes = "value-quotes"
  case wildcardPlace = "wildcard-place"
  case wildcardShort = "wildcard-short"
  case fuzzyWord = "fuzzy-word"
  case tooDeep = "too-deep"

  // Errors of fields and values.
  case unknownField = "unknown-field"
  case spacedColon = "spaced-colon"
  case wrongOperator = "wrong-operator"
  case wrongType = "wrong-type"
  case wrongUnit = "wrong-unit"
  case numberTooLarge = "number-too-large"
  case emptyRange = "empty-range"
  case rangeOrder = "range-order"
  case rangeUnits = "range-units"
  case commaInValue = "comma-in-value"
  case negatedValue = "negated-value"
  case intervalEnd = "interval-end"
  case controlPlace = "control-place"
  case controlValue = "control-value"
  case controlRepeated = "control-repeated"
  case tooComplex = "too-complex"
  /// More words and filters than are searched at once.
  case tooLarge = "too-large"

  // Notes and warnings.
  case comparisonAsText = "comparison-as-text"
  case colonAsText = "colon-as-text"
  case wildcardAsText = "wildcard-as-text"
  case pipeAsText = "pipe-as-text"
  case nearAsText = "near-as-text"
  case curlyQuotes = "curly-quotes"
  case byTheYear = "by-the-year"
  case oneCurrency = "one-currency"
  case singleDay = "single-day"
  case unknownValue = "unknown-value"

  /// The stable name: `query.unknown-field`.
  public var id: String { "query.\(rawValue)" }

  /// Whether the query is read all the same.
  public var isNote: Bool {
    switch self {
    case .comparisonAsText, .colonAsText, .wildcardAsText, .pipeAsText, .nearAsText, .curlyQuotes,
      .byTheYear, .oneCurrency, .singleDay, .unknownValue:
      true
    default:
      false
    }
  }

  /// A query that has the problem, for the careers preset.
  public var example: String {
    switch self {
    case .empty: ""
    case .unclosedQuote: "\"machine learning"
    case .unclosedBracket: "python (java OR c"
    case .strayBracket: "python) java"
    case .emptyGroup: "python ()"
    case .emptyPhrase: "python \"\""
    case .danglingOperator: "python OR"
    case .operatorSpelling: "python || java"
    case .phraseDistance: "\"machine learning\"~"
    case .nearDistance: "python NEAR/x java"
    case .nearOperand: "\"machine learning\" NEAR/3 python"
    case .badBoost: "python^-1"
    case .listSyntax: "skill:(python java)"
    case .valueQuotes: "skill:\"machine learning\"s"
    case .wildcardPlace: "*script"
    case .wildcardShort: "p*"
    case .fuzzyWord: "pythn~"
    case .tooDeep:
      String(repeating: "(", count: 200) + "python" + String(repeating: ")", count: 200)
    case .unknownField: "salry>150k"
    case .spacedColon: "role: engineer"
    case .wrongOperator: "skill>python"
    case .wrongType: "salary>abc"
    case .wrongUnit: "experience>$5k"
    case .numberTooLarge: "salary>999999999999999999"
    case .emptyRange: "salary:.."
    case .rangeOrder: "salary:200k..100k"
    case .rangeUnits: "salary:60..80/hr"
    case .commaInValue: "skill:python,java"
    case .negatedValue: "skill:-java"
    case .intervalEnd: "title.min>5"
    case .controlPlace: "(python sort:salary)"
    case .controlValue: "python scope:page"
    case .controlRepeated: "python scope:section scope:subject"
    case .tooLarge: String(repeating: "python OR ", count: Limits.cost) + "java"
    case .tooComplex:
      "salary>1 " + (0..<9).map { "location:a\($0) level:b\($0)" }.joined(separator: " ")
    case .comparisonAsText: "a > b"
    case .colonAsText: "salery: high"
    case .wildcardAsText: "py*n"
    case .pipeAsText: "python|java"
    case .nearAsText: "python NEAR java"
    case .curlyQuotes: "\u{201C}machine learning\u{201D}"
    case .byTheYear: "salary>75/hr"
    case .oneCurrency: "salary>£60k"
    case .singleDay: "modified:2w"
    case .unknownValue: "location:san-fransisco"
    }
  }
}

extension QueryProblem {
  static let largeMessage = "the query has more words and filters than are searched at once"
  static let largeNotes = [
    "at most \(Limits.cost) words, values and comparisons; a beginning like `eng*` counts for "
      + "\(Limits.prefixCost)"
  ]
}
