import KBCommandLine
import Testing

@Suite struct ArgumentScannerTests {
  @Test func queryOfSeveralWords() throws {
    let result = try ArgumentScanner.scan(["pytorch", "salary>150000"])
    #expect(result.command == .search)
    #expect(result.operands == ["pytorch", "salary>150000"])
  }
}
