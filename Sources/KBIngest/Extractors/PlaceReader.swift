/// Reads places: those of the vocabulary, and towns that it does not know where a state stands
/// behind them ("Plano, TX").
struct PlaceReader {
  func find(in text: Lexemes, _ fact: FactText) -> [FoundName] {
    let places = Places.shared
    var result: [FoundName] = []
    var index = 0
    var surroundings = Surroundings(fact)
    var pending: [Int] = []
    let mayHoldTown = text.mayHold(PlaceReader.comma)
    while index < text.count {
      if !mayHoldTown {
        guard let next = places.table.next(in: text, from: index) else { break }
        index = next
      }
      guard text[index].kind == .word else {
        index += 1
        continue
      }
      if let found = place(at: index, text, places, &surroundings) {
        if !found.isSure { pending.append(result.count) }
        result.append(found.name)
        index = max(index + 1, found.name.range.upperBound)
      } else {
        index += 1
      }
    }
    return withoutSurroundings(settle(result, pending, text), text)
  }

  private static let comma = KeyHash(",")

  /// Leaves out the state or country that an address names behind its place: "Pune, Maharashtra,
  /// India" is one place.
  private func withoutSurroundings(_ found: [FoundName], _ text: Lexemes) -> [FoundName] {
    guard found.count > 1 else { return found }
    var result: [FoundName] = []
    var end = 0
    for place in found {
      if let last = result.last, isAddress(text, end..<place.range.lowerBound),
        Places.shared.isAround(place.name, last.name)
      {
        end = place.range.upperBound
        continue
      }
      result.append(place)
      end = place.range.upperBound
    }
    return result
  }

  /// A comma, or a comma, one or two capitalised words that are no place, and another comma.
  private func isAddress(_ text: Lexemes, _ range: Range<Int>) -> Bool {
    guard range.count <= 4, text.at(range.lowerBound, ","), range.count > 0 else { return false }
    return range.count == 1
      || text.at(range.upperBound - 1, ",")
        && range.dropFirst().dropLast().allSatisfy { text.isCapital($0) }
  }

  private struct Found {
    var name: FoundName
    var isSure: Bool
  }

  /// Doubtful places stay where a sure one stands beside them in a list.
  private func settle(_ found: [FoundName], _ pending: [Int], _ text: Lexemes) -> [FoundName] {
    guard !pending.isEmpty else { return found }
    var isSure = found.map { _ in true }
    for index in pending { isSure[index] = false }
    func vouch(_ index: Int, _ neighbour: Int) {
      guard !isSure[index], found.indices.contains(neighbour), isSure[neighbour] else { return }
      let low = min(found[index].range.upperBound, found[neighbour].range.upperBound)
      let high = max(found[index].range.lowerBound, found[neighbour].range.lowerBound)
      guard low < high, high - low <= 3 else { return }
      isSure[index] = (low..<high).allSatisfy { PlaceReader.joints.contains(text[$0]) }
    }
    for index in pending { vouch(index, index - 1) }
    for index in pending.reversed() { vouch(index, index + 1) }
    return found.indices.filter { isSure[$0] }.map { found[$0] }
  }

  private func place(
    at index: Int, _ text: Lexemes, _ places: Places, _ surroundings: inout Surroundings
  ) -> Found? {
    if let match = places.table.match(text, at: index),
      let found = known(match, index, text, places, &surroundings)
    {
      return found
    }
    return text.isCapital(index) ? town(at: index, text, places) : nil
  }

  private func known(
    _ match: (payload: Int, end: Int), _ start: Int, _ text: Lexemes, _ places: Places,
    _ surroundings: inout Surroundings
  ) -> Found? {
    let spelling = places.spellings[match.payload]
    guard isWritten(spelling, text, start..<match.end) else { return nil }
    guard !isOther(spelling, text, start, match.end) else { return nil }
    var range = start..<match.end
    var name = places.entries[spelling.entries[0]].name
    var isSure = spelling.guarded != .context
    if let parent = places.parent(behind: match.end, text, of: spelling.entries) {
      name = parent.name
      range = start..<parent.end
      isSure = true
    } else if let town = town(at: start, text, places) {
      return town
    }
    if !isSure, isLed(text, start, match.end) || surroundings.namePlaces { isSure = true }
    return Found(name: FoundName(name: name, range: range), isSure: isSure)
  }

  private func isWritten(_ spelling: Places.Spelling, _ text: Lexemes, _ range: Range<Int>) -> Bool
  {
    if spelling.isWord { return true }
    guard spelling.guarded == .none else {
      let bytes = text.bytes[text.span(range.lowerBound, range.upperBound - 1)]
      return bytes.elementsEqual(spelling.text.utf8)
    }
    return text.isCapital(range.lowerBound)
      || text.bytes[text[range.lowerBound].range.lowerBound] >= 0x80
  }

  /// Names of institutions and things that contain a place: "Boston Consulting", "Paris agreement".
  private func isOther(
    _ spelling: Places.Spelling, _ text: Lexemes, _ start: Int, _ end: Int
  ) -> Bool {
    let next = text.key(end)
    if spelling.isWord {
      return PlaceReader.notAfterRemote.contains(text, start - 1)
        || speaksOfThings(text, start, end)
    }
    if text.at(end, "'"), end + 1 < text.count, text[end + 1].isGlued { return false }
    if PlaceReader.treaties.contains(next) { return true }
    return PlaceReader.institutions.contains(next) && (end >= text.count || text.isCapital(end))
      || text.at(start - 1, "of") && text.at(start - 2, "university")
  }

