/// The one table of what stands where in an index. `docs/index-format.md` explains it.
///
/// Terms. Words of the text have no prefix: folded text has no ASCII capitals, so every term that
/// begins with one is a prefixed term.
///
/// | term | stands for |
/// | --- | --- |
/// | `word` | a word as written, folded, with positions |
/// | `Zstem` | the stem of a word |
/// | `Q` id | the section itself; the id's 8 bytes |
/// | `P` path | all sections of a file |
/// | `D` folder | all sections of the files in a folder; of those below it too where the path is too long for a term |
/// | `O` `K` `L` `M` field `:` value | a whole value: own, inherited, shared, mentioned anywhere in the subject |
/// | `V` `W` `U` field `:` word | a word of a value: own, inherited, mentioned |
/// | `I` `J` field | some value of the field: own, mentioned (of those held, the slot of their name tells) |
/// | `F` family number `:` field `:` value | what fact `number` of the record states or borrows |
/// | `G` family number `:` field `:` word | a word of it |
///
/// Words of values have positions only where the value is too long for a term. Of others, the terms of
/// whole values tell which words stand side by side.
///
/// Slots 0 to 15 are fixed; those of fields are numbered as they come up, in `SlotTable`.
public enum IndexFormat {
  /// Changes whenever an older index would be misread.
  public static let version = 9

  /// Metadata key of the schema.
  public static let schemaKey = Array("schema".utf8)
  /// Metadata key of the sheet of a subject.
  public static func sheetKey(_ subjectKey: [UInt8]) -> [UInt8] { Array("s:".utf8) + subjectKey }
  /// Metadata key of what a file consists of: its documents and subjects, counted.
  public static func fileKey(_ documentKey: [UInt8]) -> [UInt8] { Array("n:".utf8) + documentKey }
  /// Metadata key of another name of a keyword value; what is stored is the canonical name.
  public static func aliasKey(field: String, folded: [UInt8]) -> [UInt8] {
    Array("a:\(field):".utf8) + folded
  }
  /// Metadata key of part `number` of a text too long for the document data.
  public static func chunkKey(id: String, number: Int) -> [UInt8] {
    Array("t:\(id):\(number)".utf8)
  }

  /// Slot of the order among hits that score alike (`SortKey.place`).
  public static let placeSlot: UInt32 = 0
  /// Slot of the subject's key.
  public static let subjectSlot: UInt32 = 1
  /// Slot of the document's key.
  public static let documentSlot: UInt32 = 2
  /// Values of slots from here on are compressed where neighbours share them: they are read to sort and to count, not
  /// for each hit.
  public static let firstCompressedSlot: UInt32 = 3
  /// Slot of the folded title.
  public static let titleSlot: UInt32 = 3
  /// Slot of the folded own heading.
  public static let headingSlot: UInt32 = 4
  /// Slot of the format.
  public static let formatSlot: UInt32 = 5
  /// Slot of the modification time (`SortKey` of the day number).
  public static let modifiedSlot: UInt32 = 6
  /// First slot of fields.
  public static let firstFieldSlot: UInt32 = 16

  /// Whose value it is.
  public enum Scope: Sendable, Equatable, CaseIterable {
    /// Stated by the section.
    case own
    /// Inherited from its subject or document.
    case inherited
    /// Inherited by several sections from a key that documents declare. Its words are not posted for
    /// each of them: they are looked for in the distinct values.
    case shared
    /// Anything its subject states anywhere, beyond what is inherited.
    case mentioned

    /// What a section holds: own and inherited.
    public static let held: [Scope] = [.own, .inherited, .shared]
  }

  /// Whose fact it is.
  public enum Family: String, Sendable, Hashable, CaseIterable {
    /// Stated by the section.
    case own = "o"
    /// Inherited from its subject.
    case inherited = "i"
    /// Stated by the section about another role.
    case foreign = "x"
  }

  /// Most bytes of a value inside a term; of a longer one, a hash stands for the rest.
  public static let longestValue = 180

