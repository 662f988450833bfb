import KBIngest
import Testing

/// Titles that are roles, roles that texts mention, and which of them are the same.
@Suite struct ExtractorRoleTests {
  @Test(arguments: Label.table("roles")) func titles(_ label: Label) {
    #expect(RoleNames.reads(asRole: label[0]) == (label[1] == "yes"))
  }

  @Test(arguments: Label.table("mentions")) func mentions(_ label: Label) {
    let found = RoleNames.mentions(in: label[0])
    #expect(found.map(\.name).joined(separator: ";") == label[1])
  }

  @Test(arguments: Label.table("same")) func same(_ label: Label) {
    #expect(RoleNames.same(label[0], as: label[1]) == (label[2] == "yes"))
  }

  @Test func aMentionKnowsItsPlace() {
    let text = "Unlike a Data Analyst, ML Engineers earn more."
    let spans = RoleNames.mentions(in: text).map { mention in
      String(decoding: Array(text.utf8)[mention.span], as: UTF8.self)
    }
    #expect(spans == ["Data Analyst", "ML Engineers"])
  }
}
