internal import KBSchema

/// Levels and degrees.
enum Ranks {
  /// Levels. What is also a verb or a calling counts only in its own forms.
  static let levels = NameReader(
    field: "level",
    entries: VocabularyTable.entries(
      """
      intern = internship, trainee, apprentice
      entry = entry-level, entry level, junior, jr, graduate, early career, early-career, new grad
      mid = mid-level, mid level, midlevel, mid-career, mid career, intermediate
      senior = sr, senior-level, late-career, late career, experienced
      principal = principal-level
      staff = staff-level, staff engineer
      lead = team lead, tech lead, lead-level, lead engineer, lead developer
      director = director-level
      executive = executive-level, c-level, vice president
      """))

  /// Degrees.
  static let degrees = NameReader(
    field: "education",
    entries: VocabularyTable.entries(
      """
      high school = high school diploma, ged
      associate = associate degree, associate's degree, associates degree
      bachelor = bachelor's, bachelors, bachelor's degree, bsc, undergraduate degree, bachelor degree
      master = master's, master's degree, masters degree, msc, mba, master degree
      doctorate = phd, ph.d, doctoral, doctoral degree
      """))

  /// Degrees that a fact names; `master` by itself is a verb more often than a degree.
  static func degrees(_ words: FactWords) -> [Finding] {
    degrees.read(words).filter { finding in
      let text = words.text(finding.span).lowercased()
      return text != "master" && text != "associate"
    }
  }

  /// Levels that a fact names.
  static func levels(_ words: FactWords) -> [Finding] {
    levels.read(words).filter { finding in
      let text = words.text(finding.span).lowercased()
      switch text {
      case "experienced", "graduate", "trainee", "lead", "staff", "director", "executive",
        "apprentice":
        return finding.span.lowerBound == 0 && words.bytes.count > finding.span.upperBound
          && words.bytes[finding.span.upperBound] == UInt8(ascii: ":")
      default: return true
      }
    }
  }
}
