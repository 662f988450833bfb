internal import KBSchema

/// Typed values of front matter and other metadata.
struct FrontMatterValues {
  /// Declared values by whom they reach.
  struct Declared {
    /// Facts of preset fields: the main subject's alone. One interval of a field each.
    var main: [Fact] = []
    /// Facts of all other keys: they reach every section of the document.
    var document: [Fact] = []
  }

  let schema: Schema
  let fields: FactFields
  let reading: ValueReading

  /// Keys that name the role of a page.
  static let roleKeys: Set<String> = ["role", "job", "job-title", "position"]

  /// The declared values of a document, in the order of its keys.
  func read(_ document: Document, title: String, line: Int) -> Declared {
    var result = Declared()
    var preset: [Value] = []
    let place = Provenance(line: line, text: title, declared: true)
    var other = reading.titleFields.map {
      Value(field: $0, content: .string(reading.canonical($0, title) ?? title), provenance: place)
    }
    for entry in document.metadata {
      let name = self.name(of: entry.key)
      guard !name.isEmpty else { continue }
      for scalar in entry.values where !scalar.text.trimmed.isEmpty {
        if fields[name].isPreset {
          preset += presetValues(name, scalar)
        } else {
          other += values(name, scalar)
        }
      }
    }
    if !preset.contains(where: { $0.field == FactFields.pay }) { preset += pay(document) }
    result.main = facts(of: preset)
    result.document = facts(of: other)
    return result
  }

  /// Pay under keys of other names. They stay fields of their own as well.
  private func pay(_ document: Document) -> [Value] {
    guard fields[FactFields.pay].isPreset else { return [] }
    return DeclaredPay.statements(document.metadata).flatMap { statement in
      reading.declaredIntervals(FactFields.pay, statement.text).map {
        Value(
          field: FactFields.pay, content: .interval($0),
          provenance: provenance(of: statement.scalar))
      }
    }
  }

  /// The field's name: the schema's for one of its fields or their aliases, else the key normalised.
  private func name(of key: String) -> String {
    let key = Field.normalise(key)
    if let field = schema.field(named: key) { return field.name }
    if FrontMatterValues.roleKeys.contains(key), fields.knowsRoles { return FactFields.role }
    return key
  }

  // MARK: Preset fields

  private func presetValues(_ field: String, _ scalar: Document.Entry.Scalar) -> [Value] {
    if fields[field].isInterval { return intervals(field, scalar) }
    if let name = reading.canonical(field, scalar.text) { return [value(field, name, scalar)] }
    return parts(field, scalar).map { part in
      value(field, reading.canonical(field, part.text) ?? part.text, part)
    }
  }

  private func intervals(_ field: String, _ scalar: Document.Entry.Scalar) -> [Value] {
    let found = reading.declaredIntervals(field, scalar.text)
    guard !found.isEmpty else { return [value(field, scalar.text.trimmed, scalar)] }
    return found.map {
      Value(field: field, content: .interval($0), provenance: provenance(of: scalar))
    }
  }

  /// The names of a scalar that lists several: `Python, SQL`, `Austin, TX; Boston, MA`. A comma
  /// parts skills alone, since places and titles have commas of their own.
  private func parts(
    _ field: String, _ scalar: Document.Entry.Scalar
  ) -> [Document.Entry.Scalar] {
    guard field != FactFields.role, !fields[field].isInterval else { return [scalar] }
    let bytes = Array(scalar.text.utf8)
    let commas = !fields[field].ties
    var result: [Document.Entry.Scalar] = []
    var start = 0
    for index in 0...bytes.count {
      let isEnd = index == bytes.count
      guard isEnd || bytes[index] == 0x3B || (commas && bytes[index] == 0x2C) else { continue }
      let range = (start..<index).trimmed(in: bytes)
      start = index + 1
      if !range.isEmpty { result.append(part(scalar, range, bytes)) }
    }
    return result
  }

  /// A part of a scalar, with its own columns where the scalar stands in the file letter by letter.
  private func part(
    _ scalar: Document.Entry.Scalar, _ range: Range<Int>, _ bytes: [UInt8]
  ) -> Document.Entry.Scalar {
    var part = scalar
    part.text = String(decoding: bytes[range], as: UTF8.self)
    let margin = scalar.columns.count - bytes.count
    if margin == 0 || (margin == 2 && scalar.isQuoted) {
      let low = scalar.columns.lowerBound + margin / 2 + range.lowerBound
      part.columns = low..<low + range.count
    }
    return part
  }

  /// The preset values as facts: one, unless a field has several intervals.
  private func facts(of values: [Value]) -> [Fact] {
    var first: [Value] = []
    var extra: [Value] = []
    var seen: Set<String> = []
    for value in values {
      if case .interval = value.content, !seen.insert(value.field).inserted {
        extra.append(value)
      } else {
        first.append(value)
      }
    }
    guard !first.isEmpty else { return [] }
    return [Fact(stated: first)]
      + extra.map { value in
        Fact(stated: first.filter { $0.field != value.field } + [value])
      }
  }

  // MARK: Other keys

  /// The most specific reading of a scalar. `kbsearch fields` infers the type over the corpus from
  /// the words, which the provenance carries.
  private func values(_ field: String, _ scalar: Document.Entry.Scalar) -> [Value] {
    let text = scalar.text.trimmed
    if fields[field].isInterval { return intervals(field, scalar) }
    if let type = fields[field].type { return [typed(field, type, text, scalar)] }
    if !scalar.isQuoted {
      if let number = reading.number(text) {
        return [Value(field: field, content: .number(number), provenance: provenance(of: scalar))]
      }
      if let date = reading.date(text) {
        return [Value(field: field, content: date, provenance: provenance(of: scalar))]
      }
    }
    return [value(field, reading.canonical(field, text) ?? text, scalar)]
  }

  /// A value of a field whose type is known; words where it does not read as that type.
  private func typed(
    _ field: String, _ type: FieldType, _ text: String, _ scalar: Document.Entry.Scalar
  ) -> Value {
    let content: ValueContent? =
      switch type {
      case .number: reading.number(text).map { .number($0) }
      case .date: reading.date(text)
      case .text, .keyword, .interval: nil
      }
    guard let content else {
      return value(field, reading.canonical(field, text) ?? text, scalar)
    }
    return Value(field: field, content: content, provenance: provenance(of: scalar))
  }

  private func value(_ field: String, _ text: String, _ scalar: Document.Entry.Scalar) -> Value {
    Value(field: field, content: .string(text), provenance: provenance(of: scalar))
  }

  private func provenance(of scalar: Document.Entry.Scalar) -> Provenance {
    Provenance(line: scalar.line, columns: scalar.columns, text: scalar.text, declared: true)
  }
}
