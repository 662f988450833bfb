import Glibc
import KBCommandLine
import KBEngine
import KBRender
import KBSchema
import KBKnowledge

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

  private let location: Location
  private let index: () -> (status: ExitStatus, report: IndexReport?)

  init(
    _ location: Location, index: @escaping () -> (status: ExitStatus, report: IndexReport?)
  ) {
    self.location = location
    self.index = index
  }

  func run() -> ExitStatus {
    Interruption.catchSignals()
    var watches = FolderWatches()
    var report: IndexReport?
    while true {
      if let report { follow(report, &watches) }
      let run = index()
      // A wrong configuration or an index that cannot be written ends it; files that cannot be read,
      // or another writer, do not.
      guard [.done, .partlyFailed, .locked].contains(run.status) else { return run.status }
      let isFirst = report == nil
      report = run.report ?? report
      // What changed before it was watched is found by another look.
      if isFirst, report != nil { continue }
      if watches.isIncomplete, !watches.hasTold {
        watches.hasTold = true
        Output.remark(
          "note: the kernel does not tell of changes in every folder here; looking every minute")
      }
      wait(for: &watches)
      if Interruption.isAsked { return .done }
    }
  }

  /// Watches what is walked, and the folder of the configuration; not the index, whose changes are
  /// its own.
  private func follow(_ report: IndexReport, _ watches: inout FolderWatches) {
    let configured = location.configuration == nil ? nil : location.root
    watches.follow(
      report.roots.map(Location.absolute), except: Location.absolute(report.indexFolder),
      flat: configured)
  }

  /// Returns some time after a change, after a minute, or when it is to end.
  private func wait(for watches: inout FolderWatches) {
    // A signal may have come while files were read.
    guard !Interruption.isAsked else { return }
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
  /// Becomes readable when it is asked, so that waiting ends however close the signal comes before it.
  nonisolated(unsafe) private(set) static var descriptor: Int32 = -1
  /// The other end.
  nonisolated(unsafe) private static var written: Int32 = -1

  /// From now on Ctrl-C and SIGTERM only set a flag.
  static func catchSignals() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
      (descriptor, written) = (ends[0], ends[1])
    }
    var action = sigaction()
    // An assignment of an integer and a call of the system: what a signal handler may do.
    action.__sigaction_handler.sa_handler = { _ in
      Interruption.flag = 1
      _ = write(Interruption.written, "\n", 1)
    }
    // A second Ctrl-C does not wait for the run to end.
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaction(number, &action, nil) }
  }

  static var isAsked: Bool { flag != 0 }
}

/// The folders that the kernel is asked to tell changes of.
struct FolderWatches {
  private let descriptor: Int32
  /// What the kernel calls the folders that are watched.
  private var watched: Set<Int32> = []
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

  /// Watches folders and all below them, but not the index, and one folder without those below it.
  /// What is watched already stays so, and what is named no more does not.
  mutating func follow(_ folders: [String], except index: String, flat: String?) {
    guard descriptor >= 0 else { return }
    var seen: Set<Int32> = []
    if let flat { _ = add(flat, &seen) }
    for folder in folders {
      // Of a single file, the folder tells.
      let isFolder = FileSystem.isDirectory(folder)
      if isFolder { follow(folder, index, depth: 0, &seen) }
      if !isFolder { _ = add(FileSystem.parent(of: folder), &seen) }
    }
    for number in watched.subtracting(seen) { inotify_rm_watch(descriptor, number) }
    watched = seen
  }

  private mutating func add(_ folder: String, _ seen: inout Set<Int32>) -> Bool {
    // Adding a folder that is watched is no error: the same number comes back.
    let number = inotify_add_watch(descriptor, folder, FolderWatches.events)
    if number < 0 {
      if errno != ENOENT && errno != ENOTDIR { isIncomplete = true }
      return false
    }
    seen.insert(number)
    return true
  }

  private mutating func follow(
    _ folder: String, _ index: String, depth: Int, _ seen: inout Set<Int32>
  ) {
    guard depth < 200, folder != index, add(folder, &seen) else { return }
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    var below: [String] = []
    while let entry = readdir(directory) {
      guard [UInt8(DT_DIR), UInt8(DT_UNKNOWN)].contains(entry.pointee.d_type) else { continue }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      // Names that are no UTF-8 are repaired in a string: such a folder is not found by it.
      if name.utf8.contains(0xEF), name.contains("\u{FFFD}") { isIncomplete = true }
      if name == ".git" || name == "." || name == ".." { continue }
      below.append(name)
    }
    for name in below { follow("\(folder)/\(name)", index, depth: depth + 1, &seen) }
  }

  /// Waits for news, at most so many milliseconds; false if there are none.
  func wait(_ milliseconds: Int32) -> Bool {
    // A descriptor below 0 is passed over.
    var entries = [descriptor, Interruption.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    guard poll(&entries, 2, milliseconds) > 0, entries[0].revents != 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var hasNews = false
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return hasNews }
      hasNews = true
    }
  }
}
