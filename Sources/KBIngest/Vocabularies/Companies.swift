extension Vocabulary {
  /// Well-known employers.
  public static let companies = Vocabulary(
    table: companyNames,
    context: NameContext(
      frame: ["company", "companies", "employer", "employers", "top", "hiring"],
      before: ["at", "for", "by", "from", "joined", "joining", "companies", "employers", "example", "like", "as", "including"],
      behind: ["offers", "pays", "offer", "pay", "hires", "engineers", "salaries", "employees", "recruits", "is"]))

  static let companyNames = """
    Google=Alphabet!, Meta?=Facebook!
    """
}
