/// What makes a subject of its own inside a document.
public enum SubjectRule: Sendable, Equatable {
  /// Cards of a list of profiles, where the page reads like one.
  case auto
  /// Nothing: a document, or an item of a table, is one subject.
  case document
  /// Every heading of that level, with all below it.
  case heading(level: Int)
}
