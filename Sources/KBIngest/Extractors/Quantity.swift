public import KBSchema

/// Counts of a unit: years, per cent, gigabytes.
public enum Quantity {
  /// The interval that makes up the whole text: `3-5 years`, `3+`, `at least 4 yrs`, `5`. The unit's
  /// word may be missing. Nil for anything else.
  public static func parse(_ text: String, rule: QuantityRule) -> Interval? {
    let lexemes = Lexemes(text)
    let scan = QuantityScan(rule)
    guard let first = lexemes.items.firstIndex(where: { QuantityScan.number($0) != nil }),
      let found = scan.quantity(lexemes, at: first, needsUnit: false)
    else { return nil }
    let start = found.range.lowerBound
    let rest =
      (0..<start).map { lexemes[$0].key }
      + (found.range.upperBound..<lexemes.count).map { lexemes[$0].key }
    guard rest.allSatisfy({ fillers.contains($0) }) else { return nil }
    return found.interval
  }

  private static let fillers: KeySet = [
    "of", "experience", "about", "around", "approximately", "the", "work", "relevant", ".", "(",
    ")", "exp", "professional",
  ]
}

extension QuantityRule {
  /// Years.
  public static let years = QuantityRule(
    unit: "years", words: ["years", "year", "yrs", "yr", "jahre", "ans", "años", "y", "yoe"])
}

/// A count as a text states it.
struct FoundQuantity {
  var interval: Interval
  /// Lexemes, half-open, with the words that state a bound.
  var range: Range<Int>
  /// The unit's word, nil where it is missing.
  var unit: Int?
  /// Whether it says so by a plus or "at least".
  var isAtLeast: Bool
}

/// Finds counts of a unit.
struct QuantityScan {
  private let rule: QuantityRule
  private let units: KeySet

  init(_ rule: QuantityRule) {
    self.rule = rule
    units = KeySet(rule.words.map { Lexemes($0).key(0) })
  }

  /// The count whose first number stands at an index.
  func quantity(_ text: Lexemes, at start: Int, needsUnit: Bool = true) -> FoundQuantity? {
    guard let low = QuantityScan.number(text[start]) else { return nil }
    var index = start + 1
    skipRepeat(text, &index)
    var isOpen = plus(text, &index)
    var unit = unitWord(text, &index)
    if !isOpen, unit != nil { isOpen = plus(text, &index) }
    var high: Double?
    if let next = upper(text, index), unit == nil || hasUnit(text, after: next) {
      high = QuantityScan.number(text[next])
      index = next + 1
      skipRepeat(text, &index)
      isOpen = plus(text, &index)
      unit = unitWord(text, &index)
      if !isOpen, unit != nil { isOpen = plus(text, &index) }
    }
    guard unit != nil || !needsUnit else { return nil }
    if let high, high < low { return nil }
    return bounded(text, start..<index, low, high, isOpen: isOpen, unit: unit)
  }

  private func bounded(
    _ text: Lexemes, _ range: Range<Int>, _ low: Double, _ high: Double?, isOpen: Bool, unit: Int?
  ) -> FoundQuantity {
    let measure = MeasureUnit(code: rule.unit)
    let least = Amount(low)
    if let high {
      let interval = Interval(
        min: least, max: Amount(high), open: isOpen ? .max : nil, unit: measure)
      return FoundQuantity(interval: interval, range: range, unit: unit, isAtLeast: isOpen)
    }
    let behind = self.behind(text, range.upperBound)
    let before = behind == nil && !isOpen ? self.before(text, range.lowerBound) : nil
    let bound = isOpen ? .atLeast : behind?.bound ?? before?.bound ?? MoneyBound.exact
    let span = (before?.start ?? range.lowerBound)..<(behind?.end ?? range.upperBound)
    let interval =
      switch bound {
      case .exact: Interval(min: least, max: least, unit: measure)
      case .atLeast: Interval(min: least, max: nil, open: .max, unit: measure)
      case .atMost: Interval(min: nil, max: least, unit: measure)
      case .below: Interval(min: nil, max: least, open: .min, unit: measure)
      }
    return FoundQuantity(
      interval: interval, range: span, unit: unit, isAtLeast: bound == .atLeast)
  }

