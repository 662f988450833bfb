public import KBSchema
internal import Synchronization

/// Which titles and headings read as roles: the same ones stand above many sections.
private final class RoleAnswers: Sendable {
  /// Most names that are remembered, and the longest.
  private static let most = 8192
  private static let longest = 200

  /// By the bytes of the names.
  private let known = Mutex<[[UInt8]: Bool]>([:])

  func readsAsRole(_ name: String) -> Bool {
    guard name.utf8.count <= RoleAnswers.longest else { return RoleNames.reads(asRole: name) }
    return known.withLock { known in
      let key = Array(name.utf8)
      if let answer = known[key] { return answer }
      let answer = RoleNames.reads(asRole: name)
      if known.count >= RoleAnswers.most { known.removeAll(keepingCapacity: true) }
      known[key] = answer
      return answer
    }
  }
}

/// The careers preset's way of reading values out of prose and declarations.
public enum CareersReading {
  /// Other names of keyword values, for queries.
  public static let aliases: [AliasEntry] = Vocabulary.presetAliases.filter {
    $0.field != "company"
  }
  .map { AliasEntry(field: $0.field, alias: $0.alias, canonical: $0.name) }

  /// How values are read where a bare amount is in `currency`.
  public static func reading(currency: String) -> ValueReading {
    var rules = ExtractionRules.careers
    rules.currency = currency
    let extractors = Extractors(rules)
    let answers = RoleAnswers()
    return ValueReading(
      read: { extractors.read($0) }, readsAsRole: { answers.readsAsRole($0) },
      roleMentions: { text in
        RoleNames.mentions(in: text).map { ValueReading.RoleMention(span: $0.span, name: $0.name) }
      }, sameRole: { RoleNames.same($0, as: $1) },
      declaredIntervals: { extractors.declaredIntervals($0, $1) }, date: { DateText.parse($0) },
      number: { NumberText.parse($0) }, canonical: { Vocabulary.canonical($0, $1) })
  }

  /// Gives places the names of what they lie in, so that a filter on those finds them.
  public static func completed(_ document: DocumentRecords) -> DocumentRecords {
    var document = document
    for record in document.records.indices {
      for fact in document.records[record].facts.indices
      where holdsPlace(document.records[record].facts[fact]) {
        complete(&document.records[record].facts[fact])
      }
    }
    for subject in document.subjects.indices {
      for entry in document.subjects[subject].entries.indices
      where holdsPlace(document.subjects[subject].entries[entry].fact) {
        complete(&document.subjects[subject].entries[entry].fact)
      }
    }
    return document
  }

  private static func holdsPlace(_ fact: Fact) -> Bool {
    fact.stated.contains { $0.field == place } || fact.borrowed.contains { $0.field == place }
  }

  private static func complete(_ fact: inout Fact) {
    for index in fact.stated.indices where fact.stated[index].field == place {
      complete(&fact.stated[index])
    }
    for index in fact.borrowed.indices where fact.borrowed[index].field == place {
      complete(&fact.borrowed[index])
    }
  }

  private static func complete(_ value: inout Value) {
    if case .string(let name) = value.content { value.implied = Vocabulary.ancestors(name) }
  }

  private static let place = "location"
}
