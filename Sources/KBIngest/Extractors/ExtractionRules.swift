/// Which extractors run over prose, for which fields.
public struct ExtractionRules: Sendable {
  /// How a field's values are found.
  public enum Kind: Sendable {
    /// Pay: sums that the words around call pay. Bonuses, allowances and stock go to `bonusField`,
    /// or are only turned down where it is nil.
    case pay(bonusField: String?)
    /// Sums of money near one of these words, in the text, a column or a heading; all sums where
    /// there are none.
    case money(cues: [String], currency: String? = nil)
    /// Counts of a unit: a number or range before one of the unit's words.
    case quantity(QuantityRule)
    /// Years of experience: like a quantity, told from ages, durations and forecasts.
    case experience
    /// Names of a vocabulary.
    case vocabulary(Vocabulary)
    /// Places, with "City, ST" of towns that the vocabulary does not know.
    case places
    /// Levels of seniority.
    case levels
    /// Employers: well-known ones, and whatever a label (`Company: …`) names.
    case companies
    /// What a label (`Role: …`) names, in whole.
    case label([String])
    /// Dates near one of these words; all dates where there are none.
    case date(cues: [String])
    /// What a regular expression fits.
    case pattern(PatternRule)
    /// Headings of a level.
    case headings(level: Int)
  }

  /// A field with how it is found.
  public struct Rule: Sendable {
    /// The field's normalised name.
    public var field: String
    /// How its values are found.
    public var kind: Kind

    /// A rule.
    public init(field: String, kind: Kind) {
      self.field = field
      self.kind = kind
    }
  }

  /// The rules in order.
  public var rules: [Rule]
  /// ISO code of a sum that names no currency, and of a bare `$` where it is a dollar.
  public var currency: String
  /// Rules for declared values alone.
  public var declaredOnly: [Rule] = []
  /// Whether every page is known to be of pay, so that a sum with a currency needs no cue.
  public var isPayPage: Bool

  /// Rules.
  public init(rules: [Rule], currency: String = "USD", isPayPage: Bool = false) {
    self.rules = rules
    self.currency = currency
    self.isPayPage = isPayPage
  }

  /// The careers preset: `salary` with `bonus`, `skill`, `location`, `level`, `experience`,
  /// `education`, `company`, and `role` where a label names it.
  public static let careers = ExtractionRules(rules: [
    Rule(field: "salary", kind: .pay(bonusField: "bonus")),
    Rule(field: "skill", kind: .vocabulary(.skills)),
    Rule(field: "location", kind: .places),
    Rule(field: "level", kind: .levels),
    Rule(field: "experience", kind: .experience),
    Rule(field: "education", kind: .vocabulary(.education)),
    Rule(field: "company", kind: .companies),
    Rule(field: "role", kind: .label(["role", "job title", "position", "job", "title"])),
  ])
}

/// A unit that a field counts.
public struct QuantityRule: Sendable, Equatable {
  /// The unit's code, as intervals carry it: `years`, `percent`, `GB`.
  public var unit: String
  /// The words and signs after a number that name it: `year`, `years`, `yrs`.
  public var words: [String]
  /// Words of which one stands in the same sentence, column or heading; none are asked for where
  /// it is empty.
  public var cues: [String]

  /// A unit with its words.
  public init(unit: String, words: [String], cues: [String] = []) {
    self.unit = unit
    self.words = words
    self.cues = cues
  }
}
