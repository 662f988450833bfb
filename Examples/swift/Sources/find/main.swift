// Prints the sections that a query finds: find DIR QUERY
import KBSearchKit

guard CommandLine.arguments.count == 3 else {
  print("usage: find DIR QUERY")
  throw Usage()
}
struct Usage: Error {}

let place = Location.Overrides(knowledgeBase: CommandLine.arguments[1])
let index = try LiveIndex(at: try Location.find(place))
do {
  let answer = try await index.search(SearchRequest(query: CommandLine.arguments[2]))
  print("\(answer.total) sections")
  for hit in answer.hits {
    print("\(hit.path):\(hit.line): \(hit.headings.last ?? hit.document)")
    print("  \(hit.snippet)")
  }
} catch SearchFailure.query(_, let diagnostics, let rewrite) {
  for problem in diagnostics { print("\(problem.code): \(problem.message)") }
  if let rewrite { print("try: \(rewrite)") }
}
