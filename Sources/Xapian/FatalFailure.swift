internal import CXapian

/// What happens where Xapian ends the process because writing failed.
public enum FatalFailure {
  /// From now on `body` is called there with the number of the last error of the operating system; it
  /// must end the process. For programs, not for libraries.
  public static func handle(_ body: @escaping @convention(c) (Int32) -> Void) { cx_on_fatal(body) }
}
