public import KBSchema

/// Numbers the sections and subjects of the items of one file (rows, lines of JSON) through, so that
/// no two items share one.
public struct ItemNumbers: Sendable {
  private var sections = 0
  private var subjects = 0

  /// Numbers for a file whose first item comes next.
  public init() {}

  /// The next item's records with numbers that no earlier item has.
  public mutating func next(_ item: DocumentRecords) -> DocumentRecords {
    var item = item
    for index in item.records.indices {
      item.records[index].ordinal += sections
      item.records[index].subjectOrdinal += subjects
    }
    for index in item.subjects.indices { number(&item.subjects[index]) }
    sections += item.records.count
    subjects += item.subjects.count
    return item
  }

  private func number(_ sheet: inout SubjectSheet) {
    sheet.ordinal += subjects
    guard sections > 0 else { return }
    for index in sheet.entries.indices {
      sheet.entries[index].section = sheet.entries[index].section.map { $0 + sections }
    }
  }
}

/// Anchors of the items of one file: what their id column says, else `line-12`.
public struct ItemAnchors: Sendable {
  private var taken: Set<String> = []

  /// Anchors for a file whose first item comes next.
  public init() {}

  /// Longest anchor in bytes; a longer id is no name.
  private static let longest = 120

  /// The anchor of the next item, which no earlier item has.
  ///
  /// - Parameters:
  ///   - id: What its id column says, nil without one.
  ///   - line: 1-based line on which it begins. No two items begin on one line, or the caller
  ///     says that they do by their ids.
  public mutating func next(id: String?, line: Int) -> String {
    let slug = id.map { Anchors.slug($0.trimmed) } ?? ""
    let isName = !slug.isEmpty && slug.utf8.count <= ItemAnchors.longest
    var name = isName ? slug : "line-\(line)"
    if !taken.insert(name).inserted {
      name += "-\(line)"
      while !taken.insert(name).inserted { name += "-again" }
    }
    return name
  }
}
