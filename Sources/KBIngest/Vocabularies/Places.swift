internal import KBSchema
internal import KBText

/// Places: cities with what they lie in, states, countries.
enum Places {
  /// States of the USA by their postal codes.
  static let states: [String: String] = Dictionary(
    uniqueKeysWithValues: """
      AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,\
      DE Delaware,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,\
      KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,\
      MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,\
      NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,\
      PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,\
      UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,\
      DC District of Columbia
      """.split(separator: ",").map { entry in
        let parts = entry.split(separator: " ", maxSplits: 1)
        return (String(parts[0]), String(parts[1]))
      })

  /// Cities by the country (or the state's code) they lie in.
  private static let cities: [(String, String)] = [
    (
      "CA",
      "San Francisco=SF=San Francisco Bay Area=Bay Area,Los Angeles,San Diego,San Jose,Oakland,Palo Alto,Mountain View,Sacramento,Santa Monica,Silicon Valley"
    ),
    ("NY", "New York=New York City=NYC=Manhattan=Brooklyn,Albany"),
    ("WA", "Seattle,Redmond,Spokane"),
    ("TX", "Austin,Dallas,Houston,San Antonio,Fort Worth"), ("MA", "Boston"),
    ("IL", "Chicago"), ("CO", "Denver,Boulder"), ("GA", "Atlanta"), ("FL", "Miami,Tampa,Orlando"),
    ("PA", "Philadelphia,Pittsburgh"), ("AZ", "Tucson,Scottsdale"), ("MN", "Minneapolis"),
    ("MI", "Detroit,Ann Arbor"), ("NC", "Charlotte,Raleigh,Durham"), ("TN", "Nashville,Memphis"),
    ("UT", "Salt Lake City"), ("NV", "Las Vegas"), ("MD", "Baltimore"),
    ("MO", "St. Louis,Kansas City"),
    ("OH", "Cleveland,Cincinnati"), ("WI", "Milwaukee"), ("LA", "New Orleans"), ("OK", "Tulsa"),
    ("OR", "Portland"), ("DC", "Washington, DC=Washington DC=Washington D.C."),
    (
      "United Kingdom",
      "London,Manchester,Birmingham,Leeds,Glasgow,Edinburgh,Bristol,Cardiff,Belfast,Liverpool,Sheffield,Oxford"
    ),
    ("Germany", "Berlin,Munich=München,Hamburg,Frankfurt,Cologne=Köln,Stuttgart,Leipzig,Dresden"),
    ("France", "Paris,Lyon,Marseille,Toulouse,Bordeaux,Lille,Nantes"),
    ("Netherlands", "Amsterdam,Rotterdam,Utrecht,Eindhoven"), ("Ireland", "Dublin,Galway"),
    ("Spain", "Madrid,Barcelona,Valencia,Málaga"), ("Portugal", "Lisbon=Lisboa,Porto"),
    ("Italy", "Rome,Milan=Milano,Turin"), ("Switzerland", "Zurich=Zürich,Geneva,Basel,Lausanne"),
    ("Austria", "Vienna=Wien"), ("Sweden", "Stockholm,Gothenburg,Malmö"), ("Norway", "Oslo,Bergen"),
    ("Denmark", "Copenhagen"), ("Finland", "Helsinki"), ("Poland", "Warsaw,Kraków=Krakow,Wrocław"),
    ("Czechia", "Prague,Brno"), ("Hungary", "Budapest"), ("Romania", "Bucharest"),
    ("Belgium", "Brussels,Antwerp,Ghent"), ("Estonia", "Tallinn"), ("Ukraine", "Kyiv,Lviv"),
    ("Canada", "Toronto,Vancouver,Montreal=Montréal,Ottawa,Calgary"),
    ("Australia", "Sydney,Melbourne,Brisbane,Canberra"), ("New Zealand", "Auckland"),
    (
      "India",
      "Bangalore=Bengaluru,Mumbai,Delhi=New Delhi,Hyderabad,Pune,Chennai,Gurgaon=Gurugram,Noida,Kolkata"
    ),
    ("Japan", "Tokyo,Osaka,Kyoto"), ("China", "Beijing,Shanghai,Shenzhen"),
    ("South Korea", "Seoul"),
    ("Singapore", ""), ("Israel", "Tel Aviv"), ("United Arab Emirates", "Dubai,Abu Dhabi"),
    ("Brazil", "São Paulo=Sao Paulo,Rio de Janeiro"), ("Mexico", "Mexico City,Guadalajara"),
    ("Argentina", "Buenos Aires"), ("South Africa", "Cape Town,Johannesburg"), ("Nigeria", "Lagos"),
    ("Kenya", "Nairobi"), ("Egypt", "Cairo"), ("Greece", "Athens"), ("Thailand", "Bangkok"),
    ("Vietnam", "Hanoi"), ("Philippines", "Manila"), ("Indonesia", "Jakarta"),
    ("Pakistan", "Karachi,Lahore"),
  ]

  private static let europe: Set<String> = [
    "United Kingdom", "Germany", "France", "Netherlands", "Ireland", "Spain", "Portugal", "Italy",
    "Switzerland", "Austria", "Sweden", "Norway", "Denmark", "Finland", "Poland", "Czechia",
    "Hungary", "Romania", "Belgium", "Estonia", "Ukraine", "Greece",
  ]

  private static let countryNames: [String: [String]] = [
    "United Kingdom": ["UK", "Great Britain", "England", "Scotland"],
    "United Arab Emirates": ["UAE"],
    "Czechia": ["Czech Republic"], "South Korea": ["Korea"],
  ]

