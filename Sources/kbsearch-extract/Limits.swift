import Glibc

/// What this process may take of the machine.
enum Limits {
  /// Most memory: a file that needs more is reported, not read.
  static let memory = 4 << 30

  /// Sets the limits.
  static func set() {
    limit(RLIMIT_AS, memory)
    limit(RLIMIT_CORE, 0)
  }

  private static func limit(_ kind: __rlimit_resource, _ value: Int?) {
    guard let value else { return }
    var bounds = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
    setrlimit(Int32(kind.rawValue), &bounds)
  }
}
