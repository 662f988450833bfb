internal import KBSchema

/// A sum, or a range of sums, as a text writes it: not yet judged.
struct MoneyMention {
  /// Lexemes, half-open, with the currency, the period and a plus.
  var range: Range<Int>
  var low: Double
  /// The upper end of a range; nil for a single sum.
  var high: Double?
  /// ISO code, `$` for the dollar of the place; nil where no currency is written.
  var currency: String?
  /// What it is paid for, where that stands beside it.
  var period: Period?
  /// Written with `+`, "or more" and the like.
  var isOpen = false
  /// The factor of `k`, million, lakh; 1 without one.
  var scale = 1.0
  /// Decimals or thousands' separators are written.
  var hasSeparators = false
  /// Exactly two decimals are written, as in `$18.50`.
  var hasCents = false
  /// Digits of the number without separators.
  var digits = 0
  /// Written in a unit that is used for pay alone: `LPA`.
  var isPayUnit = false

  /// The highest stated sum.
  var top: Double { max(low, high ?? low) }
}

/// Finds sums in a text: the number with its currency, scale, period and plus, and its range.
struct MoneyScan {
  private let text: Lexemes

  init(_ text: Lexemes) { self.text = text }

  /// The sums in order. Those without a currency are among them: whether they are money is for
  /// the words around to say.
  func mentions() -> [MoneyMention] {
    guard text.hasNumber else { return [] }
    var result: [MoneyMention] = []
    var index = 0
    while index < text.count {
      guard text[index].kind == .number, let first = sum(at: index, after: result.last) else {
        index += 1
        continue
      }
      let mention = range(from: first)
      result.append(mention)
      index = max(index + 1, mention.range.upperBound)
    }
    return result
  }

  // MARK: One sum

  private func sum(at index: Int, after previous: MoneyMention?) -> MoneyMention? {
    if let previous, index < previous.range.upperBound { return nil }
    let floor = previous?.range.upperBound ?? 0
    let before = currencyBefore(index, floor: floor)
    let number = self.number(at: index, currency: before?.code)
    guard var mention = number else { return nil }
    mention.currency = before?.code
    mention.range = (before?.start ?? index)..<mention.range.upperBound
    readScale(&mention)
    readCurrencyAfter(&mention)
    guard !isPercent(mention), !isPlan(mention, index) else { return nil }
    readTail(&mention)
    return mention
  }

  private func currencyBefore(_ index: Int, floor: Int) -> (code: String, start: Int)? {
    var place = index - 1
    if place > floor, text.at(place, "."), text[place].isGlued, text.at(place - 1, "rs") {
      place -= 1
    }
    if place >= floor, text.isWritten(place, "RM"), digitCount(index) >= 3 || text[index].isGlued {
      return ("MYR", place)
    }
    guard place >= floor, let code = Currencies.named(text[place], isBefore: true) else {
      return rand(index, floor)
    }
    guard code == "$" else {
      let isSign = text[place].kind == .sign
      if !isSign, place > floor, Currencies.named(text[place - 1], isBefore: true) == "$" {
        return (code, place - 1)
      }
      return (code, place)
    }
    guard place > floor else { return (code, place) }
    let letters = text[place - 1]
    if letters.kind == .word {
      if text[place].isGlued, let dollar = Currencies.dollar(letters.key) {
        return (dollar, place - 1)
      }
      if let named = Currencies.named(letters, isBefore: true), named != "$" {
        return (named, place - 1)
      }
    }
    return (code, place)
  }

  /// The South African `R 650 000`.
  private func rand(_ index: Int, _ floor: Int) -> (code: String, start: Int)? {
    guard index - 1 >= floor, text.isWritten(index - 1, "R"), digitCount(index) >= 2,
      text[index].isGlued || digitCount(index + 1) == 3
    else { return nil }
    return ("ZAR", index - 1)
  }

  private func digitCount(_ index: Int) -> Int {
    guard index < text.count, text[index].kind == .number else { return 0 }
    return text.bytes[text[index].range].count { $0.isDigit }
  }

