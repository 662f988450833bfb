import KBCommandLine
import Testing

@Suite struct ArgumentScannerTests {
  @Test func queryOfSeveralWords() throws {
    let result = try ArgumentScanner.scan(["pytorch", "salary>150000"])
    #expect(result.command == .search)
    #expect(result.operands == ["pytorch", "salary>150000"])
  }
}

@Suite struct HelpTextTests {
  @Test func everyLineFitsATerminal() {
    let texts = [HelpText.overview] + Command.allCases.map { HelpText.text(of: $0) }
    for line in texts.flatMap({ $0.split(separator: "\n") }) {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test func noNameRunsIntoItsMeaning() {
    for command in Command.allCases where command != .search {
      let line = HelpText.overview.split(separator: "\n").first {
        $0.hasPrefix("  \(command.rawValue) \(command.operands)")
      }
      let rest = line?.dropFirst("  \(command.rawValue) \(command.operands)".count) ?? "?"
      #expect(rest.isEmpty || rest.hasPrefix("  ") || command.operands.isEmpty, "\(rest)")
    }
  }
}
