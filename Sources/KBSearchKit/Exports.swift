// Whoever follows an index also finds and opens it, with this one import.
@_exported public import KBKnowledge