  /// The number, with groups of three that stand apart: `550 000`.
  private func number(at index: Int, currency: String?) -> MoneyMention? {
    let bytes = text.bytes[text[index].range]
    var end = index + 1
    let isPlain = bytes.allSatisfy(\.isDigit)
    if isPlain, bytes.count <= 3 {
      while end < text.count, isGroup(end) { end += 1 }
    }
    let value: Double?
    if end > index + 1 {
      let all = (index..<end).flatMap { text.bytes[text[$0].range] }
      value = NumberText.written(all[...], decimalComma: false)
    } else {
      value = NumberText.written(bytes, decimalComma: !isScaled(end))
    }
    guard let value else { return nil }
    var mention = MoneyMention(range: index..<end, low: value)
    mention.hasSeparators = end > index + 1 || !isPlain
    mention.hasCents =
      bytes.count > 3 && !bytes[bytes.endIndex - 3].isDigit && bytes[bytes.endIndex - 3] != 0x27
    mention.digits = (index..<end).reduce(0) { $0 + digitCount($1) }
    if isEvenDash(end) { mention.range = index..<(end + 2) }
    return mention
  }

  /// The dash for no cents: `5.500,-`, `120'000.–`, `25,000/-`.
  private func isEvenDash(_ index: Int) -> Bool {
    guard [",", ".", "/"].contains(text.key(index)), text.at(index + 1, "-") else { return false }
    let isLast = index + 2 >= text.count || !text[index + 2].isGlued || text.at(index + 2, ")")
    return isLast && text[index].isGlued && text[index + 1].isGlued
  }

  private func isGroup(_ index: Int) -> Bool {
    guard text[index].kind == .number, !text[index].isGlued, text[index].range.count == 3,
      digitCount(index) == 3
    else { return false }
    return text[index].range.lowerBound - text[index - 1].range.upperBound <= 3
  }

  /// Whether a scale stands there, so that `1.250 million` has decimals.
  private func isScaled(_ index: Int) -> Bool {
    index < text.count && MoneyScan.scales[text[index].key] != nil
  }

  private func readScale(_ mention: inout MoneyMention) {
    let index = mention.range.upperBound
    guard index < text.count, text[index].kind == .word else { return }
    let word = text[index]
    guard let scale = MoneyScan.scales[word.key] else { return }
    let isShort = word.key.utf8.count <= 2 && word.key != "bn" && word.key != "mn"
    if isShort, !word.isGlued, !text.isWritten(index, "K"), !isThousandEuros(index),
      word.key != "cr", !(word.key == "l" && text.isWritten(index, "L"))
    {
      return
    }
    if word.key == "l", mention.currency != "INR" { return }
    if word.key == "t", readThousandEuros(&mention, index) { return }
    let isLocalThousand = word.key == "mil" && MoneyScan.milIsThousand(mention.currency)
    let factor = isLocalThousand ? 1e3 : scale
    mention.scale = factor
    mention.range = mention.range.lowerBound..<(index + 1)
    if let code = MoneyScan.scaleCurrencies[word.key] {
      mention.currency = mention.currency ?? code
    }
    if word.key == "lpa" {
      mention.period = .year
      mention.isPayUnit = true
      mention.currency = mention.currency ?? "INR"
    } else if scale == 100_000 || scale == 10_000_000 {
      mention.currency = mention.currency ?? "INR"
    }
    mention.low *= factor
  }

  /// `R$ 14 mil`: a thousand where Portuguese or Spanish is spoken, a million elsewhere.
  private static func milIsThousand(_ currency: String?) -> Bool {
    ["BRL", "EUR", "MXN", "COP", "ARS", "CLP", "PEN"].contains(currency ?? "")
  }

  private static let scaleCurrencies = ["万円": "JPY", "億円": "JPY", "만원": "KRW"]

  /// `65 T€`: thousands, not trillions.
  private func isThousandEuros(_ index: Int) -> Bool {
    text.isWritten(index, "T") && text.at(index + 1, "€") && text[index + 1].isGlued
  }

  private func readThousandEuros(_ mention: inout MoneyMention, _ index: Int) -> Bool {
    guard isThousandEuros(index) else { return false }
    mention.scale = 1e3
    mention.low *= 1e3
    mention.range = mention.range.lowerBound..<(index + 1)
    return true
  }

