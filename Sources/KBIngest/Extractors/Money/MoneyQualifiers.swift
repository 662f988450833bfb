/// What the words directly around a single sum say about its ends.
enum MoneyBound {
  case exact
  /// "up to": no lower end.
  case atMost
  /// "over", "from": no upper end but more than stated.
  case atLeast
  /// "under": no lower end and less than stated.
  case below
}

/// Reads "up to", "over", "or more" around a sum.
struct MoneyQualifiers {
  private let text: Lexemes

  init(_ text: Lexemes) { self.text = text }

  /// The bound of a single sum, and its lexemes with the words that state the bound.
  func bound(of mention: MoneyMention) -> (bound: MoneyBound, range: Range<Int>) {
    let start = mention.range.lowerBound
    if mention.isOpen { return (.atLeast, mention.range) }
    if let after = behind(mention.range) { return after }
    for place in stride(from: start, through: skipApproximations(before: start), by: -1) {
      guard let found = qualifier(before: place) else { continue }
      if found.start + 1 == place, text.at(found.start, "from") {
        if text.at(found.start - 1, "up") || text.at(found.start - 1, "down") { break }
        if isClosedLater(mention) { break }
      }
      return (found.bound, found.start..<mention.range.upperBound)
    }
    return (.exact, mention.range)
  }

  /// The longest qualifier that ends at a lexeme.
  private func qualifier(before place: Int) -> (bound: MoneyBound, start: Int)? {
    guard place > 0, MoneyQualifiers.lastWords.contains(text[place - 1].key) else { return nil }
    for length in stride(from: 4, through: 1, by: -1) where place - length >= 0 {
      let phrase = (place - length..<place).map { text[$0].key }.joined(separator: " ")
      if let bound = MoneyQualifiers.before[phrase] { return (bound, place - length) }
    }
    return nil
  }

  /// How many lexemes in front of a sum are its qualifier or words such as "around".
  func skipApproximations(before start: Int) -> Int {
    var place = start
    while place > 0, start - place < 4,
      MoneyQualifiers.approximations.contains(text[place - 1])
    {
      place -= 1
    }
    return place
  }

  /// Whether a "from" is answered by a "to" and another sum in the same sentence.
  private func isClosedLater(_ mention: MoneyMention) -> Bool {
    var index = mention.range.upperBound
    let end = min(text.count, index + 14)
    while index < end {
      let key = text[index].key
      if key == ";" || (key == "." && !text[index].isGlued) { return false }
      if key == "to" || key == "through" || key == "-" {
        let next = text.key(index + 1)
        let isSum =
          index + 1 < text.count
          && (text[index + 1].kind == .number
            || Currencies.named(text[index + 1], isBefore: true) != nil)
        if isSum
          || ["over", "more", "above", "around", "about", "upwards", "nearly"].contains(next)
        {
          return true
        }
      }
      index += 1
    }
    return false
  }

  private func behind(_ range: Range<Int>) -> (bound: MoneyBound, range: Range<Int>)? {
    let end = range.upperBound
    guard end < text.count, text[end].kind == .word else { return nil }
    for length in stride(from: 3, through: 1, by: -1) where end + length <= text.count {
      let phrase = (end..<end + length).map { text[$0].key }.joined(separator: " ")
      guard let bound = MoneyQualifiers.after[phrase] else { continue }
      if phrase == "plus", !isClosed(end + 1) { return nil }
      // "$45,000 to $60,000 and up to $75,000": the next sum's.
      if phrase == "and up", text.key(end + length) == "to" { return nil }
      if phrase.hasPrefix("min") || phrase.hasPrefix("max"), isNumberNext(end + length) {
        return nil
      }
      return (bound, range.lowerBound..<end + length)
    }
    return nil
  }

  private func isClosed(_ index: Int) -> Bool {
    index >= text.count || (text[index].kind == .sign && text[index].key != "$")
  }

  private func isNumberNext(_ index: Int) -> Bool {
    index < text.count
      && (text[index].kind == .number || Currencies.named(text[index], isBefore: true) != nil)
  }

