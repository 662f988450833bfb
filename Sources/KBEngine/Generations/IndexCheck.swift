internal import Xapian

/// Verifies the current generation: every file with its checksum, then the engine's structure.
public enum IndexCheck {
  /// The name of the generation that was found whole; throws what is wrong.
  @discardableResult
  public static func run(folder: String) throws(IndexFailure) -> String {
    let generations = Generations(folder: folder)
    let published = try generations.current()
    let manifest = try generations.manifest(in: published.folder)
    if let corruption = manifest.corruption(in: published.folder) {
      throw .damaged(folder: folder, reason: "\(published.name)/\(corruption)")
    }
    // The engine opens tables for writing, though it only reads them here. Where this user may not, the
    // checksums of all files must do.
    let database = published.databasePath
    guard FileSystem.names(in: database).allSatisfy({ FileSystem.isWritable("\(database)/\($0)") })
    else { return published.name }
    do {
      let result = try Database.check(path: database)
      guard result.errors == 0 else {
        throw IndexFailure.damaged(
          folder: folder, reason: "the engine finds \(result.errors) errors")
      }
      return published.name
    } catch let failure as IndexFailure {
      throw failure
    } catch let failure as XapianError {
      throw .damaged(folder: folder, reason: failure.message)
    } catch {
      throw .engine("\(error)")
    }
  }
}
