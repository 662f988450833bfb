internal import Glibc
internal import KBText

/// What words as written come to: their terms and those of their stems, each made once. For one lane:
/// a text has few words, many times.
///
/// Open addressing with linear probing, keys and terms side by side in one piece of memory.
final class WordTable {
  /// A word's terms; they hold until another word is added.
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

  /// Behind one pointer, so that to look up a word is to read memory and no more.
  private struct State {
    /// A power of two.
    var width = WordTable.leastWidth
    var entries = WordTable.emptyEntries(WordTable.leastWidth)
    var count = 0
    var storage = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
    /// An entry that starts at 0 is none.
    var used = 1
    var capacity = 1 << 16
  }

  /// Longest word, as written, that is remembered; of a longer one only its terms.
  private static let longestKey = 250
  /// Bytes of keys and terms at which all is forgotten: a corpus of base64 must not fill the memory.
  private static let mostBytes = 4 << 20
  /// A search knows a few words, so it begins small.
  private static let leastWidth = 256

  private let state: UnsafeMutablePointer<State>

  init() {
    state = .allocate(capacity: 1)
    state.initialize(to: State())
  }

  deinit {
    state.pointee.entries.deallocate()
    state.pointee.storage.deallocate()
    state.deallocate()
  }

  private static func emptyEntries(_ width: Int) -> UnsafeMutablePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: width)
    entries.initialize(repeating: Entry(), count: width)
    return entries
  }

  /// The hash by which a word is looked up and added.
  @inline(__always)
  static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: Hash.of(UnsafeRawBufferPointer(word)))
  }

  /// The terms of a word that was added.
  @inline(__always)
  func terms(of word: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Terms? {
    let entries = state.pointee.entries
    let mask = state.pointee.width - 1
    var place = Int(hash) & mask
    while entries[place].start != 0 {
      if entries[place].hash == hash, Int(entries[place].key) == word.count {
        let key = state.pointee.storage + Int(entries[place].start)
        if memcmp(key, word.baseAddress!, word.count) == 0 { return terms(of: entries[place]) }
      }
      place = (place + 1) & mask
    }
    return nil
  }

  @inline(__always)
  private func terms(of entry: Entry) -> Terms {
    let term = state.pointee.storage + Int(entry.start) + Int(entry.key)
    return Terms(
      term: UnsafeBufferPointer(start: term, count: Int(entry.term)),
      stem: entry.stem == 0
        ? nil : UnsafeBufferPointer(start: term + Int(entry.term), count: Int(entry.stem)))
  }

  /// Adds a word that is not there, and returns its terms. Those of one that is too long to be
  /// remembered hold as long as others do.
  func add(
    _ word: UnsafeBufferPointer<UInt8>, _ hash: UInt32, _ term: [UInt8], _ stem: [UInt8]?
  ) -> Terms {
    let isKept = word.count <= WordTable.longestKey
    let size = (isKept ? word.count : 0) + term.count + (stem?.count ?? 0)
    if state.pointee.used + size > WordTable.mostBytes { forget() }
    if state.pointee.used + size > state.pointee.capacity { enlarge() }
    if state.pointee.count * 2 >= state.pointee.width { rehash() }
    let start = state.pointee.used
    let entry = Entry(
      hash: hash, start: UInt32(start), key: UInt16(isKept ? word.count : 0),
      term: UInt16(term.count), stem: UInt16(stem?.count ?? 0))
    if isKept { append(word) }
    term.withUnsafeBufferPointer { append($0) }
    stem?.withUnsafeBufferPointer { append($0) }
    if isKept {
      set(entry)
      state.pointee.count += 1
    } else {
      // The bytes stand there until the next word is added.
      state.pointee.used = start
    }
    return terms(of: entry)
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    (state.pointee.storage + state.pointee.used).update(from: base, count: bytes.count)
    state.pointee.used += bytes.count
  }

  private func set(_ entry: Entry) {
    let mask = state.pointee.width - 1
    var place = Int(entry.hash) & mask
    while state.pointee.entries[place].start != 0 { place = (place + 1) & mask }
    state.pointee.entries[place] = entry
  }

  private func enlarge() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: state.pointee.capacity * 2)
    larger.update(from: state.pointee.storage, count: state.pointee.used)
    state.pointee.storage.deallocate()
    state.pointee.storage = larger
    state.pointee.capacity *= 2
  }

  private func rehash() {
    let (old, width) = (state.pointee.entries, state.pointee.width)
    state.pointee.entries = WordTable.emptyEntries(width * 2)
    state.pointee.width = width * 2
    for place in 0..<width where old[place].start != 0 { set(old[place]) }
    old.deallocate()
  }

  private func forget() {
    state.pointee.entries.deallocate()
    state.pointee.entries = WordTable.emptyEntries(WordTable.leastWidth)
    state.pointee.width = WordTable.leastWidth
    state.pointee.count = 0
    state.pointee.used = 1
  }
}