  /// The term of a section.
  public static func id(_ id: String) -> [UInt8] {
    guard id.utf8.count == 16, let number = UInt64(id, radix: 16), id.utf8.first != 0x2B else {
      return prefixed("Q", Array(id.utf8))
    }
    return self.id(number)
  }
  /// The term of a section by the number that its id writes.
  public static func id(_ number: UInt64) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 9) { bytes, count in
      bytes[0] = UInt8(ascii: "Q")
      for place in 0..<8 {
        bytes[place + 1] = UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * place))
      }
      count = 9
    }
  }
  /// The term of a file.
  public static func path(_ path: String) -> [UInt8] { prefixed("P", Array(path.utf8)) }
  /// The term of a folder, without a slash at its end.
  public static func folder(_ path: String) -> [UInt8] { prefixed("D", Array(path.utf8)) }
  /// The term of a stem.
  public static func stem(_ stem: [UInt8]) -> [UInt8] { [UInt8(ascii: "Z")] + stem }

  /// The term of a whole value.
  public static func value(_ folded: [UInt8], field: Int, scope: Scope) -> [UInt8] {
    let letter =
      switch scope {
      case .own: UInt8(ascii: "O")
      case .inherited: UInt8(ascii: "K")
      case .shared: UInt8(ascii: "L")
      case .mentioned: UInt8(ascii: "M")
      }
    return prefixed(prefix(letter, field), folded)
  }

  /// The term of a word of a value.
  public static func word(_ folded: [UInt8], field: Int, scope: Scope) -> [UInt8] {
    prefixed(wordPrefix(field: field, scope: scope), folded)
  }

  /// What the terms of words of values begin with. No word is too long for a term.
  public static func wordPrefix(field: Int, scope: Scope) -> [UInt8] {
    let letter =
      switch scope {
      case .own: UInt8(ascii: "V")
      case .inherited, .shared: UInt8(ascii: "W")
      case .mentioned: UInt8(ascii: "U")
      }
    return prefix(letter, field)
  }

  private static func prefix(_ letter: UInt8, _ field: Int) -> [UInt8] {
    if field <= 9 { return [letter, 0x30 + UInt8(field), UInt8(ascii: ":")] }
    return [letter] + Array(String(field).utf8) + [UInt8(ascii: ":")]
  }

  /// The term of having a value; nil for one that is inherited, which the slot of its name tells.
  public static func existence(field: Int, scope: Scope) -> [UInt8]? {
    switch scope {
    case .own: Array("I\(field)".utf8)
    case .inherited, .shared: nil
    case .mentioned: Array("J\(field)".utf8)
    }
  }

  /// The term of a value that a numbered fact states or borrows; with `statedOnly`, states.
  public static func factValue(
    _ folded: [UInt8], field: Int, family: Family, number: Int, statedOnly: Bool = false
  ) -> [UInt8] {
    prefixed(factPrefix(UInt8(ascii: "F"), field, family, number, statedOnly), folded)
  }

  /// The term of a word of a value that a numbered fact states or borrows.
  public static func factWord(
    _ folded: [UInt8], field: Int, family: Family, number: Int, statedOnly: Bool = false
  ) -> [UInt8] {
    prefixed(
      factWordPrefix(field: field, family: family, number: number, statedOnly: statedOnly), folded)
  }

  /// What the terms of words of a fact's values begin with.
  public static func factWordPrefix(
    field: Int, family: Family, number: Int, statedOnly: Bool
  ) -> [UInt8] {
    factPrefix(UInt8(ascii: "G"), field, family, number, statedOnly)
  }

  private static func factPrefix(
    _ letter: UInt8, _ field: Int, _ family: Family, _ number: Int, _ statedOnly: Bool
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    bytes.append(letter)
    if statedOnly { bytes.append(UInt8(ascii: "s")) }
    bytes += family.rawValue.utf8
    for part in [number, field] {
      bytes += String(part).utf8
      bytes.append(UInt8(ascii: ":"))
    }
    return bytes
  }

  /// Most bytes of a name to sort by.
  private static let longestSortName = 48

  /// A folded name as it is sorted and grouped by: of a long one the beginning and a checksum, so that
  /// different names stay apart.
  public static func sortName(_ folded: [UInt8]) -> [UInt8] {
    guard folded.count > longestSortName else { return folded }
    return folded.prefix(longestSortName) + [0] + SortKey.of(Int64(bitPattern: checksum(folded)))
  }

  /// `prefix` and `value`, shortened with a checksum where the term would be too long for the
  /// engine (245 bytes). Two values share a term only if they share the start and the checksum.
  public static func prefixed(_ prefix: String, _ value: [UInt8]) -> [UInt8] {
    prefixed(Array(prefix.utf8), value)
  }

  static func prefixed(_ prefix: [UInt8], _ value: [UInt8]) -> [UInt8] {
    guard value.count > longestValue else { return joined(prefix, value) }
    return prefix + value.prefix(longestValue) + [UInt8(ascii: "~")]
      + Array(String(checksum(value), radix: 16).utf8)
  }

  /// Both, one behind the other.
  private static func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: first.count + second.count) { bytes, count in
      for index in first.indices { bytes[index] = first[index] }
      second.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(bytes)[first.count...]
        )
        .copyMemory(from: $0)
      }
      count = first.count + second.count
    }
  }

  /// FNV-1a, 64 bits (Fowler, Noll, Vo).
  private static func checksum(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// What a value slot of a field holds.
public enum SlotKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// The highest attested value held: answers a lone `>`.
  case high
  /// The lowest attested value held: answers a lone `<`.
  case low
  /// The highest attested value of the section's own.
  case ownHigh = "own-high"
  /// The lowest attested value of the section's own.
  case ownLow = "own-low"
  /// Bounds of one fact's interval: the lowest and the highest attested value, and the stated ends.
  case factLow = "fact-low"
  case factHigh = "fact-high"
  case factMin = "fact-min"
  case factMax = "fact-max"
  /// A number held; the day a date begins and ends.
  case point
  case first
  case last
  /// The same for dates whose day and month are not told apart, read day first or month first.
  case firstDayFirst = "first-dmy"
  case lastDayFirst = "last-dmy"
  case firstMonthFirst = "first-mdy"
  case lastMonthFirst = "last-mdy"
  /// The folded first value, for sorting and grouping.
  case name

  /// Its place among the kinds.
  fileprivate var rank: Int {
    switch self {
    case .high: 0
    case .low: 1
    case .ownHigh: 2
    case .ownLow: 3
    case .factLow: 4
    case .factHigh: 5
    case .factMin: 6
    case .factMax: 7
    case .point: 8
    case .first: 9
    case .last: 10
    case .firstDayFirst: 11
    case .lastDayFirst: 12
    case .firstMonthFirst: 13
    case .lastMonthFirst: 14
    case .name: 15
    }
  }
}

