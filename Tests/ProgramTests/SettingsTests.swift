import Foundation
import Testing

/// The settings of a folder without a configuration are kept in the index; they must not outlive what
/// they rest on.
@Suite struct SettingsTests {
  private static let files = ["a.md": "# A\n\nlamp\n", "b.md": "# B\n\nlamp\n"]

  @discardableResult
  private static func index(
    _ sandbox: borrowing Sandbox, _ more: [String] = [], worker: String? = nil
  ) throws -> Sandbox.Run {
    let environment = worker.map { ["KBSEARCH_EXTRACT": $0] } ?? [:]
    return try sandbox.run(["index", "--json", "."] + more, environment: environment)
  }

  private static func expectUnchanged(_ sandbox: borrowing Sandbox) throws {
    let run = try index(sandbox)
    #expect(run.json["unchanged"] as? Bool == true, "\(run.output)\(run.errors)")
  }

  private static func expectRebuilt(
    _ sandbox: borrowing Sandbox, sections: [String]
  ) throws {
    let reason = try sandbox.run(["index", "--dry-run", "."])
    #expect(reason.errors.contains("kbsearch.yaml has changed"), "\(reason.errors)")
    let run = try index(sandbox)
    #expect(run.json["reason"] as? String == "kbsearch.yaml has changed", "\(run.output)")
    #expect(try sandbox.search("lamp").sections == sections)
    try expectUnchanged(sandbox)
  }

  @Test func aConfigurationThatComesChangesAndGoesIsNoticed() throws {
    let sandbox = try Sandbox(SettingsTests.files)
    try SettingsTests.index(sandbox)
    try SettingsTests.expectUnchanged(sandbox)
    try sandbox.write("kbsearch.yaml", Data("exclude: b.md\n".utf8))
    try SettingsTests.expectRebuilt(sandbox, sections: ["a.md#a"])
    try sandbox.write("kbsearch.yaml", Data("exclude: a.md\n".utf8))
    try SettingsTests.expectRebuilt(sandbox, sections: ["b.md#b"])
    try FileManager.default.removeItem(atPath: "\(sandbox.path)/docs/kbsearch.yaml")
    try SettingsTests.expectRebuilt(sandbox, sections: ["a.md#a", "b.md#b"])
  }

  @Test func aWrongConfigurationIsToldAfterAnUnchangedRun() throws {
    let sandbox = try Sandbox(SettingsTests.files)
    try SettingsTests.index(sandbox)
    try SettingsTests.expectUnchanged(sandbox)
    try sandbox.write("kbsearch.yaml", Data("exclud: b.md\n".utf8))
    let run = try sandbox.run(["index", "."])
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("kbsearch.yaml:1:1: there is no key exclud"), "\(run.errors)")
  }

  /// A worker that notes each start in `starts`.
  private static func worker(_ sandbox: borrowing Sandbox) throws -> String {
    let path = "\(sandbox.path)/worker"
    let real = "\(Repository.binaries)/kbsearch-extract"
    let script = "#!/bin/sh\necho started >> '\(sandbox.path)/starts'\nexec '\(real)'\n"
    try Data(script.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  private static func starts(_ sandbox: borrowing Sandbox) -> Int {
    let text = try? String(contentsOfFile: "\(sandbox.path)/starts", encoding: .utf8)
    return (text ?? "").split(separator: "\n").count
  }

  @Test func anUnchangedRunStartsNoWorker() throws {
    let sandbox = try Sandbox(SettingsTests.files)
    let worker = try SettingsTests.worker(sandbox)
    try SettingsTests.index(sandbox, ["--jobs", "1"], worker: worker)
    let first = SettingsTests.starts(sandbox)
    #expect(first > 0)
    let second = try SettingsTests.index(sandbox, worker: worker)
    #expect(second.json["unchanged"] as? Bool == true, "\(second.output)")
    #expect(SettingsTests.starts(sandbox) == first)
    // Another worker may read the same files otherwise.
    let other = "\(sandbox.path)/other"
    try FileManager.default.copyItem(atPath: worker, toPath: other)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: other))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("# another\n".utf8))
    try handle.close()
    let third = try SettingsTests.index(sandbox, worker: other)
    #expect(third.json["reason"] as? String == "another program reads the files now")
    #expect(SettingsTests.starts(sandbox) > first)
  }

  @Test func aWorkerThatIsGoneIsToldAlsoWhereNothingHasChanged() throws {
    let sandbox = try Sandbox(SettingsTests.files)
    try SettingsTests.index(sandbox)
    let run = try SettingsTests.index(sandbox, worker: "\(sandbox.path)/none")
    #expect(run.output.contains("cannot start"), "\(run.output)")
  }
}
