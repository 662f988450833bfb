import CReadline
import Glibc

/// The user's editor.
enum TextEditor {
  /// Opens a file at a line and waits until the editor ends. Returns why it cannot.
  static func open(_ path: String, line: Int) -> String? {
    let named = [Output.variable("VISUAL"), Output.variable("EDITOR")].compactMap { $0 }
      .first { !$0.isEmpty }
    guard let words = named?.split(separator: " ").map(String.init), let program = words.first
    else { return "no editor is named: set VISUAL or EDITOR, for instance export EDITOR=vim" }
    // `./` keeps a name that begins with a sign from being an option.
    let file = path.hasPrefix("/") ? path : "./\(path)"
    let arguments = words + ["+\(line)", file]
    var strings: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var child = pid_t()
    let status = posix_spawnp(&child, program, nil, nil, &strings, environ)
    guard status == 0 else {
      return "cannot start \(program): \(String(cString: strerror(status)))"
    }
    var ended: Int32 = 0
    while waitpid(child, &ended, 0) < 0, errno == EINTR {}
    _ = creadline_take_interrupt()
    return nil
  }
}
