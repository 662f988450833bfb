/// One option of the command line. The table of all of them drives parsing and help alike.
public struct CommandOption: Sendable, Equatable {
  /// Which values an option takes.
  public enum Argument: Sendable, Equatable {
    /// None: it is on or off.
    case none
    /// A text, shown in help under this name.
    case text(String)
    /// A number that is not negative.
    case count(String)
    /// One of a few words.
    case choice([String])
  }

  /// The name without dashes.
  public var name: String
  /// A single letter, if it has one.
  public var short: Character?
  /// What follows it.
  public var argument: Argument
  /// One line of help.
  public var help: String
  /// The commands that know it.
  public var commands: [Command]
}

/// The commands.
public enum Command: String, Sendable, CaseIterable {
  case search, index, inspect, explain, fields, facets, show, similar, saved, new, stats, check
  case mcp, serve, `init`, completions, help

  /// The command of that name. Of so many names Swift would make a dictionary to look one up.
  public static func named(_ name: String) -> Command? { allCases.first { $0.rawValue == name } }

  /// One line of help.
  public var help: String {
    switch self {
    case .search: "find sections (the default)"
    case .index: "bring the index up to date with the documents"
    case .inspect: "print the records ingest makes of a file; index nothing"
    case .explain: "show how a query is read and run"
    case .fields: "list the fields, their types and conflicts"
    case .facets: "count the values of a field over what a query finds"
    case .show: "print a whole section, by id or PATH#ANCHOR"
    case .similar: "find sections that are like one"
    case .saved: "keep a query under a name: add NAME QUERY, list, remove NAME"
    case .new: "say what saved queries find that they did not before: all, or some"
    case .mcp: "answer agents over standard input and output (Model Context Protocol)"
    case .serve: "answer programs and a browser over HTTP, on this machine"
    case .`init`: "write a kbsearch.yaml from what a folder holds"
    case .completions: "print completions for a shell, or of a word"
    case .stats: "say what the index holds"
    case .check: "verify the index against itself and against the documents"
    case .help: "print this help, or that of a command"
    }
  }

  /// What stands after the command.
  public var operands: String {
    switch self {
    case .search, .explain: "QUERY"
    case .index: "[PATH...]"
    case .inspect: "FILE...|-"
    case .facets: "FIELD [QUERY]"
    case .show, .similar: "ID|PATH#ANCHOR"
    case .saved: "add|list|remove ..."
    case .new: "[NAME...]"
    case .`init`: "[DIR]"
    case .completions: "bash|zsh|fish"
    case .fields, .stats, .check, .mcp, .serve: ""
    case .help: "[COMMAND]"
    }
  }
}

/// The table of options.
public enum OptionTable {
  private static let reading: [Command] = [
    .search, .explain, .fields, .facets, .show, .similar, .saved, .new, .stats, .check,
    .completions, .mcp, .serve,
  ]
  private static let all: [Command] = reading + [.index, .inspect]

