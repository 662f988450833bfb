import Foundation
import Testing

/// Identical sections fold into one for people, and are all there for programs.
@Suite struct DuplicateTests {
  private static func manual() throws -> Sandbox {
    var files: [String: String] = [:]
    for version in ["5.1", "7.4", "7.5"] {
      files["\(version)/jobs.md"] =
        "---\nversion: \(version)\n---\n# Jobs\n\nA job runs commands in the background.\n"
    }
    files["other.md"] = "---\nowner: zoe\n---\n# Other\n\nThis job is another text.\n"
    let sandbox = try Sandbox(files)
    try sandbox.index()
    return sandbox
  }

  @Test func identicalSectionsFoldForPeople() throws {
    let sandbox = try DuplicateTests.manual()
    let run = try sandbox.run(["--format", "pretty", "job"])
    #expect(run.output.contains("and 2 identical: 7.4/jobs.md:4, 7.5/jobs.md:4"))
    #expect(run.output.contains("4 sections, 2 identical to others (--duplicates)"))
    let plain = try sandbox.run(["--format", "plain", "job"])
    #expect(plain.output.split(separator: "\n").count == 2)
  }

  @Test func duplicatesAreShownWhereAskedFor() throws {
    let sandbox = try DuplicateTests.manual()
    for arguments in [["--duplicates", "job"], ["job group:none"]] {
      let run = try sandbox.run(["--format", "plain"] + arguments)
      #expect(run.output.split(separator: "\n").count == 4)
    }
    for format in ["paths", "vimgrep"] {
      let run = try sandbox.run(["--format", format, "job"])
      #expect(run.output.split(separator: "\n").count == 4)
    }
  }

  @Test func programsSeeEverySection() throws {
    let sandbox = try DuplicateTests.manual()
    let all = try sandbox.search("job").json
    #expect((all["hits"] as? [Any])?.count == 4)
    #expect((all["total"] as? [String: Any])?["value"] as? Int == 4)
  }

  @Test(arguments: ["title", "heading", "subject", "document", "path", "version", "format"])
  func groupsByEveryKindOfName(field: String) throws {
    let sandbox = try DuplicateTests.manual()
    let answer = try sandbox.search("job group:\(field)").json
    let groups = ["title": 2, "heading": 2, "version": 4, "format": 1][field] ?? 4
    #expect((answer["total"] as? [String: Any])?["value"] as? Int == groups)
    #expect((answer["hits"] as? [Any])?.count == groups)
    let collapsed = (answer["total"] as? [String: Any])?["collapsed"] as? Int ?? 0
    #expect(collapsed == 4 - groups)
  }

  @Test func groupingByAmountsIsAnError() throws {
    let run = try DuplicateTests.manual().search("job group:salary")
    #expect(run.status == 2)
    #expect((run.json["error"] as? [String: Any])?["rewrite"] as? String == "job sort:-salary")
  }

  @Test(arguments: ["", "-"]) func missingValuesSortLast(sign: String) throws {
    let sandbox = try DuplicateTests.manual()
    let answer = try sandbox.search("job sort:\(sign)owner").json
    let hits = answer["hits"] as? [[String: Any]] ?? []
    #expect(hits.first?["path"] as? String == "other.md")
  }
}
