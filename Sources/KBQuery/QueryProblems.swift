internal import KBDiagnostics

typealias QueryProblem = Diagnostic

/// Which side of an operator lacks an operand.
enum OperatorSide {
  case left, right
}

/// Every problem that a query can have: its stable name, its words, and the change that mends it.
/// `docs/query-errors.md` lists them with the queries that provoke them.
extension Diagnostic {
  // MARK: Shape

  static func empty(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.empty", message: "the query is empty", span: span,
      notes: ["type words, a filter such as salary>150000, or * for every section"],
      fixIts: [replace(span, "*", "ask for every section")])
  }

  static func unclosedQuote(_ span: Range<Int>, text: String) -> Diagnostic {
    Diagnostic(
      id: "query.unclosed-quote", message: "this quote is never closed", span: span,
      notes: ["a phrase ends with a second \""],
      fixIts: [
        text.utf8.allSatisfy({ $0 == 0x20 })
          ? replace(span, "*", "leave the quote out")
          : insert(span.upperBound, "\"", "close it at the end")
      ])
  }

  static func emptyPhrase(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.empty-phrase", message: "there is nothing between the quotes", span: span,
      fixIts: [replace(span, "*", "leave it out")])
  }

  static func slopWithoutNumber(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.slop-without-number",
      message: "~ after a phrase takes a number of positions, at most 10,000", span: span,
      notes: ["\"machine learning\"~3 lets the words stand within 3 positions"],
      fixIts: [replace(span, "~3", "give a number")])
  }

  static func unclosedBracket(_ span: Range<Int>, end: Int) -> Diagnostic {
    Diagnostic(
      id: "query.unclosed-bracket", message: "this bracket is never closed", span: span,
      fixIts: [insert(end, ")", "close it at the end")])
  }

  static func strayBracket(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.stray-bracket", message: "this bracket closes nothing", span: span,
      fixIts: [replace(span, " ", "leave it out")])
  }

  static func emptyBrackets(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.empty-brackets", message: "there is nothing between the brackets", span: span,
      fixIts: [replace(span, "*", "leave them out")])
  }

  static func tooDeep(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.too-deep", message: "brackets are nested more than 100 deep", span: span,
      notes: ["take away brackets that change nothing"])
  }

  static func tooLong(_ span: Range<Int>, limit: Int) -> Diagnostic {
    Diagnostic(
      id: "query.too-long", message: "the query has more than \(limit) parts", span: span,
      notes: ["ask in several queries"])
  }

  static func danglingOperator(_ span: Range<Int>, side: OperatorSide) -> Diagnostic {
    let where_ = side == .left ? "before" : "after"
    return Diagnostic(
      id: "query.dangling-operator", message: "there is nothing \(where_) this operator",
      span: span, notes: ["to find the word itself, write it in lower case or in quotes"],
      fixIts: [replace(span, " ", "leave it out")])
  }

  static func comparisonWithoutField(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.comparison-without-field", message: "a comparison needs a field before it",
      span: span, notes: ["for instance salary>150000"],
      fixIts: [replace(span, " ", "leave it out")])
  }

  static func nearNeedsWords(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.near-needs-words", message: "NEAR stands between two single words", span: span,
      notes: ["for instance: data NEAR/3 pipeline"],
      fixIts: [replace(span, "AND", "ask for both")])
  }

  static func leadingStar(_ span: Range<Int>, word: String) -> Diagnostic {
    let rest = word.drop { $0 == "*" }
    return Diagnostic(
      id: "query.leading-wildcard", message: "* stands only at the end of a word", span: span,
      notes: ["words are found by their beginning: engin*"],
      fixIts: [replace(span, rest.isEmpty ? "*" : quoted(rest), "find the word as it is")])
  }

  static func innerStar(_ span: Range<Int>, word: String) -> Diagnostic {
    let start = word.prefix { $0 != "*" }
    let isLong = start.unicodeScalars.count >= 2
    return Diagnostic(
      id: "query.inner-wildcard", message: "* stands only at the end of a word", span: span,
      fixIts: [
        replace(span, isLong ? "\(start)*" : quoted(word), "use what stands before it"),
        replace(span, quoted(word), "find it as it is written"),
      ])
  }

  static func shortPrefix(_ span: Range<Int>, word: String) -> Diagnostic {
    Diagnostic(
      id: "query.short-prefix", message: "a prefix has at least 2 characters", span: span,
      fixIts: [replace(span, word.isEmpty ? "*" : quoted(word), "find the word itself")])
  }

  static func fuzzyWord(_ span: Range<Int>, word: String) -> Diagnostic {
    Diagnostic(
      id: "query.fuzzy-word",
      message: "~ stands only after a phrase; words are not matched fuzzily",
      span: span,
      notes: ["a word is found in all forms of its stem; \(word)* finds what begins so"],
      fixIts: [replace(span, word, "find the word")])
  }

  static func listWithoutOr(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.list-without-or", message: "alternatives of a field are joined by OR", span: span,
      notes: ["skill:(python OR r) finds either; skill:python skill:r finds both"],
      fixIts: [insert(span.lowerBound, "OR ", "join them by OR")])
  }

  static func notAListValue(_ span: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.not-a-list-value",
      message: "only values and OR stand between the brackets of a field", span: span,
      notes: ["write other operators outside: skill:python -skill:r"],
      fixIts: [replace(span, " ", "leave it out")])
  }

  // MARK: Fields and values

  static func unknownField(
    _ span: Range<Int>, whole: Range<Int>, name: String, text: String, nearest: [String]
  ) -> Diagnostic {
    var fixes = nearest.prefix(1).map { replace(span, $0, "use the field \($0)") }
    fixes.append(replace(whole, quoted(text), "find it as text"))
    return Diagnostic(
      id: "query.unknown-field", message: "there is no field named \(name)", span: span,
      notes: ["kbsearch fields lists the fields; in quotes it is text"], suggestions: nearest,
      fixIts: fixes)
  }

  static func missingValue(
    _ span: Range<Int>, field: String, fixIts: [FixIt]
  ) -> Diagnostic {
    Diagnostic(
      id: "query.missing-value", message: "the field \(field) has no value here", span: span,
      notes: ["a value follows its field without a space; \(field):* finds any value"],
      fixIts: fixIts)
  }

  static func wrongType(
    _ span: Range<Int>, field: String, needs: String, example: String, whole: Range<Int>
  ) -> Diagnostic {
    Diagnostic(
      id: "query.wrong-type", message: "\(field) needs \(needs) here", span: span,
      notes: ["for instance \(example)"],
      fixIts: [replace(whole, example, "write it like this")])
  }

  static func notComparable(
    _ span: Range<Int>, field: String, type: String, rewrite: String, whole: Range<Int>
  ) -> Diagnostic {
    Diagnostic(
      id: "query.not-comparable", message: "\(field) holds \(type), which has no order", span: span,
      notes: ["compare numbers, dates and pay; a name is asked for with a colon"],
      fixIts: [replace(whole, rewrite, "ask for the value")])
  }

  static func wrongUnit(
    _ span: Range<Int>, field: String, unit: String, example: String, whole: Range<Int>
  ) -> Diagnostic {
    Diagnostic(
      id: "query.wrong-unit", message: "\(field) is counted in \(unit)", span: span,
      notes: ["for instance \(example)"],
      fixIts: [replace(whole, example, "write it like this")])
  }

  static func commaInValue(_ span: Range<Int>, rewrite: String) -> Diagnostic {
    Diagnostic(
      id: "query.comma-in-value", message: "a comma does not join values", span: span,
      notes: ["alternatives are joined by OR in brackets"],
      fixIts: [replace(span, rewrite, "join them by OR")])
  }

  static func emptyRange(_ span: Range<Int>, field: String, whole: Range<Int>) -> Diagnostic {
    Diagnostic(
      id: "query.empty-range", message: "a range needs a value on one side at least", span: span,
      notes: ["\(field):* finds any value"],
      fixIts: [replace(whole, "\(field):*", "ask for any value")])
  }

  static func reversedRange(_ span: Range<Int>, rewrite: String) -> Diagnostic {
    Diagnostic(
      id: "query.reversed-range", message: "the range ends before it begins", span: span,
      fixIts: [replace(span, rewrite, "exchange the ends")])
  }

  static func noSuchEnd(_ span: Range<Int>, field: String, name: String) -> Diagnostic {
    Diagnostic(
      id: "query.no-such-end", message: "\(field) has no .min and .max: it is no range", span: span,
      fixIts: [replace(span, field, "use the field itself")])
  }

  static func notTopLevel(_ span: Range<Int>, name: String, text: String) -> Diagnostic {
    Diagnostic(
      id: "query.control-inside",
      message: "\(name): applies to the whole query and stands outside brackets, OR and NOT",
      span: span, notes: ["put \(text) at the end of the query"],
      fixIts: [replace(span, quoted(text), "find it as text")])
  }

  static func badScope(_ span: Range<Int>, value: String) -> Diagnostic {
    Diagnostic(
      id: "query.bad-scope", message: "a scope is section or subject", span: span,
      suggestions: ["section", "subject"],
      fixIts: [replace(span, "scope:section", "the section's own values")])
  }

  static func notSortable(
    _ span: Range<Int>, verb: String, field: String, nearest: [String], text: String
  ) -> Diagnostic {
    var fixes = nearest.prefix(1).map { replace(span, "\(verb):\($0)", "use \($0)") }
    fixes.append(replace(span, quoted(text), "find it as text"))
    return Diagnostic(
      id: "query.not-\(verb)able", message: "results cannot be \(verb)ed by \(field)", span: span,
      suggestions: nearest, fixIts: fixes)
  }

  static func notBuilt(_ span: Range<Int>, what: String, text: String) -> Diagnostic {
    Diagnostic(
      id: "query.not-supported", message: "\(what) cannot be answered yet", span: span,
      fixIts: [replace(span, quoted(text), "find it as text")])
  }

  // MARK: Remarks

  static func textNotField(_ span: Range<Int>, name: String) -> Diagnostic {
    Diagnostic(
      id: "query.text-not-field", severity: .note,
      message: "\(name) is no field, so this is read as words", span: span)
  }

  static func yearly(_ span: Range<Int>, note: String) -> Diagnostic {
    Diagnostic(id: "query.by-the-year", severity: .note, message: note, span: span)
  }

  // MARK: Changes

  private static func replace(
    _ span: Range<Int>, _ text: some StringProtocol, _ message: String
  ) -> FixIt {
    FixIt(message: message, edits: [.init(span: span, replacement: String(text))])
  }

  private static func insert(_ place: Int, _ text: String, _ message: String) -> FixIt {
    FixIt(message: message, edits: [.init(span: place..<place, replacement: text)])
  }

  static func quoted(_ text: some StringProtocol) -> String {
    "\"" + text.filter { $0 != "\"" } + "\""
  }
}
