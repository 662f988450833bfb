internal import KBEngine
internal import KBSchema

extension DocumentRecords {
  /// What front matter and other metadata declare for a record's subject, in their order.
  func declared(for record: Record) -> [HitValue] {
    guard let sheet = subjects.first(where: { $0.ordinal == record.subjectOrdinal }) else {
      return []
    }
    var seen: Set<Value> = []
    return sheet.entries.filter { $0.section == nil }.flatMap { entry in
      entry.fact.stated.filter { seen.insert($0).inserted }.map {
        HitValue(value: $0, source: entry.source == .document ? .document : .subject)
      }
    }
  }
}
