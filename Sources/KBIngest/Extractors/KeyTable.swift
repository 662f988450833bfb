/// Keys that lexemes are looked up by, numbered in the order in which they were added. They lie open
/// by the hash that a lexeme carries, so that a look-up works out none.
struct KeyTable: Sendable {
  private struct Slot {
    var hash = KeyHash()
    /// Number of the key; -1 where there is none.
    var number: Int32 = -1
  }

  private var keys: [KnownKey] = []
  /// Four or more for each key: most keys that are not there meet an empty one at once.
  private var slots = [Slot](repeating: Slot(), count: 16)

  /// The number of a key, given now unless it has one.
  mutating func add(_ key: String) -> Int {
    let hash = KeyHash(key)
    if let known = number(of: key, hash) { return known }
    if (keys.count + 1) * 4 > slots.count { grow() }
    place(hash, Int32(keys.count))
    keys.append(KnownKey(key))
    return keys.count - 1
  }

  private mutating func grow() {
    slots = [Slot](repeating: Slot(), count: slots.count * 2)
    for (number, key) in keys.enumerated() { place(KeyHash(key.text), Int32(number)) }
  }

  private mutating func place(_ hash: KeyHash, _ number: Int32) {
    var index = first(hash)
    while slots[index].number >= 0 { index = (index + 1) & (slots.count - 1) }
    slots[index] = Slot(hash: hash, number: number)
  }

  private func first(_ hash: KeyHash) -> Int { hash.place & (slots.count - 1) }

  /// The number of a key that has that hash; nil where it was not added.
  func number(of key: String, _ hash: KeyHash) -> Int? {
    number(of: hash) { $0.text == key }
  }

  /// The number of a lexeme's key; nil where it was not added.
  @inline(__always)
  func number(of text: Lexemes, at index: Int) -> Int? {
    number(of: text.hashes[index]) { text.items[index].isKey($0) }
  }

  /// The same.
  @inline(__always)
  func number(of lexeme: Lexeme) -> Int? { number(of: lexeme.hash) { lexeme.isKey($0) } }

  @inline(__always)
  private func number(of hash: KeyHash, _ isKey: (KnownKey) -> Bool) -> Int? {
    var index = first(hash)
    while slots[index].number >= 0 {
      let number = Int(slots[index].number)
      if slots[index].hash == hash, isKey(keys[number]) { return number }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }
}

/// Keys that lexemes of a text are looked up among.
struct KeySet: Sendable, ExpressibleByArrayLiteral {
  private var table = KeyTable()

  init(_ keys: some Sequence<String>) { for key in keys { _ = table.add(key) } }

  init(arrayLiteral keys: String...) { self.init(keys) }

  /// Whether a key is one of them.
  func contains(_ key: String) -> Bool { table.number(of: key, KeyHash(key)) != nil }

  /// Whether the lexeme's key is one of them.
  func contains(_ lexeme: Lexeme) -> Bool { table.number(of: lexeme) != nil }

  /// Whether the key of a lexeme is one of them; outside of the text none is.
  func contains(_ text: Lexemes, _ index: Int) -> Bool {
    text.items.indices.contains(index) && table.number(of: text, at: index) != nil
  }

  /// Whether a lexeme of the text is one of them.
  func stands(in text: Lexemes) -> Bool {
    text.hashes.indices.contains { table.number(of: text, at: $0) != nil }
  }
}
