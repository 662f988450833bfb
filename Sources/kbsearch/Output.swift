import Glibc
import KBDiagnostics
import KBRender
import KBSchema

/// Writing to standard output and standard error.
enum Output {
  /// Results, and nothing else. A reader that is gone is no error.
  static func results(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Everything else.
  static func remark(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// A line of its own, on a terminal broken between words.
  static func note(_ text: String) {
    guard isTerminal(STDERR_FILENO), isTerminal(STDOUT_FILENO) else { return remark(text) }
    let lines = VisibleText.wrapped(text, columns: style(colour: nil).width, indent: 2)
    for line in lines { remark(line) }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        offset += count
      }
    }
  }

  /// Whether a person reads it.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Colours and width of standard output.
  static func style(colour: String?) -> TerminalStyle {
    let isTerminal = isTerminal(STDOUT_FILENO)
    let isPlain = hasVariable("NO_COLOR") || variable("TERM") == "dumb"
    let hasColour = colour == "always" || (colour != "never" && isTerminal && !isPlain)
    return TerminalStyle(
      hasColour: hasColour, width: isTerminal ? width() : 100,
      isASCII: isTerminal && !saysUTF8)
  }

  /// Whether the locale's signs are those of UTF-8.
  private static var saysUTF8: Bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { variable($0) }.first { !$0.isEmpty }
    let low = (named ?? "").lowercased()
    return low.contains("utf-8") || low.contains("utf8")
  }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func hasVariable(_ name: String) -> Bool { !(variable(name) ?? "").isEmpty }

  private static func width() -> Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return variable("COLUMNS").flatMap { Int($0) } ?? 80
  }
}
