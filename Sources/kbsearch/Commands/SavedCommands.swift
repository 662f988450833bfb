import Glibc
import KBCommandLine
import KBEngine
import KBRender
import KBKnowledge

/// `kbsearch saved add|list|remove`.
struct SavedCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    let operands = invocation.operands
    switch operands.first {
    case "add" where operands.count >= 3:
      return add(operands[1], operands.dropFirst(2).joined(separator: " "))
    case "list" where operands.count == 1: return list()
    case "remove" where operands.count == 2: return remove(operands[1])
    default:
      return Program.report(
        usage: "kbsearch saved add NAME QUERY, kbsearch saved list, or kbsearch saved remove NAME",
        asJSON: invocation.has("json"))
    }
  }

  private func add(_ name: String, _ query: String) -> ExitStatus {
    guard SavedSearch.isName(name) else {
      return Program.report(
        usage: "a name has letters, digits, - and _, at most 64 of them: not \(name)",
        asJSON: invocation.has("json"))
    }
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, location)):
      var search = SavedSearch(name: name, query: query)
      search.matchesAny = invocation.values["match"] == "any"
      search.isLiteral = invocation.has("literal")
      do {
        _ = try searcher.search(search.request(limit: 1))
      } catch { return Program.report(error, query, invocation) }
      return store(location) { store throws(SavedSearches.Failure) in
        guard try store.read(name) == nil else {
          throw .init(
            message: "there is a saved query \(name) already; kbsearch saved remove \(name)")
        }
        try store.write(search)
        Output.remark("saved \(name); kbsearch new \(name) says what it finds from now on")
        return .done
      }
    }
  }

  private func list() -> ExitStatus {
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (_, location)):
      return store(location) { store throws(SavedSearches.Failure) in
        let all = try store.all()
        for search in all {
          if invocation.has("json") {
            var writer = JSONWriter()
            writer.object { object in
              object.member("name", search.name)
              object.member("query", search.query)
            }
            Output.results(writer.text.split(separator: "\n").joined() + "\n")
          } else {
            Output.results("\(search.name)\t\(Visible.line(search.query))\n")
          }
        }
        return all.isEmpty ? .nothingFound : .done
      }
    }
  }

  private func remove(_ name: String) -> ExitStatus {
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (_, location)):
      return store(location) { store throws(SavedSearches.Failure) in
        guard SavedSearch.isName(name), try store.remove(name) else {
          throw .init(message: "there is no saved query \(name); kbsearch saved list")
        }
        return .done
      }
    }
  }

  private func store(
    _ location: Location, _ body: (SavedSearches) throws(SavedSearches.Failure) -> ExitStatus
  ) -> ExitStatus {
    do throws(SavedSearches.Failure) {
      return try SavedSearches(of: location).locked(body)
    } catch {
      return Program.report(usage: error.message, asJSON: invocation.has("json"))
    }
  }
}

