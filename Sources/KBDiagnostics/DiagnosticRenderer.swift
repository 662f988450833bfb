/// Writes diagnostics for people: the reason, the text with carets under the place, what would work.
public enum DiagnosticRenderer {
  /// The lines of a diagnostic about `source`; `visible` makes text harmless for a terminal, and
  /// `width` gives the columns it takes there.
  public static func text(
    _ diagnostic: Diagnostic, in source: String, rewrite: String? = nil,
    visible: (String) -> String, width: (String) -> Int
  ) -> String {
    var lines = ["\(diagnostic.severity.rawValue): \(visible(diagnostic.message))"]
    lines += excerpt(source, diagnostic.span, visible: visible, width: width)
    if !diagnostic.suggestions.isEmpty {
      lines.append("  did you mean: \(diagnostic.suggestions.map(visible).joined(separator: ", "))")
    }
    for note in diagnostic.notes { lines.append("  note: \(visible(note))") }
    if let rewrite { lines.append("  try: \(visible(rewrite))") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let before = 50
  private static let after = 50

  /// The text around the place and a line of carets; a long text is cut on both sides.
  private static func excerpt(
    _ source: String, _ span: Range<Int>, visible: (String) -> String, width: (String) -> Int
  ) -> [String] {
    let bytes = Array(source.utf8)
    let span = span.clamped(to: 0..<bytes.count)
    var start = max(0, span.lowerBound - before)
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    var end = min(bytes.count, max(span.upperBound, span.lowerBound) + after)
    end = min(end, span.lowerBound + before + after)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    func part(_ range: Range<Int>) -> String {
      visible(
        String(
          decoding: bytes[range].map { $0 == 0x0A || $0 == 0x09 || $0 == 0x0D ? 0x20 : $0 },
          as: UTF8.self))
    }
    let marked = span.lowerBound..<max(span.lowerBound, min(span.upperBound, end))
    let head = (start > 0 ? "…" : "") + part(start..<marked.lowerBound)
    let middle = part(marked)
    let tail =
      part(marked.upperBound..<max(marked.upperBound, end)) + (end < bytes.count ? "…" : "")
    let carets = String(repeating: "^", count: max(1, width(middle)))
    return [
      "  \(head)\(middle)\(tail)", "  " + String(repeating: " ", count: width(head)) + carets,
    ]
  }
}
