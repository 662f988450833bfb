import Foundation

/// The repository, and the release program that is tested as a real process.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// `KBSEARCH_BIN` names the folder of the executables.
  static let binaries =
    ProcessInfo.processInfo.environment["KBSEARCH_BIN"] ?? "\(root)/.build-static/release"
}

/// A folder of documents of its own, with the program to try on it; removed afterwards.
final class Sandbox {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("kbsearch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: "\(path)/docs", withIntermediateDirectories: true)
    for (name, text) in files { try write(name, Data(text.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ data: Data) throws {
    let url = URL(fileURLWithPath: "\(path)/docs/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// What a run printed, and how it ended.
  struct Run {
    var status: Int32
    var output: String
    var errors: String

    /// Standard output as JSON.
    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
    }

    /// `path#anchor` of each hit, sorted.
    var sections: [String] {
      let hits = json["hits"] as? [[String: Any]] ?? []
      return hits.map { "\($0["path"] as? String ?? "")#\($0["anchor"] as? String ?? "")" }.sorted()
    }
  }

  /// Runs the program in the folder of documents.
  func run(
    _ arguments: [String], in folder: String? = nil, input: String = "",
    environment: [String: String] = [:]
  ) throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "\(Repository.binaries)/kbsearch")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder ?? "\(path)/docs")
    var variables = ProcessInfo.processInfo.environment
    variables["XDG_DATA_HOME"] = "\(path)/data"
    variables["XDG_STATE_HOME"] = "\(path)/state"
    variables.merge(environment) { $1 }
    process.environment = variables
    let outputURL = URL(fileURLWithPath: "\(path)/out-\(UUID().uuidString)")
    let errorURL = URL(fileURLWithPath: "\(path)/err-\(UUID().uuidString)")
    let inputURL = URL(fileURLWithPath: "\(path)/in-\(UUID().uuidString)")
    for url in [outputURL, errorURL] { try Data().write(to: url) }
    try Data(input.utf8).write(to: inputURL)
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = try FileHandle(forWritingTo: errorURL)
    process.standardInput = try FileHandle(forReadingFrom: inputURL)
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: outputURL), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorURL), as: UTF8.self))
  }

  /// Indexes the folder.
  @discardableResult
  func index(_ more: [String] = []) throws -> Run { try run(["index", "."] + more) }

  /// Searches it, for JSON.
  func search(_ query: String, _ more: [String] = []) throws -> Run {
    try run(["search", "--json", "--limit", "1000"] + more + ["--", query])
  }
}
