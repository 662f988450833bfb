internal import KBText

/// Names of occupations: by the noun at their end, and what stands before it.
enum RoleNames {
  private static let nouns: Set<String> = Set(
    """
    engineer scientist analyst developer designer manager nurse doctor physician officer specialist \
    architect administrator consultant technician teacher lecturer professor lawyer attorney \
    paralegal solicitor accountant auditor bookkeeper chef cook baker pilot electrician plumber \
    welder carpenter mechanic machinist operator writer editor journalist recruiter researcher \
    programmer coordinator director assistant associate representative advisor adviser planner \
    strategist statistician mathematician physicist chemist biologist economist actuary broker trader \
    therapist pharmacist dentist veterinarian paramedic surgeon radiographer librarian translator \
    interpreter photographer illustrator animator producer supervisor foreman driver dispatcher \
    clerk cashier salesperson buyer inspector surveyor tester quant sysadmin devops sre \
    receptionist secretary counselor counsellor psychologist midwife caregiver barista bartender \
    waiter housekeeper gardener farmer firefighter controller treasurer underwriter instructor tutor \
    trainer coach curator archivist conservator meteorologist geologist ecologist hygienist
    """.split(separator: " ").map(String.init))

  private static let levels: Set<String> = [
    "senior", "junior", "lead", "principal", "staff", "sr", "jr", "entry", "level", "mid", "the",
    "a",
    "an", "experienced", "top", "most", "average", "our", "your", "typical", "many", "new", "good",
    "other", "unlike", "for", "of", "and", "or", "than", "while", "all", "some",
  ]

  private static let stops: Set<String> = [
    "the", "a", "an", "of", "and", "or", "for", "to", "in", "with", "unlike", "than", "while", "as",
    "by", "from", "are", "is", "earn", "who", "at", "between", "our", "your", "their", "most",
    "like", "including", "becoming", "become", "hire", "hiring", "working", "role", "s", "all",
    "some", "many", "other", "but", "whereas", "where", "compared", "support", "collaborate",
    "help",
  ]

  private static func singular(_ word: String) -> String? {
    if nouns.contains(word) { return word }
    if word.hasSuffix("s"), nouns.contains(String(word.dropLast())) {
      return String(word.dropLast())
    }
    if word.hasSuffix("men"), nouns.contains(word.dropLast(3) + "man") {
      return word.dropLast(3) + "man"
    }
    return nil
  }

  /// Whether a title or heading as a whole is the name of a role.
  static func reads(asRole title: String) -> Bool {
    let main = title.split(separator: "(").first.map(String.init) ?? title
    let words = FactWords(main.split(separator: "—").first.map(String.init) ?? main)
    guard (1...8).contains(words.words.count), let last = words.words.last else { return false }
    if words.bytes.contains(UInt8(ascii: "?")) || words.bytes.contains(UInt8(ascii: ":")) {
      return false
    }
    if words.words.contains(where: {
      [
        "how", "what", "why", "become", "becoming", "vs", "hiring", "interview", "about", "our",
        "your",
      ].contains($0.key)
    }) {
      return false
    }
    if singular(last.key) == last.key { return true }
    // "Head of Design", "Chief of Staff", "Director of Nursing".
    let first = words.words[0].key
    return ["head", "director", "chief", "vice"].contains(first) && words.words.count > 2
      && words.words.dropFirst().contains { ["of", "officer", "president"].contains($0.key) }
  }

  /// The roles that a text mentions.
  static func mentions(in text: String) -> [ValueReading.RoleMention] {
    let words = FactWords(text)
    var result: [ValueReading.RoleMention] = []
    for index in words.words.indices {
      guard let noun = singular(words.words[index].key) else { continue }
      if index + 1 < words.words.count, singular(words.words[index + 1].key) != nil,
        words.isGap(
          words.words[index].range.upperBound, words.words[index + 1].range.lowerBound, of: " ")
      {
        continue
      }
      var first = index
      while first > 0, index - first < 4, isModifier(words, first - 1) { first -= 1 }
      let span = words.words[first].range.lowerBound..<words.words[index].range.upperBound
      let front = words.text(span.lowerBound..<words.words[index].range.lowerBound)
      // A bare noun names no other role: "engineers", "the manager".
      guard first < index else { continue }
      result.append(ValueReading.RoleMention(span: span, name: front + noun))
    }
    return result
  }

  private static func isModifier(_ words: FactWords, _ index: Int) -> Bool {
    let word = words.words[index]
    guard !stops.contains(word.key), word.key.utf8.first.map({ $0 < 0x30 || $0 > 0x39 }) ?? false
    else { return false }
    return words.isGap(word.range.upperBound, words.words[index + 1].range.lowerBound, of: " -")
  }

  /// Whether a mention is the role, or a level or spelling of it.
  static func same(_ mention: String, as role: String) -> Bool {
    let a = parts(mention)
    let b = parts(role)
    guard let noun = a.last, noun == b.last else { return false }
    return Set(a).isSubset(of: Set(b))
  }

  private static func parts(_ name: String) -> [String] {
    let main = name.split(separator: "(").first.map(String.init) ?? name
    return FactWords(main).words.map(\.key).flatMap { word -> [String] in
      if levels.contains(word) { return [] }
      switch word {
      case "ml": return ["machine", "learning"]
      case "ai": return ["artificial", "intelligence"]
      default: return [singular(word) ?? word]
      }
    }
  }
}
