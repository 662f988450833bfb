/// Help, made from the table of options.
public enum HelpText {
  /// Version of the program.
  public static let version = "0.1.0"

  /// What `kbsearch --help` prints.
  public static let overview: String = {
    let commands = Command.allCases.filter { $0 != .search }.map {
      entry("  \($0.rawValue) \($0.operands)", $0.help, indent: 26)
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
      return entry("  \(short)\(long)", option.help, indent: 34)
    }.joined(separator: "\n")
  }

  /// A name, and beside it what it means, in lines of at most 80 columns; below it, where the name
  /// is too long for its column.
  private static func entry(_ name: String, _ meaning: String, indent: Int) -> String {
    let blank = String(repeating: " ", count: indent)
    var lines = [""]
    for word in meaning.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if indent + last.count + 1 + word.count <= 80 {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    let text = lines.joined(separator: "\n\(blank)")
    guard name.count + 2 <= indent else { return "\(name)\n\(blank)\(text)" }
    return name + String(repeating: " ", count: indent - name.count) + text
  }
}
