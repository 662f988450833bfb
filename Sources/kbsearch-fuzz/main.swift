import Glibc

// `kbsearch-fuzz TARGET [OPTION|FILE|FOLDER ...]`: under libFuzzer where it was linked in
// (`Scripts/fuzz`), else each file once, to see again what was found.

private let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")

guard CommandLine.arguments.count > 1, let target = FuzzTarget(rawValue: CommandLine.arguments[1])
else {
  print("usage: kbsearch-fuzz TARGET [OPTION|FILE|FOLDER ...]; the targets are \(names)")
  exit(2)
}

/// The target of this process, for a callback that carries nothing.
private let chosen = target

private typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
private typealias Driver =
  @convention(c) (
    UnsafeMutablePointer<Int32>,
    UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    Callback
  ) -> Int32

private func replay(_ path: String) {
  guard let file = fopen(path, "rb") else {
    print("cannot read \(path)")
    exit(1)
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
  chosen.feed(bytes)
  print("\(path): \(bytes.count) bytes, no fault")
}

if let symbol = dlsym(UnsafeMutableRawPointer(bitPattern: 0), "LLVMFuzzerRunDriver") {
  let run = unsafeBitCast(symbol, to: Driver.self)
  var words: [UnsafeMutablePointer<CChar>?] =
    ([CommandLine.arguments[0]]
    + CommandLine.arguments.dropFirst(2)).map { strdup($0) }
  words.append(nil)
  var count = Int32(words.count - 1)
  let status = words.withUnsafeMutableBufferPointer { buffer -> Int32 in
    guard var start = buffer.baseAddress else { return 1 }
    return run(&count, &start) { data, size in
      chosen.feed(Array(UnsafeBufferPointer(start: data, count: size)))
      return 0
    }
  }
  exit(status)
}
for path in CommandLine.arguments.dropFirst(2) { replay(path) }
