/// A heading and its own text, down to the next heading.
public struct Section: Sendable, Hashable {
  /// Headings from the document's first down to this section's own. A section of text before the
  /// first heading has the document's title alone.
  public var headings: [String]
  /// Level of the own heading; 0 for the text before the first heading.
  public var level: Int
  /// The heading's own block, nil for the text before the first heading.
  public var heading: Block?
  /// GitHub-style anchor, unique in the document.
  public var anchor: String
  /// Line of the heading, or of the first text.
  public var line: Int
  /// Last line of the own text.
  public var endLine: Int
  /// The blocks of its own text.
  public var blocks: [Block]
  /// Subject that it belongs to; 0 is the document's own.
  public var subject: Int

  /// A section.
  public init(
    headings: [String], level: Int, heading: Block?, anchor: String, line: Int, endLine: Int,
    blocks: [Block], subject: Int = 0
  ) {
    self.headings = headings
    self.level = level
    self.heading = heading
    self.anchor = anchor
    self.line = line
    self.endLine = endLine
    self.blocks = blocks
    self.subject = subject
  }
}

/// What a run of sections is about; in a career profile, the role.
public struct Subject: Sendable, Hashable {
  /// Number within the document; 0 is the document's own.
  public var ordinal: Int
  /// Its name: the document's title, or the card's heading.
  public var name: String
  /// Whether the name is a role (the page or card reads like a career profile).
  public var isRole: Bool
  /// How many headings at the front of its sections' heading paths lie outside it.
  public var outerHeadings: Int
  /// Line that names it.
  public var line: Int

  /// A subject.
  public init(ordinal: Int, name: String, isRole: Bool, outerHeadings: Int, line: Int) {
    self.ordinal = ordinal
    self.name = name
    self.isRole = isRole
    self.outerHeadings = outerHeadings
    self.line = line
  }
}
