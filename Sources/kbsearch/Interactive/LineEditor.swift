import CReadline
import Glibc
import KBRender

/// Where lines come from: readline on a terminal, or a plain stream where the library is missing.
struct LineEditor {
  /// What came of asking for a line.
  enum Input {
    case line(String)
    /// Ctrl-D.
    case end
    /// Ctrl-C.
    case interrupted
  }

  private let hasReadline: Bool
  private let historyPath: String?
  private static let longestHistory: Int32 = 2000

  /// Offers what may stand at a place: the line, where readline's word begins, and the cursor.
  nonisolated(unsafe) static var completer: ((String, Int, Int) -> [(text: String, shown: String)])?

  init() {
    creadline_catch_interrupts()
    hasReadline = creadline_open { line, start, point, add in
      guard let line, let add, let completer = LineEditor.completer else { return }
      for item in completer(String(cString: line), start, point) { add(item.text, item.shown) }
    }
    historyPath = hasReadline ? LineEditor.historyFile() : nil
    if let historyPath { creadline_read_history(historyPath, LineEditor.longestHistory) }
    if !hasReadline {
      Output.remark("note: without libreadline8 there is no history, editing or completion")
    }
  }

  func read(_ prompt: String) -> Input {
    guard hasReadline else { return readPlain(prompt) }
    var bytes: UnsafeMutablePointer<CChar>?
    switch creadline_read(prompt, &bytes) {
    case CREADLINE_END: return .end
    case CREADLINE_INTERRUPTED: return .interrupted
    default:
      guard let bytes else { return .end }
      defer { creadline_free(bytes) }
      return .line(String(cString: bytes))
    }
  }

  private func readPlain(_ prompt: String) -> Input {
    Output.results(prompt)
    guard let line = readLine(strippingNewline: true) else {
      return creadline_take_interrupt() ? .interrupted : .end
    }
    return .line(line)
  }

  /// Keeps a line, now and for the next session.
  func remember(_ line: String) {
    guard hasReadline else { return }
    creadline_remember(line)
  }

  /// Writes the history.
  func close() {
    guard let historyPath else { return }
    _ = creadline_write_history(historyPath, LineEditor.longestHistory)
  }

  /// `$XDG_STATE_HOME/kbsearch/history`, its folder made where it is missing.
  private static func historyFile() -> String? {
    let base: String
    if let state = Output.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      base = state
    } else if let home = Output.variable("HOME"), home.hasPrefix("/") {
      base = "\(home)/.local/state"
    } else {
      return nil
    }
    var path = ""
    for part in "\(base)/kbsearch".split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
    return "\(path)/history"
  }
}
