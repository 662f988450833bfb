import Glibc

/// The program that this one reads files for.
enum Client {
  /// Ends this process once nobody holds the other end of standard input, though a file may be half
  /// read: of a program that was killed nothing is left over.
  static func endWithIt() {
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { _ in
        var input = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
        repeat {
          if poll(&input, 1, -1) < 0, errno != EINTR { return nil }
        } while Int32(input.revents) & (POLLHUP | POLLERR | POLLNVAL) == 0
        // Nothing of it is to be kept.
        _exit(0)
      }, nil)
    if code == 0 { pthread_detach(thread) }
  }
}
