// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "find",
  dependencies: [.package(name: "kbsearch", path: "../..")],
  targets: [
    .executableTarget(
      name: "find", dependencies: [.product(name: "KBSearchKit", package: "kbsearch")])
  ])