  private func readCurrencyAfter(_ mention: inout MoneyMention) {
    let index = mention.range.upperBound
    guard index < text.count, let code = Currencies.named(text[index], isBefore: false) else {
      return
    }
    guard code != "$" || text[index].kind == .word || text[index].isGlued else { return }
    if let own = mention.currency, own != code, own != "$" { return }
    // "$120k USD" takes the code; "120k £45k" does not take the sign of the next sum.
    let next = index + 1
    let belongsToNext =
      mention.currency == nil && !text[index].isGlued && next < text.count
      && text[next].kind == .number && text[index].kind == .sign
    guard !belongsToNext else { return }
    mention.currency = code == "$" ? mention.currency ?? "$" : code
    mention.range = mention.range.lowerBound..<next
  }

  private func isPercent(_ mention: MoneyMention) -> Bool {
    guard mention.currency == nil else { return false }
    let index = mention.range.upperBound
    let key = text.key(index)
    return ["%", "percent", "percentage", "pct"].contains(key)
      || (key == "per" && text.at(index + 1, "cent"))
  }

  /// Retirement plans: `401(k)`, `401k`, `403(b)`.
  private func isPlan(_ mention: MoneyMention, _ index: Int) -> Bool {
    guard mention.currency == nil else { return false }
    return ["401", "403", "457"].contains(text[index].key)
  }

  // MARK: What stands behind a sum

  /// Reads a plus, words such as "gross", and the period, in the order in which they stand.
  private func readTail(_ mention: inout MoneyMention) {
    var index = mention.range.upperBound
    if let end = openEnd(index) {
      mention.isOpen = true
      mention.range = mention.range.lowerBound..<end
      index = end
    }
    var place = index
    var skipped = 0
    while skipped < 3, place < text.count, MoneyScan.isFiller(text[place]) {
      place += 1
      skipped += 1
    }
    if let found = Periods.match(text, at: place) {
      mention.period = mention.period ?? found.period
      mention.range = mention.range.lowerBound..<found.end
      if skipped > 0 { readFillerCurrency(&mention, index..<place) }
      if !mention.isOpen, let end = openEnd(found.end) {
        mention.isOpen = true
        mention.range = mention.range.lowerBound..<end
      }
      readCodeAfterPeriod(&mention)
    }
  }

  /// "$4,000 per month (SGD)", "$55/hr CAD".
  private func readCodeAfterPeriod(_ mention: inout MoneyMention) {
    guard mention.currency == nil || mention.currency == "$" else { return }
    let index = mention.range.upperBound
    let place = text.at(index, "(") ? index + 1 : index
    guard place < text.count, text[place].kind == .word, text.isAllCapitals(place),
      let code = Currencies.named(text[place], isBefore: false), code != "$",
      place + 1 >= text.count || text[place + 1].kind != .number
    else { return }
    mention.currency = code
    mention.range = mention.range.lowerBound..<(place == index ? index + 1 : place + 1)
    if place > index, text.at(place + 1, ")") {
      mention.range = mention.range.lowerBound..<(place + 2)
    }
  }

  private func readFillerCurrency(_ mention: inout MoneyMention, _ range: Range<Int>) {
    for index in range where mention.currency == nil || mention.currency == "$" {
      if let code = Currencies.named(text[index], isBefore: false), code != "$" {
        mention.currency = code
      }
    }
  }

  private static func isFiller(_ lexeme: Lexeme) -> Bool {
    fillers.contains(lexeme.key)
      || (lexeme.kind == .word && Currencies.named(lexeme, isBefore: false) != nil)
  }

  /// The end of a `+` that belongs to the number. A plus that stands apart adds something, unless
  /// nothing follows it.
  private func openEnd(_ index: Int) -> Int? {
    guard index < text.count else { return nil }
    if text[index].key == "+" {
      let hasNext =
        index + 1 < text.count
        && (text[index + 1].kind != .sign
          || Currencies.named(text[index + 1], isBefore: true) != nil)
      return text[index].isGlued || !hasNext ? index + 1 : nil
    }
    return nil
  }

