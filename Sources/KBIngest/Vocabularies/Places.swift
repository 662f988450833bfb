/// The places that are known, with their parents.
struct Places: Sendable {
  struct Entry: Sendable {
    /// As it is shown: "Austin, TX", "Berlin, Germany", "Germany", "Remote".
    var name: String
    /// Index of the place around it.
    var parent: Int?
  }

  struct Spelling: Sendable {
    var text: String
    var guarded: Vocabulary.Guard
    /// Places of that name, the one meant without a parent first.
    var entries: [Int]
    /// A word in any letter case ("remote").
    var isWord: Bool
  }

  private(set) var entries: [Entry] = []
  private(set) var spellings: [Spelling] = []
  private(set) var table = PhraseTable()
  private var bySpelling: [String: Int] = [:]
  private var byName: [String: Int] = [:]
  /// Letters of states and provinces, folded, with the place.
  private var states: [String: (letters: String, entry: Int)] = [:]

  static let shared = Places()

  private init() {
    addRegions()
    addStates(Places.usStates, of: "United States")
    addStates(Places.provinces, of: "Canada")
    addStates(Places.australianStates, of: "Australia")
    for line in Places.lines(Places.areas) { addArea(line) }
    addCities()
    if let capital = byName["washington , dc"] {
      let spellings = [
        "Washington, D.C.", "DC metro", "DC metro area", "Washington DC", "DC area", "D.C. area",
        "Washington Metro Area",
      ]
      for text in spellings { spell(text, .none, capital) }
    }
    for word in ["remote", "hybrid"] {
      let entry = add(name: word == "remote" ? "Remote" : "Hybrid", parent: nil)
      for text in Places.working[word] ?? [] { spell(text, .none, entry, isWord: true) }
    }
    for (index, spelling) in spellings.enumerated() { table.add(spelling.text, index) }
  }

  // MARK: Asking

  /// The place whose name or spelling makes up a text.
  func canonical(_ text: String) -> String? {
    if let entry = byName[Lexemes(text).joinedKeys] { return entries[entry].name }
    if let index = table.whole(text.trimmed) { return entries[spellings[index].entries[0]].name }
    let parts = text.split(separator: ",", maxSplits: 1).map { String($0).trimmed }
    guard parts.count == 2 else { return states[Lexemes(text).key(0)].flatMap { whole($0, text) } }
    return combined(parts[0], parts[1])
  }

  private func whole(_ state: (letters: String, entry: Int), _ text: String) -> String? {
    text.trimmed.utf8.count == state.letters.utf8.count ? entries[state.entry].name : nil
  }

  private func combined(_ city: String, _ parent: String) -> String? {
    let outer = canonical(parent)
    guard let index = table.whole(city) else {
      guard let state = states[Lexemes(parent).key(0)], Lexemes(parent).count == 1 else {
        return nil
      }
      return "\(city), \(state.letters)"
    }
    let found = spellings[index].entries.first { entry in
      outer.map { ancestors(of: entries[entry].name).contains($0) } ?? false
    }
    return found.map { entries[$0].name }
  }

  /// The places around one, the nearest first.
  func ancestors(of name: String) -> [String] {
    var result: [String] = []
    var place = byName[Lexemes(name).joinedKeys].map { entries[$0].parent } ?? outer(of: name)
    while let index = place, result.count < 8 {
      result.append(entries[index].name)
      place = entries[index].parent
    }
    return result
  }

  /// Whether a place lies in another.
  func isAround(_ outer: String, _ inner: String) -> Bool {
    let around = ancestors(of: inner)
    if around.contains(outer) { return true }
    return Places.nations.contains(outer) && around.contains("United Kingdom")
  }

  private static let nations: Set<String> = ["England", "Scotland", "Wales", "Northern Ireland"]

  /// The state behind the comma of a town that is not known.
  private func outer(of name: String) -> Int? {
    guard let comma = name.lastIndex(of: ",") else { return nil }
    let parent = String(name[name.index(after: comma)...]).trimmed
    return states[Lexemes(parent).key(0)]?.entry
  }

  /// The state whose letters stand at a lexeme, in capitals.
  func state(_ text: Lexemes, _ index: Int) -> String? {
    guard index < text.count, let state = states[text[index].key] else { return nil }
    return text.isWritten(index, state.letters) ? state.letters : nil
  }

  /// The place of a name whose parent stands behind it after a comma or in brackets, and where
  /// that ends.
  func parent(behind end: Int, _ text: Lexemes, of places: [Int]) -> (name: String, end: Int)? {
    let end = afterSame(end, text, places)
    guard text.at(end, ",") || text.at(end, "("), end + 1 < text.count else { return nil }
    let isBracket = text.at(end, "(")
    let closing = isBracket ? 1 : 0
    if let state = states[text[end + 1].key], text.isWritten(end + 1, state.letters) {
      guard let entry = places.first(where: { entries[$0].parent == state.entry }) else {
        return nil
      }
      return (entries[entry].name, min(text.count, end + 2 + closing))
    }
    guard let match = table.match(text, at: end + 1) else { return nil }
    let outer = entries[spellings[match.payload].entries[0]].name
    guard let entry = places.first(where: { ancestors(of: entries[$0].name).contains(outer) })
    else {
      return nil
    }
    return (entries[entry].name, min(text.count, match.end + closing))
  }

