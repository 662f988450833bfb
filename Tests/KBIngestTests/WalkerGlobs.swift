import KBIngest
import Testing

/// Patterns of paths.
@Suite struct WalkerGlobs {
  @Test(arguments: [
    ("*.md", "a.md", true), ("*.md", "x/y/a.md", true), ("*.md", "a.mdx", false),
    ("/*.md", "a.md", true), ("/*.md", "x/a.md", false), ("a/*.md", "a/b/c.md", false),
    ("a/**", "a/b/c.md", true), ("a/**", "a", false), ("**/c.md", "c.md", true),
    ("**/c.md", "a/b/c.md", true), ("a/**/c.md", "a/c.md", true),
    ("a/**/c.md", "a/x/y/c.md", true), ("a/**/c.md", "a/xc.md", false),
    ("a/**/c.md", "b/a/c.md", false), ("a**c", "abbc", true), ("a**/c", "a/b/c", false),
    ("?.md", "é.md", true), ("?.md", "ab.md", false), ("a?b", "a/b", false),
    ("[a-c].md", "b.md", true), ("[!a-c].md", "b.md", false), ("[^a-c].md", "z.md", true),
    ("[]].md", "].md", true), ("[a-].md", "-.md", true), ("[é-ü].md", "ö.md", true),
    ("[a", "[a", true), ("\\*.md", "*.md", true), ("\\*.md", "x.md", false),
    ("{a,b/c}.md", "b/c.md", true), ("{a,b/c}.md", "c.md", false), ("x{1,{2,3}}y", "x3y", true),
    ("{a}", "{a}", true), ("{a,", "{a,", true), ("a{,.bak}", "a", true), ("a*b*c", "aXbXc", true),
    ("a*b*c", "aXbX", false), ("*", "anything", true), ("**", "any/thing", true),
    ("docs/", "docs", false), ("*.*", "a", false), ("*a", "ba", true), ("/a/*b", "a/x/b", false),
  ])
  func patternsMatch(pattern: String, path: String, matches: Bool) throws {
    #expect(try Glob(pattern).matches(path) == matches)
  }

  @Test func folderPatternsMatchFolders() throws {
    #expect(try Glob("docs/").matches("x/docs", isFolder: true))
    #expect(try Glob("/docs/").matches("docs", isFolder: true))
    #expect(try !Glob("/docs/").matches("x/docs", isFolder: true))
  }

  @Test func badPatternsAreErrors() {
    #expect(throws: Glob.Problem.empty) { try Glob("") }
    let many = String(repeating: "{a,b}", count: 9)
    #expect(throws: Glob.Problem.tooManyAlternatives) { try Glob(many) }
  }

  /// A backtracking matcher would need longer than the age of the universe.
  @Test func manyStarsCostNothing() throws {
    let glob = try Glob(String(repeating: "**/*a*", count: 12) + "b")
    let path = String(repeating: "a", count: 4000)
    #expect(!glob.matches(path))
  }
}
