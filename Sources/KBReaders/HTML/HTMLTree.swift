internal import CGumbo
internal import Glibc

/// The tree of one HTML text, by Gumbo.
///
/// The parser takes its memory from an arena that goes with the tree: freeing it node by node would
/// recurse as deep as the tree is.
final class HTMLTree {
  typealias Node = UnsafeMutablePointer<GumboNode>

  /// Memory that is freed all at once.
  private final class Arena {
    private var pieces: [UnsafeMutableRawPointer] = []
    private var next: UnsafeMutableRawPointer?
    private var left = 0
    private static let pieceSize = 1 << 20

    func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
      let size = (size + 15) & ~15
      if size > Arena.pieceSize / 4 {
        guard let whole = malloc(size) else { return nil }
        pieces.append(whole)
        return whole
      }
      if size > left {
        guard let piece = malloc(Arena.pieceSize) else { return nil }
        pieces.append(piece)
        (next, left) = (piece, Arena.pieceSize)
      }
      let result = next
      next = next?.advanced(by: size)
      left -= size
      return result
    }

    deinit { for piece in pieces { free(piece) } }
  }

  private let arena = Arena()
  private let bytes: UnsafeMutableBufferPointer<CChar>
  /// The document's `<html>` element.
  let root: Node

  /// Parses a text.
  init(_ text: String) throws(ReadError) {
    let utf8 = Array(text.utf8)
    let bytes = UnsafeMutableBufferPointer<CChar>.allocate(capacity: utf8.count + 1)
    self.bytes = bytes
    for (index, byte) in utf8.enumerated() { bytes[index] = CChar(bitPattern: byte) }
    bytes[utf8.count] = 0
    var options = GumboOptions()
    options.allocator = { arena, size in
      arena.flatMap { Unmanaged<Arena>.fromOpaque($0).takeUnretainedValue().allocate(size) }
    }
    options.deallocator = { _, _ in }
    options.userdata = Unmanaged.passUnretained(arena).toOpaque()
    options.tab_stop = 1
    options.max_errors = 0
    options.fragment_context = GUMBO_TAG_LAST
    options.fragment_namespace = GUMBO_NAMESPACE_HTML
    let output = withUnsafePointer(to: options) {
      gumbo_parse_with_options($0, bytes.baseAddress, utf8.count)
    }
    guard let root = output?.pointee.root else {
      bytes.deallocate()
      throw ReadError(reason: "the HTML parser gave no result")
    }
    self.root = root
  }

  deinit { bytes.deallocate() }
}

extension UnsafeMutablePointer where Pointee == GumboNode {
  /// Whether it is an element, `<template>` included.
  var isElement: Bool {
    pointee.type == GUMBO_NODE_ELEMENT || pointee.type == GUMBO_NODE_TEMPLATE
  }

  /// The element's tag; `GUMBO_TAG_LAST` for text.
  var tag: GumboTag { isElement ? pointee.v.element.tag : GUMBO_TAG_LAST }

  /// The line on which it begins.
  var line: Int {
    switch pointee.type {
    case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE: Int(pointee.v.element.start_pos.line)
    default: Int(pointee.v.text.start_pos.line)
    }
  }

  /// The line on which its end tag stands, not before the first.
  var endLine: Int { isElement ? Swift.max(line, Int(pointee.v.element.end_pos.line)) : line }

  /// Decoded text; nil for other nodes.
  var text: String? {
    switch pointee.type {
    case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
      pointee.v.text.text.map { String(cString: $0) }
    default: nil
    }
  }

  /// Number of children.
  var childCount: Int { isElement ? Int(pointee.v.element.children.length) : 0 }

  /// The child at an index.
  func child(_ index: Int) -> HTMLTree.Node? {
    pointee.v.element.children.data[index]?.assumingMemoryBound(to: GumboNode.self)
  }

  /// The children.
  var children: [HTMLTree.Node] { (0..<childCount).compactMap { child($0) } }

  /// The value of an attribute.
  func attribute(_ name: String) -> String? {
    guard isElement else { return nil }
    return withUnsafePointer(to: &pointee.v.element.attributes) { attributes in
      gumbo_get_attribute(attributes, name).map { String(cString: $0.pointee.value) }
    }
  }

  /// An attribute that is there and says something.
  func filled(_ name: String) -> String? {
    attribute(name).flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
  }

  /// The words of `class`, in lower case.
  var classes: [String] {
    (attribute("class") ?? "").lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// Visits the nodes below and itself in the order of the text, without recursion. `enter` says
  /// whether to go into a node; `leave` comes after its children.
  func walk(enter: (HTMLTree.Node) -> Bool, leave: (HTMLTree.Node) -> Void = { _ in }) {
    guard enter(self) else { return }
    var stack = [(node: self, next: 0)]
    while let top = stack.last {
      guard top.next < top.node.childCount else {
        leave(top.node)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      guard let child = top.node.child(top.next), enter(child) else { continue }
      if child.childCount > 0 { stack.append((child, 0)) } else { leave(child) }
    }
  }

  /// All decoded text below, white space made single.
  var plainText: String {
    var result = ""
    walk(enter: { node in
      if let text = node.text { result += text }
      return !HTMLBoilerplate.isSilent(node)
    })
    return result.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The first element below that meets a condition.
  func first(where condition: (HTMLTree.Node) -> Bool) -> HTMLTree.Node? {
    var found: HTMLTree.Node?
    walk(enter: { node in
      guard found == nil else { return false }
      if node.isElement, condition(node) { found = node }
      return found == nil
    })
    return found
  }
}