  /// The end of another name of the same place in brackets: "Bengaluru (Bangalore)".
  private func afterSame(_ end: Int, _ text: Lexemes, _ places: [Int]) -> Int {
    guard text.at(end, "("), end + 1 < text.count, let inner = table.match(text, at: end + 1),
      text.at(inner.end, ")"), spellings[inner.payload].entries[0] == places[0]
    else { return end }
    return inner.end + 1
  }

  /// Every spelling with the place it stands for.
  var aliases: [(alias: String, name: String)] {
    spellings.map { ($0.text, entries[$0.entries[0]].name) }.filter { $0.0 != $0.1 }
      + states.values.map { ($0.letters, entries[$0.entry].name) }.sorted { $0.0 < $1.0 }
  }

  // MARK: Building

  private mutating func add(name: String, parent: Int?) -> Int {
    let key = Lexemes(name).joinedKeys
    if let known = byName[key] { return known }
    entries.append(Entry(name: name, parent: parent))
    byName[key] = entries.count - 1
    return entries.count - 1
  }

  private mutating func spell(
    _ text: String, _ guarded: Vocabulary.Guard, _ entry: Int, isWord: Bool = false
  ) {
    let key = Lexemes(text).joinedKeys
    if let known = bySpelling[key] {
      if !spellings[known].entries.contains(entry) { spellings[known].entries.append(entry) }
      return
    }
    bySpelling[key] = spellings.count
    spellings.append(Spelling(text: text, guarded: guarded, entries: [entry], isWord: isWord))
  }

  private typealias Written = (text: String, guarded: Vocabulary.Guard)

  private struct Item {
    var name: Written
    var aliases: [Written]
  }

  /// A line `Parent|Name=alias;alias, Name, …`.
  private struct Line {
    var head: String
    var items: [Item]
  }

  private static func lines(_ table: String) -> [Line] {
    table.utf8.split(separator: 0x0A).compactMap { line in
      let parts = line.split(separator: UInt8(ascii: "|"), maxSplits: 1)
      guard parts.count == 2 else { return nil }
      let items = parts[1].split(separator: UInt8(ascii: ",")).map { item in
        let sides = item.split(separator: UInt8(ascii: "="), maxSplits: 1)
        let aliases = sides.dropFirst().flatMap { $0.split(separator: UInt8(ascii: ";")) }
        return Item(
          name: Vocabulary.spelling(Substring(sides[0])),
          aliases: aliases.map { Vocabulary.spelling(Substring($0)) })
      }
      return Line(head: Substring(parts[0]).trimmed, items: items)
    }
  }

  private mutating func addRegions() {
    for line in Places.lines(Places.countries) {
      let region = line.head == "-" ? nil : add(name: line.head, parent: nil)
      if let region { spell(line.head, .none, region) }
      for item in line.items {
        let entry = add(name: item.name.text, parent: region)
        spell(item.name.text, item.name.guarded, entry)
        for alias in item.aliases { spell(alias.text, alias.guarded, entry) }
      }
    }
  }

  private mutating func addArea(_ line: Line) {
    let parent = add(name: line.head, parent: nil)
    for item in line.items {
      let entry = add(name: item.name.text, parent: parent)
      spell(item.name.text, item.name.guarded, entry)
      for alias in item.aliases { spell(alias.text, alias.guarded, entry) }
    }
  }

  private mutating func addStates(_ table: String, of country: String) {
    let parent = add(name: country, parent: nil)
    for line in Places.lines(table) {
      for item in line.items {
        let entry = add(name: item.name.text, parent: parent)
        spell(item.name.text, item.name.guarded, entry)
        for alias in item.aliases { spell(alias.text, alias.guarded, entry) }
        // The letters of two Australian states are those of American ones: `WA-AU`.
        let letters = line.head.split(separator: "-").first.map(String.init) ?? line.head
        states[line.head.lowercased()] = (letters, entry)
      }
    }
  }

  private mutating func addCities() {
    for line in Places.lines(Places.cities) {
      let state = states[line.head.lowercased()]
      let parent = state?.entry ?? add(name: line.head, parent: nil)
      let suffix = state?.letters ?? line.head
      for item in line.items {
        let entry = add(name: "\(item.name.text), \(suffix)", parent: parent)
        spell(item.name.text, item.name.guarded, entry)
        for alias in item.aliases { spell(alias.text, alias.guarded, entry) }
      }
    }
  }
}

extension Lexemes {
  /// The keys in one text, for comparing names.
  var joinedKeys: String { items.map(\.key).filter { $0 != "-" }.joined(separator: " ") }
}
