// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Programs that `Scripts/build-release` makes have it as an archive, one library less to load at each start. The archive
/// is not fit for libraries.
let zstd = Context.environment["KBSEARCH_RELEASE"] == nil ? "zstd" : ":libzstd.a"

let package = Package(
  name: "kbsearch",
  products: [
    .executable(name: "kbsearch", targets: ["kbsearch"]),
    .executable(name: "kbsearch-extract", targets: ["kbsearch-extract"]),
    .executable(name: "kbsearch-mcp", targets: ["kbsearch-mcp"]),
    .executable(name: "kbsearch-httpd", targets: ["kbsearch-httpd"]),
    .library(name: "KBSearchKit", targets: ["KBSearchKit"]),
    // libkbsearch of C; installed under that name. Named like the program it would be dropped.
    .library(name: "kbsearch-c", type: .dynamic, targets: ["KBSearchC"]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.0.0"),
  ],
  targets: [
    // The engine: Xapian behind a C header, and an owned Swift wrapper around it.
    .systemLibrary(
      name: "CXapianSystem", pkgConfig: "xapian-core", providers: [.apt(["libxapian-dev"])]),
    .target(
      name: "CXapian", dependencies: ["CXapianSystem"],
      linkerSettings: [.linkedLibrary(zstd), .linkedLibrary("z")]),
    .target(name: "Xapian", dependencies: ["CXapian"], swiftSettings: strict),

    // What a record is, and how problems are told.
    .target(name: "KBDiagnostics", swiftSettings: strict),
    .target(name: "KBSchema", dependencies: ["KBDiagnostics"], swiftSettings: strict),

    // Files to records. Only KBReaders holds parsers of untrusted bytes.
    .systemLibrary(
      name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(
      name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .systemLibrary(
      name: "CUchardet", pkgConfig: "uchardet", providers: [.apt(["libuchardet-dev"])]),
    // Without its .pc file, whose flags SwiftPM refuses.
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    // Both as archives: two libraries less to load at each start.
    .target(
      name: "KBText", dependencies: ["CUTF8Proc", "CXXHash"], swiftSettings: strict,
      linkerSettings: [.linkedLibrary(":libutf8proc.a"), .linkedLibrary(":libxxhash.a")]),
    .target(
      name: "KBIngest", dependencies: ["KBSchema", "KBText"],
      swiftSettings: strict),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    .target(
      name: "KBReaders",
      dependencies: [
        "KBIngest", "KBDiagnostics", "CCMarkGFM", "CGumbo", "CUchardet", "CRE2",
        .product(name: "Yams", package: "Yams"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ], swiftSettings: strict),

    // Query text to bound query, bound query to answers.
    .target(
      name: "KBQuery", dependencies: ["KBSchema", "KBDiagnostics"], swiftSettings: strict),
    .target(
      name: "KBEngine", dependencies: ["KBQuery", "KBSchema", "KBText", "Xapian"],
      swiftSettings: strict),
    .target(
      name: "KBKnowledge", dependencies: ["KBIngest", "KBEngine", "KBText"], swiftSettings: strict),
    // The same for other programs, and an index held open, for tasks. Apart, for what tasks need takes a fifth of a
    // cold search to load.
    .target(name: "KBSearchKit", dependencies: ["KBKnowledge"], swiftSettings: strict),
    // Questions and answers as JSON: what C, MCP and HTTP are made of.
    .target(
      name: "KBService", dependencies: ["KBSearchKit", "KBRender"], swiftSettings: strict),
    .target(name: "KBRender", dependencies: ["KBEngine", "KBDiagnostics"], swiftSettings: strict),

    // The programs.
    // GNU readline, loaded when a session begins.
    .target(name: "CReadline", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "KBCommandLine", dependencies: ["KBDiagnostics"], swiftSettings: strict),
    .executableTarget(
      name: "kbsearch",
      dependencies: [
        "KBKnowledge", "KBEngine", "KBQuery", "KBSchema", "KBDiagnostics", "KBRender",
        "KBCommandLine", "CReadline",
      ], swiftSettings: strict),
    .executableTarget(
      name: "kbsearch-extract", dependencies: ["KBReaders", "KBIngest", "KBSchema"],
      swiftSettings: strict),
    // The Model Context Protocol over standard input and output; `kbsearch mcp` becomes it.
    .executableTarget(
      name: "kbsearch-mcp",
      dependencies: ["KBService", "KBSearchKit", "KBRender", "KBCommandLine"],
      swiftSettings: strict),
    // HTTP and the page; `kbsearch serve` becomes it. Apart, for its build is long.
    .executableTarget(
      name: "kbsearch-httpd",
      dependencies: [
        "KBService", "KBSearchKit", "KBRender",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
      ], swiftSettings: strict),
    // The C interface: kbsearch.h and what stands behind it.
    .target(name: "CKBSearch", exclude: ["kbsearch.map"]),
    .target(
      name: "KBSearchC", dependencies: ["CKBSearch", "KBService", "KBSearchKit", "KBCommandLine"],
      swiftSettings: strict),
    // Feeds readers, extractors and the query language with bytes nobody prepared (`Scripts/fuzz`).
    .executableTarget(
      name: "kbsearch-fuzz",
      dependencies: [
        "KBReaders", "KBIngest", "KBQuery", "KBEngine", "KBSchema", "KBDiagnostics",
      ],
      swiftSettings: strict),
    // Measures ingest against hand-set labels (`make eval`); not installed.
    .executableTarget(
      name: "kbsearch-eval", dependencies: ["KBReaders", "KBIngest", "KBSchema"],
      swiftSettings: strict),
    // What `Benchmarks/` measures from inside the process; not installed.
    .executableTarget(
      name: "kbsearch-bench",
      dependencies: [
        "KBKnowledge", "KBEngine", "KBReaders", "KBIngest", "KBQuery", "KBSchema", "KBDiagnostics",
        "KBText", "KBRender",
      ], swiftSettings: strict),

    // Tests.
    .testTarget(name: "KBRenderTests", dependencies: ["KBRender"], swiftSettings: strict),
    .testTarget(name: "XapianTests", dependencies: ["Xapian"], swiftSettings: strict),
    .testTarget(
      name: "KBQueryTests", dependencies: ["KBQuery", "KBSchema", "KBDiagnostics"],
      swiftSettings: strict),
    .testTarget(
      name: "KBIngestTests", dependencies: ["KBIngest", "KBReaders"], swiftSettings: strict),
    .testTarget(
      name: "KBEngineTests",
      dependencies: ["KBEngine", "KBQuery", "KBSchema", "KBKnowledge", "KBRender", "KBReaders"],
      swiftSettings: strict),
    .testTarget(
      name: "KBCommandLineTests", dependencies: ["KBCommandLine"], swiftSettings: strict),
    .testTarget(name: "ProgramTests", dependencies: [], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
