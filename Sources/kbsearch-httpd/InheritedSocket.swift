import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle

/// A socket that whoever started this program has opened for it, as systemd does: `LISTEN_FDS` says how
/// many there are, from descriptor 3 on, and `LISTEN_PID` for whom.
struct InheritedSocket: Sendable {
  let descriptor: CInt
  /// Whether it can be reached from this machine only.
  let isLocal: Bool

  /// Why what was handed over cannot be used.
  struct Problem: Error {
    var message: String
  }

  /// The socket; nil where none was handed over.
  static func find() throws(Problem) -> InheritedSocket? {
    guard let process = number("LISTEN_PID"), process == Int(getpid()),
      let count = number("LISTEN_FDS"), count > 0
    else { return nil }
    // Not for what this program starts.
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
    guard count == 1 else {
      throw Problem(message: "\(count) sockets were handed over: only one can be answered on")
    }
    let descriptor: CInt = 3
    guard value(SO_ACCEPTCONN, of: descriptor) == 1,
      value(SO_TYPE, of: descriptor) == CInt(SOCK_STREAM.rawValue)
    else {
      throw Problem(message: "what was handed over is no socket that listens for connections")
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return InheritedSocket(descriptor: descriptor, isLocal: isLocal(descriptor))
  }

  private static func number(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  private static func value(_ option: CInt, of descriptor: CInt) -> CInt? {
    var value: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    return getsockopt(descriptor, SOL_SOCKET, option, &value, &size) == 0 ? value : nil
  }

  private static func isLocal(_ descriptor: CInt) -> Bool {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard getsockname(descriptor, address, &size) == 0 else { return false }
        switch CInt(address.pointee.sa_family) {
        case AF_UNIX: return true
        case AF_INET:
          return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
            UInt32(bigEndian: $0.pointee.sin_addr.s_addr) >> 24 == 127
          }
        case AF_INET6:
          return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
            withUnsafeBytes(of: $0.pointee.sin6_addr) {
              $0.dropLast().allSatisfy { $0 == 0 } && $0[15] == 1
            }
          }
        default: return false
        }
      }
    }
  }
}

/// Accepts connections on an inherited socket, which Hummingbird's own server cannot.
struct InheritedServer: Service {
  let socket: InheritedSocket
  let connections: HTTP1Channel
  let mostConnections: Int
  let logger: Logger
  let onReady: @Sendable () -> Void

  func run() async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let quiescing = ServerQuiescingHelper(group: group)
    let (connections, mostConnections, logger) = (connections, mostConnections, logger)
    let bootstrap = ServerBootstrap(group: group)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let operations = channel.pipeline.syncOperations
          try operations.addHandler(
            AvailableConnectionsChannelHandler(maxConnections: mostConnections))
          try operations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
        }
      }
    let server = try await bootstrap.bind(socket.descriptor) { channel in
      connections.setup(channel: channel, logger: logger)
    }
    await withGracefulShutdownHandler {
      onReady()
      await withDiscardingTaskGroup { tasks in
        try? await server.executeThenClose { accepted in
          for try await connection in accepted {
            tasks.addTask { await connections.handle(value: connection, logger: logger) }
          }
        }
      }
    } onGracefulShutdown: {
      quiescing.initiateShutdown(promise: nil)
    }
  }
}