  private static let approximations: KeySet = [
    "around", "about", "approximately", "approx", "roughly", "circa", "ca", "~", "nearly",
    "almost", "an", "a", "average", "of", "some",
  ]

  private static let before: [String: MoneyBound] = [
    "up to": .atMost, "upto": .atMost, "as much as": .atMost, "as high as": .atMost,
    "maximum": .atMost, "max": .atMost, "max .": .atMost, "a maximum of": .atMost,
    "maximum of": .atMost, "no more than": .atMost, "not more than": .atMost,
    "not exceeding": .atMost, "capped at": .atMost, "bis zu": .atMost, "jusqu ' à": .atMost,
    "hasta": .atMost, "tops out at": .atMost, "to a maximum of": .atMost, "<=": .atMost,
    "over": .atLeast, "more than": .atLeast, "above": .atLeast, "exceeding": .atLeast,
    "exceed": .atLeast, "exceeds": .atLeast, "upwards of": .atLeast, "upward of": .atLeast,
    "north of": .atLeast, "in excess of": .atLeast, "at least": .atLeast, "minimum of": .atLeast,
    "minimum": .atLeast, "min": .atLeast, "min .": .atLeast, "from": .atLeast, "ab": .atLeast,
    "starting at": .atLeast, "starting from": .atLeast, "starts at": .atLeast,
    "start at": .atLeast, "starts from": .atLeast, "start from": .atLeast,
    "beginning at": .atLeast, "begins at": .atLeast, "begin at": .atLeast,
    "no less than": .atLeast, "not less than": .atLeast, "beyond": .atLeast,
    "as little as": .atLeast, "as low as": .atLeast, "greater than": .atLeast, ">": .atLeast,
    "minimum salary is": .atLeast, "minimum is": .atLeast, "maximum salary is": .atMost,
    "maximum is": .atMost, "mindestens": .atLeast, "minstens": .atLeast, "au moins": .atLeast,
    "al menos": .atLeast,
    "almeno": .atLeast, "maximal": .atMost, "maximaal": .atMost, "max :": .atMost,
    "≥": .atLeast, "> =": .atLeast, "≤": .atMost, "< =": .atMost, "cap of": .atMost,
    "ceiling of": .atMost, "limit of": .atMost, "stretch to": .atMost, "go up to": .atMost,
    "going up to": .atMost, "minimum salary :": .atLeast,
    "minimum salary of": .atLeast, "minimum pay :": .atLeast, "minimum :": .atLeast,
    "maximum salary :": .atMost, "maximum salary of": .atMost, "maximum :": .atMost,
    "min :": .atLeast, "a partir de": .atLeast,
    "a partir de :": .atLeast, "vanaf": .atLeast, "fran": .atLeast,
    "od": .atLeast, "tot": .atMost, "ate": .atMost, "fino a": .atMost,
    "well over": .atLeast, "surpass": .atLeast, "surpassing": .atLeast, "desde": .atLeast,
    "surpasses": .atLeast, "well above": .atLeast, "just over": .atLeast,
    "under": .below, "below": .below, "less than": .below, "fewer than": .below, "<": .below,
    "just under": .below,
  ]

  private static let lastWords = Set(
    before.keys.compactMap { $0.split(separator: " ").last.map(String.init) })

  private static let after: [String: MoneyBound] = [
    "plus": .atLeast, "or more": .atLeast, "and up": .atLeast, "and above": .atLeast,
    "or above": .atLeast, "or higher": .atLeast, "and over": .atLeast, "or greater": .atLeast,
    "and more": .atLeast, "minimum": .atLeast, "min": .atLeast, "upwards": .atLeast,
    "and upwards": .atLeast, "and beyond": .atLeast, "and higher": .atLeast,
    "max": .atMost, "maximum": .atMost, "or less": .atMost, "or below": .atMost,
    "or under": .atMost, "at most": .atMost, "cap": .atMost, "salary cap": .atMost,
    "ceiling": .atMost,
  ]
}
