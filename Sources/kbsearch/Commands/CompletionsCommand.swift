import KBCommandLine
import KBEngine
import KBRender
import KBKnowledge

/// `kbsearch completions bash|zsh|fish`, and `kbsearch completions word WORD`, which those ask.
struct CompletionsCommand {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() -> ExitStatus {
    switch invocation.operands.first {
    case "bash": return print(ShellCompletions.bash)
    case "zsh": return print(ShellCompletions.zsh)
    case "fish": return print(ShellCompletions.fish)
    case "word": return words(invocation.operands.dropFirst().joined(separator: " "))
    default:
      return Program.report(
        usage: "kbsearch completions takes the name of a shell: bash, zsh or fish",
        asJSON: invocation.has("json"))
    }
  }

  private func print(_ script: String) -> ExitStatus {
    Output.results(script)
    return .done
  }

  /// A line for each word that goes on with the given one: the whole word, a tab, the sections.
  /// Nothing where there is no index: a shell asks while somebody types.
  private func words(_ typed: String) -> ExitStatus {
    guard let location = try? Location.find(Program.overrides(invocation)),
      let searcher = try? KnowledgeBase(at: location).open(),
      let list = try? searcher.completions(of: typed, at: typed.utf8.count)
    else { return .nothingFound }
    let head = String(decoding: typed.utf8.prefix(list.start), as: UTF8.self)
    for item in list.items {
      let count = item.count.map { "\t\($0) section\($0 == 1 ? "" : "s")" } ?? "\tfield"
      Output.results(Visible.line(head + item.text) + count + "\n")
    }
    return list.items.isEmpty ? .nothingFound : .done
  }
}
