"""Sessions of kbsearch on a pseudo-terminal; see Scripts/check-terminal."""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import time

BIN = os.path.abspath(os.environ["KBSEARCH_BIN"])
PROMPT = "kbsearch> "
DOCUMENTS = {
    "ml.md": "---\nteam: Vision Lab\n---\n# ML Engineer\n\nWe use PyTorch. Salary: $160,000 - $190,000. "
             "Location: San Francisco, CA.\n\n## Duties\n\nTrain models in Zürich style.\n",
    "barista.md": "---\nteam: Coffee Crew\n---\n# Barista\n\nMake coffee. Salary: $32,000.\n",
    "evil.md": "# Evil\n\n" + "Plain words about stripes. " * 30 + "zebra \x1b]0;owned\x07 \x1b[2J \u202e text\n",
    "long.md": "# Long\n\n" + "\n\n".join(f"giraffe paragraph number {i}." for i in range(200)) + "\n",
}
ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\r")


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, folder, home, columns=100, rows=40, **variables):
        self.folder = folder
        self.seen = b""
        environment = {"PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8",
                       "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": home + "/state", "PAGER": "cat", **variables}
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.execve(BIN + "/kbsearch", ["kbsearch"], environment)
        self.resize(columns, rows)

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, text):
        os.write(self.master, text.encode())

    def read(self, seconds):
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += data
        return bool(data)

    def text(self):
        return ESCAPES.sub(b"", self.seen).decode("utf-8", "replace")

    def expect(self, wanted, seconds=10):
        """Waits for a text and returns what came until then; that is forgotten."""
        end = time.time() + seconds
        while wanted not in self.text():
            if time.time() > end:
                raise AssertionError(f"no {wanted!r} within {seconds} s in:\n{self.text()}")
            self.read(0.1)
        before, after = self.text().split(wanted, 1)
        self.seen = after.encode()
        return before + wanted

    def ask(self, line, seconds=10):
        """Types a line and returns what is printed before the next prompt."""
        while self.read(0.05):
            pass
        self.seen = b""
        self.send(line + "\n")
        end = time.time() + seconds
        while time.time() < end:
            self.read(0.1)
            text = self.text()
            tail = text.split("\n", 1)[1] if "\n" in text else ""
            if tail.endswith(PROMPT):
                self.raw = self.seen
                self.seen = b""
                return tail[:-len(PROMPT)]
        raise AssertionError(f"no prompt after {line!r} in:\n{self.text()}")

    def drop(self):
        """Presses Ctrl-C and waits for the next prompt."""
        self.send("\x03")
        self.expect("^C")
        self.expect(PROMPT)

    def leave(self):
        while self.read(0.3):
            pass
        self.send("\x04")
        end = time.time() + 10
        while time.time() < end:
            done, status = os.waitpid(self.child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            self.read(0.1)
        os.kill(self.child, signal.SIGKILL)
        raise AssertionError("it does not end at Ctrl-D")


class Place:
    """A folder of documents with its index, and a home."""

    def __enter__(self):
        self.root = tempfile.mkdtemp()
        self.folder = self.root + "/docs"
        os.mkdir(self.folder)
        for name, text in DOCUMENTS.items():
            self.write(name, text)
        self.index()
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root)

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def index(self):
        subprocess.run([BIN + "/kbsearch", "index", self.folder], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def terminal(self, **options):
        terminal = Terminal(self.folder, self.root, **options)
        terminal.expect(PROMPT)
        return terminal


def queries_and_numbers(place):
    terminal = place.terminal()
    answer = terminal.ask("pytorch salary>150000")
    assert "1. ML Engineer" in answer and "ml.md" in answer and "1 section" in answer, answer
    assert "We use PyTorch" in terminal.ask("1")
    assert "We use PyTorch" in terminal.ask(".show 1")
    assert "there is no hit 7" in terminal.ask(".show 7")
    assert "^" in terminal.ask("salry>5") , "an error shows its place"
    assert "did you mean .fields" in terminal.ask(".feilds")
    assert "giraffe" in terminal.ask(".explain giraffe")
    assert "team" in terminal.ask(".fi")
    assert "vision lab" in terminal.ask(".facets team *").lower()
    terminal.ask(".mode paths")
    assert terminal.ask("coffee").strip() == "barista.md"
    assert ".mode is one of" in terminal.ask(".mode table")
    terminal.ask(".timer on")
    assert "elapsed: " in terminal.ask("coffee")
    assert terminal.leave() == 0


def history_is_kept_and_private(place):
    terminal = place.terminal()
    terminal.ask("coffee")
    assert terminal.leave() == 0
    path = place.root + "/state/kbsearch/history"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert "coffee" in open(path, encoding="utf-8").read()
    terminal = place.terminal()
    terminal.send("\x12cof")
    terminal.expect("coffee")
    terminal.send("\r")
    terminal.expect("Barista")
    assert terminal.leave() == 0


def lines_go_on_while_something_is_open(place):
    terminal = place.terminal()
    terminal.send("(coffee OR\n")
    terminal.expect("...> ")
    assert "Barista" in terminal.ask("giraffe)")
    terminal.send("\"train\n")
    terminal.expect("...> ")
    assert "Duties" in terminal.ask("models\"")
    terminal.send("\"never closed\n")
    terminal.expect("...> ")
    assert "^" in terminal.ask(""), "an empty line ends the query as it is"
    assert terminal.leave() == 0


def interrupts(place):
    terminal = place.terminal()
    terminal.send("half a que")
    terminal.expect("half a que")
    terminal.drop()
    assert "Barista" in terminal.ask("coffee")
    terminal.send("(open\n")
    terminal.expect("...> ")
    terminal.drop()
    assert "Barista" in terminal.ask("coffee")
    assert terminal.leave() == 0


def completion(place):
    terminal = place.terminal()
    terminal.send("sal\t")
    terminal.expect("salary:")
    terminal.send("150k..\n")
    terminal.expect("ML Engineer")
    terminal.expect(PROMPT)
    terminal.send("location:\"san f\t")
    terminal.expect("location:\"san francisco")
    terminal.send("\n")
    terminal.expect("ML Engineer")
    terminal.expect(PROMPT)
    terminal.send("team:\t\t")
    terminal.expect("coffee crew")
    terminal.expect("vision lab")
    terminal.drop()
    terminal.send("gira\t")
    terminal.expect("giraffe")
    terminal.drop()
    terminal.send(".sim\t")
    terminal.expect(".similar")
    terminal.drop()
    assert terminal.leave() == 0


def wide_signs_are_typed_and_edited(place):
    terminal = place.terminal()
    terminal.send("zürichx\x7f\n")
    terminal.expect("Duties")
    assert terminal.leave() == 0


def pastes_are_one_line(place):
    terminal = place.terminal()
    terminal.send("\x1b[200~coffee\x1b[201~")
    terminal.expect("coffee")
    assert "Barista" in terminal.ask("")
    assert terminal.leave() == 0


def documents_do_not_drive_the_terminal(place):
    terminal = place.terminal()
    terminal.ask("zebra")
    assert b"\x1b]0;owned" not in terminal.raw and b"\x1b[2J" not in terminal.raw
    terminal.ask("1")
    assert b"\x1b]0;owned" not in terminal.raw and b"\x1b[2J" not in terminal.raw
    assert "\u202e".encode() not in terminal.raw
    assert terminal.leave() == 0


def new_generations_are_followed(place):
    terminal = place.terminal()
    terminal.ask("walrus")
    place.write("walrus.md", "# Walrus\n\nA walrus.\n")
    place.index()
    assert "brought up to date" in terminal.ask("") or "Walrus" in terminal.ask("walrus")
    assert "Walrus" in terminal.ask("walrus")
    assert terminal.leave() == 0


def output_goes_to_files(place):
    terminal = place.terminal()
    terminal.ask(".once once.txt")
    assert "Barista" not in terminal.ask("coffee")
    assert "Barista" in terminal.ask("coffee")
    text = open(place.folder + "/once.txt", encoding="utf-8").read()
    assert "Barista" in text and "\x1b" not in text
    place.write("lines", "coffee\n.quit\n")
    terminal.send(".read lines\n")
    terminal.expect("Barista")
    terminal.expect(PROMPT)
    assert "cannot write" in terminal.ask(".output /nowhere/x")
    assert terminal.leave() == 0


def long_answers_are_paged(place):
    terminal = place.terminal(rows=20, PAGER="sed s/giraffe/PAGED/")
    terminal.ask("giraffe")
    assert "PAGED" in terminal.ask("1")
    terminal.resize(100, 2000)
    assert "PAGED" not in terminal.ask("1")
    assert terminal.leave() == 0


def the_editor_gets_the_line(place):
    terminal = place.terminal(EDITOR="echo EDITOR")
    terminal.ask("duties")
    assert re.search(r"EDITOR \+8 \./ml\.md", terminal.ask(".edit 1"))
    assert terminal.leave() == 0


def a_folder_without_an_index(place):
    os.mkdir(place.root + "/empty")
    terminal = Terminal(place.root + "/empty", place.root)
    text = terminal.expect(PROMPT)
    assert "kbsearch index DIR" in text, text
    assert ".open" in terminal.ask("coffee")
    terminal.ask(".open " + place.folder)
    assert "Barista" in terminal.ask("coffee")
    assert terminal.leave() == 0


def help_is_that_of_the_page(place):
    page = open(os.path.join(os.path.dirname(__file__), "..", "docs", "session.md"), encoding="utf-8").read()
    block = page.split("```text\n")[1].split("```")[0].strip()
    terminal = place.terminal(columns=200)
    assert terminal.ask(".help").strip() == block
    assert terminal.leave() == 0


def widths(place):
    for columns in (40, 80, 200):
        terminal = place.terminal(columns=columns)
        answer = terminal.ask("pytorch")
        widest = max(len(line) for line in answer.split("\n"))
        assert widest <= columns, f"{widest} of {columns}: {answer}"
        assert terminal.leave() == 0


def main():
    checks = [value for name, value in globals().items()
              if callable(value) and getattr(value, "__code__", None)
              and value.__code__.co_varnames[:1] == ("place",) and value.__code__.co_argcount == 1]
    only = sys.argv[1:]
    failed = 0
    for check in checks:
        if only and check.__name__ not in only:
            continue
        with Place() as place:
            try:
                check(place)
            except AssertionError as problem:
                failed += 1
                print(f"{check.__name__}: {problem}")
    print(f"terminal: {len(checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
