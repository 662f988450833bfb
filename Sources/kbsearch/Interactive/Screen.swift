import CReadline
import Glibc
import KBRender

/// Where a session's answers go: the terminal, by way of a pager where they are taller, or a file.
struct Screen {
  /// A file in place of the terminal, and whether for one answer only.
  private var file: (path: String, isForOne: Bool)?

  /// Whether answers go to a file: then they have no colours.
  var isFile: Bool { file != nil }

  /// Sends what follows to a file; nil for the terminal. Returns why it cannot.
  mutating func redirect(to path: String?, isForOne: Bool) -> String? {
    guard let path else {
      file = nil
      return nil
    }
    guard let stream = fopen(path, "w") else {
      return "cannot write \(path): \(String(cString: strerror(errno)))"
    }
    fclose(stream)
    file = (path, isForOne)
    return nil
  }

  /// Prints one answer.
  mutating func show(_ text: String) {
    if let file {
      append(text, to: file.path)
      if file.isForOne { self.file = nil }
    } else if Output.isTerminal(STDOUT_FILENO), isTall(text) {
      page(text)
    } else {
      Output.results(text)
    }
  }

  private func append(_ text: String, to path: String) {
    guard let stream = fopen(path, "a") else {
      return Output.remark(
        "cannot write \(Visible.line(path)): \(String(cString: strerror(errno)))")
    }
    fputs(text, stream)
    if fclose(stream) != 0 {
      Output.remark("cannot write \(Visible.line(path)): \(String(cString: strerror(errno)))")
    }
  }

  private func isTall(_ text: String) -> Bool {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return false }
    return text.utf8.count { $0 == UInt8(ascii: "\n") } >= Int(size.ws_row)
  }

  /// `$PAGER`, else `less -RFX`; where neither runs, the text itself.
  private func page(_ text: String) {
    let named = Output.variable("KBSEARCH_PAGER") ?? Output.variable("PAGER")
    if named == "" || named == "cat" { return Output.results(text) }
    setenv("LESS", Output.variable("LESS") ?? "RFX", 0)
    guard let pipe = popen(named ?? "less -R", "w") else { return Output.results(text) }
    fputs(text, pipe)
    let status = pclose(pipe)
    _ = creadline_take_interrupt()
    // 127: the shell found no such program.
    if status & 0xFF00 == 127 << 8 { Output.results(text) }
  }
}
