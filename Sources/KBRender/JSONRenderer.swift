public import KBDiagnostics
public import KBEngine
public import KBSchema

/// Answers as JSON, version 1. `docs/json.md` describes every member.
public enum JSONRenderer {
  /// A whole answer as one object.
  public static func answer(_ response: SearchResponse, elapsed: Double? = nil) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("query", response.query)
      writer.member("match", response.match.rawValue)
      writer.key("total")
      writer.object { total in
        total.member("value", response.total)
        total.key("exact")
        total.bool(response.isTotalExact)
        if response.collapsed > 0 { total.member("collapsed", response.collapsed) }
      }
      writer.member("offset", response.offset)
      writer.member("generation", response.generation)
      if let elapsed {
        writer.key("elapsedMs")
        writer.number((elapsed * 1000 * 1000).rounded() / 1000)
      }
      writer.key("hits")
      writer.array { list in
        for hit in response.hits { write(hit, to: &list) }
      }
      writer.key("facets")
      writer.object { object in
        for facet in response.facets {
          object.key(facet.field)
          object.object { write(facet, to: &$0) }
        }
      }
      writer.key("suggestions")
      writer.array { list in
        for suggestion in response.suggestions { write(suggestion, to: &list) }
      }
      writer.key("warnings")
      writer.array { list in
        for warning in response.warnings { write(warning, to: &list) }
      }
    }
    return writer.text
  }

  /// A facet by itself.
  public static func facet(_ facet: Facet, query: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("query", query)
      writer.member("field", facet.field)
      write(facet, to: &writer)
    }
    return writer.text
  }

  private static func write(_ facet: Facet, to writer: inout JSONWriter) {
    writer.member("type", facet.type.rawValue)
    writer.member("total", facet.total)
    writer.member("missing", facet.missing)
    writer.key("complete")
    writer.bool(!facet.isCut)
    writer.key("values")
    writer.array { list in
      for bucket in facet.buckets {
        list.object { object in
          object.member("value", bucket.value)
          object.member("count", bucket.count)
          object.member("clause", bucket.clause)
        }
      }
    }
  }

  /// One hit as one object.
  public static func hit(_ hit: Hit) -> String {
    var writer = JSONWriter()
    write(hit, to: &writer)
    return writer.text
  }

  private static func write(_ hit: Hit, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("rank", hit.rank)
      writer.key("score")
      writer.number((hit.score * 1e9).rounded() / 1e9)
      writer.member("id", hit.id)
      writer.member("path", hit.path)
      writer.member("anchor", hit.anchor)
      writer.member("line", hit.line)
      writer.member("endLine", hit.endLine)
      writer.member("document", hit.document)
      writer.member("subject", hit.subject)
      writer.key("headings")
      writer.array { list in
        for heading in hit.headings { list.string(heading) }
      }
      writer.member("snippet", hit.snippet)
      writer.member("snippetLine", hit.snippetLine)
      writer.key("highlights")
      writer.array { list in
        for range in hit.highlights { list.span(range.start..<range.end) }
      }
      writer.key("stale")
      writer.bool(hit.isStale)
      if hit.collapsed > 0 { writer.member("collapsed", hit.collapsed) }
      writer.key("values")
      write(hit.values, to: &writer)
    }
  }

  /// Values by field, in the order of their first value.
  private static func write(_ values: [HitValue], to writer: inout JSONWriter) {
    writer.object { writer in
      var fields: [String] = []
      for value in values where !fields.contains(value.value.field) {
        fields.append(value.value.field)
      }
      for field in fields {
        writer.key(field)
        writer.array { list in
          for value in values where value.value.field == field {
            write(value.value, from: value.source.rawValue, to: &list)
          }
        }
      }
    }
  }

  private static func write(_ value: Value, from source: String, to writer: inout JSONWriter) {
    writer.object { writer in
      write(value.content, to: &writer)
      writer.member("text", value.provenance.text)
      writer.member("line", value.provenance.line)
      if !value.provenance.columns.isEmpty {
        writer.key("columns")
        writer.span(value.provenance.columns)
      }
      writer.member("from", source)
      if value.provenance.declared {
        writer.key("declared")
        writer.bool(true)
      }
    }
  }

  private static func write(_ content: ValueContent, to writer: inout JSONWriter) {
    switch content {
    case .string(let text): writer.member("value", text)
    case .number(let number):
      writer.key("value")
      writer.number(number)
    case .date(let span): writer.member("value", span.description)
    case .ambiguousDate(let dayFirst, let monthFirst):
      writer.key("value")
      writer.array { list in
        list.string(dayFirst.description)
        list.string(monthFirst.description)
      }
    case .interval(let interval):
      if let low = interval.min {
        writer.key("min")
        writer.number(low.doubleValue)
      }
      if let high = interval.max {
        writer.key("max")
        writer.number(high.doubleValue)
      }
      if let open = interval.open { writer.member("open", open.rawValue) }
      writer.member("unit", interval.unit.description)
    }
  }

  private static func write(_ suggestion: Suggestion, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("query", suggestion.query)
      writer.member("reason", suggestion.reason)
      writer.member("total", suggestion.total)
    }
  }

  private static func write(_ warning: Diagnostic, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("code", warning.code)
      writer.member("message", warning.message)
      writer.key("span")
      writer.span(warning.span)
    }
  }

  // MARK: Errors

  /// A query's first error, with all suggestions and a query that would work.
  public static func error(_ diagnostics: [Diagnostic], rewrite: String?) -> String {
    guard let first = diagnostics.first else { return error(code: "unknown", message: "") }
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.key("error")
      writer.object { writer in
        writer.member("code", first.code)
        writer.member("message", first.message)
        writer.key("span")
        writer.span(first.span)
        writer.key("suggestions")
        writer.array { list in
          for suggestion in first.suggestions { list.string(suggestion) }
        }
        if let rewrite { writer.member("rewrite", rewrite) }
        if !first.notes.isEmpty {
          writer.key("notes")
          writer.array { list in
            for note in first.notes { list.string(note) }
          }
        }
      }
    }
    return writer.text
  }

  /// An error that is not about a query.
  public static func error(code: String, message: String) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.key("error")
      writer.object { error in
        error.member("code", code)
        error.member("message", message)
      }
    }
    return writer.text
  }

  // MARK: Records and sections

  /// A record as `inspect` prints it: own values only, and what was judged to be none.
  public static func records(of document: DocumentRecords) -> [String] {
    var seen: Set<Int> = []
    return document.records.map { record in
      let isFirst = seen.insert(record.subjectOrdinal).inserted
      return Self.record(record, declared: isFirst ? document.declared(for: record) : [])
    }
  }

  private static func record(_ record: Record, declared: [HitValue]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("path", record.path)
      writer.member("line", record.line)
      writer.member("endLine", record.endLine)
      writer.member("anchor", record.anchor)
      writer.member("subject", record.subject)
      writer.key("headings")
      writer.array { list in
        for heading in record.headings { list.string(heading) }
      }
      writer.member("text", record.body.text)
      writer.key("values")
      write(
        record.statedValues.map { HitValue(value: $0.value, source: .section) }, to: &writer)
      if !declared.isEmpty {
        writer.key("declared")
        write(declared, to: &writer)
      }
      writer.key("ignored")
      writer.array { list in
        for amount in record.ignored { write(amount, to: &list) }
      }
    }
    return writer.text
  }

  private static func write(_ amount: IgnoredAmount, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("field", amount.field)
      writer.member("text", amount.provenance.text)
      writer.member("line", amount.provenance.line)
      writer.key("columns")
      writer.span(amount.provenance.columns)
      writer.member("reason", amount.reason)
    }
  }

  /// A whole section as `show` prints it.
  public static func section(_ section: Searcher.Section) -> String {
    var writer = JSONWriter()
    let record = section.record
    writer.object { writer in
      writer.member("version", 1)
      writer.member("id", section.id)
      writer.member("path", record.path)
      writer.member("anchor", record.anchor)
      writer.member("line", record.line)
      writer.member("endLine", record.endLine)
      writer.member("document", record.document)
      writer.member("subject", record.subject)
      writer.key("headings")
      writer.array { list in
        for heading in record.headings { list.string(heading) }
      }
      writer.member("text", record.body.text)
      writer.key("stale")
      writer.bool(section.isStale)
      writer.key("values")
      write(section.values, to: &writer)
    }
    return writer.text
  }

  /// How a query is read and run.
  public static func explanation(_ explanation: Explanation) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      for stage in explanation.stages { writer.member(stage.name, stage.text) }
      writer.key("counts")
      writer.array { list in
        for count in explanation.counts {
          list.object { object in
            object.member("clause", count.clause)
            object.member("total", count.total)
          }
        }
      }
    }
    return writer.text
  }

  /// What may stand where somebody is typing.
  public static func completions(_ completions: CompletionList) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("start", completions.start)
      writer.key("items")
      writer.array { list in
        for item in completions.items {
          list.object { object in
            object.member("text", item.text)
            if let count = item.count { object.member("count", count) }
          }
        }
      }
    }
    return writer.text
  }

  /// The fields of an index.
  public static func fields(_ schema: Schema) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.key("fields")
      writer.array { list in
        for field in schema.listed { write(field, to: &list) }
      }
    }
    return writer.text
  }

  private static func write(_ field: Field, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", field.name)
      writer.member("type", field.type.rawValue)
      if let unit = field.unit { writer.member("unit", unit) }
      writer.member("origin", field.origin.rawValue)
      writer.key("inherits")
      writer.bool(field.inherits)
      writer.member("sections", field.sectionCount)
      writer.key("aliases")
      writer.array { list in
        for alias in field.aliases { list.string(alias) }
      }
      writer.key("conflicts")
      writer.array { list in
        for conflict in field.conflicts {
          list.object { object in
            object.member("reason", conflict.reason)
            object.key("examples")
            object.array { examples in
              for example in conflict.examples { examples.string(example) }
            }
          }
        }
      }
    }
  }
}
