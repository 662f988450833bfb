/// Binds the labels of a sentence (level, place, experience, role) to its amounts. Only places are
/// looked at: which of them is nearest, and what stands between.
struct LabelBinding {
  private let bytes: [UInt8]
  /// Spans of the amounts, in order and apart from one another.
  private let amounts: [Range<Int>]

  init(_ bytes: [UInt8], amounts: [Range<Int>]) {
    self.bytes = bytes
    self.amounts = amounts
  }

  // MARK: Labels to amounts

  /// For the labels of one field, in order: the amounts that each belongs to. `climbs` says that a
  /// label in front of several amounts holds for the nearest alone.
  func amounts(for labels: [Range<Int>], climbs: Bool) -> [[Int]] {
    let colons = labels.map(colonAfter)
    if labels.count == 1, colons[0] == nil, !climbs, let several = following(labels[0]) {
      return [several]
    }
    let nearest = labels.indices.map { colons[$0] == nil ? self.nearest(to: labels[$0]) : nil }
    let bound = Set(nearest.compactMap { $0 })
    var result: [[Int]] = []
    for index in labels.indices {
      if let colon = colons[index] {
        let end = nextGroup(after: index, colons).map { labels[$0].lowerBound } ?? bytes.count
        result.append(headed(colon..<max(colon, end)).filter { !bound.contains($0) })
      } else {
        result.append(nearest[index].map { [$0] } ?? [])
      }
    }
    return result
  }

  /// The first label after `index` that stands before another colon.
  private func nextGroup(after index: Int, _ colons: [Int?]) -> Int? {
    guard let own = colons[index] else { return nil }
    return colons.indices[(index + 1)...].first { colons[$0].map { $0 > own } ?? false }
  }

  /// The colon that a label stands before, with no amount between: "Austin, TX; Boston, MA: $120k".
  private func colonAfter(_ label: Range<Int>) -> Int? {
    let end = firstAmount(from: label.upperBound).map { amounts[$0].lowerBound } ?? bytes.count
    var index = label.upperBound
    while index < end {
      if bytes[index] == 0x3A, index + 1 == bytes.count || !bytes[index + 1].isDigit {
        return index
      }
      index += 1
    }
    return nil
  }

  private func headed(_ range: Range<Int>) -> [Int] {
    guard let first = firstAmount(from: range.lowerBound) else { return [] }
    return Array(amounts.indices[first...].prefix { amounts[$0].lowerBound < range.upperBound })
  }

  /// The amounts after a label up to a turn of the sentence; nil if amounts stand before it.
  private func following(_ label: Range<Int>) -> [Int]? {
    guard let first = amounts.first, label.upperBound <= first.lowerBound else { return nil }
    let end = Clause.turn(in: bytes, label.upperBound..<bytes.count) ?? bytes.count
    let result = headed(label.upperBound..<end)
    return result.isEmpty ? nil : result
  }

  private func nearest(to label: Range<Int>) -> Int? {
    let next = firstAmount(from: label.upperBound)
    let previous = (next ?? amounts.count) - 1
    guard previous >= 0 else { return next }
    guard let next else { return previous }
    let before = distance(from: amounts[previous], to: label, isAmountFirst: true)
    let after = distance(from: label, to: amounts[next], isAmountFirst: false)
    return before < after ? previous : next
  }

  private func firstAmount(from offset: Int) -> Int? {
    var low = 0
    var high = amounts.count
    while low < high {
      let middle = (low + high) / 2
      if amounts[middle].lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low < amounts.count ? low : nil
  }

  // MARK: Amounts to mentions

  /// The mention that is nearest to an amount.
  func nearest(of mentions: [Range<Int>], to amount: Range<Int>) -> Int? {
    var best: (index: Int, distance: Int)?
    for (index, mention) in mentions.enumerated() {
      let isBefore = mention.lowerBound < amount.lowerBound
      let distance =
        isBefore
        ? distance(from: mention, to: amount, isAmountFirst: false)
        : distance(from: amount, to: mention, isAmountFirst: true)
      if best.map({ distance < $0.distance }) ?? true { best = (index, distance) }
    }
    return best?.index
  }

  /// How far apart two spans are: bytes, and more for each turn of the sentence between them. A
  /// label after its amount is led by a preposition or a bracket ("$70,000 for", "$150k (senior)").
  private func distance(
    from first: Range<Int>, to second: Range<Int>, isAmountFirst: Bool
  ) -> Int {
    guard first.upperBound < second.lowerBound else { return 0 }
    let gap = first.upperBound..<second.lowerBound
    let isLed = !isAmountFirst || Clause.isLed(bytes, gap)
    return gap.count + Clause.cost(bytes, gap) + (isLed ? 0 : 40)
  }
}

/// What the words between a label and an amount say about whether they belong together.
private enum Clause {
  /// Words at which a sentence turns to something else.
  private static let turns: Set<String> = [
    "while", "whereas", "but", "versus", "vs", "compared", "unlike", "elsewhere", "than",
    "whilst", "although", "though",
  ]
  private static let joints: Set<String> = ["and", "or", "then"]
  private static let leads: Set<String> = ["for", "in", "at", "as", "with", "per", "of", "among"]

  /// The added distance of a gap.
  static func cost(_ bytes: [UInt8], _ gap: Range<Int>) -> Int {
    var cost = 0
    for byte in bytes[gap] {
      if byte == 0x2C { cost += 25 }
      if byte == 0x3B { cost += 60 }
    }
    forEachWord(bytes, gap) { word, _ in
      if turns.contains(word) { cost += 60 }
      if joints.contains(word) { cost += 30 }
      return true
    }
    return cost
  }

  /// Whether the first word of a gap, or a bracket, leads to what stands after it.
  static func isLed(_ bytes: [UInt8], _ gap: Range<Int>) -> Bool {
    if bytes[gap].first(where: { !$0.isBlank }) == 0x28 { return true }
    var isLed = false
    forEachWord(bytes, gap) { word, _ in
      isLed = leads.contains(word)
      return false
    }
    return isLed
  }

  /// The first place in a range at which the sentence turns.
  static func turn(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let semicolon = bytes[range].firstIndex(of: 0x3B)
    var turn: Int?
    forEachWord(bytes, range.lowerBound..<(semicolon ?? range.upperBound)) { word, offset in
      if turns.contains(word) { turn = offset }
      return turn == nil
    }
    return turn ?? semicolon
  }

  /// Calls `body` with each ASCII word in lower case and its offset, until it says false.
  private static func forEachWord(
    _ bytes: [UInt8], _ range: Range<Int>, _ body: (String, Int) -> Bool
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let start = index
      while index < range.upperBound, bytes[index].isLetter { index += 1 }
      if index == start {
        index += 1
      } else if index - start <= 10 {
        let word = String(lowering: bytes[start..<index])
        if !body(word, start) { return }
      }
    }
  }
}
