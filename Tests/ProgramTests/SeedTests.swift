import Foundation
import Testing

/// Where the page lies.
enum SeedPage {
  static let folder = "\(Repository.root)/../shared/seed"
  static var isThere: Bool { FileManager.default.fileExists(atPath: folder) }
}

/// The page the project was founded on, where it lies beside the repository.
@Suite(.enabled(if: SeedPage.isThere)) struct SeedTests {
  private func indexed() throws -> Sandbox {
    let sandbox = try Sandbox()
    let name = "information-systems-ml-engineer.txt"
    try sandbox.write(name, Data(contentsOf: URL(fileURLWithPath: "\(SeedPage.folder)/\(name)")))
    try sandbox.index()
    return sandbox
  }

  @Test func flagshipHitsTheSectionsThatSayPyTorch() throws {
    let run = try indexed().search("pytorch salary>150000")
    let anchors = run.sections.map { $0.split(separator: "#").last.map(String.init) ?? "" }
    #expect(anchors == ["in-demand-skills", "requirements", "skills-development"])
  }

  @Test func highPayComesWithTheSectionThatStatesItFirst() throws {
    let run = try indexed().search("salary>300000")
    let hits = run.json["hits"] as? [[String: Any]] ?? []
    #expect(hits.first?["anchor"] as? String == "salary-variance-by-company-and-industry")
    #expect(hits.allSatisfy { $0["subject"] as? String == "Information Systems ML Engineer" })
    #expect(try indexed().search("salary>1000000").status == 1)
  }

  @Test func cardsAnswerForThemselves() throws {
    let sandbox = try indexed()
    let climate = try sandbox.search("role:\"Climate Data Scientist\" salary>70000")
    let hits = climate.json["hits"] as? [[String: Any]] ?? []
    #expect(!hits.isEmpty)
    #expect(hits.allSatisfy { $0["subject"] as? String == "Climate Data Scientist" })
    let cash = try sandbox.search("role:\"Cash Management Data Specialist\" has:salary")
    #expect(cash.status == 1)
  }
}
