import Glibc
import KBIngest
import KBReaders
import KBSchema

// Reads untrusted files for kbsearch, one at a time, over standard input and output. What it needs
// of the machine is bounded here; how long a file may take is bounded by the program that started
// it, which ends this process when it hangs.
Limits.set()
signal(SIGPIPE, SIG_IGN)
var worker = Worker()
worker.run()
