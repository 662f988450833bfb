/// How much a diagnostic matters: an error stops the work it speaks of, the others do not.
public enum Severity: String, Sendable, Equatable, Codable {
  /// The input cannot be used as it stands.
  case error
  /// The input is used, and something about it is probably not what was meant.
  case warning
  /// A remark on how the input was read.
  case note
}

/// A replacement of spans of a source text that would mend what a diagnostic reports.
public struct FixIt: Sendable, Equatable {
  /// One replaced span.
  public struct Edit: Sendable, Equatable {
    /// The replaced bytes (UTF-8, half-open) of the source text.
    public var span: Range<Int>
    /// What stands there instead.
    public var replacement: String

    /// Replaces `span` by `replacement`.
    public init(span: Range<Int>, replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  /// What the change does, in the imperative: "quote the words".
  public var message: String
  /// The edits, in ascending order, not overlapping.
  public var edits: [Edit]

  /// A change with its reason.
  public init(message: String, edits: [Edit]) {
    self.message = message
    self.edits = edits
  }

  /// The source text after the edits.
  public func applied(to source: String) -> String {
    var bytes = Array(source.utf8)
    for edit in edits.reversed() where edit.span.upperBound <= bytes.count {
      bytes.replaceSubrange(edit.span, with: edit.replacement.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A problem (or remark) that a program found in a text a person wrote: where, why, and what would
/// work. The same value becomes carets on a terminal and JSON elsewhere.
public struct Diagnostic: Sendable, Equatable {
  /// A second place that the message refers to.
  public struct Label: Sendable, Equatable {
    /// The labelled bytes (UTF-8, half-open).
    public var span: Range<Int>
    /// What is to be said of them.
    public var text: String

    /// A labelled span.
    public init(span: Range<Int>, text: String) {
      self.span = span
      self.text = text
    }
  }

  /// A stable name, `area.kind`: `query.unknown-field`.
  public var id: String
  /// How much it matters.
  public var severity: Severity
  /// The reason, one sentence without a full stop.
  public var message: String
  /// The bytes of the source text it speaks of (UTF-8, half-open).
  public var span: Range<Int>
  /// Further places.
  public var labels: [Label]
  /// Further sentences: what is allowed, what would work.
  public var notes: [String]
  /// Names or values that were probably meant, the nearest first.
  public var suggestions: [String]
  /// Changes that would mend it, the best first. Each result is a text without this problem.
  public var fixIts: [FixIt]

  /// A diagnostic; only its name, its place and its reason are always there.
  public init(
    id: String, severity: Severity = .error, message: String, span: Range<Int>,
    labels: [Label] = [], notes: [String] = [], suggestions: [String] = [], fixIts: [FixIt] = []
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.span = span
    self.labels = labels
    self.notes = notes
    self.suggestions = suggestions
    self.fixIts = fixIts
  }

  /// The name without its area, as JSON gives it: `unknown-field`.
  public var code: String {
    guard let dot = id.firstIndex(of: ".") else { return id }
    return String(id[id.index(after: dot)...])
  }
}
