public import KBSchema

/// What building records asks of the extractors and vocabularies. The closures are the seam between
/// the arrangement of a document (this folder) and the reading of its words (`Extractors`).
public struct ValueReading: Sendable {
  /// A role that a text names.
  public struct RoleMention: Sendable, Hashable {
    /// UTF-8 bytes of the text.
    public var span: Range<Int>
    /// The role, in the singular and as it is shown.
    public var name: String

    /// A mention of a role.
    public init(span: Range<Int>, name: String) {
      self.span = span
      self.name = name
    }
  }

  /// The values of a fact's words, and the amounts that are none.
  public var read: @Sendable (FactText) -> (findings: [Finding], rejections: [Rejection])
  /// Whether a title or heading as a whole reads as the name of a role.
  public var readsAsRole: @Sendable (String) -> Bool
  /// The roles that a text mentions, in order.
  public var roleMentions: @Sendable (String) -> [RoleMention]
  /// Whether the first name is the second role, or a level or spelling of it.
  public var sameRole: @Sendable (_ name: String, _ role: String) -> Bool
  /// The intervals that a declared text of an interval field states; empty where it states none.
  public var declaredIntervals: @Sendable (_ field: String, _ text: String) -> [Interval]
  /// A date that makes up the whole text.
  public var date: @Sendable (String) -> ValueContent?
  /// A number that makes up the whole text.
  public var number: @Sendable (String) -> Double?
  /// The canonical name of a vocabulary's word, nil where the vocabulary does not know it.
  public var canonical: @Sendable (_ field: String, _ text: String) -> String?

  /// Fields that the document's title is a value of.
  public var titleFields: [String] = []
  /// Fields that the name of a section's subject is a value of.
  public var subjectFields: [String] = []

  /// A reading from its parts. Those left out find nothing.
  public init(
    read: @escaping @Sendable (FactText) -> (findings: [Finding], rejections: [Rejection]),
    readsAsRole: @escaping @Sendable (String) -> Bool = { _ in false },
    roleMentions: @escaping @Sendable (String) -> [RoleMention] = { _ in [] },
    sameRole: @escaping @Sendable (_ name: String, _ role: String) -> Bool = { $0 == $1 },
    declaredIntervals:
      @escaping @Sendable (_ field: String, _ text: String) -> [Interval] = { _, _ in [] },
    date: @escaping @Sendable (String) -> ValueContent? = { _ in nil },
    number: @escaping @Sendable (String) -> Double? = { _ in nil },
    canonical: @escaping @Sendable (_ field: String, _ text: String) -> String? = { _, _ in nil }
  ) {
    self.read = read
    self.readsAsRole = readsAsRole
    self.roleMentions = roleMentions
    self.sameRole = sameRole
    self.declaredIntervals = declaredIntervals
    self.date = date
    self.number = number
    self.canonical = canonical
  }
}
