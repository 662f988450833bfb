import KBDiagnostics

/// The commands of a session.
enum DotCommand: String, CaseIterable {
  case edit, exit, explain, facets, fields, help, limit, literal, match, mode, more, once, open
  case output, quit, read, show, similar, sort, stats, timer

  /// What stands after it.
  var operands: String {
    switch self {
    case .edit, .show, .similar: "HIT"
    case .explain: "[QUERY]"
    case .facets: "FIELD [QUERY]"
    case .limit: "[N]"
    case .literal, .timer: "[on|off]"
    case .match: "[all|any]"
    case .mode: "[pretty|plain|json|jsonl|vimgrep|paths]"
    case .once, .read: "FILE"
    case .open: "DIR"
    case .output: "[FILE]"
    case .sort: "[FIELD|-FIELD|off]"
    case .exit, .fields, .help, .more, .quit, .stats: ""
    }
  }

  /// One line of help.
  var help: String {
    switch self {
    case .edit: "open a hit's file at its line in $VISUAL or $EDITOR"
    case .exit, .quit: "leave; so does Ctrl-D"
    case .explain: "show how a query is read and run: the last one where none is given"
    case .facets: "count the values of a field over the last query, or a given one"
    case .fields: "list the fields, their types and conflicts"
    case .help: "print this"
    case .limit: "hits a page"
    case .literal: "take queries as plain words"
    case .match: "whether all words must be there, or any of them"
    case .mode: "form of the answers"
    case .more: "the next page of the last query"
    case .once: "write the next answer to a file"
    case .open: "another knowledge base"
    case .output: "write answers to a file; without one, to the screen again"
    case .read: "run the lines of a file"
    case .show: "print a whole section: a hit's number, an id, or PATH#ANCHOR"
    case .similar: "find sections that are like a hit"
    case .sort: "sort by a field, the highest first with -"
    case .stats: "say what the index holds"
    case .timer: "say how long each search took"
    }
  }

  /// The command of a name or of an unambiguous beginning of one; else why not.
  static func named(_ name: String) -> Result<DotCommand, UnknownName> {
    if let exact = DotCommand(rawValue: name) { return .success(exact) }
    let begun = allCases.filter { $0.rawValue.hasPrefix(name) && !name.isEmpty }
    if begun.count == 1 { return .success(begun[0]) }
    let all = allCases.map(\.rawValue)
    let near =
      begun.isEmpty ? EditDistance.nearest(to: name, among: all) : begun.map(\.rawValue)
    let names = near.map { ".\($0)" }.joined(separator: ", ")
    let hint = near.isEmpty ? ";" : "; did you mean \(names)?"
    return .failure(UnknownName(message: "there is no command .\(name)\(hint) .help lists them"))
  }

  struct UnknownName: Error { var message: String }

  /// What `.help` prints.
  static var overview: String {
    let lines = allCases.filter { $0 != .exit }.map { command in
      let usage = ".\(command.rawValue) \(command.operands)"
      return usage.count < 24
        ? "  " + usage + String(repeating: " ", count: 24 - usage.count) + command.help
        : "  " + usage + "\n" + String(repeating: " ", count: 26) + command.help
    }
    return """
      A line is a query; a number opens that hit. A query goes on over several lines while a
      quotation mark or a bracket is open; an empty line ends it. Tab completes fields, values
      and words; Ctrl-R searches the history; Ctrl-C drops the line or stops a search.

      \(lines.joined(separator: "\n"))

      A command may be shortened: .fi for .fields.

      """
  }
}
