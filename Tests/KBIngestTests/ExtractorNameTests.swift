import KBIngest
import KBSchema
import Testing

/// The hand-labelled names: skills, places, levels, degrees, employers, and years of experience.
@Suite struct ExtractorNameTests {
  static let extractors = Extractors(.careers)

  private func names(_ field: String, _ label: Label) -> String {
    Self.extractors.read(label.fact).findings.names(field)
  }

  @Test(arguments: Label.table("skills")) func skills(_ label: Label) {
    #expect(names("skill", label) == label[2])
  }

  @Test(arguments: Label.table("locations")) func locations(_ label: Label) {
    #expect(names("location", label) == label[2])
  }

  @Test(arguments: Label.table("levels")) func levels(_ label: Label) {
    #expect(names("level", label) == label[2])
  }

  @Test(arguments: Label.table("education")) func education(_ label: Label) {
    #expect(names("education", label) == label[2])
  }

  @Test(arguments: Label.table("companies")) func companies(_ label: Label) {
    #expect(names("company", label) == label[2])
  }

  @Test(arguments: Label.table("experience")) func experience(_ label: Label) {
    let found = Self.extractors.read(label.fact).findings
    #expect(found.intervals("experience") == label[2])
  }

  @Test(arguments: [
    ("skills", 90), ("locations", 90), ("levels", 70), ("experience", 70), ("education", 20),
    ("companies", 20), ("roles", 60), ("mentions", 12), ("same", 20),
  ])
  func theTablesAreThere(_ name: String, _ least: Int) {
    #expect(Label.table(name).count >= least)
  }

  @Test func vocabulariesAreLarge() {
    #expect(Set(Vocabulary.skills.entries.map(\.name)).count >= 600)
    #expect(Set(Vocabulary.companies.entries.map(\.name)).count >= 150)
    #expect(Vocabulary.knownPlaces.count >= 600)
  }

  @Test(arguments: [
    ("skill", "sklearn", "scikit-learn"), ("skill", "K8S", "Kubernetes"), ("skill", "c++", "C++"),
    ("skill", "golang", "Go"), ("skill", "r", "R"), ("skill", ".net", ".NET"),
    ("location", "sf", "San Francisco, CA"), ("location", "austin", "Austin, TX"),
    ("location", "Austin, TX", "Austin, TX"), ("location", "austin, texas", "Austin, TX"),
    ("location", "ca", "California"), ("location", "uk", "United Kingdom"),
    ("location", "Zürich", "Zurich, Switzerland"), ("location", "portland, me", "Portland, ME"),
    ("location", "wfh", "Remote"), ("location", "Smallville, KS", "Smallville, KS"),
    ("level", "Sr.", "senior"), ("level", "entry-level", "entry"),
    ("education", "Ph.D.", "doctorate"), ("company", "facebook", "Meta"),
  ])
  func canonicalNames(_ field: String, _ text: String, _ name: String) {
    #expect(Vocabulary.canonical(field, text) == name)
  }

  @Test(arguments: [("skill", "knitting a scarf"), ("location", "Nowhere"), ("role", "analyst")])
  func unknownNames(_ field: String, _ text: String) {
    #expect(Vocabulary.canonical(field, text) == nil)
  }

  @Test(arguments: [
    ("San Francisco, CA", ["California", "United States", "North America"]),
    ("California", ["United States", "North America"]),
    ("Berlin, Germany", ["Germany", "Europe"]),
    ("Smallville, KS", ["Kansas", "United States", "North America"]),
    ("Toronto, ON", ["Ontario", "Canada", "North America"]), ("Remote", []), ("Nowhere", []),
  ])
  func ancestorsOfPlaces(_ place: String, _ around: [String]) {
    #expect(Vocabulary.ancestors(place) == around)
  }
}
