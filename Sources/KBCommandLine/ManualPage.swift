/// The manual page, made from the tables of commands and options.
public enum ManualPage {
  /// In the language of man(7).
  public static var text: String {
    """
    .\\" Made by kbsearch help man; change the tables it is made from.
    .TH KBSEARCH 1 "" "kbsearch \(HelpText.version)" "User Commands"
    .SH NAME
    kbsearch \\- find the sections of documents that a query asks for
    .SH SYNOPSIS
    .B kbsearch
    .RI [ OPTION ...]
    .I QUERY
    .br
    .B kbsearch
    .I COMMAND
    .RI [ OPTION ...]
    .RI [ OPERAND ...]
    .br
    .B kbsearch
    .SH DESCRIPTION
    kbsearch turns a folder of documents into a knowledge base that answers at the grain of a
    section. It reads typed values out of prose (roles, skills, pay) and finds sections by words
    and values.
    On a terminal and without arguments it opens a session.
    .SH COMMANDS
    \(commands)
    .SH QUERIES
    \(queries)
    .SH OPTIONS
    \(options)
    .SH EXIT STATUS
    \(statuses)
    .SH ENVIRONMENT
    \(variables)
    .SH FILES
    .TP
    .I kbsearch.yaml
    The configuration of a knowledge base, in its root. Every key is optional.
    .TP
    .I .kbsearch/
    The index of a folder without a configuration.
    .TP
    .I ~/.local/state/kbsearch/
    The history of sessions, and saved queries with what they found.
    .SH SEE ALSO
    .BR grep (1),
    .BR xapian\\-delve (1)

    """
  }

  private static var commands: String {
    Command.allCases.map { command in
      let operands = command.operands.isEmpty ? "" : " \\fI\(escaped(command.operands))\\fR"
      return ".TP\n\\fB\(command.rawValue)\\fR\(operands)\n\(escaped(command.help))."
    }.joined(separator: "\n")
  }

  private static var options: String {
    OptionTable.options.map { option in
      let short = option.short.map { "\\fB\\-\($0)\\fR, " } ?? ""
      let shape = ArgumentScanner.shape(option)
      let value = shape.isEmpty ? "" : " \\fI\(escaped(shape))\\fR"
      let known = Command.allCases.filter { option.commands.contains($0) }.map(\.rawValue)
      let only =
        known.count == Command.allCases.count ? "" : " (\(known.joined(separator: ", ")))"
      return ".TP\n\(short)\\fB\\-\\-\(escaped(option.name))\\fR\(value)\n"
        + "\(escaped(option.help))\(only)."
    }.joined(separator: "\n")
  }

  private static func table(_ rows: [(String, String)]) -> String {
    rows.map { ".TP\n\\fB\(escaped($0.0))\\fR\n\(escaped($0.1))." }.joined(separator: "\n")
  }

  private static var queries: String {
    table([
      ("pytorch salary>150000", "Words and filters, all of which must hold"),
      ("\"execution policy\"", "A phrase"),
      ("skill:(python OR r) -java", "Alternatives; without"),
      ("salary:120k..150k has:level", "A range; with some value of a field"),
      ("sort:-salary group:title", "In another order; one hit of each"),
    ])
  }

  private static var statuses: String {
    table([
      ("0", "Hits, or done"), ("1", "No hits"),
      ("2", "The query or the arguments are wrong"),
      ("3", "The index is missing, damaged or not readable"),
      ("4", "Another writer holds the lock"),
      ("5", "Done, but some files of a supported kind could not be read"),
    ])
  }

  private static var variables: String {
    table([
      ("KBSEARCH_KB", "The knowledge base's folder, where --kb is not given"),
      ("KBSEARCH_EXTRACT", "The program that reads documents, where it is not beside kbsearch"),
      ("NO_COLOR", "No colours, if it is set"),
      ("PAGER, KBSEARCH_PAGER", "What shows long answers in a session"),
      ("VISUAL, EDITOR", "What .edit opens in a session"),
    ])
  }

  /// Without signs that roff would read.
  private static func escaped(_ text: String) -> String {
    let plain = text.spelling("\\", as: "\\e").spelling("-", as: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}

extension String {
  /// The text with each sign of a kind replaced.
  fileprivate func spelling(_ sign: Character, as text: String) -> String {
    map { $0 == sign ? text : String($0) }.joined()
  }
}
