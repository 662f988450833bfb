import Glibc
import KBIngest
import Testing

/// Walks over real folders.
@Suite struct WalkerWalks {
  private static let formats = ["md": "markdown", "txt": "text"]

  private func walk(
    _ tree: WalkerTree, _ change: (inout FileWalker.Options) -> Void = { _ in }
  ) -> (files: [FileWalker.File], summary: FileWalker.Summary) {
    var options = FileWalker.Options(formats: Self.formats)
    change(&options)
    var files: [FileWalker.File] = []
    let summary = FileWalker(base: tree.path, options: options).walk { files.append($0) }
    return (files, summary)
  }

  @Test func filesComeInTheOrderOfTheirBytes() throws {
    let tree = try WalkerTree()
    for name in ["b.md", "a/z.md", "a.md", "a/b/c.txt", "a-b/x.md", "a0.md", "É.md", "Z.md"] {
      try tree.write(name)
    }
    let found = walk(tree)
    #expect(
      found.files.map(\.path) == [
        "Z.md", "a-b/x.md", "a.md", "a/b/c.txt", "a/z.md", "a0.md", "b.md", "É.md",
      ])
    let raw = found.files.map(\.rawPath)
    #expect(raw == raw.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(found.files.map(\.format).contains("text"))
    #expect(found.summary.files == 8)
  }

  @Test func nastyNamesAreKept() throws {
    let tree = try WalkerTree()
    let names: [[UInt8]] = [
      Array("new\nline.md".utf8), Array("-rf.md".utf8), Array(" lead.md".utf8),
      Array("bad".utf8) + [0xFF, 0xC3] + Array("é.md".utf8), Array("quote'\".md".utf8),
      Array("日本/語.md".utf8), Array("*?[x].md".utf8), Array("back\\slash.md".utf8),
    ]
    for name in names { try tree.write(name) }
    let found = walk(tree).files
    #expect(Set(found.map(\.rawPath)) == Set(names))
    #expect(found.contains { $0.path == "bad\\xff\\xc3é.md" })
    #expect(found.contains { $0.path == "new\nline.md" })
  }

  @Test func stampsAreTheFileSystems() throws {
    let tree = try WalkerTree()
    try tree.write("a.md", "12345")
    let times = [
      timespec(tv_sec: 1_700_000_000, tv_nsec: 5), timespec(tv_sec: 1_700_000_001, tv_nsec: 7),
    ]
    utimensat(AT_FDCWD, tree.path + "/a.md", times, 0)
    var status = stat()
    stat(tree.path + "/a.md", &status)
    let file = try #require(walk(tree).files.first)
    #expect(file.size == 5)
    #expect(file.modified == 1_700_000_001)
    #expect(file.nanoseconds == 7)
    #expect(file.inode == UInt64(status.st_ino))
  }

  @Test func linksAndDevicesAreCounted() throws {
    let tree = try WalkerTree()
    try tree.write("in/a.md")
    tree.link("out.md", to: "/etc/hostname")
    tree.link("folder", to: "/etc")
    tree.link("loop", to: ".")
    tree.link("broken.md", to: "nowhere")
    mkfifo(tree.path + "/pipe.md", 0o600)
    let found = walk(tree)
    #expect(found.files.map(\.path) == ["in/a.md"])
    #expect(found.summary.links == 4)
    #expect(found.summary.special == 1)
    #expect(found.summary.problems.isEmpty)
  }

  @Test func otherKindsAreCounted() throws {
    let tree = try WalkerTree()
    for name in ["a.PNG", "b.png", "README", "c.md", "d.MD", "e.", ".." + "x.md"] {
      try tree.write(name)
    }
    let found = walk(tree)
    #expect(found.files.map(\.path) == ["c.md", "d.MD"])
    #expect(found.summary.otherKinds == ["png": 2, "": 2])
    #expect(found.summary.hidden == 1)
    #expect(walk(tree) { $0.formats[""] = "text" }.files.map(\.path).contains("README"))
  }

  @Test func hiddenAndIgnoredAreLeftOutUnlessAskedFor() throws {
    let tree = try WalkerTree()
    try tree.write(
      ".gitignore", "*.txt\n!keep.txt\n/top.md\nbuild/\n# note\n\\#x.md\ntrail.md  \r\n")
    try tree.write("sub/.gitignore", "!again.txt\n/only.md\ndeep/**/x.md\n")
    let names = [
      "a.md", "b.txt", "keep.txt", "top.md", "sub/top.md", "build/x.md", "sub/build/x.md",
      "#x.md", "trail.md", "sub/again.txt", "sub/only.md", "sub/in/only.md", "sub/deep/x.md",
      "sub/deep/a/b/x.md", ".hidden.md", ".config/c.md", ".git/d.md", ".kbsearch/e.md",
      "sub/build.md",
    ]
    for name in names { try tree.write(name) }
    let found = walk(tree)
    #expect(
      found.files.map(\.path) == [
        "a.md", "keep.txt", "sub/again.txt", "sub/build.md", "sub/in/only.md", "sub/top.md",
      ])
    #expect(found.summary.ignored == 9)
    #expect(found.summary.hidden == 6)
    let ignored = walk(tree) { $0.takesIgnored = true }
    #expect(ignored.files.count == 15)
    let hidden = walk(tree) { $0.takesHidden = true }
    #expect(
      hidden.files.map(\.path).filter { $0.hasPrefix(".") } == [".config/c.md", ".hidden.md"])
  }

  @Test func rulesAboveTheBaseHold() throws {
    let tree = try WalkerTree()
    try tree.write(".git/HEAD")
    try tree.write(".gitignore", "drafts/\n/docs/kb/private.md\n")
    try tree.write("docs/.gitignore", "*.txt\n")
    for name in ["a.md", "private.md", "b.txt", "drafts/x.md"] { try tree.write("docs/kb/" + name) }
    var files: [String] = []
    let options = FileWalker.Options(formats: Self.formats)
    _ = FileWalker(base: tree.path + "/docs/kb", options: options).walk { files.append($0.path) }
    #expect(files == ["a.md"])
    let below = walk(tree) { $0.roots = ["docs/kb/"] }
    #expect(below.files.map(\.path) == ["docs/kb/a.md"])
  }

  @Test func globsTakeInAndLeaveOut() throws {
    let tree = try WalkerTree()
    for name in ["a.md", "docs/b.md", "docs/old/c.md", "docs/old/d.txt", "src/e.md", "src/f.txt"] {
      try tree.write(name)
    }
    func paths(_ include: [String], _ exclude: [String]) throws -> [String] {
      let include = try include.map { try Glob($0) }
      let exclude = try exclude.map { try Glob($0) }
      return walk(tree) {
        $0.include = include
        $0.exclude = exclude
      }.files.map(\.path)
    }
    #expect(try paths(["*.txt"], []) == ["docs/old/d.txt", "src/f.txt"])
    #expect(try paths(["docs"], ["old/"]) == ["docs/b.md"])
    #expect(try paths(["docs/**"], ["**/*.md"]) == ["docs/old/d.txt"])
    #expect(try paths(["{src,docs/old}/*.{md,txt}"], []).count == 4)
    #expect(try paths(["/*.md"], []) == ["a.md"])
    #expect(try paths([], ["/docs", "src/?.txt"]) == ["a.md", "src/e.md"])
  }

  @Test func rootsAreWalkedOnce() throws {
    let tree = try WalkerTree()
    for name in ["a/b/c.md", "a/d.md", "a.md", "e.md"] { try tree.write(name) }
    let found = walk(tree) { $0.roots = ["a/b", "./a//", "e.md", "a.md", "nowhere"] }
    #expect(found.files.map(\.path) == ["a.md", "a/b/c.md", "a/d.md", "e.md"])
    #expect(
      found.summary.problems == [
        FileWalker.Problem(path: "nowhere", reason: "No such file or directory")
      ])
    #expect(walk(tree) { $0.roots = [".", "a"] }.files.count == 4)
  }

  @Test func foldersThatCannotBeWalkedAreReported() throws {
    let tree = try WalkerTree()
    let deep = Array(repeating: "d", count: 260).joined(separator: "/")
    try tree.write(deep + "/x.md")
    try tree.write("y.md")
    let found = walk(tree)
    #expect(found.files.map(\.path) == ["y.md"])
    #expect(found.summary.problems.map(\.reason) == ["more than 200 folders deep"])
    guard geteuid() != 0 else { return }
    try tree.write("shut/z.md")
    chmod(tree.path + "/shut", 0)
    defer { chmod(tree.path + "/shut", 0o755) }
    #expect(walk(tree).summary.problems.contains { $0.path == "shut" })
  }

  @Test func aMissingBaseIsAProblem() {
    let walker = FileWalker(
      base: "/nowhere/at/all", options: FileWalker.Options(formats: Self.formats))
    let summary = walker.walk { _ in }
    #expect(summary.problems.map(\.reason) == ["No such file or directory"])
    #expect(summary.files == 0)
  }

  @Test func visitingStopsAtAnError() throws {
    struct Enough: Error {}
    let tree = try WalkerTree()
    for name in ["a.md", "b/c.md", "d.md"] { try tree.write(name) }
    var seen: [String] = []
    let walker = FileWalker(base: tree.path, options: FileWalker.Options(formats: Self.formats))
    #expect(throws: Enough.self) {
      _ = try walker.walk { (file: FileWalker.File) throws(Enough) in
        seen.append(file.path)
        if seen.count == 2 { throw Enough() }
      }
    }
    #expect(seen == ["a.md", "b/c.md"])
  }
}
