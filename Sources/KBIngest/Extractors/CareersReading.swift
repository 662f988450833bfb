public import KBSchema
internal import KBText

/// The careers preset's way of reading values out of prose and declarations.
public enum CareersReading {
  private static let skills = NameReader(field: "skill", entries: Skills.entries)

  /// Other names of keyword values, for queries.
  public static let aliases: [AliasEntry] = {
    let readers = [skills, Places.reader, Ranks.levels, Ranks.degrees]
    return readers.flatMap { reader in
      reader.aliases.filter { Folding.key($0.alias) != Folding.key($0.canonical) }.map {
        AliasEntry(field: reader.field, alias: $0.alias, canonical: $0.canonical)
      }
    }
  }()

  /// How values are read where a bare amount is in `currency`.
  public static func reading(currency: String) -> ValueReading {
    let pay = PayReader(currency: currency)
    return ValueReading(
      read: { read($0, pay) }, readsAsRole: RoleNames.reads(asRole:),
      roleMentions: RoleNames.mentions(in:), sameRole: { RoleNames.same($0, as: $1) },
      declaredIntervals: { Declared.intervals($0, $1, pay) }, date: DateText.parse,
      number: DateText.number, canonical: canonical)
  }

  private static func read(
    _ fact: FactText, _ pay: PayReader
  ) -> (findings: [Finding], rejections: [Rejection]) {
    let words = FactWords(fact.text)
    let (amounts, rejections) = pay.read(fact, words)
    var findings = amounts + skills.read(words)
    findings += Places.read(fact, words) + Ranks.levels(words) + Ranks.degrees(words)
    findings += ExperienceReader.read(fact, words) + CompanyReader.read(fact, words)
    findings.sort {
      ($0.span.lowerBound, $0.span.upperBound) < ($1.span.lowerBound, $1.span.upperBound)
    }
    return (findings, rejections)
  }

  private static func canonical(_ field: String, _ text: String) -> String? {
    switch field {
    case "skill": return skills.canonical(text)
    case "location":
      return Places.reader.canonical(text) ?? (Folding.key(text) == "remote" ? "Remote" : nil)
    case "level": return Ranks.levels.canonical(text)
    case "education": return Ranks.degrees.canonical(text)
    default: return nil
    }
  }

  /// Gives places the names of what they lie in, so that a filter on those finds them.
  public static func completed(_ document: DocumentRecords) -> DocumentRecords {
    var document = document
    for index in document.records.indices {
      document.records[index].facts = document.records[index].facts.map(completed)
    }
    for subject in document.subjects.indices {
      for entry in document.subjects[subject].entries.indices {
        document.subjects[subject].entries[entry].fact = completed(
          document.subjects[subject].entries[entry].fact)
      }
    }
    return document
  }

  private static func completed(_ fact: Fact) -> Fact {
    var fact = fact
    fact.stated = fact.stated.map(completed)
    fact.borrowed = fact.borrowed.map(completed)
    return fact
  }

  private static func completed(_ value: Value) -> Value {
    guard value.field == "location", case .string(let name) = value.content else { return value }
    var value = value
    value.implied = Places.implied(name)
    return value
  }
}

/// Values that front matter declares.
enum Declared {
  /// The intervals of `salary: 120000-150000`, `salary: $150k+`, `experience: 3-5`.
  static func intervals(_ field: String, _ text: String, _ pay: PayReader) -> [Interval] {
    switch field {
    case "salary": return salaries(text, pay)
    case "experience": return years(text)
    default: return []
    }
  }

  private static func salaries(_ text: String, _ pay: PayReader) -> [Interval] {
    let fact = FactText(kind: .listItem, text: text, headings: ["Salary"])
    let found = pay.read(fact, FactWords(text)).found
    if !found.isEmpty {
      return found.compactMap {
        if case .interval(let interval) = $0.content { interval } else { nil }
      }
    }
    return AmountScanner(Array(text.utf8)).scan().filter { ($0.high ?? 0) >= 10 && !$0.isHuge }.map
    {
      Interval(
        min: $0.low.map { Amount($0) },
        max: $0.isOpen && $0.low == $0.high ? nil : $0.high.map { Amount($0) },
        open: $0.isOpen ? .max : nil,
        unit: MeasureUnit(code: $0.currency ?? pay.currency, period: $0.period ?? .year))
    }
  }

  private static func years(_ text: String) -> [Interval] {
    let fact = FactText(kind: .listItem, text: text, headings: ["Experience"])
    let found = ExperienceReader.read(fact, FactWords(text))
    if let first = found.first, case .interval(let interval) = first.content { return [interval] }
    let numbers = AmountScanner(Array(text.utf8)).scan()
    guard numbers.count == 1, let low = numbers[0].low, let high = numbers[0].high, high < 60 else {
      return []
    }
    return [
      Interval(
        min: Amount(low), max: numbers[0].isOpen ? nil : Amount(high),
        open: numbers[0].isOpen ? .max : nil, unit: MeasureUnit(code: "years"))
    ]
  }
}
