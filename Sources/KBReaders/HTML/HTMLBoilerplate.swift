internal import CGumbo

/// What of a page is its content: `<main>` or `<article>`, else the body less what surrounds it.
enum HTMLBoilerplate {
  /// The elements that hold the content, in the order of the page.
  static func content(of root: HTMLTree.Node) -> [HTMLTree.Node] {
    let body = root.children.first { $0.tag == GUMBO_TAG_BODY } ?? root
    if let main = body.first(where: { $0.tag == GUMBO_TAG_MAIN || $0.attribute("role") == "main" }),
      hasText(main)
    {
      return [main]
    }
    var articles: [HTMLTree.Node] = []
    body.walk(enter: { node in
      guard !isSilent(node), !isAround(node) else { return false }
      guard node.tag == GUMBO_TAG_ARTICLE else { return true }
      articles.append(node)
      return false
    })
    return articles.contains(where: hasText) ? articles : [body]
  }

  private static func hasText(_ node: HTMLTree.Node) -> Bool { !node.plainText.isEmpty }

  /// Elements whose text nobody reads: scripts, controls, pictures, what is hidden.
  static func isSilent(_ node: HTMLTree.Node) -> Bool {
    guard node.isElement else { return false }
    if silent.contains(node.tag.rawValue) || node.pointee.type == GUMBO_NODE_TEMPLATE {
      return true
    }
    if node.attribute("hidden") != nil { return true }
    guard let style = node.attribute("style") else { return false }
    let plain = style.lowercased().filter { $0 != " " }
    return plain.contains("display:none") || plain.contains("visibility:hidden")
  }

  /// Elements around the content, and within it: navigation, tables of contents, adverts.
  static func isAround(_ node: HTMLTree.Node) -> Bool {
    guard node.isElement else { return false }
    switch node.tag {
    case GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_FOOTER: return true
    default: break
    }
    if let role = node.attribute("role"), roles.contains(role.lowercased()) { return true }
    return node.classes.contains { names.contains($0) }
      || node.attribute("id").map { names.contains($0.lowercased()) } == true
  }

  /// The sign behind a heading that links to it: `¶`, `#`, or nothing at all.
  static func isPermalink(_ node: HTMLTree.Node) -> Bool {
    guard node.tag == GUMBO_TAG_A else { return false }
    if node.classes.contains(where: { permalinks.contains($0) }) { return true }
    guard node.attribute("href")?.hasPrefix("#") == true else { return false }
    return ["", "¶", "#", "§", "🔗", "⚓", "link", "permalink"].contains(
      node.plainText.lowercased())
  }

  private static let silent = Set(
    [
      GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_SVG, GUMBO_TAG_IFRAME,
      GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED, GUMBO_TAG_CANVAS, GUMBO_TAG_AUDIO, GUMBO_TAG_VIDEO,
      GUMBO_TAG_BUTTON, GUMBO_TAG_SELECT, GUMBO_TAG_INPUT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_IMG,
      GUMBO_TAG_HEAD, GUMBO_TAG_TITLE, GUMBO_TAG_META, GUMBO_TAG_LINK, GUMBO_TAG_MAP,
      GUMBO_TAG_TEMPLATE,
    ].map(\.rawValue))
  private static let roles: Set<String> = [
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog",
    "alert", "doc-toc",
  ]
  private static let permalinks: Set<String> = [
    "headerlink", "permalink", "anchor-link", "header-anchor", "hash-link", "id_link",
    "anchorjs-link",
    "heading-anchor", "anchor",
  ]
  private static let names: Set<String> = [
    "nav", "navbar", "navigation", "navheader", "navfooter", "nav-links", "breadcrumb",
    "breadcrumbs", "sidebar", "sphinxsidebar", "sphinxsidebarwrapper", "related", "footer",
    "site-footer", "page-footer", "site-header", "toc", "toctree-wrapper", "table-of-contents",
    "tableofcontents", "cookie", "cookies", "cookie-banner", "cookie-notice", "cookie-consent",
    "skip-link", "skip-to-content", "share", "share-buttons", "social", "social-share",
    "social-links", "pagination", "pager", "prev-next", "post-navigation", "advert",
    "advertisement",
    "ads", "ad", "menu", "copyright", "newsletter", "subscribe", "comments", "related-posts",
    "screen-reader-text", "sr-only", "visually-hidden", "edit-this-page", "mobile-nav",
  ]
}
