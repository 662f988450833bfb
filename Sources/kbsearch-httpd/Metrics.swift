import Synchronization

/// Counts of requests, in Prometheus' text format.
final class Metrics: Sendable {
  private struct State {
    var requests: [String: [Int: Int]] = [:]
    var buckets: [Int] = Array(repeating: 0, count: Metrics.bounds.count + 1)
    var seconds = 0.0
    var running = 0
  }

  /// Upper bounds of the histogram, in seconds.
  private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
  private let state = Mutex(State())

  /// Begins a request; false where too many are running.
  func begin(atMost limit: Int) -> Bool {
    state.withLock { state in
      guard state.running < limit else { return false }
      state.running += 1
      return true
    }
  }

  func end() { state.withLock { $0.running -= 1 } }

  /// Counts an answer. `route` is one of ours, never what a client wrote.
  func count(_ route: String, _ status: Int, seconds: Double) {
    let bucket = Metrics.bounds.firstIndex { seconds <= $0 } ?? Metrics.bounds.count
    state.withLock { state in
      state.requests[route, default: [:]][status, default: 0] += 1
      state.buckets[bucket] += 1
      state.seconds += seconds
    }
  }

  func text(sections: Int?, documents: Int?) -> String {
    let state = state.withLock { $0 }
    var lines = [
      "# HELP kbsearch_requests_total Requests answered.", "# TYPE kbsearch_requests_total counter",
    ]
    for (route, counts) in state.requests.sorted(by: { $0.key < $1.key }) {
      for (status, count) in counts.sorted(by: { $0.key < $1.key }) {
        lines.append(
          "kbsearch_requests_total{route=\"\(route)\",status=\"\(status)\"} \(count)")
      }
    }
    lines += [
      "# HELP kbsearch_request_seconds Time to answer.",
      "# TYPE kbsearch_request_seconds histogram",
    ]
    var sum = 0
    for (bound, count) in zip(Metrics.bounds, state.buckets) {
      sum += count
      lines.append("kbsearch_request_seconds_bucket{le=\"\(bound)\"} \(sum)")
    }
    sum += state.buckets[Metrics.bounds.count]
    lines += [
      "kbsearch_request_seconds_bucket{le=\"+Inf\"} \(sum)",
      "kbsearch_request_seconds_sum \(state.seconds)", "kbsearch_request_seconds_count \(sum)",
      "# HELP kbsearch_requests_running Requests being answered.",
      "# TYPE kbsearch_requests_running gauge", "kbsearch_requests_running \(state.running)",
    ]
    if let sections, let documents {
      lines += [
        "# HELP kbsearch_sections Sections in the index.", "# TYPE kbsearch_sections gauge",
        "kbsearch_sections \(sections)", "# HELP kbsearch_documents Documents in the index.",
        "# TYPE kbsearch_documents gauge", "kbsearch_documents \(documents)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