  /// What a place lies in, by its canonical name.
  private static let parents: [String: [String]] = {
    var result: [String: [String]] = [:]
    for (code, name) in states { result[name] = [code, "United States", "USA", "US"] }
    for (region, list) in cities {
      for group in list.split(separator: ",") where states[region] != nil && region != "DC" {
        let names = group.split(separator: "=").map(String.init)
        result["\(names[0]), \(region)"] = names + stateParents(region)
      }
      for group in list.split(separator: ",") where states[region] == nil {
        let names = group.split(separator: "=").map(String.init)
        result[names[0]] = Array(names.dropFirst()) + countryParents(region)
      }
      if states[region] == nil { result[region] = Array(countryParents(region).dropFirst()) }
    }
    result["Washington, DC"] = ["Washington", "Washington DC", "United States", "USA", "US"]
    result["United States"] = ["USA", "US", "America"]
    return result
  }()

  private static func stateParents(_ code: String) -> [String] {
    [states[code] ?? code, "United States", "USA", "US"]
  }

  private static func countryParents(_ country: String) -> [String] {
    [country] + (countryNames[country] ?? []) + (europe.contains(country) ? ["Europe"] : [])
  }

  /// Names that a `:` filter finds a place by, besides its own.
  static func implied(_ name: String) -> [String] {
    if let known = parents[name] { return known }
    let parts = name.split(separator: ",").map { $0.drop { $0 == " " } }
    guard parts.count == 2, states[String(parts[1])] != nil else { return [] }
    return [String(parts[0])] + stateParents(String(parts[1]))
  }

  /// Names of places with those they are indexed under.
  static let reader: NameReader = {
    var entries: [NameReader.Entry] = []
    for (region, list) in cities {
      if region == "DC" {
        entries.append(
          NameReader.Entry(
            canonical: "Washington, DC", names: ["Washington DC", "Washington D.C."]))
        continue
      }
      for group in list.split(separator: ",") {
        let names = group.split(separator: "=").map(String.init)
        let canonical = states[region] == nil ? names[0] : "\(names[0]), \(region)"
        let exact = names.filter { $0.utf8.count <= 3 }
        let long = names.filter { $0.utf8.count > 3 }
        entries.append(NameReader.Entry(canonical: canonical, names: long))
        for name in exact {
          entries.append(NameReader.Entry(canonical: canonical, names: [name], isExact: true))
        }
      }
      if states[region] == nil {
        entries.append(NameReader.Entry(canonical: region, names: []))
        for name in countryNames[region] ?? [] {
          entries.append(
            NameReader.Entry(canonical: region, names: [name], isExact: name.utf8.count <= 3))
        }
      }
    }
    for name in states.values where !["New York", "Washington", "Georgia"].contains(name) {
      entries.append(NameReader.Entry(canonical: name, names: []))
    }
    entries.append(
      NameReader.Entry(canonical: "United States", names: ["United States of America"]))
    for name in ["USA", "US", "U.S."] {
      entries.append(NameReader.Entry(canonical: "United States", names: [name], isExact: true))
    }
    entries.append(NameReader.Entry(canonical: "Europe", names: []))
    entries.append(NameReader.Entry(canonical: "EMEA", names: [], isExact: true))
    return NameReader(field: "location", entries: entries)
  }()

  /// The places that a fact names: known ones, `City, ST` of any city, and remote work.
  static func read(_ fact: FactText, _ words: FactWords) -> [Finding] {
    let pairs = cityAndState(words)
    var result =
      pairs
      + reader.read(words).filter { finding in
        words.isCapital(words.index(atOrAfter: finding.span.lowerBound))
          && !pairs.contains { $0.span.overlaps(finding.span) }
      }
    result += remote(fact, words)
    return result
  }

  /// `Austin, TX`: up to three words with capitals before the code of a state.
  private static func cityAndState(_ words: FactWords) -> [Finding] {
    var result: [Finding] = []
    for index in words.words.indices.dropFirst() {
      let range = words.words[index].range
      let code = words.text(range)
      guard range.count == 2, states[code] != nil else { continue }
      let gap = words.text(words.words[index - 1].range.upperBound..<range.lowerBound)
      guard gap == ", " || gap == "," else { continue }
      var first = index - 1
      guard words.isCapital(first) else { continue }
      while first > 0, index - first < 3, words.isCapital(first - 1),
        words.text(words.words[first - 1].range.upperBound..<words.words[first].range.lowerBound)
          == " "
      {
        first -= 1
      }
      let span = words.words[first].range.lowerBound..<range.upperBound
      let city = words.text(span.lowerBound..<words.words[index - 1].range.upperBound)
      let canonical =
        reader.canonical(city).flatMap { $0.hasSuffix(", \(code)") ? $0 : nil }
        ?? "\(city), \(code)"
      result.append(Finding(field: "location", content: .string(canonical), span: span))
    }
    return result
  }

  private static func remote(_ fact: FactText, _ words: FactWords) -> [Finding] {
    guard let index = words.words.firstIndex(where: { $0.key == "remote" || $0.key == "remotely" })
    else { return [] }
    let before = index > 0 ? words.words[index - 1].key : ""
    let after = index + 1 < words.words.count ? words.words[index + 1].key : ""
    let isLabelled = words.words.prefix(2).contains { ["location", "where"].contains($0.key) }
    let isWhole =
      words.words.count <= 2
      || (index == 0 && ["us", "uk", "eu", "anywhere", "worldwide"].contains(after))
    guard
      isLabelled || isWhole || ["fully", "100"].contains(before) || after == "first"
        || (before == "work" && words.words[index].key == "remotely")
    else { return [] }
    return [
      Finding(field: "location", content: .string("Remote"), span: words.words[index].range)
    ]
  }
}
