/// Who may ask.
///
/// On a loopback address everybody on this machine may, but no page of another site: the Host must be
/// one of ours (a name that somebody points at 127.0.0.1 is none), and an Origin must be ours. On
/// another address a token is needed.
struct Gate: Sendable {
  private let names: Set<String>
  private let token: [UInt8]?

  /// Names and addresses that mean this machine.
  static let loopback: Set<String> = ["127.0.0.1", "localhost", "[::1]", "::1"]

  init(host: String, token: String?) {
    names = Gate.loopback.union([host, "[\(host)]"])
    self.token = token.map { Array($0.utf8) }
  }

  /// Why a request is refused; nil if it is not.
  enum Refusal {
    case foreignHost, foreignOrigin, noToken
  }

  /// Judges a request by its head.
  func refusal(
    authority: String?, origin: String?, site: String?, authorization: String?, isPage: Bool
  ) -> Refusal? {
    if let token, !isPage {
      guard let authorization, authorization.hasPrefix("Bearer "),
        Gate.areEqual(Array(authorization.dropFirst(7).utf8), token)
      else { return .noToken }
    }
    // With a token the server may stand behind any name.
    if token == nil {
      guard let authority, names.contains(Gate.name(of: authority)) else { return .foreignHost }
    }
    if let origin, origin != "null" || site != "same-origin" {
      guard origin == "http://\(authority ?? "")" || origin == "https://\(authority ?? "")" else {
        return .foreignOrigin
      }
    }
    if let site, site == "cross-site", !isPage { return .foreignOrigin }
    return nil
  }

  /// `localhost:7700` without its port; nothing where what follows the name is no port.
  private static func name(of authority: String) -> String {
    let isBracketed = authority.hasPrefix("[")
    guard var end = authority.firstIndex(of: isBracketed ? "]" : ":") else {
      return isBracketed ? "" : authority.lowercased()
    }
    if isBracketed { end = authority.index(after: end) }
    let port = authority[end...]
    guard port.isEmpty || port.first == ":", port.utf8.dropFirst().allSatisfy({ 0x30...0x39 ~= $0 })
    else { return "" }
    return authority[..<end].lowercased()
  }

  /// Takes the same time wherever the difference is.
  private static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
