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
        "French": national,
        "German": national,
        "Italian": national,
        "Dutch": national,
        "Japanese": national,
        "Korean": national,
        "Russian": national,
        "Polish": national,
        "Turkish": national,
        "Swedish": national,
        "Vietnamese": national,
        "Ukrainian": national,
        "Spanish": national,
        "Portuguese": national,
        "Arabic": national,
        "English": national,
      ]))

  /// Nouns behind an adjective of nationality.
  private static let national: Set<String> = [
    "owner", "owners", "company", "companies", "market", "markets", "office", "offices", "customer",
    "customers", "client", "clients", "firm", "law", "government", "bank", "banks", "startup",
    "cuisine", "food", "culture", "press", "doors", "team", "parent", "group", "brand", "brands",
    "restaurant", "wine", "economy", "subsidiary", "tax", "labour", "labor", "army",
    "multinational", "investors", "investor", "retailer", "manufacturer", "citizens", "citizenship",
    "passport", "embassy", "cars", "coast", "institutions", "society", "channel",
  ]

  private static let skillNames = [
    programmingNames, dataNames, systemNames, officeNames, designNames, careNames, tradeNames,
    businessNames, languageNames,
  ].joined(separator: "\n")
}