/// What a numbered slot is for.
public struct SlotKey: Sendable, Hashable {
  /// Number of the field.
  public var field: Int
  /// Unit code of the interval; empty for other types.
  public var unit: String
  /// What it holds.
  public var kind: SlotKind
  /// For facts: whose; nil else.
  public var family: IndexFormat.Family?
  /// For facts and several values: which, from 0.
  public var index: Int

  /// A key.
  public init(
    field: Int, unit: String = "", kind: SlotKind, family: IndexFormat.Family? = nil,
    index: Int = 0
  ) {
    self.field = field
    self.unit = unit
    self.kind = kind
    self.family = family
    self.index = index
  }

  /// A number that most keys of a field do not share: they differ in all but the unit.
  fileprivate var rank: Int {
    let owner =
      switch family {
      case nil: 0
      case .own: 1
      case .inherited: 2
      case .foreign: 3
      }
    return index &* 128 &+ owner * 32 &+ kind.rank
  }

  /// Marks that some record has a fact of that number; no record has a value for it.
  public static func marker(_ family: IndexFormat.Family, _ index: Int) -> SlotKey {
    SlotKey(field: 0, unit: "#", kind: .name, family: family, index: index)
  }
}

/// The slots in use, numbered as they came up.
public struct SlotTable: Sendable, Equatable {
  /// A slot with its number.
  public struct Entry: Sendable, Equatable {
    /// What it is for.
    public let key: SlotKey
    /// Its number.
    public let number: UInt32
    fileprivate let rank: Int

    init(key: SlotKey, number: UInt32) {
      self.key = key
      self.number = number
      rank = key.rank
    }

    fileprivate func precedes(_ field: Int, _ rank: Int) -> Bool {
      key.field == field ? self.rank < rank : key.field < field
    }
  }

  /// All slots, those of a field side by side, by rank, those that differ in their unit by number. A
  /// search asks for a few of them: to sort them costs less than to hash them, and than the types of a
  /// dictionary.
  public private(set) var entries: [Entry] = []

  /// No slots.
  public init() {}

  /// Slots that are numbered already.
  init(_ entries: [Entry]) {
    self.entries = entries.sorted {
      ($0.key.field, $0.rank, $0.number) < ($1.key.field, $1.rank, $1.number)
    }
  }

  /// The slots of a field.
  public func entries(of field: Int) -> ArraySlice<Entry> {
    let start = place { $0.key.field < field }
    return entries[start..<place { $0.key.field <= field }]
  }

  /// The first entry for which `isBefore` does not hold, which holds for all before it.
  private func place(_ isBefore: (Entry) -> Bool) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(entries[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The slot of a key, nil where no record has a value for it.
  public subscript(key: SlotKey) -> UInt32? {
    let rank = key.rank
    var index = place { $0.precedes(key.field, rank) }
    while index < entries.count, entries[index].rank == rank, entries[index].key.field == key.field
    {
      if entries[index].key == key { return entries[index].number }
      index += 1
    }
    return nil
  }

  /// The slot of a key, numbered now if it is new.
  public mutating func number(for key: SlotKey) -> UInt32 {
    if let known = self[key] { return known }
    let next = IndexFormat.firstFieldSlot + UInt32(entries.count)
    let entry = Entry(key: key, number: next)
    let index = place {
      $0.precedes(key.field, entry.rank) || $0.rank == entry.rank && $0.key.field == key.field
    }
    entries.insert(entry, at: index)
    return next
  }
}
