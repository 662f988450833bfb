internal import Glibc
internal import KBEngine
internal import KBIngest
internal import KBSchema
internal import Synchronization

/// One `kbsearch-extract`, started when it is needed, ended and started anew when a file hangs or
/// crashes it.
final class WorkerProcess {
  /// How long a file may take: a start, and more for its size.
  static func deadline(bytes: Int) -> Double { 15 + 3 * Double(bytes) / 1_048_576 }

  private let executable: String
  private let configuration: String?
  private var child: pid_t = 0
  private var input: Int32 = -1
  private var output: Int32 = -1

  /// A worker that reads files by the configuration at that path, if there is one.
  init(executable: String, configuration: String?) {
    self.executable = executable
    self.configuration = configuration
  }

  deinit { stop(kill: false) }

  /// What the configuration says.
  func settings() throws(WorkerFailure) -> IngestSettings {
    try start()
    switch try exchange(.configure(path: configuration), seconds: 60) {
    case .configured(let settings): return settings
    case .misconfigured(let lines): throw .configuration(lines)
    case .records, .failed: throw .protocolError
    }
  }

  /// Reads a file and hands over its documents as they come. Returns remarks on the file, or why it
  /// could not be read: then those that were handed over are what stands in front of the trouble. A
  /// worker that fails is replaced; the next file gets a new one.
  func read(
    _ request: WorkerRequest, bytes: Int, _ body: (DocumentRecords) -> Void
  ) throws(WorkerFailure) -> FileResult {
    if child == 0 { _ = try settings() }
    let seconds = WorkerProcess.deadline(bytes: bytes)
    do throws(WorkerFailure) {
      var reply = try exchange(request, seconds: seconds)
      while true {
        guard case .records(let batch) = reply else { break }
        for document in batch.documents { body(document) }
        if batch.isLast { return .read(warnings: batch.warnings) }
        reply = try receive(seconds: seconds)
      }
      guard case .failed(let reason) = reply else { throw .protocolError }
      return .failed(reason)
    } catch {
      switch error {
      case .timedOut:
        return .failed("reading it took longer than \(Int(seconds)) seconds; it was given up")
      case .died(let how): return .failed("reading it \(how)")
      case .protocolError: return .failed("the reader gave an answer that is none")
      case .cannotStart, .configuration: throw error
      }
    }
  }

  private func exchange(
    _ request: WorkerRequest, seconds: Double
  ) throws(WorkerFailure) -> WorkerReply {
    do {
      try MessageFrame.send(request.encoded, to: input)
    } catch .malformed {
      throw .protocolError
    } catch {
      throw .died(stop(kill: false))
    }
    return try receive(seconds: seconds)
  }

  private func receive(seconds: Double) throws(WorkerFailure) -> WorkerReply {
    let bytes: [UInt8]
    // Most answers come at once; only of one that does not it matters how busy the machine is.
    let waited = isAnswered(within: 200) ? nil : timeInQueue()
    do {
      bytes = try MessageFrame.receive(from: output, seconds: seconds) {
        waited.map { timeInQueue() - $0 } ?? 0
      }
    } catch .timedOut {
      stop(kill: true)
      throw .timedOut
    } catch .malformed {
      stop(kill: true)
      throw .protocolError
    } catch {
      throw .died(stop(kill: false))
    }
    do {
      return try WorkerReply.decode(bytes)
    } catch {
      stop(kill: true)
      throw .protocolError
    }
  }

  /// Whether an answer begins to come before so many milliseconds are over.
  private func isAnswered(within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// Seconds that the process was ready to run and no processor was free: on a busy machine a file
  /// gets as much time as on an idle one. 0 where the kernel does not tell.
  private func timeInQueue() -> Double {
    guard let bytes = try? FileSystem.read("/proc/\(child)/schedstat") else { return 0 }
    let numbers = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    return numbers.count > 1 ? (Double(numbers[1]) ?? 0) / 1e9 : 0
  }

  // MARK: The process

  /// One worker is started at a time: a pipe is not yet marked to be closed in other children when
  /// it is made, and a worker that inherits another's pipe would keep it open.
  private static let starting = Mutex(())

  private func start() throws(WorkerFailure) {
    stop(kill: false)
    let code = WorkerProcess.starting.withLock { _ in startAlone() }
    guard code == 0 else { throw .cannotStart(executable, code) }
  }

  private func startAlone() -> Int32 {
    var toChild: [Int32] = [-1, -1]
    var fromChild: [Int32] = [-1, -1]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
      let code = errno
      for descriptor in toChild + fromChild where descriptor >= 0 { close(descriptor) }
      return code
    }
    for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let code = spawn(standardInput: toChild[0], standardOutput: fromChild[1])
    close(toChild[0])
    close(fromChild[1])
    if code == 0 {
      input = toChild[1]
      output = fromChild[0]
    } else {
      close(toChild[1])
      close(fromChild[0])
    }
    return code
  }

  private func spawn(standardInput: Int32, standardOutput: Int32) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
    posix_spawn_file_actions_adddup2(&actions, standardOutput, 1)
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(executable), nil]
    defer { free(arguments[0]) }
    return posix_spawn(&child, executable, &actions, nil, &arguments, environ)
  }

  /// Ends the process and says how it ended.
  @discardableResult
  private func stop(kill isForced: Bool) -> String {
    if input >= 0 { close(input) }
    if output >= 0 { close(output) }
    input = -1
    output = -1
    guard child > 0 else { return "failed" }
    if isForced { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    child = 0
    let signal = status & 0x7F
    if signal == 0 { return "ended the reader with status \((status >> 8) & 0xFF)" }
    return "crashed the reader (signal \(signal))"
  }
}

/// What came of one file.
enum FileResult {
  case read(warnings: [String])
  case failed(String)
}

/// Why the worker could not be used at all, or failed on a file.
enum WorkerFailure: Error, Equatable {
  case cannotStart(String, Int32)
  case configuration([String])
  case timedOut
  case died(String)
  case protocolError

  /// The sentence that people read.
  var message: String {
    switch self {
    case .cannotStart(let path, let code):
      "cannot start \(path): \(String(cString: strerror(code))); it belongs beside kbsearch, or "
        + "name it in KBSEARCH_EXTRACT"
    case .configuration(let lines): lines.joined(separator: "\n")
    case .timedOut: "the reader did not answer in time"
    case .died(let how): "starting the reader \(how)"
    case .protocolError: "the reader gave an answer that is none; is it of the same version?"
    }
  }
}
