/// Names of one field: the spelling that is shown, other spellings, and for names that are also
/// words what must stand around them.
public struct Vocabulary: Sendable {
  /// What a text must look like to be the name.
  public enum Guard: Sendable, Equatable {
    /// Any letter case.
    case none
    /// Capitals where the name has them, or else a word of the trade or another name of the list
    /// beside it: "Java", and "java" in "java, python". A name without capitals needs the latter.
    case soft
    /// Capitals where the name has them: "English" is not "english".
    case written
    /// Capitals as written, and a word of the trade or another name of the list beside it: "R" in
    /// "Python, R", "Go" in "programming in Go".
    case context
  }

  /// A name with its spellings.
  public struct Entry: Sendable, Equatable {
    /// The name as it is shown.
    public var name: String
    /// What the name itself asks for.
    public var guarded: Guard
    /// Other spellings with what they ask for.
    public var aliases: [(text: String, guarded: Guard)]

    /// A name.
    public init(
      name: String, guarded: Guard = .none, aliases: [(text: String, guarded: Guard)] = []
    ) {
      self.name = name
      self.guarded = guarded
      self.aliases = aliases
    }

    /// Equality over all parts.
    public static func == (a: Entry, b: Entry) -> Bool {
      a.name == b.name && a.guarded == b.guarded && a.aliases.map(\.text) == b.aliases.map(\.text)
        && a.aliases.map(\.guarded) == b.aliases.map(\.guarded)
    }
  }

  struct Spelling: Sendable {
    var entry: Int
    var text: String
    var guarded: Guard
  }

  /// The names in order.
  public let entries: [Entry]
  private var spellings: [Spelling] = []
  private var table = PhraseTable()
  /// Words that make a guarded name likely.
  private let context: NameContext

  /// A vocabulary. The first of two entries keeps a spelling that both have.
  ///
  /// - Parameters:
  ///   - entries: The names.
  ///   - cues: Words beside or above a guarded name that vouch for it ("tools", "languages").
  public init(entries: [Entry], cues: [String] = []) {
    self.init(entries: entries, context: NameContext(cues: cues))
  }

  init(entries: [Entry], context: NameContext) {
    self.entries = entries
    self.context = context
    for (index, entry) in entries.enumerated() {
      add(Spelling(entry: index, text: entry.name, guarded: entry.guarded))
      for alias in entry.aliases {
        add(Spelling(entry: index, text: alias.text, guarded: alias.guarded))
      }
    }
  }

  private mutating func add(_ spelling: Spelling) {
    table.add(spelling.text, spellings.count)
    spellings.append(spelling)
  }

  /// The name whose spelling makes up the whole text, in any letter case; nil without one.
  public func canonical(_ text: String) -> String? {
    let found = table.whole(text.trimmed) ?? table.whole(text.withoutFinalDot)
    return found.map { entries[spellings[$0].entry].name }
  }

  /// Every spelling with the name it stands for, the names themselves left out.
  public var aliases: [(alias: String, name: String)] {
    spellings.compactMap {
      let name = entries[$0.entry].name
      return $0.text == name ? nil : ($0.text, name)
    }
  }

  // MARK: Finding

  func find(in text: Lexemes, _ fact: FactText) -> [FoundName] {
    let candidates = table.matches(text).filter { isPossible($0.payload, text, $0.range) }
    guard !candidates.isEmpty else { return [] }
    var accepted = candidates.map { isSure($0.payload, text, $0.range) }
    if accepted.contains(false) {
      context.vouch(
        candidates.map { (entries[spellings[$0.payload].entry].name, $0.range) }, text, fact,
        &accepted)
    }
    return candidates.indices.compactMap { index in
      guard accepted[index] else { return nil }
      let name = entries[spellings[candidates[index].payload].entry].name
      return FoundName(name: name, range: candidates[index].range)
    }
  }

  /// Whether a spelling may be the name: its capitals are right where they must be, and nothing
  /// directly beside it rules it out.
  private func isPossible(_ index: Int, _ text: Lexemes, _ range: Range<Int>) -> Bool {
    let spelling = spellings[index]
    let demands = spelling.guarded == .written || spelling.guarded == .context
    return (!demands || isWritten(spelling, text, range))
      && context.allows(spelling.text, text, range)
  }

  private func isSure(_ index: Int, _ text: Lexemes, _ range: Range<Int>) -> Bool {
    switch spellings[index].guarded {
    case .none, .written: true
    case .soft: hasCapital(spellings[index]) && isWritten(spellings[index], text, range)
    case .context: false
    }
  }

  private func hasCapital(_ spelling: Spelling) -> Bool {
    spelling.text.utf8.contains { $0.isCapital }
  }

  /// Whether the letters stand as in the spelling, blanks and hyphens aside.
  private func isWritten(_ spelling: Spelling, _ text: Lexemes, _ range: Range<Int>) -> Bool {
    let bytes = text.bytes[text.span(range.lowerBound, range.upperBound - 1)]
    return bytes.lazy.filter { !$0.isBlank && $0 != 0x2D }
      .elementsEqual(spelling.text.utf8.lazy.filter { !$0.isBlank && $0 != 0x2D })
  }
}

extension Vocabulary {
  /// A vocabulary from its text: names between commas and line ends, other spellings behind `=`
  /// between semicolons. Behind a spelling, `!` asks for its capitals, `~` for context without them,
  /// `?` for both.
  init(table: String, context: NameContext) {
    var entries: [Entry] = []
    for item in table.utf8.split(whereSeparator: { $0 == 0x2C || $0 == 0x0A }) {
      let parts = item.split(separator: UInt8(ascii: "="), maxSplits: 1)
      guard let first = parts.first, !first.allSatisfy(\.isBlank) else { continue }
      let name = Vocabulary.spelling(Substring(first))
      let aliases = parts.dropFirst().flatMap { $0.split(separator: UInt8(ascii: ";")) }.map {
        Vocabulary.spelling(Substring($0))
      }
      entries.append(Entry(name: name.text, guarded: name.guarded, aliases: aliases))
    }
    self.init(entries: entries, context: context)
  }

  static func spelling(_ text: some StringProtocol) -> (text: String, guarded: Guard) {
    let text = text.trimmed
    switch text.utf8.last {
    case UInt8(ascii: "?"): return (String(text.dropLast()), .context)
    case UInt8(ascii: "~"): return (String(text.dropLast()), .soft)
    case UInt8(ascii: "!"): return (String(text.dropLast()), .written)
    default: return (text, .none)
    }
  }
}

extension String {
  /// Without white space at its ends and the dot of an abbreviation: `Sr.`.
  var withoutFinalDot: String {
    let text = trimmed
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
