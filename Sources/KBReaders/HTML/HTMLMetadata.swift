internal import CGumbo
internal import KBIngest

/// What a page declares: `<title>`, `<meta>`, JSON-LD.
struct HTMLMetadata {
  private(set) var entries: [Document.Entry] = []
  private(set) var pageTitle: String?
  /// Title and description of a job posting in JSON-LD.
  private(set) var postingTitle: String?
  private(set) var description: (html: String, line: Int)?
  private(set) var warnings: [String] = []
  private let lines: SourceLines

  init(lines: SourceLines) { self.lines = lines }

  /// Reads all of a page.
  mutating func read(_ root: HTMLTree.Node) {
    var metas: [HTMLTree.Node] = []
    var scripts: [HTMLTree.Node] = []
    var title: HTMLTree.Node?
    root.walk(enter: { node in
      switch node.tag {
      case GUMBO_TAG_META: metas.append(node)
      case GUMBO_TAG_SCRIPT: scripts.append(node)
      case GUMBO_TAG_TITLE: title = title ?? node
      default: break
      }
      return node.tag != GUMBO_TAG_SVG
    })
    pageTitle = title.map { node in
      node.children.compactMap(\.text).joined()
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    if let language = root.filled("lang") ?? root.filled("xml:lang") {
      add("lang", [language], line: root.line)
    }
    for node in metas { readMeta(node) }
    for node in scripts where node.attribute("type")?.lowercased() == "application/ld+json" {
      readScript(node)
    }
  }

  mutating func add(_ key: String, _ values: [String], line: Int) {
    let scalars = values.map(\.trimmed).filter { !$0.isEmpty }.map { text in
      let first = text.split(separator: "\n").first.map(String.init) ?? text
      let column = lines.column(of: first.utf8, in: line, from: 0) ?? 0
      return Document.Entry.Scalar(
        text: text, isQuoted: false, line: line, columns: column..<column + first.utf8.count)
    }
    guard !scalars.isEmpty, !key.isEmpty else { return }
    entries.append(Document.Entry(key: key, values: scalars))
  }

  // MARK: Meta

  private mutating func readMeta(_ node: HTMLTree.Node) {
    guard let content = node.filled("content"),
      let name = node.filled("name") ?? node.filled("property") ?? node.filled("itemprop"),
      let key = HTMLMetadata.key(name.lowercased()), !entries.contains(where: { $0.key == key })
    else { return }
    let isList = key == "keywords" || key == "tags" || key == "tag"
    add(key, isList ? content.split(separator: ",").map(String.init) : [content], line: node.line)
  }

  /// The key of a name; nil for what concerns browsers and networks, not readers.
  private static func key(_ name: String) -> String? {
    for prefix in ["og:image", "og:url", "og:type", "og:video", "og:audio", "og:title", "twitter:"]
    where name.hasPrefix(prefix) { return nil }
    if technical.contains(name) { return nil }
    for prefix in [
      "msapplication", "apple-", "google", "csrf", "fb:", "al:", "mobile-web", "baidu",
    ]
    where name.hasPrefix(prefix) { return nil }
    for prefix in ["og:", "article:", "dc.", "dcterms.", "citation_"] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }

  private static let technical: Set<String> = [
    "viewport", "generator", "theme-color", "robots", "referrer", "format-detection",
    "color-scheme",
    "title", "dc.title", "handheldfriendly", "mobileoptimized", "rating", "revisit-after",
    "x-ua-compatible", "verify-v1", "yandex-verification", "application-name",
  ]

  // MARK: JSON-LD

  private mutating func readScript(_ node: HTMLTree.Node) {
    guard let text = node.children.first?.text else { return }
    let line = node.children.first?.line ?? node.line
    guard let found = JSONLD.read(text) else {
      warnings.append("its JSON-LD on line \(line) is not valid JSON; it was left out")
      return
    }
    for (key, values, source) in found.entries {
      let stated = place(of: values.first ?? "", from: line, to: node.endLine)
      let named = place(of: "\"\(source)\"", from: line, to: node.endLine)
      add(key, values, line: stated ?? named ?? line)
    }
    postingTitle = postingTitle ?? found.title
    if let html = found.description { description = description ?? (html, line) }
  }

  /// The line of a script on which a value stands.
  private func place(of value: String, from first: Int, to last: Int) -> Int? {
    let end = min(max(first, last), first + 5_000, lines.count)
    guard !value.isEmpty, first <= end else { return nil }
    return (first...end).first { lines.column(of: value.utf8, in: $0, from: 0) != nil }
  }
}
