internal import Xapian

/// A failure of writing that ends the process: the engine gives up where it cannot clean up after
/// a full disk. The published index is as it was; the next run removes what is left.
public enum FatalWriting {
  /// From now on `body` is called there with the number of the last error of the operating system; it
  /// must end the process. For programs, not for libraries.
  public static func handle(_ body: @escaping @convention(c) (Int32) -> Void) {
    FatalFailure.handle(body)
  }
}
