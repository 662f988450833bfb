import KBIngest
import KBSchema
import Testing

/// The hand-labelled amounts: what is pay, what is paid beside it, and what is neither. The labels
/// are older than the extractor; the shares may rise, not fall.
@Suite struct ExtractorMoneyTests {
  static let extractors = Extractors(.careers)

  /// Intervals that agree exactly in bounds, currency and period, over all lines.
  @Test(arguments: [
    "money", "money-held-out", "held-out-2-money", "held-out-3-money", "held-out-4-money",
    "held-out-5-money", "held-out-6-money", "held-out-7-money", "held-out-8-money",
  ])
  func precisionAndRecall(_ table: String) {
    var right = 0
    var found = 0
    var wanted = 0
    for label in Label.table(table) {
      let got = Set(
        Self.extractors.read(label.fact).findings.intervals("salary").split(separator: ";"))
      let expected = Set(label[2].split(separator: ";"))
      right += got.intersection(expected).count
      found += got.count
      wanted += expected.count
      if got != expected { print("differs: \(label.testDescription)") }
    }
    let precision = Double(right) / Double(max(found, 1))
    let recall = Double(right) / Double(max(wanted, 1))
    print("\(table): precision \(precision), recall \(recall)")
    #expect(precision >= 0.97)
    #expect(recall >= 0.95)
  }

  @Test func andUpToBelongsToTheNextSum() {
    let fact = FactText(
      kind: .sentence, text: "Welders earn $45,000 to $60,000 and up to $75,000 in Houston, TX.",
      headings: ["Welder"])
    let texts = Self.extractors.read(fact).findings.filter { $0.field == "salary" }.map {
      String(decoding: Array(fact.text.utf8)[$0.span], as: UTF8.self)
    }
    #expect(texts == ["$45,000 to $60,000", "up to $75,000"])
  }

  /// An amount that is no pay has a reason.
  @Test func everyTrapHasAReason() {
    for label in Label.table("money") where label[2].isEmpty && !label[4].isEmpty {
      #expect(!Self.extractors.read(label.fact).rejections.isEmpty, "\(label.testDescription)")
    }
  }

  @Test func theTableIsThere() {
    #expect(Label.table("money-held-out").count >= 80)
    #expect(Label.table("held-out-2-money").count >= 230)
    let lines = Label.table("money")
    #expect(lines.count >= 250)
    #expect(lines.count { $0[2].isEmpty } >= 90)
  }
}
