internal import KBText

/// What words as written come to: their terms and those of their stems, each made once. For one lane:
/// a text has few words, many times.
///
/// Open addressing with linear probing, keys and terms side by side in one piece of memory.
final class WordTable {
  /// A word's terms; they hold until the next word is asked for.
  struct Terms {
    /// Folded, as written; empty where folding leaves nothing.
    var term: UnsafeBufferPointer<UInt8>
    /// The term of its stem; nil where that is the word.
    var stem: UnsafeBufferPointer<UInt8>?
  }

  private struct Entry {
    var hash: UInt32 = 0
    var start: UInt32 = 0
    var key: UInt16 = 0
    var term: UInt16 = 0
    var stem: UInt16 = 0
  }

  /// Longest word, as written, that is remembered.
  static let longestKey = 250
  /// Bytes of keys and terms at which all is forgotten: a corpus of base64 must not fill the memory.
  private static let mostBytes = 4 << 20

  private var entries = [Entry](repeating: Entry(), count: 4096)
  private var count = 0
  private var storage: UnsafeMutablePointer<UInt8>
  private var used = 1
  private var capacity = 1 << 16

  init() { storage = .allocate(capacity: capacity) }

  deinit { storage.deallocate() }

  /// The terms of a word, made by `make` where they are not known.
  func terms(
    of word: UnsafeBufferPointer<UInt8>, _ make: () -> (term: [UInt8], stem: [UInt8]?)
  ) -> Terms {
    let hash = UInt32(truncatingIfNeeded: Hash.of(UnsafeRawBufferPointer(word)))
    var place = Int(hash) & (entries.count - 1)
    while entries[place].start != 0 {
      let entry = entries[place]
      if entry.hash == hash, isKey(entry, word) { return terms(of: entry) }
      place = (place + 1) & (entries.count - 1)
    }
    let made = make()
    return terms(of: insert(word, hash, made.term, made.stem ?? []))
  }

  private func isKey(_ entry: Entry, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(entry.key) == word.count else { return false }
    let key = storage + Int(entry.start)
    for index in 0..<word.count where key[index] != word[index] { return false }
    return true
  }

  private func terms(of entry: Entry) -> Terms {
    let term = storage + Int(entry.start) + Int(entry.key)
    return Terms(
      term: UnsafeBufferPointer(start: term, count: Int(entry.term)),
      stem: entry.stem == 0
        ? nil : UnsafeBufferPointer(start: term + Int(entry.term), count: Int(entry.stem)))
  }

  private func insert(
    _ word: UnsafeBufferPointer<UInt8>, _ hash: UInt32, _ term: [UInt8], _ stem: [UInt8]
  ) -> Entry {
    let size = word.count + term.count + stem.count
    if used + size > WordTable.mostBytes { forget() }
    if used + size > capacity { enlarge() }
    if count * 2 >= entries.count { rehash() }
    let entry = Entry(
      hash: hash, start: UInt32(used), key: UInt16(word.count), term: UInt16(term.count),
      stem: UInt16(stem.count))
    append(word)
    term.withUnsafeBufferPointer { append($0) }
    stem.withUnsafeBufferPointer { append($0) }
    set(entry)
    count += 1
    return entry
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    (storage + used).update(from: base, count: bytes.count)
    used += bytes.count
  }

  private func set(_ entry: Entry) {
    var place = Int(entry.hash) & (entries.count - 1)
    while entries[place].start != 0 { place = (place + 1) & (entries.count - 1) }
    entries[place] = entry
  }

  private func enlarge() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: storage, count: used)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }

  private func rehash() {
    let old = entries
    entries = [Entry](repeating: Entry(), count: old.count * 2)
    for entry in old where entry.start != 0 { set(entry) }
  }

  private func forget() {
    entries = [Entry](repeating: Entry(), count: 4096)
    count = 0
    used = 1
  }
}
