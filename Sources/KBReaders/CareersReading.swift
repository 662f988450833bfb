internal import KBIngest
internal import KBSchema

/// The careers preset's way of reading values.
enum CareersReading {
  /// Other names of keyword values.
  static let aliases: [AliasEntry] = []

  /// Reads values by the settings.
  static func reading(_ settings: IngestSettings) -> ValueReading {
    ValueReading(read: { _ in ([], []) })
  }
}
