/// Help, made from the table of options.
public enum HelpText {
  /// Version of the program.
  public static let version = "0.1.0"

  /// What `kbsearch --help` prints.
  public static let overview: String = {
    let commands = Command.allCases.filter { $0 != .search }.map { command in
      let usage = "  \(command.rawValue) \(command.operands)"
      return pad(usage, 26) + command.help
    }
    return """
      kbsearch finds the sections of documents that a query asks for.

      USAGE
        kbsearch QUERY
        kbsearch                 a session, on a terminal
        kbsearch COMMAND ...

      COMMANDS
      \(commands.joined(separator: "\n"))

      QUERIES
        pytorch salary>150000         words and filters, all of which must hold
        "execution policy"            a phrase
        skill:(python OR r) -java     alternatives; without
        role:engineer location:austin salary:120k..150k has:level
        kbsearch fields               lists the fields

      OPTIONS OF A SEARCH
      \(options(of: .search))

      EXIT STATUS
        0 hits, or done      3 the index is missing, damaged or not readable
        1 no hits            4 another writer holds the lock
        2 a wrong query      5 done, but some files could not be read

      """
  }()

  /// Help of one command.
  public static func text(of command: Command) -> String {
    guard command != .help else { return overview }
    let name = command == .search ? "kbsearch [search]" : "kbsearch \(command.rawValue)"
    return """
      \(command.help)

      USAGE
        \(name) \(command.operands)

      OPTIONS
      \(options(of: command))

      """
  }

  private static func options(of command: Command) -> String {
    OptionTable.options(of: command).map { option in
      let short = option.short.map { "-\($0), " } ?? "    "
      let shape = ArgumentScanner.shape(option)
      let long = "--\(option.name)" + (shape.isEmpty ? "" : " \(shape)")
      guard long.count <= 26 else { return "  \(short)\(long)\n\(pad("", 34))\(option.help)" }
      return pad("  \(short)\(long)", 34) + option.help
    }.joined(separator: "\n")
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
