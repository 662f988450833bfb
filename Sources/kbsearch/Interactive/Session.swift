import CReadline
import Glibc
import KBCommandLine
import KBEngine
import KBRender
import KBSchema
import KBKnowledge

/// `kbsearch` on a terminal: queries, one after another.
final class Session {
  private let invocation: Invocation
  private let editor: LineEditor
  private var base: (searcher: Searcher, location: Location)?
  private var screen = Screen()
  private var lines = QueryLines()
  private var last: SearchRequest?
  private var hits: [Hit] = []
  private var mode: String
  private var match = SearchRequest.MatchMode.all
  private var isLiteral = false
  private var limit: Int
  private var sort: [String] = []
  private var showsTime = false
  private var readingDepth = 0

  init(_ invocation: Invocation) {
    self.invocation = invocation
    mode = invocation.values["format"] ?? "pretty"
    limit = invocation.count("limit") ?? 10
    editor = LineEditor()
  }

  func run() -> ExitStatus {
    Output.results("kbsearch \(HelpText.version); .help lists commands, Ctrl-D leaves\n")
    if case .success(let opened) = Program.open(invocation) {
      base = opened
      describe()
    } else {
      Output.remark("type .open DIR for a knowledge base that is elsewhere, or .quit")
    }
    LineEditor.completer = { [unowned self] in completions(of: $0, wordStart: $1, point: $2) }
    defer { LineEditor.completer = nil }
    while true {
      follow()
      switch editor.read(lines.isOpen ? "     ...> " : "kbsearch> ") {
      case .end:
        Output.results("\n")
        editor.close()
        return .done
      case .interrupted: lines.clear()
      case .line(let line):
        if !line.allSatisfy(\.isWhitespace) { editor.remember(line) }
        guard accept(line) else {
          editor.close()
          return .done
        }
      }
    }
  }

  /// Handles one line; false to leave.
  private func accept(_ line: String) -> Bool {
    let trimmed = line.trimmingBlanks
    if !lines.isOpen, trimmed.hasPrefix("."), trimmed.dropFirst().first?.isLetter == true {
      return command(String(trimmed.dropFirst()))
    }
    if !lines.isOpen, trimmed.isEmpty { return true }
    if !lines.isOpen, let number = Int(trimmed), hits.contains(where: { $0.rank == number }) {
      show(trimmed)
      return true
    }
    if let query = lines.add(line), !query.isEmpty { search(request(query)) }
    return true
  }

  // MARK: The knowledge base

  private func describe() {
    guard let base else { return }
    Output.results(
      "\(base.searcher.sectionCount) sections in \(base.searcher.documentCount) documents, "
        + "\(Visible.line(base.location.root.isEmpty ? base.searcher.root : base.location.root))\n")
  }

  /// Moves to a newer generation, if one was published.
  private func follow() {
    guard let base, let index = base.location.index,
      let name = Session.firstLine(of: "\(index)/current"), name != base.searcher.generation,
      let newer = try? KnowledgeBase(at: base.location).open()
    else { return }
    self.base = (newer, base.location)
    Output.remark(
      "note: the index was brought up to date: \(newer.sectionCount) sections in "
        + "\(newer.documentCount) documents")
  }

