internal import KBSchema

extension Vocabulary {
  /// The canonical spelling of a preset field's value: `sklearn` is `scikit-learn`, `austin` is
  /// `Austin, TX`. Used for declared values and queries alike. Nil where the vocabulary does not know
  /// the text, or the field has none.
  public static func canonical(_ field: String, _ text: String) -> String? {
    switch field {
    case "skill": skills.canonical(text)
    case "location": Places.shared.canonical(text)
    case "level": LevelReader.canonical(text)
    case "education": education.canonical(text)
    case "company": companies.canonical(text)
    default: nil
    }
  }

  /// The places around a place, the nearest first: `San Francisco, CA` lies in California, the
  /// United States, North America. Empty for one that is not known.
  public static func ancestors(_ location: String) -> [String] {
    Places.shared.ancestors(of: location)
  }

  /// The names of all places that are known.
  public static var knownPlaces: [String] { Places.shared.entries.map(\.name) }

  /// Every other spelling of the preset's names, by field; in one order in every process, because
  /// the tables behind it have none.
  public static var presetAliases: [(field: String, alias: String, name: String)] {
    let entries: [(field: String, alias: String, name: String)] =
      skills.aliases.map { ("skill", $0.alias, $0.name) }
      + Places.shared.aliases.map { ("location", $0.alias, $0.name) }
      + LevelReader.aliases.map { ("level", $0.alias, $0.name) }
      + education.aliases.map { ("education", $0.alias, $0.name) }
      + companies.aliases.map { ("company", $0.alias, $0.name) }
    return entries.sorted { ($0.field, $0.alias, $0.name) < ($1.field, $1.alias, $1.name) }
  }
}
