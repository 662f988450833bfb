internal import KBSchema
internal import KBText

/// Names of a vocabulary in a text: one pass, the longest name first.
struct NameReader: Sendable {
  /// A name that is indexed, with the other names it goes by.
  struct Entry: Sendable {
    var canonical: String
    var names: [String]
    /// Whether it counts only as it is written here: `Go`, `R`, `Excel`.
    var isExact = false
  }

  let field: String
  private let byFirst: [String: [Pattern]]
  private let canonicals: [String: String]

  private struct Pattern: Sendable {
    var words: [String]
    var canonical: String
    var exact: String?
  }

  init(field: String, entries: [Entry]) {
    self.field = field
    var byFirst: [String: [Pattern]] = [:]
    var canonicals: [String: String] = [:]
    for entry in entries {
      for name in [entry.canonical] + entry.names {
        let words = NameReader.keys(name)
        guard let first = words.first else { continue }
        byFirst[first, default: []].append(
          Pattern(words: words, canonical: entry.canonical, exact: entry.isExact ? name : nil))
        canonicals[Folding.key(name)] = canonicals[Folding.key(name)] ?? entry.canonical
      }
    }
    for key in byFirst.keys { byFirst[key]?.sort { $0.words.count > $1.words.count } }
    self.byFirst = byFirst
    self.canonicals = canonicals
  }

  /// The name under which a written one is indexed.
  func canonical(_ text: String) -> String? { canonicals[Folding.key(text)] }

  /// Other names with the canonical one.
  var aliases: [(alias: String, canonical: String)] {
    canonicals.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// One key for a compound (`c++`), else one for each word.
  private static func keys(_ name: String) -> [String] {
    let words = FactWords(name)
    if let whole = words.compounds.values.first(where: { $0.range == 0..<name.utf8.count }) {
      return [whole.key]
    }
    return words.words.map(\.key)
  }

  /// The names of a text, each place once.
  func read(_ words: FactWords) -> [Finding] {
    var result: [Finding] = []
    var index = 0
    while index < words.words.count {
      if let (canonical, range, next) = match(words, index) {
        result.append(Finding(field: field, content: .string(canonical), span: range))
        index = next
      } else {
        index += 1
      }
    }
    return result
  }

  private func match(_ words: FactWords, _ index: Int) -> (String, Range<Int>, Int)? {
    let start = words.words[index].range.lowerBound
    for offset in [start, start - 1] {
      if let compound = words.compounds[offset] {
        guard let pattern = byFirst[compound.key]?.first(where: { $0.words.count == 1 }) else {
          continue
        }
        return (
          pattern.canonical, compound.range, words.index(atOrAfter: compound.range.upperBound)
        )
      }
    }
    if words.compounds[start] != nil { return nil }
    for pattern in byFirst[words.words[index].key] ?? [] where fits(pattern, words, index) {
      let last = index + pattern.words.count - 1
      let range = start..<words.words[last].range.upperBound
      if let exact = pattern.exact, !isExact(exact, range, words) { continue }
      return (pattern.canonical, range, last + 1)
    }
    return nil
  }

  private func fits(_ pattern: Pattern, _ words: FactWords, _ index: Int) -> Bool {
    guard index + pattern.words.count <= words.words.count else { return false }
    for (step, key) in pattern.words.enumerated() {
      guard words.words[index + step].key == key else { return false }
      if step > 0 {
        let gap =
          words.words[index + step - 1].range
          .upperBound..<words.words[index + step].range.lowerBound
        guard words.isGap(gap.lowerBound, gap.upperBound, of: " \n-./&") else { return false }
      }
    }
    return true
  }

  /// Written as in the vocabulary, and no part of a longer name: `R` in `R&D`, `Go` before `to`.
  private func isExact(_ exact: String, _ range: Range<Int>, _ words: FactWords) -> Bool {
    guard words.text(range) == exact else { return false }
    let before = range.lowerBound > 0 ? words.bytes[range.lowerBound - 1] : 0x20
    let after = range.upperBound < words.bytes.count ? words.bytes[range.upperBound] : 0x20
    let gluing = Array("&'’-+#@".utf8)
    if gluing.contains(before) || gluing.contains(after) { return false }
    if after == UInt8(ascii: "."), range.upperBound + 1 < words.bytes.count,
      words.bytes[range.upperBound + 1] != 0x20, words.bytes[range.upperBound + 1] != 0x0A
    {
      return false
    }
    let next = words.index(atOrAfter: range.upperBound)
    let follower = next < words.words.count ? words.words[next].key : ""
    let verbs: Set<String> = [
      "to", "at", "in", "for", "through", "on", "with", "as", "by", "beyond", "ahead",
    ]
    if exact.count > 1, verbs.contains(follower), isSentenceStart(range.lowerBound, words) {
      return false
    }
    return true
  }

  private func isSentenceStart(_ at: Int, _ words: FactWords) -> Bool {
    guard at > 1 else { return true }
    return [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":")].contains(
      words.bytes[at - 2])
  }
}
