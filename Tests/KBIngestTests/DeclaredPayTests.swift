import KBSchema
import Testing

@testable import KBIngest

/// Keys of front matter that state pay under other names.
@Suite struct DeclaredPayTests {
  @Test(arguments: [
    ("day-rate", "day-rate", DeclaredPay.Part.whole), ("base-salary", "salary", .whole),
    ("salary-min", "salary", .low), ("max-salary", "salary", .high), ("wage", "wage", .whole),
    ("pay-range-to", "pay", .high), ("salary-currency", "salary", .currency),
    ("hourly-rate", "hourly-rate", .whole), ("compensation-period", "compensation", .period),
  ])
  func keysOfPay(_ key: String, _ stem: String, _ part: DeclaredPay.Part) {
    let found = DeclaredPay.read(key)
    #expect(found?.stem == stem)
    #expect(found?.part == part)
  }

  @Test(arguments: [
    "title", "heart-rate", "exchange-rate", "payload", "pay-to-win", "currency", "min", "date",
    "paywall", "rate-limit", "payment-terms", "base",
  ])
  func otherKeys(_ key: String) {
    #expect(DeclaredPay.read(key) == nil)
  }

  private func entry(_ key: String, _ text: String) -> Document.Entry {
    Document.Entry(
      key: key, values: [.init(text: text, line: 2, columns: 0..<text.utf8.count)])
  }

  @Test func aTableIsOneStatement() {
    let found = DeclaredPay.statements([
      entry("salary-min", "118000"), entry("salary-max", "142000"),
      entry("salary-currency", "EUR"), entry("salary-period", "yearly"),
    ])
    #expect(found.map(\.text) == ["118000 - 142000 EUR per year"])
  }

  @Test func aRateNamesItsTime() {
    #expect(DeclaredPay.statements([entry("rate", "5")]).isEmpty)
    #expect(DeclaredPay.statements([entry("rate", "$70/hr")]).map(\.text) == ["$70/hr"])
    #expect(DeclaredPay.statements([entry("day_rate", "£600")]).map(\.text) == ["£600 per day"])
    #expect(DeclaredPay.statements([entry("salary_min", "90k")]).map(\.text) == ["from 90k"])
  }
}
