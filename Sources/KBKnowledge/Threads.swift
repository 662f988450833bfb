internal import Glibc

/// Threads for work that blocks: reading from workers, writing to disk. Swift's own pool is for
/// work that does not.
enum Threads {
  /// Runs `body` once for each of `count` lanes, side by side, and returns when all have ended.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for lane in 1..<max(count, 1) {
      let box = Unmanaged.passRetained(Box { body(lane) })
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, Threads.main, box.toOpaque())
      if status == 0 {
        threads.append(thread)
      } else {
        box.release()
      }
    }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }

  private final class Box {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    if let raw = $0 { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body() }
    return nil
  }

  /// Processors that this process may use.
  static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