  /// A "remote session" and to "connect remotely" tell of machines, not of where people work: in the
  /// midst of a sentence, words of work must stand beside.
  private func speaksOfThings(_ text: Lexemes, _ start: Int, _ end: Int) -> Bool {
    let word = text[start].key
    guard ["remote", "remotely", "hybrid"].contains(word), end - start == 1 else { return false }
    if word == "remotely" {
      return !text.items[max(0, start - 6)..<start].contains {
        PlaceReader.workWords.contains($0.key)
      }
    }
    guard end < text.count, text[end].kind == .word, !text.isCapital(end) else { return false }
    return !PlaceReader.workNouns.contains(text[end])
  }

  /// "in Reading," "based in Mobile."
  private func isLed(_ text: Lexemes, _ start: Int, _ end: Int) -> Bool {
    let isFollowed =
      end >= text.count || text[end].kind == .sign && text[end].key != "-"
      || ["and", "or", "is", "are", "pays", "pay", "the", "with", "for", "where", "office"]
        .contains(text[end].key)
    return isFollowed && ["in", "near", "around", "from", "outside"].contains(text.key(start - 1))
      && ![
        "using", "experience", "skills", "proficiency", "proficient", "interest", "interested",
        "improvement", "excellence",
      ].contains(text.key(start - 2))
  }

  /// What stands around a fact, looked at where a doubtful place asks.
  private struct Surroundings {
    private let fact: FactText

    init(_ fact: FactText) { self.fact = fact }

    /// Whether the heading, the lead or a column announces places.
    lazy var namePlaces: Bool = {
      let names = [fact.headings.last ?? "", fact.lead] + fact.cells.map(\.column)
      return names.contains { !$0.isEmpty && PlaceReader.frame.stands(in: Lexemes($0)) }
    }()
  }

  // MARK: Towns with a state

  /// One to three capitalised words, a comma and the letters of a state.
  private func town(at start: Int, _ text: Lexemes, _ places: Places) -> Found? {
    guard text.isCapital(start), start == 0 || !text.isCapital(start - 1) || !text[start].isGlued
    else { return nil }
    var end = start
    while end < text.count, end - start < 4, text.isCapital(end) { end += 1 }
    guard end > start, end - start <= 3, text.at(end, ","), text[end].isGlued,
      end + 1 < text.count, let state = places.state(text, end + 1)
    else { return nil }
    let next = text.key(end + 2)
    let isClosed =
      end + 2 >= text.count || text[end + 2].kind != .word
      || !PlaceReader.ambiguousStates.contains(text[end + 1]) || next == "and" || next == "or"
    guard isClosed, !RoleNames.isHead(text[end - 1].key),
      !PlaceReader.noTown.contains(text[end - 1])
    else { return nil }
    let words = text.bytes[text.span(start, end - 1)]
    let name = "\(String(decoding: words, as: UTF8.self)), \(state)"
    return Found(name: FoundName(name: name, range: start..<end + 2), isSure: true)
  }

  private static let joints: KeySet = [",", "/", "and", "or", "&", "|", "•", "·", ";", "("]
  private static let frame: KeySet = [
    "location", "locations", "city", "cities", "place", "places", "region", "regions", "country",
    "countries", "office", "offices", "state", "states", "metro", "area", "geography", "where",
  ]
  private static let institutions: KeySet = [
    "university", "college", "consulting", "school", "institute", "times", "post", "agreement",
    "bank", "airlines", "airways", "dynamics", "scientific", "hospital", "jets", "press", "journal",
    "mutual", "life", "stock", "stock-exchange", "museum", "review", "express", "accord",
  ]
  private static let treaties: KeySet = [
    "agreement", "accord", "accords", "convention", "protocol",
  ]
  private static let workNouns: KeySet = [
    "work", "working", "worker", "workers", "job", "jobs", "role", "roles", "position", "positions",
    "employee", "employees", "staff", "hire", "hires", "hiring", "company", "companies", "culture",
    "first", "friendly", "only", "ok", "okay", "eligible", "option", "options", "optional",
    "opportunity", "opportunities", "contract", "contracts", "contractor", "contractors",
    "engineer", "engineers", "developer", "developers", "analyst", "designer", "manager", "in",
    "within", "from", "anywhere", "worldwide", "global", "globally", "for", "or", "and", "but",
    "with", "if", "possible", "allowed", "available", "us", "usa", "uk", "eu", "emea", "europe",
    "schedule", "policy", "full", "part", "permanent", "freelance", "internship", "team", "teams",
    "then", "due", "is", "are", "was", "were", "has", "by", "to", "across", "based", "setup",
    "arrangement", "arrangements", "model", "weeks", "week", "day", "days", "nationwide", "office",
    "offices",
  ]
  private static let workWords: KeySet = [
    "work", "works", "working", "worked", "hire", "hires", "hired", "hiring", "employ", "employs",
    "team", "staff", "join", "based", "live", "role", "roles", "position", "positions", "job",
    "jobs", "operate", "operates", "people", "everyone", "employees", "done", "performed",
  ]
  private static let notAfterRemote: KeySet = ["not", "no", "non", "via", "by"]
  private static let ambiguousStates: KeySet = [
    "in", "or", "me", "hi", "ok", "oh", "de", "la",
  ]
  private static let noTown: KeySet = [
    "skills", "experience", "required", "python", "sql", "excel", "java", "degree", "however",
  ]
}