/// `kbsearch new [NAME...]`.
struct NewCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    switch Program.open(invocation) {
    case .failure(let reported): return reported.status
    case .success(let (searcher, location)):
      do throws(SavedSearches.Failure) {
        return try SavedSearches(of: location).locked {
          store throws(SavedSearches.Failure) in try run(store, searcher, location)
        }
      } catch {
        return Program.report(usage: error.message, asJSON: invocation.has("json"))
      }
    }
  }

  private func run(
    _ store: SavedSearches, _ searcher: Searcher, _ location: Location
  ) throws(SavedSearches.Failure) -> ExitStatus {
    var status = ExitStatus.nothingFound
    var reports: [SavedReport] = []
    for search in try chosen(store) {
      do throws(SearchFailure) {
        let report = try SavedReport(search, searcher)
        reports.append(report)
        if !report.isEmpty, status == .nothingFound { status = .done }
      } catch {
        // One query that no longer fits the fields does not keep the others from running.
        if !invocation.has("json") { Output.remark("\(search.name):") }
        status = Program.report(error, search.query, invocation)
      }
    }
    // Told first and noted then: what is interrupted between the two is told again, never lost.
    show(reports.filter { !$0.isEmpty }, searcher, location)
    for report in reports where report.isToBeNoted { try store.write(report.after) }
    return status
  }

  private func chosen(_ store: SavedSearches) throws(SavedSearches.Failure) -> [SavedSearch] {
    guard !invocation.operands.isEmpty else { return try store.all() }
    var result: [SavedSearch] = []
    for name in invocation.operands {
      guard SavedSearch.isName(name), let search = try store.read(name) else {
        throw .init(message: "there is no saved query \(name); kbsearch saved list")
      }
      result.append(search)
    }
    return result
  }

  private func show(_ reports: [SavedReport], _ searcher: Searcher, _ location: Location) {
    if invocation.has("json") {
      var writer = JSONWriter()
      writer.object { object in
        object.member("version", 1)
        object.member("generation", searcher.generation)
        object.key("searches")
        object.array { list in for report in reports { report.write(to: &list) } }
      }
      return Output.results(writer.text + "\n")
    }
    let opening = Program.opening(location, searcher)
    for report in reports { Output.results(report.text(opening)) }
  }
}

/// What a saved query finds, held against what it found before.
struct SavedReport {
  let name: String
  let query: String
  let added: [SavedSearch.Seen]
  let changed: [SavedSearch.Seen]
  let gone: [SavedSearch.Seen]
  /// The query with what it finds now.
  let after: SavedSearch

  /// Most sections that a saved query keeps.
  private static let most = 100_000

  init(_ search: SavedSearch, _ searcher: Searcher) throws(SearchFailure) {
    let now = try SavedReport.found(search, searcher)
    var before: [String: SavedSearch.Seen] = [:]
    for one in search.seen { before[one.id] = one }
    let ids = Set(now.map(\.id))
    name = search.name
    query = search.query
    added = search.isSeeded ? now.filter { before[$0.id] == nil } : []
    changed = now.filter { one in before[one.id].map { $0.hash != one.hash } ?? false }
    gone = search.seen.filter { !ids.contains($0.id) }
    var after = search
    after.seen = now
    after.isSeeded = true
    self.after = after
    isToBeNoted = !search.isSeeded || search.seen != now
  }

  /// Whether what is on file differs.
  let isToBeNoted: Bool

  var isEmpty: Bool { added.isEmpty && changed.isEmpty && gone.isEmpty }

  private static func found(
    _ search: SavedSearch, _ searcher: Searcher
  ) throws(SearchFailure) -> [SavedSearch.Seen] {
    var result: [SavedSearch.Seen] = []
    for hit in try searcher.search(search.request(limit: most)).hits {
      guard let section = try searcher.section(hit.id) else { continue }
      result.append(
        SavedSearch.Seen(
          id: hit.id, hash: SavedSearch.hash(section), path: hit.path, line: hit.line,
          headings: hit.headings.joined(separator: " › ")))
    }
    return result
  }

  /// For people and mail.
  func text(_ opening: (String) -> String) -> String {
    let counts = [(added.count, "added"), (changed.count, "changed"), (gone.count, "gone")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    func lines(_ sign: String, _ seen: [SavedSearch.Seen]) -> String {
      seen.map { one in
        "\(sign) \(Visible.line(opening(one.path))):\(one.line)\t\(Visible.line(one.headings))\n"
      }.joined()
    }
    return "\(name): \(counts)\t\(Visible.line(query))\n" + lines("+", added)
      + lines("~", changed) + lines("-", gone)
  }

  func write(to list: inout JSONWriter) {
    list.object { object in
      object.member("name", name)
      object.member("query", query)
      for (key, seen) in [("added", added), ("changed", changed), ("gone", gone)] {
        object.key(key)
        object.array { list in
          for one in seen {
            list.object { item in
              item.member("id", one.id)
              item.member("path", one.path)
              item.member("line", one.line)
              item.member("headings", one.headings)
            }
          }
        }
      }
    }
  }
}
