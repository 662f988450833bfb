import CReadline
import Glibc
import KBEngine
import Synchronization

/// Runs a search on a thread of its own, so that Ctrl-C is answered at once. An abandoned search
/// ends by itself; its searcher is not used again.
enum BackgroundSearch {
  enum Outcome<Value> {
    case done(Result<Value, SearchFailure>)
    case interrupted
  }

  private final class Box<Value>: @unchecked Sendable {
    // The thread alone touches `body`; `value` is guarded by `isDone`.
    let body: () -> Result<Value, SearchFailure>
    var value: Result<Value, SearchFailure>?
    let isDone = Atomic<Bool>(false)
    init(_ body: @escaping () -> Result<Value, SearchFailure>) { self.body = body }
    func run() {
      value = body()
      isDone.store(true, ordering: .releasing)
    }
  }

  private final class Job {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  static func run<Value>(
    _ body: @escaping () throws(SearchFailure) -> Value
  ) -> Outcome<Value> {
    let box = Box<Value> {
      do throws(SearchFailure) { return .success(try body()) } catch { return .failure(error) }
    }
    let job = Unmanaged.passRetained(Job { box.run() })
    var thread = pthread_t()
    _ = creadline_take_interrupt()
    let status = pthread_create(
      &thread, nil,
      { raw in
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        if let raw { Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().run() }
        return nil
      }, job.toOpaque())
    guard status == 0 else {
      job.release()
      box.run()
      return box.value.map { .done($0) } ?? .interrupted
    }
    pthread_detach(thread)
    var pause: UInt32 = 50
    while !box.isDone.load(ordering: .acquiring) {
      if creadline_take_interrupt() { return .interrupted }
      usleep(pause)
      pause = min(pause * 2, 5000)
    }
    return box.value.map { .done($0) } ?? .interrupted
  }
}
