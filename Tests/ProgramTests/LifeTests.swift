import Foundation
import Testing

/// Runs of the indexer on names and folders that are easily got wrong.
@Suite struct LifeTests {
  /// "é" as one character and as two: Swift calls the strings equal, the folder holds two files.
  private static let names = ["caf\u{E9}.md", "cafe\u{301}.md"]

  @Test func namesThatReadTheSameAreTwoFiles() throws {
    let sandbox = try Sandbox()
    for (number, name) in LifeTests.names.enumerated() {
      // Foundation would normalise the name on some systems.
      let file = fopen("\(sandbox.path)/docs/\(name)", "w")
      fputs("# Page \(number)\n\nlamp\n", file)
      fclose(file)
    }
    let first = try sandbox.run(["index", "--json", "."])
    #expect(first.json["sections"] as? Int == 2)
    let second = try sandbox.run(["index", "--json", "."])
    #expect(second.json["unchanged"] as? Bool == true, "\(second.output)")
    let paths = try sandbox.run(["--format", "paths", "lamp"])
    #expect(paths.output.split(separator: "\n").count == 2)
    // A change of one is a change of that one.
    let file = fopen("\(sandbox.path)/docs/\(LifeTests.names[1])", "w")
    fputs("# Page\n\nlantern light\n", file)
    fclose(file)
    #expect(try sandbox.run(["index", "--json", "."]).json["changed"] as? Int == 1)
    #expect(try sandbox.run(["--json", "lamp"]).sections.count == 1)
    #expect(try sandbox.run(["--json", "lantern"]).sections.count == 1)
  }

  @Test func aDryRunWritesNothing() throws {
    let sandbox = try Sandbox(["a.md": "# A\n\nlamp\n"])
    let run = try sandbox.run(["index", "--dry-run", "."])
    #expect(run.status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(sandbox.path)/docs") == ["a.md"])
  }

  @Test func theIndexIsNoneOfTheFilesLeftOut() throws {
    let sandbox = try Sandbox(["a.md": "# A\n\nlamp\n", "kbsearch.yaml": "index: built\n"])
    for _ in 0..<2 {
      let run = try sandbox.run(["index", "--rebuild", "--json"])
      #expect(run.json["sections"] as? Int == 1)
      let others = run.json["otherKinds"] as? [String: Int] ?? ["none": 1]
      #expect(others.keys.allSatisfy { $0 == "yaml" }, "\(others)")
    }
  }
}
