import KBIngest
import KBSchema
import Testing

/// The hand-labelled amounts: what is pay, what is paid beside it, and what is neither and why.
@Suite struct ExtractorMoneyTests {
  static let extractors = Extractors(.careers)

  @Test(arguments: Label.table("money")) func amounts(_ label: Label) {
    let found = Self.extractors.read(label.fact)
    #expect(found.findings.intervals("salary") == label[2])
    #expect(found.findings.intervals("bonus") == label[3])
    let reasons = found.rejections.map(\.reason)
    if label[4].isEmpty {
      #expect(reasons.isEmpty)
    } else {
      #expect(reasons.contains { $0.contains(label[4]) }, "\(reasons)")
    }
  }

  @Test(arguments: Label.table("money-held-out")) func amountsUnseen(_ label: Label) {
    amounts(label)
  }

  @Test func theTableIsThere() {
    #expect(Label.table("money-held-out").count >= 80)
    let lines = Label.table("money")
    #expect(lines.count >= 250)
    #expect(lines.count { $0[2].isEmpty } >= 90)
  }
}
