internal import KBQuery
internal import KBSchema
internal import KBText
internal import Xapian

/// What may stand where somebody is typing.
public struct Completion: Sendable, Equatable {
  /// What replaces the word at hand.
  public var text: String
  /// Sections that have the value or the word; nil for fields.
  public var count: Int?
}

/// Completions of one place.
public struct CompletionList: Sendable, Equatable {
  /// Where the word at hand begins, in bytes of UTF-8.
  public var start: Int
  /// What may replace it, the best first.
  public var items: [Completion]
}

extension Searcher {
  /// Fields, then values of a field with their counts, then words of the index, that go on with what
  /// stands before `point` (bytes of UTF-8). At most `limit`.
  public func completions(
    of line: String, at point: Int, limit: Int = 50
  ) throws(SearchFailure) -> CompletionList {
    let typed = Array(line.utf8.prefix(point))
    let word = TypedWord(typed)
    do {
      if let name = word.field, let field = schema.field(named: name) {
        return CompletionList(
          start: word.valueStart,
          items: try values(of: field, from: word.text(typed), word.isQuoted, limit))
      }
      guard !word.isQuoted, word.field == nil else {
        return CompletionList(start: word.valueStart, items: [])
      }
      let text = word.text(typed)
      let items = fields(from: text) + (try words(from: text, limit))
      return CompletionList(start: word.valueStart, items: Array(items.prefix(limit)))
    } catch { throw .index(.engine(error.message)) }
  }

  private func fields(from start: String) -> [Completion] {
    let low = start.lowercased()
    return schema.fields.map(\.name).filter { $0.hasPrefix(low) }.sorted()
      .map { Completion(text: "\($0):", count: nil) }
  }

  private func words(from start: String, _ limit: Int) throws(XapianError) -> [Completion] {
    let folded = Folding.fold(start)
    guard !folded.isEmpty else { return [] }
    return try terms(from: folded, limit: 20_000)
      .sorted { ($1.documents, $0.term.count) < ($0.documents, $1.term.count) }.prefix(limit)
      .map { Completion(text: String(decoding: $0.term, as: UTF8.self), count: $0.documents) }
      .filter { schema.field(named: $0.text)?.name != $0.text }
  }

  private func values(
    of field: Field, from start: String, _ isQuoted: Bool, _ limit: Int
  ) throws(XapianError) -> [Completion] {
    let folded = WholeValue.fold(start)
    let candidates: [(text: String, count: Int)]
    switch field.name {
    case "path":
      candidates = try terms(from: IndexFormat.path(start), limit: 2000).map {
        (String(decoding: $0.term.dropFirst(), as: UTF8.self), $0.documents)
      }
    case "id": return []
    default:
      candidates = try heldValues(of: field.number, limit: 200_000)
        .filter { $0.folded.starts(with: folded) }
        .map { (String(decoding: $0.folded, as: UTF8.self), $0.documents) }
    }
    return candidates.sorted { ($1.count, $0.text) < ($0.count, $1.text) }.prefix(limit).map {
      Completion(text: quoted($0.text, isQuoted), count: $0.count)
    }
  }

  private func quoted(_ value: String, _ isQuoted: Bool) -> String {
    let plain = value.filter { $0 != "\"" }
    if isQuoted { return plain + "\"" }
    let isPlain = plain.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 > 0x7F
        || "-_./".utf8.contains($0)
    }
    return isPlain ? plain : "\"\(plain)\""
  }
}

/// The word that is being typed at the end of some bytes.
private struct TypedWord {
  /// The field before the colon or the sign, as written.
  var field: String?
  /// Where what is to be completed begins.
  var valueStart: Int
  /// Whether it stands in quotation marks.
  var isQuoted: Bool

  init(_ bytes: [UInt8]) {
    var openQuote: Int?
    var start = 0
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") {
        openQuote = openQuote == nil ? index : nil
      } else if openQuote == nil, " \t\n()".utf8.contains(byte) {
        start = index + 1
      }
    }
    if start < bytes.count, bytes[start] == UInt8(ascii: "-") { start += 1 }
    isQuoted = openQuote != nil
    let head = bytes[start..<(openQuote ?? bytes.count)]
    if let sign = head.firstIndex(where: { ":=".utf8.contains($0) }) {
      field = String(decoding: bytes[start..<sign], as: UTF8.self)
      valueStart = openQuote.map { $0 + 1 } ?? sign + 1
    } else {
      field = nil
      valueStart = openQuote.map { $0 + 1 } ?? start
    }
  }

  func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes[Swift.min(valueStart, bytes.count)...], as: UTF8.self)
  }
}
