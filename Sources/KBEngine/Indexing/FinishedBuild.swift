internal import KBSchema
internal import Xapian

/// A build whose database is written: it is looked at, sealed and made current.
struct FinishedBuild {
  var folder: String
  var generations: Generations
  var schema: IndexSchema
  var statistics: CorpusStatistics
  /// What the next run compares the corpus with.
  var files: [UInt8]
  /// Some of the sections that were written.
  var sampleIDs: [String]

  /// Checks and publishes; a build that fails is removed.
  func publish() throws(IndexFailure) -> IndexSummary {
    do {
      try FileSystem.write(files, to: "\(folder)/\(Generations.filesName)")
      try FileSystem.write(statistics.encoded, to: "\(folder)/\(Generations.statisticsName)")
      try check()
      let published = try generations.publish(folder)
      try generations.clean()
      return IndexSummary(
        generation: published.name, documents: statistics.documents, sections: statistics.sections)
    } catch let failure as FileFailure {
      try? FileSystem.remove(folder)
      throw .unreadable(failure)
    } catch let failure as IndexFailure {
      try? FileSystem.remove(folder)
      throw failure
    } catch {
      try? FileSystem.remove(folder)
      throw .engine("\(error)")
    }
  }

  /// The database must hold what was written: as many records, the schema, and a sample of sections
  /// that are found by their ids.
  private func check() throws(IndexFailure) {
    do {
      let database = try Database(path: "\(folder)/db")
      let found = try database.statistics().documents
      guard found == statistics.sections else {
        throw fail("\(found) sections instead of \(statistics.sections)")
      }
      guard try database.metadata(IndexFormat.schemaKey) == schema.encoded else {
        throw fail("its schema is not what was written")
      }
      for id in sampleIDs {
        let hits = try database.search(
          MatchRequest(query: .term(IndexFormat.id(id)), limit: 2, fetchesData: true))
        guard hits.matches.count == 1 else { throw fail("section \(id) is not found") }
        _ = try StoredRecord.decode(hits.matches[0].data) { _, _ in [] }
      }
    } catch let failure as IndexFailure {
      throw failure
    } catch {
      throw fail("\(error)")
    }
  }

  private func fail(_ reason: String) -> IndexFailure {
    .damaged(folder: generations.folder, reason: "the new build failed its check: \(reason)")
  }
}
