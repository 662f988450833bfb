import Glibc
import KBIngest
import KBReaders
import KBSchema

/// Answers requests until there are none.
struct Worker {
  private var builder: RecordBuilder?
  /// Items of a table that one reply carries, so that memory does not grow with the file's records.
  private static let itemsPerReply = 256

  mutating func run() {
    while let bytes = try? MessageFrame.receive(from: STDIN_FILENO) {
      guard let request = try? WorkerRequest.decode(bytes) else { return }
      guard send(answer(request)) else { return }
    }
  }

  /// Sends a reply; false where nobody listens any more.
  private func send(_ reply: WorkerReply) -> Bool {
    (try? MessageFrame.send(reply.encoded, to: STDOUT_FILENO)) != nil
  }

  /// The answer to a request, or the last part of it: earlier parts are sent on the way.
  private mutating func answer(_ request: WorkerRequest) -> WorkerReply {
    switch request {
    case .configure(let path): return configure(path)
    case .read(let location, let path):
      do {
        let file = try SourceFile.read(location)
        return records(of: file.bytes, path: path, modified: file.modified)
      } catch {
        return .failed(reason: error.reason)
      }
    case .readBytes(let bytes, let path): return records(of: bytes, path: path, modified: 0)
    }
  }

  private mutating func configure(_ path: String?) -> WorkerReply {
    let (configuration, problems) = ConfigurationReader.read(path: path)
    guard problems.isEmpty else { return .misconfigured(problems) }
    builder = RecordBuilder(
      schema: configuration.settings.schema, reading: configuration.reading,
      subject: configuration.subject)
    return .configured(configuration.settings)
  }

  private func records(of bytes: [UInt8], path: String, modified: Int) -> WorkerReply {
    guard let builder else { return .failed(reason: "the reader was not configured") }
    guard let format = DocumentFormat.ofPath(path) else {
      return .failed(reason: "there is no reader for files of this kind")
    }
    var batch = RecordBatch(documents: [], isLast: false)
    var numbers = ItemNumbers()
    do {
      batch.warnings = try DocumentReader.forEach(
        bytes: bytes, path: path, format: format, modified: modified
      ) { document in
        batch.documents.append(
          numbers.next(CareersReading.completed(builder.build(document))))
        if batch.documents.count == Worker.itemsPerReply, send(.records(batch)) {
          batch.documents.removeAll(keepingCapacity: true)
        }
      }
      batch.isLast = true
      return .records(batch)
    } catch {
      return .failed(reason: error.reason)
    }
  }
}

/// A file on disk, read whole.
struct SourceFile {
  var bytes: [UInt8]
  /// Seconds since 1970.
  var modified: Int

  /// Largest file that is read.
  private static let largest = 1 << 30

  static func read(_ location: [UInt8]) throws(ReadError) -> SourceFile {
    let path = location.map { CChar(bitPattern: $0) } + [0]
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw ReadError(reason: reason(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ReadError(reason: reason(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw ReadError(reason: "it is no file") }
    guard status.st_size <= largest else {
      throw ReadError(reason: "it has more than \(largest >> 20) MiB")
    }
    return SourceFile(
      bytes: try contents(descriptor, expected: Int(status.st_size)),
      modified: Int(status.st_mtim.tv_sec))
  }

  private static func contents(
    _ descriptor: Int32, expected: Int
  ) throws(ReadError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: expected + 1)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ReadError(reason: reason(errno)) }
      if count == 0 { break }
      filled += count
      if filled == bytes.count { bytes += [UInt8](repeating: 0, count: 1 << 16) }
    }
    return Array(bytes[..<filled])
  }

  private static func reason(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }
}
