internal import KBText

/// Names of roles: whether a title is one, which ones a text mentions, and which are the same.
public enum RoleNames {
  /// A role that a text names.
  public struct Mention: Sendable, Hashable {
    /// UTF-8 bytes of the text.
    public var span: Range<Int>
    /// The role in the singular, as written, without words of level: "ML Engineer".
    public var name: String
  }

  // MARK: Titles

  /// Whether a title or heading as a whole names a job role: "Climate Data Scientist", "Head Chef",
  /// "VP of Engineering", but not "Meeting notes" or "Core Responsibilities".
  public static func reads(asRole title: String) -> Bool {
    let text = Lexemes(title)
    guard let end = titleEnd(text), end > 0, end <= 10 else { return false }
    guard !(0..<end).contains(where: { RoleWords.noTitle.contains(text[$0]) }) else { return false }
    let keys = (0..<end).map { text[$0].key }
    if !text.isCapital(0), text.bytes.first.map({ $0.isSmall }) ?? false, end > 4 { return false }
    if isLed(keys) { return true }
    let last = lastWord(keys)
    guard last >= 0, let head = head(keys[last]) else { return false }
    return accepts(keys, last, head)
  }

  /// Where the first part of a title ends: before a bracket, a colon, a bar, a spaced dash.
  private static func titleEnd(_ text: Lexemes) -> Int? {
    for index in 0..<text.count {
      let lexeme = text[index]
      guard lexeme.kind == .sign else { continue }
      switch lexeme.key {
      case "(", ":", "|", "•", "[": return index
      case "-" where !lexeme.isGlued: return index
      case "-", "/", "&", "'", ".", "+", "#": continue
      case ",": return index
      default: return nil
      }
    }
    return text.count
  }

  /// "Head of Data", "VP of Engineering", "Director, Nursing", "Chief of Staff".
  private static func isLed(_ keys: [String]) -> Bool {
    var start = 0
    while start < keys.count,
      RoleWords.levels.contains(keys[start]) || RoleWords.ranks.contains(keys[start])
    {
      start += 1
    }
    guard start < keys.count else { return false }
    let isLeader = RoleWords.leaders.contains(keys[start])
    if isLeader, start + 2 < keys.count, ["of", "for"].contains(keys[start + 1]) { return true }
    return start + 3 < keys.count && keys[start] == "vice" && keys[start + 1] == "president"
      && keys[start + 2] == "of"
  }

  /// The index of the last word that is no number or grade ("Engineer II", "Analyst 3").
  private static func lastWord(_ keys: [String]) -> Int {
    var index = keys.count - 1
    while index > 0,
      RoleWords.grades.contains(keys[index]) || keys[index].utf8.allSatisfy(\.isDigit)
    {
      index -= 1
    }
    return index
  }

  private static func accepts(_ keys: [String], _ last: Int, _ head: String) -> Bool {
    if last > 0, RoleWords.things.contains(keys[last - 1]) { return false }
    guard let needs = RoleWords.guarded[head] else { return true }
    guard last > 0 else { return false }
    return needs.isEmpty ? keys[last] == head : needs.contains(keys[last - 1]) && keys[last] == head
  }

  // MARK: Words

  /// The head noun that a word is, in the singular; nil for other words.
  static func head(_ word: String) -> String? {
    if RoleWords.heads.contains(word) { return word }
    let single = singular(word)
    return single != word && RoleWords.heads.contains(single) ? single : nil
  }

  /// Whether a word is the head noun of a role.
  static func isHead(_ word: String) -> Bool { head(word) != nil }

  /// The singular of an English plural.
  static func singular(_ word: String) -> String {
    if let known = RoleWords.plurals[word] { return known }
    // Every ending below has one of two last letters.
    guard let last = word.utf8.last, last == UInt8(ascii: "s") || last == UInt8(ascii: "n") else {
      return word
    }
    if word.hasSuffix("men") { return word.dropLast(3) + "man" }
    if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    if word.hasSuffix("sses") || word.hasSuffix("ches") { return String(word.dropLast(2)) }
    if word.hasSuffix("s"), !word.hasSuffix("ss") { return String(word.dropLast()) }
    return word
  }

  // MARK: Mentions

  /// The roles that a text mentions, in order. A bare head noun ("engineers") is a mention where it
  /// names a profession, not a mere rank ("manager").
  public static func mentions(in text: String) -> [Mention] { mentions(in: Lexemes(text)) }

  static func mentions(in text: Lexemes) -> [Mention] {
    var result: [Mention] = []
    var floor = 0
    for index in 0..<text.count {
      guard text[index].kind == .word, let mention = mention(endingAt: index, floor, text) else {
        continue
      }
      result.append(mention)
      floor = index + 1
    }
    return result
  }

