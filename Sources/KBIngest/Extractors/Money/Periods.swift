internal import KBSchema

/// The words that say what a sum is paid for.
enum Periods {
  /// A period directly behind a sum: `/hr`, `per annum`, `a month`.
  static func match(_ text: Lexemes, at index: Int) -> (period: Period, end: Int)? {
    guard index < text.count else { return nil }
    if let found = qualified(text, at: index) { return found }
    guard let found = behind.match(text, at: index) else { return nil }
    return (Period.allCases[found.payload], found.end)
  }

  /// An hour or a day of a kind: "per flight hour", "a working day".
  private static func qualified(_ text: Lexemes, at index: Int) -> (period: Period, end: Int)? {
    guard ["per", "a", "an", "/"].contains(text.key(index)), kinds.contains(text, index + 1)
    else { return nil }
    switch text.key(index + 2) {
    case "hour", "hr": return (.hour, index + 3)
    case "day": return (.day, index + 3)
    case "week": return (.week, index + 3)
    default: return nil
    }
  }

  private static let kinds: KeySet = [
    "flight", "flying", "block", "billable", "billed", "working", "worked", "contact", "teaching",
    "clock", "business", "contract", "shooting", "studio",
  ]

  /// A period that an adjective names: `hourly`, `annual`, "day rate".
  static func adjective(_ text: Lexemes, at index: Int) -> (period: Period, end: Int)? {
    guard let found = adjectives.match(text, at: index) else { return nil }
    return (Period.allCases[found.payload], found.end)
  }

  /// Whether a word is a unit of time or a part of one, so that "per year" is no piece rate.
  static func isUnit(_ word: String) -> Bool { units.contains(word) }

  private static let units: KeySet = [
    "hour", "hr", "day", "week", "wk", "month", "mo", "year", "yr", "annum", "shift", "diem",
    "fortnight", "quarter", "season", "semester", "term",
  ]

  private static let behind: PhraseTable = {
    let words: [(Period, [String])] = [
      (
        .hour,
        [
          "/hr", "/hour", "/h", "/hrs", "/ hr", "/ hour", "per hour", "per hr", "an hour", "a hour",
          "hourly", "p/h", "ph", "p.h.", "p.h", "/std", "pro stunde", "hour", "hr", "each hour",
          "por hora", "par heure", "all'ora", "per uur", "/uur", "/heure", "/hora", "je stunde",
          "/stunde", "pro std",
        ]
      ),
      (
        .day,
        [
          "/day", "/ day", "/d", "per day", "a day", "daily", "p/d", "pd", "p.d.", "pro tag",
          "each day", "/tag", "par jour", "/jour", "por dia", "per dag", "/dag", "al giorno",
        ]
      ),
      (
        .week,
        [
          "/week", "/ week", "/wk", "per week", "per wk", "a week", "weekly", "p/w", "pw", "p.w.",
          "each week", "par semaine", "por semana", "pro woche", "per vecka",
        ]
      ),
      (
        .month,
        [
          "/month", "/ month", "/mo", "/mth", "per month", "per mo", "a month", "monthly", "p/m",
          "pcm", "p.c.m.", "p.m.", "pro monat", "/monat", "im monat", "por mes", "por mês",
          "par mois", "al mese", "each month", "/mes", "/mês", "/mån", "/mois", "/maand", "/mies",
          "/mdr", "per maand", "per månad", "i månaden", "mensual", "mensuales", "mensuel",
          "mensuels", "mensal", "mensais", "mensili", "monatlich", "miesięcznie", "im monat",
          "al mes", "calendar month", "per calendar month", "/month", "per mensem", "/ month",
          "mtl", "/mån",
        ]
      ),
      (
        .year,
        [
          "/year", "/ year", "/yr", "/ yr", "/y", "/annum", "per year", "per yr", "per annum",
          "a year", "yearly", "annually", "annual", "p/a", "pa", "p.a.", "p.a", "pro jahr",
          "/jahr", "im jahr", "par an", "por año", "al año", "per anno", "each year", "every year",
          "each and every year", "/an", "/jaar", "/år", "/ano", "/año", "/rok", "per jaar",
          "per år", "por ano", "annuel", "annuels", "anual", "anuales", "anuais", "annui", "annuo",
          "lordi annui", "brut annuel", "bruts annuels", "jährlich", "all'anno", "rocznie",
          "pro anno", "/ annum", "yr", "lpa",
        ]
      ),
    ]
    var table = PhraseTable()
    for (period, phrases) in words { add(phrases, period, to: &table) }
    return table
  }()

  private static let adjectives: PhraseTable = {
    var table = PhraseTable()
    add(
      [
        "hourly", "per hour", "hour rate", "an hour", "stundenlohn", "bruttostundenlohn", "uurloon",
        "時給", "stundensatz",
      ], .hour, to: &table)
    add(
      ["daily", "day rate", "day rates", "per day", "tjm", "tagessatz", "日給"], .day,
      to: &table)
    add(["weekly", "per week"], .week, to: &table)
    add(
      [
        "monthly", "per month", "maandsalaris", "monatsgehalt", "monatsbruttogehalt",
        "bruttomonatsgehalt", "monatslohn", "bruttomaandsalaris", "månadslön", "mensual", "mensuel",
        "mensal", "月給", "月収", "月薪", "monatlich",
      ], .month, to: &table)
    add(
      [
        "annual", "annually", "yearly", "per year", "per annum", "jahresgehalt",
        "jahresbruttogehalt", "bruttojahresgehalt", "jahreszielgehalt", "jahreslohn", "年収", "年俸",
        "年薪",
        "anual", "annuel", "annuelle", "jahresbrutto",
      ], .year, to: &table)
    return table
  }()

  private static func add(_ phrases: [String], _ period: Period, to table: inout PhraseTable) {
    guard let index = Period.allCases.firstIndex(of: period) else { return }
    for phrase in phrases {
      table.add(phrase, index)
      if phrase.hasPrefix("/"), !phrase.hasPrefix("/ ") {
        table.add("/ \(phrase.dropFirst())", index)
      }
    }
  }
}
