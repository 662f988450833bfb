// KBDiagnostics