  private static func mention(endingAt last: Int, _ floor: Int, _ text: Lexemes) -> Mention? {
    if let acronym = acronym(last, text) { return acronym }
    guard let head = head(text[last].key), !isFollowedByHead(last, text) else { return nil }
    var first = last
    while first > floor, last - first < 6, isModifier(first - 1, first, text) { first -= 1 }
    while first < last,
      RoleWords.levels.contains(text[first]) || text[first].kind == .sign
        || RoleWords.light.contains(text[first])
    {
      first += 1
    }
    if first == last, !RoleWords.professions.contains(head) { return nil }
    if first < last || text.isCapital(last), let needs = RoleWords.guarded[head] {
      guard needs.isEmpty ? first < last : needs.contains(text.key(last - 1)) else { return nil }
    }
    return Mention(span: text.span(first, last), name: name(text, first, last, head))
  }

  /// "Data scientist manager": the head noun is a modifier of the next.
  private static func isFollowedByHead(_ index: Int, _ text: Lexemes) -> Bool {
    guard index + 1 < text.count, text[index + 1].kind == .word else { return false }
    guard head(text[index + 1].key) != nil, singular(text[index].key) == text[index].key else {
      return false
    }
    return RoleWords.professions.contains(text[index + 1]) || text.isCapital(index + 1)
  }

  /// Whether a word belongs to the role in front of which it stands.
  private static func isModifier(_ index: Int, _ next: Int, _ text: Lexemes) -> Bool {
    let lexeme = text[index]
    switch lexeme.kind {
    case .sign:
      let isInside = index > 0 && text[next].isGlued && lexeme.isGlued
      return isInside && ["-", "/", "&", "+", "#", "."].contains(lexeme.key)
    case .number: return false
    case .word:
      if RoleWords.modifiers.contains(lexeme.key) { return true }
      guard text.isCapital(index), text.isCapital(next) || text[next].kind == .sign else {
        return false
      }
      return !RoleWords.noModifier.contains(lexeme.key) && head(lexeme.key) == nil
    }
  }

  /// `RNs`, `SREs`, `SWE`.
  private static func acronym(_ index: Int, _ text: Lexemes) -> Mention? {
    let key = text[index].key
    let single = key.hasSuffix("s") ? String(key.dropLast()) : key
    guard let full = RoleWords.acronyms[key] ?? RoleWords.acronyms[single] else { return nil }
    let start = text[index].range.lowerBound
    guard text.bytes[start..<min(text.bytes.count, start + 2)].allSatisfy(\.isCapital) else {
      return nil
    }
    return Mention(span: text[index].range, name: full)
  }

  private static func name(_ text: Lexemes, _ first: Int, _ last: Int, _ head: String) -> String {
    let span = text.span(first, last)
    let word = text[last].range
    guard text[last].key != head else { return String(decoding: text.bytes[span], as: UTF8.self) }
    var single = Array(head.utf8)
    if text.isCapital(last), let letter = single.first { single[0] = letter & ~0x20 }
    let front = text.bytes[span.lowerBound..<word.lowerBound]
    return String(decoding: Array(front) + single, as: UTF8.self)
  }

  // MARK: Comparing

  /// Whether a mention is a role, a level of it, or a wider name for it: on a page of an
  /// "Information Systems ML Engineer", "Machine Learning Engineers" and "engineers" are the role,
  /// "Data Analysts" and "Systems Engineers" are others.
  public static func same(_ mention: String, as roleName: String) -> Bool {
    let a = normalised(mention)
    let b = normalised(roleName)
    guard !a.isEmpty, !b.isEmpty else { return Folding.key(mention) == Folding.key(roleName) }
    if a == b || b.suffix(a.count) == a[...] { return true }
    if a.count == 1, a[0] == initials(roleName) { return true }
    return family(a) == family(b)
  }

  /// The words of a role in the singular, short forms spelled out, level and brackets left out.
  private static func normalised(_ name: String) -> [String] {
    let text = Lexemes(name)
    var words: [String] = []
    var depth = 0
    for index in 0..<text.count {
      let lexeme = text[index]
      if lexeme.key == "(" { depth += 1 }
      if lexeme.key == ")" { depth = max(0, depth - 1) }
      guard depth == 0, lexeme.kind == .word else {
        if depth == 0, lexeme.key == ":" || lexeme.key == "|" { break }
        continue
      }
      if RoleWords.levels.contains(lexeme.key) || RoleWords.grades.contains(lexeme.key) { continue }
      words += RoleWords.short[lexeme.key] ?? [singular(lexeme.key)]
    }
    return words
  }

  /// Head nouns that name the same work.
  private static func family(_ words: [String]) -> [String] {
    guard let last = words.last, let head = RoleWords.families[last], words.count > 1 else {
      return words
    }
    return words.dropLast() + [head]
  }

  private static func initials(_ name: String) -> String {
    let text = Lexemes(name)
    var result = ""
    for lexeme in text.items where lexeme.kind == .word {
      if RoleWords.light.contains(lexeme.key) { continue }
      if lexeme.key.utf8.count > 0, let first = lexeme.key.first { result.append(first) }
    }
    return result
  }
}
