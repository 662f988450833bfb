/// Reads employers: well-known ones beside words of employment, and what a label names.
struct CompanyReader {
  func find(in text: Lexemes, _ fact: FactText) -> [FoundName] {
    var result = CompanyReader.labels.find(in: text)
    for found in Vocabulary.companies.find(in: text, fact)
    where !result.contains(where: { $0.range.overlaps(found.range) }) {
      if !isProduct(text, found.range) { result.append(found) }
    }
    return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static let labels = LabelReader([
    "company", "employer", "organisation", "organization", "client",
  ])

  /// "Google Cloud", "Microsoft Office", "Apple Music": a product, not its maker.
  private func isProduct(_ text: Lexemes, _ range: Range<Int>) -> Bool {
    CompanyReader.products.contains(text, range.upperBound)
  }

  private static let products: KeySet = [
    "cloud", "office", "excel", "word", "azure", "analytics", "ads", "adwords", "maps", "drive",
    "docs", "sheets", "workspace", "suite", "teams", "sql", "dynamics", "project", "access",
    "powerpoint", "outlook", "music", "pay", "watch", "web", "services", "redshift", "s3", "ec2",
    "sagemaker", "lambda", "aurora", "db2", "watson", "spss", "cognos", "database", "erp",
    "netsuite",
    "play", "search", "chrome", "forms", "colab", "bigquery", "sharepoint", "windows", "visio",
    "365",
    "365", "marketplace", "seller", "crm", "hana", "fiori", "photoshop", "illustrator", "creative",
    "acrobat",
    "indesign", "xd", "premiere", "after", "learning", "jobs", "profile", "scholar", "classroom",
    "apps",
    "tag", "data", "api", "apis", "postings", "data-studio", "looker", "messenger", "sdk",
  ]
}