  // MARK: Ranges

  private func range(from first: MoneyMention) -> MoneyMention {
    guard !first.isOpen, let start = connector(after: first) else { return first }
    guard let second = upper(at: start, first) else { return first }
    return joined(first, second) ?? first
  }

  /// The index at which the upper end would start, after a dash, "to", "through" or "and".
  private func connector(after first: MoneyMention) -> Int? {
    var index = first.range.upperBound
    if let end = bracketEnd(index) { index = end }
    if text.at(index, "."), text[index].isGlued,
      ["to", "-", "through"].contains(text.key(index + 1))
    {
      index += 1
    }
    if ["minimum", "min"].contains(text.key(index)), ["to", "-"].contains(text.key(index + 1)) {
      index += 1
    }
    guard index < text.count else { return nil }
    switch text[index].key {
    case "-":
      // Two dashes make one; a dash then "to" is a slip.
      let next = index + 1
      return text.at(next, "-") ? next + 1 : next
    case "~", "〜", "～", "to", "through", "thru", "bis", "till", "until", "a", "tot", "do", "al",
      "…":
      return index + 1
    case ".": return dots(index)
    case "and":
      if let end = rise(index) { return end }
      return isBetween(first) ? index + 1 : nil
    case "up": return text.at(index + 1, "to") ? index + 2 : nil
    case "/": return first.currency != nil || first.scale > 1 ? index + 1 : nil
    case "&", "und", "et", "y", "e", "en", "och", "og", "i":
      return isBetween(first) ? index + 1 : nil
    default: return nil
    }
  }

  /// Behind "and rises to": the scale that starts at the first sum.
  private func rise(_ index: Int) -> Int? {
    guard MoneyScan.rises.contains(text, index + 1) else { return nil }
    let place = text.at(index + 2, "up") ? index + 3 : index + 2
    return text.at(place, "to") ? place + 1 : nil
  }

  private static let rises: KeySet = ["rises", "increases", "climbs", "grows", "goes"]

  /// The end of a short bracket between the sums of a range: "$52,100 (Step 1) to $68,900".
  private func bracketEnd(_ index: Int) -> Int? {
    guard text.at(index, "("),
      let end = (index + 1..<index + 5).first(where: { text.at($0, ")") }),
      ["-", "to", "through"].contains(text.key(end + 1))
    else { return nil }
    return end + 1
  }

  private func isBetween(_ first: MoneyMention) -> Bool {
    let start = first.range.lowerBound
    return (1...3).contains { MoneyScan.betweens.contains(text, start - $0) }
  }

  private static let betweens: KeySet = [
    "between", "from", "zwischen", "entre", "tussen", "mellan", "mellem", "mellom", "tra", "fra",
    "pomiedzy", "between:", "betw",
  ]

  /// Behind the dots of `$110,000...$130,000`; nil where a single dot ends a sentence.
  private func dots(_ index: Int) -> Int? {
    var end = index
    while text.at(end, ".") { end += 1 }
    return end - index > 1 ? end : nil
  }

  private func upper(at index: Int, _ first: MoneyMention) -> MoneyMention? {
    let index =
      ["maximum", "max"].contains(text.key(index)) && isMinimum(first) ? index + 1 : index
    var place = isGrade(index) && first.currency != nil ? index + 1 : index
    for _ in 0..<2 where place < text.count && text[place].kind != .number {
      let isCurrency =
        text.isWritten(place, "RM") || text.isWritten(place, "R")
        || Currencies.named(text[place], isBefore: true) != nil
        || Currencies.dollar(text[place].key) != nil
      guard isCurrency else { return nil }
      place += 1
    }
    guard place < text.count, text[place].kind == .number,
      let second = sum(at: place, after: nil), second.range.lowerBound >= index
    else { return nil }
    return second
  }

  /// "Minimum $104,200 – Maximum $141,000" is one range.
  private func isMinimum(_ first: MoneyMention) -> Bool {
    ["minimum", "min"].contains(text.key(first.range.lowerBound - 1))
  }

