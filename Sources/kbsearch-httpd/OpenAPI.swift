/// The description of the addresses, OpenAPI 3.1.
enum OpenAPI {
  static let text = """
    {"openapi": "3.1.0", "info": {"title": "kbsearch", "version": "1", "description": \
    "Sections of documents, found by words and typed values. Every answer is that of the command \
    line's --json."}, "servers": [{"url": "/"}], "paths": {\
    "/v1/search": {"get": {"operationId": "search", "summary": "Find sections", "parameters": [\
    \(question), \(match), \(literal), \(limit(100, 10)), \
    {"name": "offset", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": \
    1000000, "default": 0}}, {"name": "sort", "in": "query", "schema": {"type": "string", \
    "maxLength": 200}, "description": "A field; -field for the highest first."}, {"name": "facets", \
    "in": "query", "schema": {"type": "string", "maxLength": 1000}, "description": "Fields whose \
    values are counted, commas between them."}], "responses": {"200": {"description": "The hits", \
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}}, \
    \(errors)}}}, \
    "/v1/explain": {"get": {"operationId": "explain", "summary": "How a query is read and run", \
    "parameters": [\(question), \(match), \(literal)], "responses": {\(object), \(errors)}}}, \
    "/v1/facets": {"get": {"operationId": "facets", "summary": "Count the values of a field", \
    "parameters": [{"name": "field", "in": "query", "required": true, "schema": {"type": "string", \
    "minLength": 1, "maxLength": 200}}, {"name": "q", "in": "query", "schema": {"type": "string", \
    "maxLength": 10000}, "description": "Over what; everything without it."}, \(match), \(literal), \
    \(limit(100, 20))], "responses": {\(object), \(errors)}}}, \
    "/v1/suggest": {"get": {"operationId": "suggest", "summary": "What may stand where somebody \
    types", "parameters": [{"name": "q", "in": "query", "schema": {"type": "string", "maxLength": \
    10000}}, {"name": "at", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": \
    10000}, "description": "Bytes before the cursor; the end without it."}, \(limit(100, 20))], \
    "responses": {\(object), \(errors)}}}, \
    "/v1/fields": {"get": {"operationId": "fields", "summary": "The fields that queries may use", \
    "responses": {\(object), \(errors)}}}, \
    "/v1/sections/{id}": {"get": {"operationId": "section", "summary": "A whole section", \
    "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string", \
    "minLength": 1, "maxLength": 1000}, "description": "The id of a hit, or path#anchor, \
    percent-encoded."}], "responses": {\(object), "404": \(error("There is no such section")), \
    \(errors)}}}, \
    "/healthz": {"get": {"operationId": "health", "security": [], "responses": {\(object), "503": \
    \(error("The index cannot be read"))}}}, \
    "/metrics": {"get": {"operationId": "metrics", "responses": {"200": {"description": \
    "Prometheus' text format", "content": {"text/plain": {"schema": {"type": "string"}}}}, \
    \(errors)}}}}, \
    "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": \
    "Needed where the server was started with --token-file."}}, "schemas": {"Error": {"type": \
    "object", "required": ["version", "error"], "properties": {"version": {"const": 1}, "error": \
    {"type": "object", "required": ["code", "message"], "properties": {"code": {"type": "string"}, \
    "message": {"type": "string"}, "span": {"type": "array", "items": {"type": "integer"}, \
    "minItems": 2, "maxItems": 2}, "suggestions": {"type": "array", "items": {"type": "string"}}, \
    "rewrite": {"type": "string"}, "notes": {"type": "array", "items": {"type": "string"}}}}}}, \
    "Answer": {"type": "object", "required": ["version", "query", "match", "total", "offset", \
    "generation", "hits", "facets", "suggestions", "warnings"], "properties": {"version": {"const": \
    1}, "query": {"type": "string"}, "match": {"enum": ["all", "any"]}, "total": {"type": "object", \
    "required": ["value", "exact"], "properties": {"value": {"type": "integer", "minimum": 0}, \
    "exact": {"type": "boolean"}}}, "offset": {"type": "integer"}, "generation": {"type": \
    "string"}, "hits": {"type": "array", "items": {"$ref": "#/components/schemas/Hit"}}, "facets": \
    {"type": "object"}, "suggestions": {"type": "array"}, "warnings": {"type": "array"}}}, "Hit": \
    {"type": "object", "required": ["rank", "score", "id", "path", "anchor", "line", "endLine", \
    "document", "subject", "headings", "snippet", "snippetLine", "highlights", "stale", "values"], \
    "properties": {"rank": {"type": "integer"}, "score": {"type": "number"}, "id": {"type": \
    "string"}, "path": {"type": "string"}, "line": {"type": "integer"}, "headings": {"type": \
    "array", "items": {"type": "string"}}, "snippet": {"type": "string"}, "highlights": {"type": \
    "array", "items": {"type": "array", "items": {"type": "integer"}}}, "stale": {"type": \
    "boolean"}, "values": {"type": "object"}}}}}, "security": [{}, {"token": []}]}
    """

  private static let question = """
    {"name": "q", "in": "query", "required": true, "schema": {"type": "string", "minLength": 1, \
    "maxLength": 10000}, "description": "The query: words, \\"phrases\\", field:value, \
    salary>150000."}
    """
  private static let match = """
    {"name": "match", "in": "query", "schema": {"enum": ["all", "any"], "default": "all"}}
    """
  private static let literal = """
    {"name": "literal", "in": "query", "schema": {"type": "boolean", "default": false}, \
    "description": "Take the query as plain words."}
    """
  private static let object = """
    "200": {"description": "The answer", "content": {"application/json": {"schema": {"type": \
    "object"}}}}
    """
  private static let errors = """
    "400": \(error("The query or a parameter is wrong")), "401": \(error("A token is needed")), \
    "403": \(error("Another host or site")), "503": \(error("The index cannot be used, or the server is busy"))
    """

  private static func error(_ description: String) -> String {
    """
    {"description": "\(description)", "content": {"application/json": {"schema": {"$ref": \
    "#/components/schemas/Error"}}}}
    """
  }

  private static func limit(_ most: Int, _ standard: Int) -> String {
    """
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": \
    \(most), "default": \(standard)}}
    """
  }
}
