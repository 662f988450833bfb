internal import KBDiagnostics

/// A command line, taken apart.
public struct Invocation: Sendable, Equatable {
  /// What to do.
  public var command: Command
  /// What stands after options, in order.
  public var operands: [String]
  /// Values of options; an option without a value is there with an empty one.
  public var values: OptionValues

  /// Whether an option was given.
  public func has(_ option: String) -> Bool { values[option] != nil }

  /// The number that an option was given.
  public func count(_ option: String) -> Int? { values[option].flatMap { Int($0) } }
}

/// The values of options by name: so few that they are looked for one after another, which costs less
/// than the types of a dictionary.
public struct OptionValues: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  private struct Entry: Equatable {
    var name: String
    var value: String
  }

  /// In the order of their names.
  private var entries: [Entry] = []

  /// The values of a literal.
  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { self[name] = value }
  }

  /// The value of an option; nil where it was not given.
  public subscript(name: String) -> String? {
    get { entries.first { $0.name == name }?.value }
    set {
      entries.removeAll { $0.name == name }
      guard let newValue else { return }
      let place = entries.firstIndex { $0.name > name } ?? entries.endIndex
      entries.insert(Entry(name: name, value: newValue), at: place)
    }
  }
}

/// A command line that makes no sense, with what would.
public struct UsageProblem: Error, Sendable, Equatable {
  /// For people.
  public var message: String
}

/// Takes a command line apart. It is written by hand because a search must start in a few
/// milliseconds; the table of options keeps parsing and help together.
public enum ArgumentScanner {
  /// The meaning of the arguments after the program's name.
  ///
  /// A word that is a command's name is one only in the first place; after `--` everything is an
  /// operand. An argument with a space in it is a query, never an option.
  public static func scan(_ arguments: [String]) throws(UsageProblem) -> Invocation {
    var rest = arguments[...]
    var leading: [String] = []
    // Options may stand before the command.
    while let first = rest.first, isOption(first), first != "--" {
      leading.append(first)
      rest = rest.dropFirst()
      if takesNext(first), let value = rest.first {
        leading.append(value)
        rest = rest.dropFirst()
      }
    }
    var command = Command.search
    if let first = rest.first, let named = Command.named(first) {
      command = named
      rest = rest.dropFirst()
    }
    return try scan(command, leading + rest)
  }

  private static func scan(
    _ command: Command, _ arguments: [String]
  ) throws(UsageProblem) -> Invocation {
    var result = Invocation(command: command, operands: [], values: [:])
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      if argument == "--" {
        result.operands += arguments[index...]
        break
      }
      guard isOption(argument) else {
        result.operands.append(argument)
        continue
      }
      let (option, attached) = try option(argument, command)
      let value = try value(option, attached, arguments, &index)
      if option.name == "facet" {
        // Given several times, it stands for all of them.
        let before = result.values["facets"].map { $0 + "," } ?? ""
        result.values["facets"] = before + value
      } else {
        result.values[option.name] = value
      }
    }
    return result
  }

  /// `--name`, `--name=value`, `-n`, `-n5`. A dash alone is standard input, and what holds a space
  /// is a query.
  private static func isOption(_ argument: String) -> Bool {
    argument.hasPrefix("-") && argument != "-" && !argument.contains(" ")
  }

  private static func takesNext(_ argument: String) -> Bool {
    guard let option = lookup(argument).0 else { return false }
    return option.argument != .none && lookup(argument).1 == nil
  }

  private static func lookup(_ argument: String) -> (CommandOption?, String?) {
    if argument.hasPrefix("--") {
      let parts = argument.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let option = OptionTable.options.first { $0.name == parts[0] }
      return (option, parts.count > 1 ? String(parts[1]) : nil)
    }
    let body = argument.dropFirst()
    guard let letter = body.first,
      let option = OptionTable.options.first(where: { $0.short == letter })
    else { return (nil, nil) }
    let attached = body.dropFirst()
    if attached.isEmpty { return (option, nil) }
    // `-n5`; anything else glued to a letter is a word that begins with a dash.
    return Int(attached) == nil ? (nil, nil) : (option, String(attached))
  }

  private static func option(
    _ argument: String, _ command: Command
  ) throws(UsageProblem) -> (CommandOption, String?) {
    let (found, attached) = lookup(argument)
    guard let option = found else { throw unknown(argument, command) }
    guard option.commands.contains(command) else {
      throw UsageProblem(
        message: "kbsearch \(command.rawValue) has no option --\(option.name); see: kbsearch "
          + "\(command.rawValue) --help")
    }
    return (option, attached)
  }

  private static func unknown(_ argument: String, _ command: Command) -> UsageProblem {
    let name = String(argument.drop { $0 == "-" }.prefix { $0 != "=" })
    let known = OptionTable.options(of: command).map(\.name)
    let near = EditDistance.nearest(to: name, among: known).map { "--\($0)" }
    var message = "there is no option \(argument)"
    if !near.isEmpty { message += "; did you mean \(near.joined(separator: ", "))?" }
    if command == .search {
      message += "\na query that begins with a dash goes after --: kbsearch -- \(argument)"
    }
    return UsageProblem(message: message)
  }

  private static func value(
    _ option: CommandOption, _ attached: String?, _ arguments: [String], _ index: inout Int
  ) throws(UsageProblem) -> String {
    if option.argument == .none {
      guard attached == nil else {
        throw UsageProblem(message: "--\(option.name) takes no value")
      }
      return ""
    }
    let value: String
    if let attached {
      value = attached
    } else if index < arguments.count {
      value = arguments[index]
      index += 1
    } else {
      throw UsageProblem(
        message: "--\(option.name) needs a value: --\(option.name) \(shape(option))")
    }
    try check(value, option)
    return value
  }

  private static func check(_ value: String, _ option: CommandOption) throws(UsageProblem) {
    switch option.argument {
    case .choice(let words) where !words.contains(value):
      throw UsageProblem(
        message: "--\(option.name) is one of \(words.joined(separator: ", ")), not \(value)")
    case .count where Int(value).map({ $0 >= 0 }) != true:
      throw UsageProblem(message: "--\(option.name) is a number, not \(value)")
    default: break
    }
  }

  static func shape(_ option: CommandOption) -> String {
    switch option.argument {
    case .none: ""
    case .text(let name), .count(let name): name
    case .choice(let words): words.joined(separator: "|")
    }
  }
}
