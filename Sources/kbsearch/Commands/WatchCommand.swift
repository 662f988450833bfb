import Glibc
import KBCommandLine
import KBEngine
import KBRender
import KBSearchKit

/// `kbsearch index --watch`: runs whenever the documents change, until it is told to end.
///
/// Every run compares all files, so a lost event costs no document: events only say when to look.
/// Where the kernel tells nothing (a network file system, too many folders) it looks every minute.
struct WatchCommand {
  /// Quiet that must follow a change before a run, so that a checkout makes one run and not many.
  private static let quiet: Int32 = 300
  /// A run comes at the latest so long after a change, however busy the folder is; milliseconds.
  private static let longest = 3000.0
  /// A run comes at least so often; milliseconds.
  private static let interval: Int32 = 60_000

  private let invocation: Invocation
  private let location: Location
  private let index: () -> ExitStatus

  init(_ invocation: Invocation, _ location: Location, index: @escaping () -> ExitStatus) {
    self.invocation = invocation
    self.location = location
    self.index = index
  }

  func run() -> ExitStatus {
    Interruption.catchSignals()
    var watches = FolderWatches()
    watches.follow(location.corpus ?? location.root, except: location.index)
    var status = index()
    // A wrong configuration or an index that cannot be written ends it; files that cannot be read,
    // or another writer, do not.
    while status == .done || status == .partlyFailed || status == .locked {
      if watches.isIncomplete, !watches.hasTold {
        watches.hasTold = true
        Output.remark(
          "note: the kernel does not tell of changes in every folder here; looking every minute")
      }
      wait(for: &watches)
      if Interruption.isAsked { return .done }
      watches.follow(location.corpus ?? location.root, except: location.index)
      status = index()
    }
    return status
  }

  /// Returns some time after a change, after a minute, or when it is to end.
  private func wait(for watches: inout FolderWatches) {
    guard watches.wait(WatchCommand.interval) else { return }
    let start = SearchCommand.now()
    while !Interruption.isAsked, SearchCommand.now() - start < WatchCommand.longest,
      watches.wait(WatchCommand.quiet)
    {}
  }
}

/// Whether the program was asked to end.
enum Interruption {
  nonisolated(unsafe) private static var flag: Int32 = 0

  /// From now on Ctrl-C and SIGTERM only set a flag.
  static func catchSignals() {
    var action = sigaction()
    // Only an assignment of an integer: what a signal handler may do.
    action.__sigaction_handler.sa_handler = { _ in Interruption.flag = 1 }
    // A second Ctrl-C does not wait for the run to end.
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaction(number, &action, nil) }
  }

  static var isAsked: Bool { flag != 0 }
}

/// The folders that the kernel is asked to tell changes of.
struct FolderWatches {
  private let descriptor: Int32
  private var watched: Set<String> = []
  /// Whether some folder is not watched: too many, or a file system without such news.
  private(set) var isIncomplete = false
  var hasTold = false

  private static let events = UInt32(
    IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF
      | IN_MOVE_SELF | IN_CLOSE_WRITE | IN_ONLYDIR)

  init() {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    isIncomplete = descriptor < 0
  }

  /// Watches a folder and all below it, but not the index. What is watched already stays so.
  mutating func follow(_ folder: String, except index: String?) {
    guard descriptor >= 0 else { return }
    var seen: Set<String> = []
    follow(folder, index, depth: 0, &seen)
    watched = seen
  }

  private mutating func follow(
    _ folder: String, _ index: String?, depth: Int, _ seen: inout Set<String>
  ) {
    guard depth < 200, folder != index else { return }
    // Adding a folder that is watched is no error: the same number comes back.
    if inotify_add_watch(descriptor, folder, FolderWatches.events) < 0 {
      if errno == ENOSPC { isIncomplete = true }
      return
    }
    seen.insert(folder)
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    var below: [String] = []
    while let entry = readdir(directory) {
      guard [UInt8(DT_DIR), UInt8(DT_UNKNOWN)].contains(entry.pointee.d_type) else { continue }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == ".git" || name == "." || name == ".." { continue }
      below.append(name)
    }
    for name in below { follow("\(folder)/\(name)", index, depth: depth + 1, &seen) }
  }

  /// Waits for news, at most so many milliseconds; false if there are none.
  func wait(_ milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, descriptor >= 0 ? 1 : 0, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var hasNews = false
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return hasNews }
      hasNews = true
    }
  }
}
