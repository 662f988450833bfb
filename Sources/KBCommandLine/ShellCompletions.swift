/// Completions for shells, made from the tables of commands and options.
public enum ShellCompletions {
  private static var commands: [Command] { Command.allCases.filter { $0 != .search } }

  private static func words(_ option: CommandOption) -> [String] {
    if case .choice(let words) = option.argument { return words }
    return []
  }

  /// Whether folders are what stands after an option.
  private static func takesFolder(_ option: CommandOption) -> Bool {
    option.argument == .text("DIR")
  }

  private static func values(_ line: (CommandOption) -> String?) -> String {
    OptionTable.options.compactMap(line).joined(separator: "\n")
  }

  private static func perCommand(_ line: (Command, String) -> String) -> String {
    Command.allCases.map { command in
      line(
        command,
        OptionTable.options(of: command).map { "--\($0.name)" }.joined(separator: " "))
    }.joined(separator: "\n")
  }

  /// For bash: `source <(kbsearch completions bash)`.
  public static var bash: String {
    let names = commands.map(\.rawValue).joined(separator: " ")
    let choices = values { option in
      let words = words(option)
      if takesFolder(option) {
        return "    --\(option.name)) COMPREPLY=($(compgen -d -- \"$word\")); return ;;"
      }
      guard !words.isEmpty else { return nil }
      return "    --\(option.name)) COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" "
        + "-- \"$word\")); return ;;"
    }
    let options = perCommand { "      \($0.rawValue)) options=\"\($1)\" ;;" }
    return """
      # bash completion for kbsearch; put `source <(kbsearch completions bash)` into ~/.bashrc
      _kbsearch() {
        local line=${COMP_LINE:0:COMP_POINT} word before command=search options index
        COMPREPLY=()
        word=${COMP_WORDS[COMP_CWORD]}
        before=${COMP_WORDS[COMP_CWORD-1]}
        for ((index = 1; index < COMP_CWORD; index++)); do
          case " \(names) search " in
            *" ${COMP_WORDS[index]} "*) command=${COMP_WORDS[index]}; break ;;
          esac
        done
        case "$before" in
      \(choices)
          --format=|-f) COMPREPLY=(); return ;;
        esac
        case "$command" in
      \(options)
        esac
        if [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W "$options" -- "$word")); return
        fi
        case "$command" in
          index|init) COMPREPLY=($(compgen -d -- "$word")); return ;;
          inspect) COMPREPLY=($(compgen -f -- "$word")); return ;;
          completions) COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")); return ;;
          saved) COMPREPLY=($(compgen -W "add list remove" -- "$word")); return ;;
          help) COMPREPLY=($(compgen -W "\(names)" -- "$word")); return ;;
        esac
        # Words as the program sees them: bash parts them at colons too.
        local typed=${line##*[[:space:]\\"\\']} found
        while IFS=$'\\t' read -r found _; do
          [[ $found == *[\\"\\ ]* ]] && continue
          COMPREPLY+=("${found:${#typed}-${#word}}")
        done < <(kbsearch completions word "$typed" 2>/dev/null)
        if [[ $COMP_CWORD -eq 1 ]]; then
          COMPREPLY+=($(compgen -W "\(names)" -- "$word"))
        fi
        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace
      }
      complete -F _kbsearch kbsearch

      """
  }

  /// For zsh: `source <(kbsearch completions zsh)`.
  public static var zsh: String {
    let names = commands.map { "    '\($0.rawValue):\(quoted($0.help))'" }
      .joined(separator: "\n")
    let options = perCommand { "    \($0.rawValue)) options=(\($1)) ;;" }
    let choices = values { option in
      let words = words(option)
      if takesFolder(option) { return "    --\(option.name)) _directories; return ;;" }
      guard !words.isEmpty else { return nil }
      return "    --\(option.name)) compadd -- \(words.joined(separator: " ")); return ;;"
    }
    return """
      #compdef kbsearch
      # zsh completion for kbsearch; put `source <(kbsearch completions zsh)` into ~/.zshrc
      _kbsearch() {
        local -a commands options found
        local command=search word=${words[CURRENT]} before=${words[CURRENT-1]} line
        commands=(
      \(names)
        )
        for line in ${words[2,CURRENT-1]}; do
          (( ${commands[(I)$line:*]} )) && { command=$line; break }
        done
        case $before in
      \(choices)
        esac
        case $command in
      \(options)
        esac
        if [[ $word == -* ]]; then compadd -- $options; return; fi
        case $command in
          index|init) _directories; return ;;
          inspect) _files; return ;;
          completions) compadd -- bash zsh fish; return ;;
          saved) compadd -- add list remove; return ;;
          help) _describe command commands; return ;;
        esac
        (( CURRENT == 2 )) && _describe command commands
        while IFS=$'\\t' read -r line _; do
          found+=("$line")
        done < <(kbsearch completions word "${(Q)word}" 2>/dev/null)
        compadd -S '' -- $found
      }
      compdef _kbsearch kbsearch

      """
  }

  /// For fish: `kbsearch completions fish | source`.
  public static var fish: String {
    let names = commands.map { command in
      "complete -c kbsearch -n __fish_use_subcommand -a \(command.rawValue) "
        + "-d '\(quoted(command.help))'"
    }.joined(separator: "\n")
    let options = OptionTable.options.map { option -> String in
      var line = "complete -c kbsearch -l \(option.name)"
      if let short = option.short { line += " -s \(short)" }
      let words = words(option)
      if takesFolder(option) {
        line += " -x -a '(__fish_complete_directories)'"
      } else if !words.isEmpty {
        line += " -x -a '\(words.joined(separator: " "))'"
      } else if option.argument != .none {
        line += " -x"
      }
      let known = commands.filter { option.commands.contains($0) }
      if !option.commands.contains(.search) {
        line += " -n '__fish_seen_subcommand_from \(known.map(\.rawValue).joined(separator: " "))'"
      }
      return line + " -d '\(quoted(option.help))'"
    }.joined(separator: "\n")
    return """
      # fish completion for kbsearch; put `kbsearch completions fish | source` into config.fish
      complete -c kbsearch -f
      \(names)
      \(options)
      complete -c kbsearch -n '__fish_seen_subcommand_from inspect' -F
      complete -c kbsearch -n '__fish_seen_subcommand_from index init' -a '(__fish_complete_directories)'
      complete -c kbsearch -n '__fish_seen_subcommand_from completions' -a 'bash zsh fish'
      complete -c kbsearch -n '__fish_seen_subcommand_from saved' -a 'add list remove'
      complete -c kbsearch -a '(kbsearch completions word (commandline -ct) 2>/dev/null)'

      """
  }

  private static func quoted(_ text: String) -> String {
    text.map { $0 == "'" ? "’" : String($0) }.joined()
  }
}