  private static func firstLine(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 256)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
    return String(
      decoding: buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func reopen(_ folder: String) {
    var invocation = invocation
    for name in ["kb", "index", "corpus"] { invocation.values[name] = nil }
    invocation.values["kb"] = folder
    guard case .success(let opened) = Program.open(invocation) else { return }
    base = opened
    hits = []
    last = nil
    describe()
  }

  private func opened() -> (searcher: Searcher, location: Location)? {
    if base == nil { Output.remark("no knowledge base is open; type .open DIR") }
    return base
  }

  // MARK: Searching

  private func request(_ query: String) -> SearchRequest {
    var request = SearchRequest(
      query: query, match: match, isLiteral: isLiteral, limit: limit, today: Program.today)
    request.sort = sort
    request.foldsInherited = mode == "pretty"
    request.foldsDuplicates = mode == "pretty" || mode == "plain"
    return request
  }

  private func search(_ request: SearchRequest) {
    guard let base = opened() else { return }
    answer(request.query) { searcher throws(SearchFailure) in try searcher.search(request) }
      .map { response, elapsed in
        last = request
        hits = response.hits
        print(response, elapsed: elapsed, base.searcher, base.location)
      }
  }

  /// Runs something that may take long, and tells an error or that it was stopped.
  private func answer<Value>(
    _ query: String, _ body: @escaping (Searcher) throws(SearchFailure) -> Value
  ) -> (Value, elapsed: Double)? {
    guard let base = opened() else { return nil }
    let start = SearchCommand.now()
    let outcome = BackgroundSearch.run { () throws(SearchFailure) in try body(base.searcher) }
    switch outcome {
    case .interrupted:
      Output.remark("stopped")
      // The thread still has the old searcher.
      if let fresh = try? KnowledgeBase(at: base.location).open() {
        self.base = (fresh, base.location)
      }
      return nil
    case .done(.success(let value)): return (value, SearchCommand.now() - start)
    case .done(.failure(let failure)):
      _ = Program.report(failure, query, invocation)
      return nil
    }
  }

  private func print(
    _ response: SearchResponse, elapsed: Double, _ searcher: Searcher, _ location: Location
  ) {
    var shape = invocation
    shape.values["format"] = mode
    if showsTime { shape.values["timing"] = "" }
    if screen.isFile {
      shape.values["color"] = "never"
      shape.values["hyperlink"] = "never"
    }
    let command = SearchCommand(shape, next: ".more")
    if mode == "pretty", response.total > 0, !response.reading.isEmpty {
      Output.note("read as: \(Visible.line(response.reading))")
    }
    screen.show(command.text(of: response, elapsed: elapsed, searcher, location))
    command.remarks(on: response, elapsed: elapsed)
  }

  private func more() {
    guard var request = last, !hits.isEmpty else {
      return Output.remark("there is no query to go on with")
    }
    request.offset += max(1, hits.count)
    guard let base = opened() else { return }
    answer(request.query) { searcher throws(SearchFailure) in try searcher.search(request) }
      .map { response, elapsed in
        guard !response.hits.isEmpty else { return Output.remark("there are no more hits") }
        last = request
        hits = response.hits
        print(response, elapsed: elapsed, base.searcher, base.location)
      }
  }

  // MARK: Commands

  private func command(_ text: String) -> Bool {
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    let operand = parts.count > 1 ? String(parts[1]).trimmingBlanks : ""
    switch DotCommand.named(String(parts.first ?? "")) {
    case .failure(let unknown): Output.remark(Visible.line(unknown.message))
    case .success(.quit), .success(.exit): return false
    case .success(let command): perform(command, operand)
    }
    return true
  }

  private func perform(_ command: DotCommand, _ operand: String) {
    switch command {
    case .help: screen.show(DotCommand.overview)
    case .mode: choose(operand, among: DotCommand.modes, &mode, command)
    case .match:
      var name = match.rawValue
      choose(operand, among: SearchRequest.MatchMode.allCases.map(\.rawValue), &name, command)
      match = SearchRequest.MatchMode(rawValue: name) ?? match
    case .limit: setLimit(operand)
    case .timer: turn(&showsTime, operand, command)
    case .literal: turn(&isLiteral, operand, command)
    case .sort: setSort(operand)
    case .fields: fields()
    case .stats: describe()
    case .facets: facets(operand)
    case .explain: explain(operand)
    case .show: show(operand)
    case .similar: similar(operand)
    case .edit: edit(operand)
    case .more: more()
    case .open:
      operand.isEmpty ? Output.remark(usage(command)) : reopen(operand)
    case .once, .output: redirect(operand, command)
    case .read: read(operand)
    case .quit, .exit: break
    }
  }

  private func usage(_ command: DotCommand) -> String {
    "usage: .\(command.rawValue) \(command.operands)"
  }

  private func choose(
    _ operand: String, among words: [String], _ value: inout String, _ command: DotCommand
  ) {
    if operand.isEmpty { return Output.results("\(value)\n") }
    guard words.contains(operand) else {
      return Output.remark(
        ".\(command.rawValue) is one of \(words.joined(separator: ", ")), not "
          + Visible.line(operand))
    }
    value = operand
  }

  private func turn(_ value: inout Bool, _ operand: String, _ command: DotCommand) {
    switch operand {
    case "": Output.results(value ? "on\n" : "off\n")
    case "on": value = true
    case "off": value = false
    default: Output.remark(usage(command))
    }
  }

  private func setLimit(_ operand: String) {
    if operand.isEmpty { return Output.results("\(limit)\n") }
    guard let number = Int(operand), number > 0 else {
      return Output.remark(".limit is a number above 0, not \(Visible.line(operand))")
    }
    limit = number
  }

  private func setSort(_ operand: String) {
    switch operand {
    case "": Output.results((sort.first ?? "by relevance") + "\n")
    case "off": sort = []
    default:
      let name = operand.hasPrefix("-") ? String(operand.dropFirst()) : operand
      guard let base = opened() else { return }
      guard base.searcher.schema.field(named: name) != nil else {
        return Output.remark("there is no field \(Visible.line(name)); .fields lists them")
      }
      sort = [operand]
    }
  }

  private func redirect(_ operand: String, _ command: DotCommand) {
    if command == .once, operand.isEmpty { return Output.remark(usage(command)) }
    let path = operand.isEmpty || operand == "stdout" ? nil : operand
    if let problem = screen.redirect(to: path, isForOne: command == .once) {
      Output.remark(Visible.line(problem))
    }
  }

  private func read(_ path: String) {
    guard !path.isEmpty else { return Output.remark(usage(.read)) }
    guard readingDepth < 8 else { return Output.remark(".read goes no deeper than 8 files") }
    guard let file = fopen(path, "r") else {
      return Output.remark("cannot read \(Visible.line(path)): \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    readingDepth += 1
    defer { readingDepth -= 1 }
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(buffer) }
    while getline(&buffer, &capacity, file) > 0, let buffer {
      let line = String(cString: buffer).filter { $0 != "\n" && $0 != "\r\n" }
      if !accept(line) { return }
    }
    lines.clear()
  }

  // MARK: Reading

  private var renderer: TerminalRenderer? {
    base.map { base in
      TerminalRenderer(
        style: Output.style(colour: screen.isFile ? "never" : invocation.values["color"]),
        opening: Program.opening(base.location, base.searcher))
    }
  }

  private func fields() {
    guard let base = opened(), let renderer else { return }
    screen.show(renderer.fields(base.searcher.schema))
  }

  private func facets(_ operand: String) {
    let parts = operand.split(separator: " ", maxSplits: 1)
    guard let field = parts.first.map(String.init) else {
      return Output.remark(usage(.facets))
    }
    let request = parts.count > 1 ? request(String(parts[1])) : last ?? request("*")
    answer(request.query) { searcher throws(SearchFailure) in
      try searcher.facet(field, of: request)
    }.map { facet, _ in if let renderer { screen.show(renderer.facet(facet)) } }
  }

  private func explain(_ operand: String) {
    let query = operand.isEmpty ? last?.query : operand
    guard let query else { return Output.remark(usage(.explain)) }
    let request = request(query)
    answer(query) { searcher throws(SearchFailure) in try searcher.explain(request) }
      .map { explanation, _ in screen.show(ExplainCommand(invocation).text(explanation)) }
  }

  /// The id of a hit by its number, or the operand itself.
  private func named(_ operand: String, _ command: DotCommand) -> String? {
    guard !operand.isEmpty else {
      Output.remark(usage(command))
      return nil
    }
    guard let number = Int(operand) else { return operand }
    guard let hit = hits.first(where: { $0.rank == number }) else {
      let known = hits.isEmpty ? "search first" : "the hits are \(hits[0].rank) to "
      let end = hits.last.map { "\($0.rank)" } ?? ""
      Output.remark("there is no hit \(number); \(known)\(end)")
      return nil
    }
    return hit.id
  }

  private func section(_ operand: String, _ command: DotCommand) -> Searcher.Section? {
    guard let name = named(operand, command),
      let (found, _) = answer(
        operand, { searcher throws(SearchFailure) in try searcher.section(name) })
    else { return nil }
    if found == nil { _ = Program.noSection(name, asJSON: false) }
    return found
  }

  private func show(_ operand: String) {
    guard let section = section(operand, .show), let renderer else { return }
    screen.show(renderer.section(section))
  }

  private func similar(_ operand: String) {
    guard let name = named(operand, .similar), let base = opened() else { return }
    let limit = limit
    answer(operand) { searcher throws(SearchFailure) in
      try searcher.similar(to: name, limit: limit)
    }.map { response, elapsed in
      guard let response else {
        _ = Program.noSection(name, asJSON: false)
        return
      }
      hits = response.hits
      print(response, elapsed: elapsed, base.searcher, base.location)
    }
  }

  private func edit(_ operand: String) {
    guard let section = section(operand, .edit), let base else { return }
    let path = Program.opening(base.location, base.searcher)(section.record.path)
    if let problem = TextEditor.open(path, line: section.record.line) {
      Output.remark(Visible.line(problem))
    }
  }

  // MARK: Completion

  private func completions(
    of line: String, wordStart: Int, point: Int
  ) -> [(text: String, shown: String)] {
    let typed = String(decoding: line.utf8.prefix(point), as: UTF8.self)
    if !lines.isOpen, typed.hasPrefix(".") {
      return SessionCompletion.of(typed, wordStart: wordStart, fields: fieldNames)
    }
    guard let base,
      let list = try? base.searcher.completions(of: line, at: point)
    else { return [] }
    return list.items.map { item in
      let count = item.count.map { "  \($0)" } ?? ""
      return (
        SessionCompletion.fit(item.text, from: list.start, to: wordStart, of: line),
        Visible.line(item.text) + count
      )
    }
  }

  private var fieldNames: [String] { base?.searcher.schema.fields.map(\.name) ?? [] }
}

extension DotCommand {
  /// Forms of answers.
  static let modes = ["pretty", "plain", "json", "jsonl", "vimgrep", "paths"]
}

extension String {
  /// Without blanks at both ends.
  var trimmingBlanks: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part = part.dropFirst() }
    while part.last?.isWhitespace == true { part = part.dropLast() }
    return String(part)
  }
}
