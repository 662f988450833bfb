extension Vocabulary {
  /// Skills that postings name: tools, languages, methods, trades.
  public static let skills = Vocabulary(
    table: skillNames,
    context: NameContext(
      frame: [
        "skill", "skills", "technologies", "technology", "tools", "tool", "stack", "languages",
        "language", "requirements",
        "qualifications", "software", "technical", "programming", "tech", "frameworks", "platforms",
        "proficiency",
      ],
      before: [
        "languages", "language", "programming", "proficiency", "proficient", "using", "with",
        "experience", "knowledge",
        "skills", "tools", "like", "include", "including", "familiarity", "scripting", "coding",
        "frameworks", "software",
        "microsoft", "ms", "office", "fluent", "technologies", "stack", "know", "learn", "use",
        "uses", "write", "writes",
        "writing", "written", "built", "developed", "coded", "via", "expertise", "know",
        "databases", "apache", "libraries", "knows", "code", "engines", "expert",
      ],
      behind: [
        "programming", "language", "developer", "developers", "engineer", "engineers", "code",
        "scripts", "codebase",
        "services", "backend", "microservices", "packages", "skills", "scripting", "programmer",
        "programmers",
        "experience", "macros", "spreadsheets", "formulas", "jobs", "clusters", "shiny", "studio",
        "streaming",
      ],
      notBefore: [
        "Excel": ["at", "in", "as"],
        "Go": [
          "to", "beyond", "ahead", "for", "with", "through", "live", "back", "home", "above", "out",
          "on", "into", "over", "-",
        ],
        "Access": ["to", "control", "management", "for"], "Word": ["of", "for"],
        "Spark": ["joy", "interest", "a"], "R": ["&", "'"],
        "C": ["-", "suite", "level", "corp", "'"],
      ]))

  private static let skillNames = [
    programmingNames, dataNames, systemNames, officeNames, designNames, careNames, tradeNames,
    businessNames, languageNames,
  ].joined(separator: "\n")
}
