/// The type of a field: which comparisons its values know.
public enum FieldType: String, Sendable, Equatable, Codable, CaseIterable {
  /// Words; `:` finds analysed words, `=` the whole value.
  case text
  /// A name; `:` finds the whole value, ignoring case, accents and aliases.
  case keyword
  /// A single number.
  case number
  /// A day, or a span of days (a month, a year).
  case date
  /// A range with a unit: pay, years of experience.
  case interval
}

/// A named, typed property of sections.
public struct Field: Sendable, Equatable, Codable {
  /// Where a field comes from.
  public enum Origin: String, Sendable, Equatable, Codable, CaseIterable {
    /// Always there: `title`, `heading`, `path`, `format`, `modified`, `id`.
    case builtin
    /// Part of the careers preset.
    case preset
    /// Declared in `kbsearch.yaml`.
    case configured
    /// Found in front matter; its type is inferred.
    case inferred
  }

  /// How values were seen to disagree with the type that was inferred.
  public struct Conflict: Sendable, Equatable, Codable {
    /// What is wrong, in a sentence.
    public var reason: String
    /// Up to three places, `path:line: text`.
    public var examples: [String]

    /// A disagreement with examples.
    public init(reason: String, examples: [String]) {
      self.reason = reason
      self.examples = examples
    }
  }

  /// The name as queries write it: lower case, other signs than letters and digits as `-`
  /// (`ms.date` is accepted for `ms-date`).
  public var name: String
  /// Other names that queries may use.
  public var aliases: [String]
  /// What its values are.
  public var type: FieldType
  /// For an interval or number: the unit a bare number has (`USD`, `years`); nil without one.
  public var unit: String?
  /// Where it comes from.
  public var origin: Origin
  /// Whether values extracted from prose reach every section of their subject.
  public var inherits: Bool
  /// Whether a fact that states this field beside another fact field ties the two
  /// (`location` and `salary` of one line).
  public var tiesFacts: Bool
  /// Number of the field in the index; decides its value slots. Unique in a schema.
  public var number: Int
  /// For dates written as `03/04/2024`: whether the day stands first in this corpus; nil if the
  /// corpus does not show it.
  public var dayFirst: Bool?
  /// Sections that hold a value of it.
  public var sectionCount: Int
  /// Disagreements found while the type was inferred.
  public var conflicts: [Conflict]

  /// A field.
  public init(
    name: String, aliases: [String] = [], type: FieldType, unit: String? = nil,
    origin: Origin, inherits: Bool = true, tiesFacts: Bool = false, number: Int = 0,
    dayFirst: Bool? = nil, sectionCount: Int = 0, conflicts: [Conflict] = []
  ) {
    self.name = name
    self.aliases = aliases
    self.type = type
    self.unit = unit
    self.origin = origin
    self.inherits = inherits
    self.tiesFacts = tiesFacts
    self.number = number
    self.dayFirst = dayFirst
    self.sectionCount = sectionCount
    self.conflicts = conflicts
  }

  /// The form in which field names compare: ASCII lower case, every run of signs that are neither
  /// letters nor digits as one `-`, none at the ends: `Module Name` is `module-name`.
  public static func normalise(_ name: some StringProtocol) -> String { normalise(String(name)) }

  /// The same of a whole string; generic code would look up at run time what a string is.
  public static func normalise(_ name: String) -> String {
    var whole = name
    if let result = whole.withUTF8({ normalise(ascii: $0) }) { return result }
    var result = ""
    var pendingDash = false
    for scalar in name.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        if pendingDash && !result.isEmpty { result.append("-") }
        pendingDash = false
        result.unicodeScalars.append(scalar)
      } else {
        pendingDash = true
      }
    }
    return result
  }

  /// The same for ASCII alone, nil for other bytes: it is asked for every key of every document.
  private static func normalise(ascii name: UnsafeBufferPointer<UInt8>) -> String? {
    var result: [UInt8] = []
    result.reserveCapacity(name.count)
    var pendingDash = false
    for byte in name {
      guard byte < 0x80 else { return nil }
      let isCapital = (0x41...0x5A).contains(byte)
      guard isCapital || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) else {
        pendingDash = true
        continue
      }
      if pendingDash && !result.isEmpty { result.append(0x2D) }
      pendingDash = false
      result.append(isCapital ? byte | 0x20 : byte)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
