internal import KBIngest
internal import KBSchema

/// What the columns of an item are for, by their names and what they hold.
enum ItemColumns {
  private static let titles = [
    "title", "name", "headline", "subject", "role", "position", "job-title", "product",
    "product-name", "display-name", "full-name", "label", "question", "topic", "summary",
  ]
  private static let ids = [
    "id", "slug", "anchor", "key", "sku", "uuid", "guid", "code", "job-id", "product-id", "item-id",
    "doc-id", "ref", "reference",
  ]
  private static let texts: Set<String> = [
    "description", "body", "text", "content", "contents", "notes", "note", "details", "abstract",
    "comment", "comments", "message", "requirements", "responsibilities", "qualifications",
    "benefits", "bio", "biography", "overview", "about", "answer", "review", "article", "excerpt",
    "markdown", "html", "readme", "story", "transcript", "passage", "document", "paragraph",
  ]
  /// Bytes above which a datum is running text whatever its column is called.
  private static let longestName = 200

  /// The column that names the item: by its name, else the first that holds words.
  static func title(_ item: Item, _ names: [String]) -> Int? {
    for title in titles {
      if let index = names.firstIndex(of: title), isShort(item.columns[index]) { return index }
    }
    let id = id(item, names)
    return item.columns.indices.first {
      $0 != id && isShort(item.columns[$0]) && !texts.contains(names[$0])
        && isWords(item.columns[$0].data[0].content.text)
    }
  }

  /// The column whose datum tells the item from others.
  static func id(_ item: Item, _ names: [String]) -> Int? {
    for id in ids {
      if let index = names.firstIndex(of: id), item.columns[index].data.count == 1 {
        return index
      }
    }
    return nil
  }

  /// Whether a column holds running text rather than a value.
  static func isText(_ column: Item.Column, _ name: String) -> Bool {
    let last = name.split(separator: "-").last.map(String.init) ?? name
    if texts.contains(last), column.data.contains(where: { !isAddress($0.content.text) }) {
      return true
    }
    return column.data.contains {
      ($0.content.text.utf8.count > longestName && !isAddress($0.content.text))
        || $0.content.text.utf8.contains(0x0A)
    }
  }

  /// Whether a datum is the address of something.
  static func isAddress(_ text: String) -> Bool {
    (text.hasPrefix("http://") || text.hasPrefix("https://")) && !text.utf8.contains(0x20)
  }

  private static func isShort(_ column: Item.Column) -> Bool {
    guard let first = column.data.first?.content.text else { return false }
    return first.utf8.count <= longestName && !first.trimmed.isEmpty
  }

  private static func isWords(_ text: String) -> Bool {
    !isAddress(text) && NumberText.parse(text) == nil && DateText.parse(text) == nil
      && text.unicodeScalars.contains { $0.properties.isAlphabetic }
  }
}
