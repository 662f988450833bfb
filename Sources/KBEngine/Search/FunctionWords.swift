/// Words that say how a sentence hangs together, not what it is about.
///
/// A question in natural language is mostly made of them, and a short section that happens to hold
/// them all must not rank above one about the question's subject. They are indexed and must be
/// found like any word; only their weight is small.
enum FunctionWords {
  /// What such a word weighs, against 1 for others. `docs/relevance.md` has the figures.
  static let weight = 0.05

  /// Whether a folded word is one in a language by its Snowball name.
  static func contains(_ word: [UInt8], language: String) -> Bool {
    language == "english" && english.withUTF8Buffer { holds($0, word) }
  }

  /// Whether a list between white space holds a word. A query has a few words: to run over the list
  /// costs less than to make a set of it in each process.
  private static func holds(_ list: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    var start = 0
    for end in 0...list.count where end == list.count || list[end] <= 0x20 {
      if end - start == word.count, !word.isEmpty, list[start..<end].elementsEqual(word) {
        return true
      }
      start = end + 1
    }
    return false
  }

  /// The 179 words used for the measured figures, less those that name things in technical text
  /// (`don`, `ma`, `won`), with the question words and modal verbs of spoken questions.
  private static let english: StaticString =
    """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she
    her hers herself it its itself they them their theirs themselves what which who whom whose this
    that these those am is are was were be been being have has had having do does did doing done a an
    the and but if or because as until while of at by for with about against between into through
    during before after above below to from up down in out on off over under again further then once
    here there when where why how all any both each few more most other some such no nor not only own
    same so than too very s t can will just should would could may might must shall cannot let lets
    want wants need needs get gets got tell please there's us also am anyone anything someone
    something
    """
}
