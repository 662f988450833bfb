import KBRender
import Testing

/// Text from documents is harmless on a terminal, whatever is in it.
@Suite struct VisibleTests {
  /// What is shown, sign by sign, as the rules say.
  private func shown(_ text: String, keepsLines: Bool) -> String {
    var result = ""
    var hasSpace = false
    for scalar in text.unicodeScalars {
      if !keepsLines, " \n\t\r".unicodeScalars.contains(scalar) {
        hasSpace = !result.isEmpty
        continue
      }
      if hasSpace { result += " " }
      hasSpace = false
      switch scalar.value {
      case 0x0A where keepsLines, 0x09 where keepsLines: result.unicodeScalars.append(scalar)
      case 0x00...0x1F: result.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value)!)
      case 0x7F: result += "\u{2421}"
      case 0x80...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C, 0xFEFF:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private let signs: [Unicode.Scalar] = [
    "a", "b", " ", " ", "\n", "\t", "\r", "\u{0}", "\u{1B}", "\u{7F}", "\u{80}", "\u{9B}",
    "\u{A0}", "é", "\u{301}", "\u{61C}", "ह", "\u{200E}", "\u{2028}", "\u{202E}", "\u{2066}",
    "中", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "😀", "\u{10FFFF}", "~", "\"",
  ]

  @Test func everySignIsShownAsTheRulesSay() {
    var state: UInt64 = 7
    func next(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<next(below: 12) { text.unicodeScalars.append(signs[next(below: signs.count)]) }
      #expect(Visible.line(text).utf8.elementsEqual(shown(text, keepsLines: false).utf8))
      #expect(Visible.text(text).utf8.elementsEqual(shown(text, keepsLines: true).utf8))
      let part = text.dropFirst()
      #expect(Visible.line(part).utf8.elementsEqual(shown(String(part), keepsLines: false).utf8))
    }
  }
}