  /// Every option, in the order of help.
  public static let options: [CommandOption] = [
    CommandOption(
      name: "kb", argument: .text("DIR"), help: "the knowledge base's folder", commands: all),
    CommandOption(
      name: "index", argument: .text("DIR"), help: "the index's folder", commands: all),
    CommandOption(
      name: "corpus", argument: .text("DIR"), help: "the documents' folder", commands: all),
    CommandOption(
      name: "generation", argument: .text("NAME"),
      help: "read an older generation of the index that is still there",
      commands: [.search, .explain, .fields, .facets, .show, .similar, .stats]),
    CommandOption(
      name: "format", short: "f",
      argument: .choice(["pretty", "plain", "json", "jsonl", "vimgrep", "paths"]),
      help: "form of the output", commands: [.search, .similar]),
    CommandOption(
      name: "json", argument: .none, help: "the same as --format json",
      commands: all),
    CommandOption(
      name: "jsonl", argument: .none, help: "the same as --format jsonl",
      commands: [.search, .similar]),
    CommandOption(
      name: "match", argument: .choice(["all", "any"]),
      help: "all words must be there (default), or any of them",
      commands: [.search, .explain, .facets, .saved]),
    CommandOption(
      name: "literal", argument: .none, help: "take the query as plain words",
      commands: [.search, .explain, .facets, .saved]),
    CommandOption(
      name: "limit", short: "n", argument: .count("N"), help: "hits to print (10), or values (20)",
      commands: [.search, .similar, .facets]),
    CommandOption(
      name: "offset", argument: .count("N"), help: "hits to pass over", commands: [.search]),
    CommandOption(
      name: "sort", argument: .text("FIELD"), help: "sort by a field; -FIELD for highest first",
      commands: [.search]),
    CommandOption(
      name: "duplicates", argument: .none,
      help: "print every section, also those with the same headings and text",
      commands: [.search]),
    CommandOption(
      name: "facets", argument: .text("FIELDS"),
      help: "count the values of these fields too; commas between them", commands: [.search]),
    CommandOption(
      name: "facet", argument: .text("FIELD"),
      help: "the same for one field; may be given several times", commands: [.search]),
    CommandOption(
      name: "count", short: "c", argument: .none, help: "print only how many sections there are",
      commands: [.search]),
    CommandOption(
      name: "null", short: "0", argument: .none,
      help: "with --format paths: end each path by a zero byte, as xargs -0 reads them",
      commands: [.search, .similar]),
    CommandOption(
      name: "hyperlink", argument: .choice(["auto", "always", "never"]),
      help: "make places links, where the terminal shows such (auto: on a terminal)",
      commands: [.search, .similar, .show]),
    CommandOption(
      name: "timing", argument: .none, help: "say how long the search took", commands: [.search]),
    CommandOption(
      name: "color", argument: .choice(["auto", "always", "never"]), help: "use colours",
      commands: all),
    CommandOption(
      name: "stage", argument: .choice(["tokens", "syntax", "bound", "plan"]),
      help: "print one stage only", commands: [.explain]),
    CommandOption(
      name: "rebuild", argument: .none, help: "build anew though nothing has changed",
      commands: [.index]),
    CommandOption(
      name: "dry-run", argument: .none, help: "only say what would be done", commands: [.index]),
    CommandOption(
      name: "quiet", short: "q", argument: .none, help: "print nothing when all is well",
      commands: [.index]),
    CommandOption(
      name: "wait", argument: .count("SECONDS"), help: "wait for another writer to finish",
      commands: [.index]),
    CommandOption(
      name: "jobs", short: "j", argument: .count("N"), help: "lanes to work in (one a processor)",
      commands: [.index, .check]),
    CommandOption(
      name: "watch", argument: .none,
      help: "stay, and bring the index up to date whenever documents change",
      commands: [.index]),
    CommandOption(
      name: "deep", argument: .none, help: "read all documents anew and compare digests",
      commands: [.check]),
    CommandOption(
      name: "host", argument: .text("ADDRESS"),
      help: "address to answer on (127.0.0.1); another one needs a token", commands: [.serve]),
    CommandOption(
      name: "port", argument: .count("N"), help: "port to answer on (7700)", commands: [.serve]),
    CommandOption(
      name: "token-file", argument: .text("FILE"),
      help: "a file with the token that requests must bring", commands: [.serve]),
    CommandOption(
      name: "digest", argument: .none, help: "print a digest of the index's logical content",
      commands: [.stats]),
    CommandOption(
      name: "help", short: "h", argument: .none, help: "print help",
      commands: Command.allCases),
    CommandOption(
      name: "version", argument: .none, help: "print the version", commands: [.search]),
  ]

  /// The options of a command.
  public static func options(of command: Command) -> [CommandOption] {
    options.filter { $0.commands.contains(command) }
  }
}