  /// The name of a grade in front of a sum: the `M6` of "M1 £31,650 to M6 £43,607".
  private func isGrade(_ index: Int) -> Bool {
    guard index + 1 < text.count, text[index].kind == .word, text[index].key.utf8.count <= 4 else {
      return false
    }
    let hasNumber = text[index].key.utf8.contains { $0.isDigit }
    return hasNumber && Currencies.named(text[index + 1], isBefore: true) != nil
  }

  /// One range of two sums, with what each leaves to the other; nil where they do not belong
  /// together.
  private func joined(_ first: MoneyMention, _ second: MoneyMention) -> MoneyMention? {
    if let a = first.currency, let b = second.currency, a != b, a != "$", b != "$" { return nil }
    if let a = first.period, let b = second.period, a != b { return nil }
    let isSlash = text.at(first.range.upperBound, "/")
    if isSlash, second.currency == nil, second.scale == 1 { return nil }
    let isWeak = ["a", "al", "do"].contains(text.key(first.range.upperBound))
    let isStated = second.currency != nil || first.currency != nil && second.hasSeparators
    if isWeak, !isStated { return nil }
    var low = first.low
    var high = second.low
    if first.scale == 1, second.scale > 1, low < 1000, low <= high / second.scale * 5 {
      low *= second.scale
    } else if second.scale == 1, first.scale > 1, high < 1000 {
      high *= first.scale
    }
    if second.currency == nil, !isUpper(second, low: low, high: high, first) { return nil }
    // "Year 5 — $165": the number before the dash counts something else.
    if first.currency == nil, first.scale == 1, second.currency != nil, high / max(low, 1) > 8 {
      return nil
    }
    guard low > 0, high > 0, high / low < 40, low / high < 40 else { return nil }
    var result = first
    result.low = low
    result.high = high
    let end = second.range.upperBound
    let hasMinimum = ["minimum", "min"].contains(text.key(first.range.upperBound))
    let isClosed = hasMinimum && ["maximum", "max"].contains(text.key(end))
    result.range = first.range.lowerBound..<(isClosed ? end + 1 : end)
    result.currency = [first.currency, second.currency].compactMap { $0 }.max {
      $0.count < $1.count
    }
    result.period = first.period ?? second.period
    result.isOpen = second.isOpen
    result.isPayUnit = first.isPayUnit || second.isPayUnit
    result.scale = max(first.scale, second.scale)
    result.hasSeparators = first.hasSeparators || second.hasSeparators
    result.hasCents = first.hasCents || second.hasCents
    result.digits = max(first.digits, second.digits)
    return result
  }

  /// Whether a number without a currency can be the upper end: of like size, no year, no count.
  private func isUpper(
    _ second: MoneyMention, low: Double, high: Double, _ first: MoneyMention
  ) -> Bool {
    guard high / low < 8, low / high < 8 else { return false }
    if first.currency != nil, second.scale == 1, !second.hasSeparators, second.digits == 4,
      (1900...2100).contains(second.low), first.hasSeparators || first.scale > 1
    {
      return false
    }
    return !MoneyScan.counts.contains(text, second.range.upperBound)
  }

  private static let scales: [String: Double] = [
    "k": 1e3, "thousand": 1e3, "grand": 1e3, "tsd": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "mio": 1e6,
    "mil": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "billions": 1e9, "bil": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12, "trillions": 1e12,
    "万": 1e4, "万円": 1e4, "億円": 1e8, "만원": 1e4, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5,
    "l": 1e5, "lpa": 1e5, "crore": 1e7,
    "crores": 1e7, "cr": 1e7,
  ]

  private static let fillers: KeySet = [
    "gross", "net", "brut", "bruts", "bruto", "brutos", "brutto", "lordi", "lordo", "brutto",
    "netto", "base", "total", "before", "tax", "cash", "all", "+", "vat", "inclusive", "incl",
    "free", "ctc", "basic", "max",
  ]

  private static let counts: KeySet = [
    "hours", "hrs", "days", "weeks", "months", "years", "yrs", "people", "employees", "staff",
    "%", "percent", "minutes", "times", "clicks", "users",
  ]
}
