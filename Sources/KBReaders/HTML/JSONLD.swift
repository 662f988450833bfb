internal import Foundation

/// What JSON-LD of a page says of the thing that the page is about (schema.org).
struct JSONLD {
  /// Keys in their order, with their values, and the key of the script that holds them.
  private(set) var entries: [(key: String, values: [String], source: String)] = []
  /// Title of a job posting.
  private(set) var title: String?
  /// Description of a job posting, in HTML.
  private(set) var description: String?

  private typealias Object = [String: Any]

  /// Reads a script; nil where it is not JSON.
  static func read(_ text: String) -> JSONLD? {
    guard let root = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { return nil }
    var result = JSONLD()
    for object in objects(root).prefix(100) { result.add(object) }
    return result
  }

  private static func objects(_ root: Any) -> [Object] {
    if let list = root as? [Any] { return list.flatMap(objects) }
    guard let object = root as? Object else { return [] }
    if let graph = object["@graph"] as? [Any] { return graph.compactMap { $0 as? Object } }
    return [object]
  }

  private mutating func add(_ object: Object) {
    let types = JSONLD.strings(object["@type"])
    if types.contains("JobPosting") { return addPosting(object) }
    guard !types.contains(where: { JSONLD.around.contains($0) }) else { return }
    for (key, value) in object.sorted(by: { $0.key < $1.key })
    where !key.hasPrefix("@") && !JSONLD.passedOver.contains(key) {
      if key == "offers" {
        addOffer(value)
      } else {
        add(JSONLD.dashed(key), JSONLD.strings(value), key)
      }
    }
  }

  private mutating func add(_ key: String, _ values: [String], _ source: String) {
    let values = values.filter { !$0.isEmpty }
    if !values.isEmpty { entries.append((key, values, source)) }
  }

  /// Types of what stands around the content.
  private static let around: Set<String> = [
    "BreadcrumbList", "WebSite", "WebPage", "Organization", "Corporation", "ImageObject",
    "SearchAction", "SiteNavigationElement", "LocalBusiness", "ListItem", "ItemList",
  ]
  private static let passedOver: Set<String> = [
    "url", "image", "logo", "thumbnailUrl", "articleBody", "headline", "mainEntityOfPage",
    "potentialAction", "sameAs", "identifier", "isPartOf", "contentUrl", "text", "description",
    "name", "mainEntity", "review", "aggregateRating", "speakable",
  ]

  // MARK: Job postings

  private mutating func addPosting(_ object: Object) {
    title = JSONLD.strings(object["title"]).first
    description = object["description"] as? String
    add("role", JSONLD.strings(object["title"]), "title")
    add("salary", JSONLD.list(object["baseSalary"]).compactMap(JSONLD.salary), "baseSalary")
    var places = JSONLD.list(object["jobLocation"]).compactMap(JSONLD.place)
    if JSONLD.strings(object["jobLocationType"]).contains("TELECOMMUTE") { places.append("Remote") }
    add("location", places, "jobLocation")
    add("company", JSONLD.strings(object["hiringOrganization"]), "hiringOrganization")
    add("skill", JSONLD.strings(object["skills"]).flatMap(JSONLD.parts), "skills")
    add(
      "experience", JSONLD.list(object["experienceRequirements"]).compactMap(JSONLD.experience),
      "experienceRequirements")
    add(
      "education", JSONLD.list(object["educationRequirements"]).compactMap(JSONLD.education),
      "educationRequirements")
    for key in ["datePosted", "validThrough", "employmentType", "industry", "occupationalCategory"]
    {
      add(JSONLD.dashed(key), JSONLD.strings(object[key]), key)
    }
  }

  /// `USD 90000 - 120000 per year` of a MonetaryAmount.
  private static func salary(_ value: Any) -> String? {
    guard let object = value as? Object else { return strings(value).first }
    let inner = object["value"] as? Object ?? object
    let currency = strings(object["currency"]).first ?? strings(inner["currency"]).first ?? ""
    let unit = strings(inner["unitText"]).first ?? strings(object["unitText"]).first ?? "YEAR"
    let low = number(inner["minValue"])
    let high = number(inner["maxValue"])
    let single = number(inner["value"]) ?? (inner.isEmpty ? nil : number(object["value"]))
    let sum: String
    switch (low, high, single) {
    case (let low?, let high?, _): sum = "\(currency) \(low) - \(currency) \(high)"
    case (let low?, nil, _): sum = "from \(currency) \(low)"
    case (nil, let high?, _): sum = "up to \(currency) \(high)"
    case (nil, nil, let single?): sum = "\(currency) \(single)"
    default: return nil
    }
    return "\(sum) per \(unit.lowercased())".split(separator: " ").joined(separator: " ")
  }

  private static func number(_ value: Any?) -> String? {
    guard let text = strings(value).first, let number = Double(text), number > 0 else { return nil }
    return number == number.rounded() && number < 1e15 ? String(Int(number)) : String(number)
  }

  /// `Austin, TX`, or the country alone.
  private static func place(_ value: Any) -> String? {
    guard let object = value as? Object else { return strings(value).first }
    guard let address = object["address"] as? Object else {
      return strings(object["address"] ?? object["name"]).first
    }
    let parts = ["addressLocality", "addressRegion"].compactMap { strings(address[$0]).first }
    if !parts.isEmpty { return parts.joined(separator: ", ") }
    return strings(address["addressCountry"]).first
  }

  private static func experience(_ value: Any) -> String? {
    guard let object = value as? Object else { return strings(value).first }
    guard let text = strings(object["monthsOfExperience"]).first, let months = Double(text) else {
      return strings(object["description"] ?? object["name"]).first
    }
    let years = months / 12
    return "\(years == years.rounded() ? String(Int(years)) : String(years))+ years"
  }

  private static func education(_ value: Any) -> String? {
    guard let object = value as? Object else { return strings(value).first }
    return strings(object["credentialCategory"] ?? object["name"]).first
  }

  // MARK: Others

  /// The price of the first offer: `EUR 12.90`.
  private mutating func addOffer(_ value: Any) {
    guard let offer = JSONLD.list(value).first as? Object else { return }
    let price = offer["price"] ?? offer["lowPrice"]
    guard let sum = JSONLD.strings(price).first else { return }
    let currency = JSONLD.strings(offer["priceCurrency"]).first ?? ""
    add("price", ["\(currency) \(sum)".trimmed], "price")
  }

  private static func parts(_ text: String) -> [String] {
    text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "\n" }).map { $0.trimmed }
  }

  private static func list(_ value: Any?) -> [Any] {
    guard let value, !(value is NSNull) else { return [] }
    return value as? [Any] ?? [value]
  }

  /// A value as text: scalars as written, of an object its name.
  private static func strings(_ value: Any?) -> [String] {
    list(value).flatMap { item -> [String] in
      if let text = item as? String { return [text.trimmed] }
      if let number = item as? NSNumber {
        return [CFGetTypeIDIsBoolean(number) ? (number.boolValue ? "true" : "false") : "\(number)"]
      }
      if let object = item as? Object { return strings(object["name"] ?? object["@value"]) }
      return []
    }
  }

  private static func CFGetTypeIDIsBoolean(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
  }

  /// `datePosted` is `date-posted`.
  private static func dashed(_ key: String) -> String {
    var result = ""
    for sign in key {
      if sign.isUppercase, !result.isEmpty { result += "-" }
      result += sign.lowercased()
    }
    return result
  }
}
