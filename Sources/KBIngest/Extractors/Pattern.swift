public import KBSchema

/// What finds places in a text: a regular expression of a configuration.
public protocol Pattern: Sendable {
  /// The places where it fits: of the first group, or of the whole where there is none. UTF-8 bytes.
  func matches(in text: String) -> [Range<Int>]
}

/// What a pattern finds, and the type it is read as.
public struct PatternRule: Sendable {
  /// The expression.
  public var pattern: any Pattern
  /// The type of the field: what does not read as it is no value.
  public var type: FieldType

  /// A rule.
  public init(pattern: any Pattern, type: FieldType) {
    self.pattern = pattern
    self.type = type
  }
}
