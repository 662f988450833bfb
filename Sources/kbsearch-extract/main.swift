import Glibc
import KBIngest
import KBReaders
import KBSchema

// Reads untrusted files for kbsearch, one at a time, over standard input and output. What it needs
// of the machine is bounded here; how long a file may take is bounded by the program that started
// it, which ends this process when it hangs.
Limits.set()
// Whoever ends the other program with Ctrl-C or as a unit of systemd means that program: it decides
// whether the file that is being read is the last. Without it, this one ends as well.
for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
Client.endWithIt()
var worker = Worker()
worker.run()
