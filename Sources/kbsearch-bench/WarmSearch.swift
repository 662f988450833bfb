import KBEngine
import KBRender
import KBSchema
import KBKnowledge

/// Searches in a process that is warm: ten hits with snippets and the exact total.
enum WarmSearch {
  static func run(index: String, rounds: Int) throws {
    let searcher = try Searcher(folder: index)
    var queries: [String] = []
    while let line = readLine() { queries.append(line) }
    var times = [[Double]](repeating: [], count: queries.count)
    var totals = [Int](repeating: 0, count: queries.count)
    for round in 0...rounds {
      for (number, query) in queries.enumerated() {
        let start = ContinuousClock.now
        let answer = try searcher.search(SearchRequest(query: query))
        let taken = (ContinuousClock.now - start) / .microseconds(1)
        totals[number] = answer.total
        // The first round warms up.
        if round > 0 { times[number].append(taken) }
      }
    }
    for number in queries.indices {
      var line = JSONWriter()
      line.object { line in
        line.member("query", queries[number])
        line.member("total", totals[number])
        line.key("microseconds")
        line.array { list in for time in times[number].sorted() { list.number(time) } }
      }
      print(line.text)
    }
  }

  /// Two hexadecimal digits.
  static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
  }
}

/// The engine's match alone: ten hits by weight, without totals, records and snippets.
enum MatchAlone {
  static func run(index: String, rounds: Int) throws {
    let searcher = try Searcher(folder: index)
    while let text = readLine() {
      let match = try BareMatch(searcher, SearchRequest(query: text))
      var times: [Double] = []
      for _ in 0...rounds {
        let start = ContinuousClock.now
        _ = try match.run()
        times.append((ContinuousClock.now - start) / .microseconds(1))
      }
      var line = JSONWriter()
      line.object { line in
        line.member("query", text)
        line.member("xapian", match.query.map(WarmSearch.hex).joined())
        line.key("microseconds")
        // The first round warms up.
        line.array { list in for time in times.dropFirst().sorted() { list.number(time) } }
      }
      print(line.text)
    }
  }
}

/// Every section of an index, so that the peers index what kbsearch does.
enum SectionDump {
  static func write(index: String) throws {
    let searcher = try Searcher(folder: index)
    var request = SearchRequest(query: "*", limit: 1000, sort: ["path"])
    while true {
      let page = try searcher.search(request)
      for hit in page.hits {
        guard let section = try searcher.section(hit.id) else { fail("no section \(hit.id)") }
        print(line(section))
      }
      request.offset += page.hits.count
      if page.hits.count < request.limit { return }
    }
  }

  private static func line(_ section: Searcher.Section) -> String {
    var line = JSONWriter()
    line.object { line in
      line.member("id", section.id)
      line.member("path", section.record.path)
      line.key("headings")
      line.array { list in for heading in section.record.headings { list.string(heading) } }
      line.member("text", section.record.body.text)
      addValues(of: section, to: &line)
    }
    return line.text
  }

  /// The first of some values that the queries of `Benchmarks/peers` filter by.
  private static func addValues(of section: Searcher.Section, to line: inout JSONWriter) {
    var seen: Set<String> = []
    for value in section.values.map(\.value) {
      guard ["ms-date", "module-name", "locale"].contains(value.field),
        seen.insert(value.field).inserted
      else { continue }
      switch value.content {
      case .date(let span): line.member(value.field, Int(span.first))
      case .ambiguousDate(_, let monthFirst): line.member(value.field, Int(monthFirst.first))
      case .string(let text): line.member(value.field, text)
      default: break
      }
    }
  }
}
