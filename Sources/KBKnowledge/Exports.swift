// Requests, answers and values are declared where they are made; whoever embeds the search has them
// with this one import.
@_exported public import KBDiagnostics
@_exported public import KBEngine
@_exported public import KBSchema