  /// "five (5) years" says its number twice.
  private func skipRepeat(_ text: Lexemes, _ index: inout Int) {
    guard text.at(index, "("), index + 2 < text.count, QuantityScan.number(text[index + 1]) != nil
    else { return }
    var end = index + 2
    while text.at(end, "+") { end += 1 }
    if text.at(end, ")") { index = end + 1 }
  }

  private func plus(_ text: Lexemes, _ index: inout Int) -> Bool {
    if text.at(index, "+") {
      index += 1
      return true
    }
    if text.at(index, "or"), text.at(index + 1, "more") {
      index += 2
      return true
    }
    if text.at(index, "plus"), index + 1 < text.count, units.contains(text[index + 1]) {
      index += 1
      return true
    }
    return false
  }

  private func unitWord(_ text: Lexemes, _ index: inout Int) -> Int? {
    var place = index
    if text.at(place, "-"), place < text.count, text[place].isGlued { place += 1 }
    guard place < text.count, units.contains(text[place]) else { return nil }
    index = place + 1
    if text.at(index, "'") { index += 1 }
    if text.at(index, "."), index < text.count, text[index].isGlued, text[place].key.hasPrefix("yr")
    {
      index += 1
    }
    return place
  }

  private func upper(_ text: Lexemes, _ index: Int) -> Int? {
    guard index + 1 < text.count, ["-", "to", "~", "or", "and", "bis"].contains(text[index].key),
      QuantityScan.number(text[index + 1]) != nil
    else { return nil }
    return index + 1
  }

  private func hasUnit(_ text: Lexemes, after number: Int) -> Bool {
    var index = number + 1
    _ = plus(text, &index)
    return unitWord(text, &index) != nil
  }

  private func before(_ text: Lexemes, _ start: Int) -> (bound: MoneyBound, start: Int)? {
    for length in stride(from: 3, through: 1, by: -1) where start - length >= 0 {
      let phrase = (start - length..<start).map { text[$0].key }.joined(separator: " ")
      if let bound = QuantityScan.bounds[phrase] { return (bound, start - length) }
    }
    return nil
  }

  private func behind(_ text: Lexemes, _ end: Int) -> (bound: MoneyBound, end: Int)? {
    guard text.at(end, "or"), ["more", "longer", "greater"].contains(text.key(end + 1)) else {
      return ["minimum", "min"].contains(text.key(end)) ? (.atLeast, end + 1) : nil
    }
    return (.atLeast, end + 2)
  }

  private static let bounds: [String: MoneyBound] = [
    "at least": .atLeast, "a minimum of": .atLeast, "minimum of": .atLeast, "minimum": .atLeast,
    "min": .atLeast, "min .": .atLeast, "more than": .atLeast, "over": .atLeast, ">": .atLeast,
    "no less than": .atLeast, "not less than": .atLeast, "> =": .atLeast, "≥": .atLeast,
    "upwards of": .atLeast, "above": .atLeast, "exceeding": .atLeast,
    "up to": .atMost, "maximum of": .atMost, "max": .atMost, "no more than": .atMost,
    "less than": .below, "under": .below, "fewer than": .below, "<": .below,
  ]

  /// The number that a lexeme writes, in digits or as a word up to twenty.
  static func number(_ lexeme: Lexeme) -> Double? {
    switch lexeme.kind {
    case .number: return NumberText.written(Array(lexeme.key.utf8)[...], decimalComma: false)
    case .word: return words[lexeme.key]
    case .sign: return nil
    }
  }

  private static let words: [String: Double] = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
  ]
}

/// Reads counts for a configured field.
struct QuantityReader {
  private let field: String
  private let cues: CueWords
  private let scan: QuantityScan

  init(field: String, rule: QuantityRule) {
    self.field = field
    cues = CueWords(rule.cues)
    scan = QuantityScan(rule)
  }

  func read(_ fact: FactText, _ text: Lexemes) -> [Finding] {
    guard cues.isEmpty || cues.stand(in: text) || cues.stand(around: fact) else { return [] }
    var findings: [Finding] = []
    var index = 0
    while index < text.count {
      guard let found = scan.quantity(text, at: index) else {
        index += 1
        continue
      }
      let span = text.span(found.range.lowerBound, found.range.upperBound - 1)
      findings.append(Finding(field: field, content: .interval(found.interval), span: span))
      index = max(index + 1, found.range.upperBound)
    }
    return findings
  }
}
