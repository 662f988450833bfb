import KBDiagnostics
import KBQuery
import KBSchema

/// The careers preset with some front-matter fields, today being 2024-06-15.
enum Fixture {
  static let today = 19_889

  static let schema: Schema = {
    var schema = Schema.careers
    schema.set(Field(name: "ms-date", type: .date, origin: .inferred))
    schema.set(Field(name: "stars", type: .number, origin: .inferred))
    schema.set(Field(name: "share", type: .number, unit: "percent", origin: .configured))
    schema.set(Field(name: "module-name", type: .keyword, origin: .inferred))
    schema.set(Field(name: "std", type: .keyword, origin: .inferred))
    schema.set(Field(name: "http", type: .keyword, origin: .inferred))
    schema.set(Field(name: "c", type: .keyword, origin: .inferred))
    schema.set(Field(name: "fee", type: .interval, unit: "CAD", origin: .configured))
    return schema
  }()

  static let catalog = ValueCatalog(
    canonical: { field, written in
      let known = ["skill/sklearn": "scikit-learn", "location/sf": "San Francisco, CA"]
      return known["\(field.name)/\(written)"]
    },
    near: { field, written in
      field.name == "location" && written.hasPrefix("san-fran") ? ["San Francisco, CA"] : []
    })

  static let binder = Binder(schema: schema, catalog: catalog, today: today)

  static func read(_ query: String) -> QueryReading { QueryReading(query, binder: binder) }

  /// The bound query in words, or the codes of its errors and the rewrite:
  /// `! unknown-field => "foo:bar"`; behind either, what is remarked: `(by-the-year)`.
  static func outcome(_ query: String) -> String {
    let reading = read(query)
    let rewrite = reading.rewrite.map { " => " + $0 } ?? ""
    let errors = "! " + reading.errors.map(\.code).joined(separator: " ") + rewrite
    let remarks = notes(query)
    return (reading.query.map(BoundPrinter.print) ?? errors)
      + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: " ")))")
  }

  /// The codes of what is remarked without being an error.
  static func notes(_ query: String) -> [String] {
    read(query).diagnostics.filter { $0.severity != .error }.map(\.code)
  }
}
