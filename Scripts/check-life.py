"""Breaks indexing and looks at what is left; see Scripts/check-life."""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

BIN = os.path.abspath(os.environ["KBSEARCH_BIN"]) + "/kbsearch"
FAULTS = os.environ["FAULTS"]
FULL = "--full" in sys.argv
QUERIES = ["*", "engineer", "salary>100000", "team:red", "\"round\""]


class Failure(Exception):
    pass


def check(holds, *words):
    if not holds:
        raise Failure(" ".join(str(word) for word in words))


class Place:
    """A folder of documents with its index."""

    def __init__(self, files=24):
        self.root = tempfile.mkdtemp(prefix="kbsearch-life-")
        self.docs = self.root + "/docs"
        self.index_folder = self.docs + "/.kbsearch"
        os.mkdir(self.docs)
        self.files = files
        for number in range(files):
            self.write(number, 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["chmod", "-R", "u+rwx", self.root], check=False)
        shutil.rmtree(self.root, ignore_errors=True)

    def write(self, number, round):
        team = ["red", "green", "blue"][(number + round) % 3]
        text = (f"---\nteam: {team}\ncount: {number}\n---\n# Engineer {number}\n\nround r{round}x. "
                f"Salary: ${90 + number + round},000 - ${120 + number + round},000 a year.\n\n"
                f"## Skills\n\nPython and C++, round r{round}x.\n\n## Duties\n\n" + "Plain words. " * 40 + "\n")
        with open(f"{self.docs}/{number}.md", "w") as file:
            file.write(text)

    def edit(self, round):
        """Changes, adds and removes some files."""
        for number in range(0, self.files, 3):
            self.write(number, round)
        added = f"{self.docs}/added.md"
        if os.path.exists(added):
            os.remove(added)
        else:
            with open(added, "w") as file:
                file.write(f"# Added\n\nround r{round}x\n")

    def run(self, *arguments, fault=None, timeout=120):
        environment = dict(os.environ)
        environment.pop("KBSEARCH_KB", None)
        if fault:
            environment.update(LD_PRELOAD=FAULTS, FAULT_FOLDER=self.index_folder, **fault)
        return subprocess.run([BIN, *arguments], cwd=self.docs, env=environment, timeout=timeout,
                              capture_output=True, text=True)

    def index(self, *more, fault=None):
        return self.run("index", ".", "--quiet", *more, fault=fault)

    def answers(self):
        """What all queries print, without the generation."""
        result = []
        for query in QUERIES:
            done = self.run("search", "--json", "--limit", "1000", "--", query)
            check(done.returncode in (0, 1), query, done.returncode, done.stdout, done.stderr)
            answer = json.loads(done.stdout)
            answer.pop("generation")
            for hit in answer["hits"]:
                hit.pop("stale")
            result.append(answer)
        return json.dumps(result, sort_keys=True)

    def leftovers(self):
        names = os.listdir(self.index_folder)
        generations = [name for name in names if name.startswith("generation-")]
        others = [name for name in names if name not in generations + ["current", "lock"]]
        return others if len(generations) <= 2 else names


def prepared(place, kind):
    """The answers before and after a run of that kind, which is left to be made."""
    if kind == "first":
        return None, None
    check(place.index().returncode == 0)
    place.edit(1)
    if kind == "rebuild":
        check(place.index().returncode == 0)
        place.edit(2)
    before = place.answers()
    return before, None


ARGUMENTS = {"first": [], "update": [], "rebuild": ["--rebuild"]}


def after_fault(place, before, after, words):
    """The index answers as before or as after; the next run mends everything."""
    if os.path.exists(place.index_folder + "/current"):
        now = place.answers()
        check(now in (before, after), "an answer between before and after", words)
    else:
        check(before is None, "the index is gone", words)
        check(place.run("x").returncode == 3, "no status 3 without an index", words)
    done = place.index()
    check(done.returncode == 0, "the next run fails", words, done.returncode, done.stderr)
    check(place.answers() == after, "the next run does not mend it", words)
    check(not place.leftovers(), "left behind:", place.leftovers(), words)
    done = place.run("check")
    check(done.returncode == 0, "check", done.stdout, done.stderr, words)


def scenario(kind):
    """A place, and a copy of it to begin each trial from."""
    place = Place()
    before, _ = prepared(place, kind)
    pristine = place.root + "-pristine"
    shutil.copytree(place.root, pristine, symlinks=True)
    counted = place.index(*ARGUMENTS[kind], fault={"FAULT_AT": "0", "FAULT_LOG": place.root + "/log"})
    check(counted.returncode == 0, counted.stderr)
    calls = int(open(place.root + "/log").read().split()[0])
    return place, pristine, before, place.answers(), calls


def restore(place, pristine):
    shutil.rmtree(place.root)
    shutil.copytree(pristine, place.root, symlinks=True)


def faults(kinds, most, last):
    """Trials at `most` calls, the last of them in any case: those of publishing."""
    trials = 0
    named = {}
    for run in ARGUMENTS:
        place, pristine, before, after, calls = scenario(run)
        try:
            for kind in kinds:
                # Every step of publishing, which comes last, and some of the writing before it.
                steps = list(range(1, calls + 1))
                if len(steps) > most:
                    steps = sorted(random.sample(steps[:-last], most - last) + steps[-last:])
                for step in steps:
                    restore(place, pristine)
                    log = place.root + "/log"
                    done = place.index(*ARGUMENTS[run], fault={
                        "FAULT_AT": str(step), "FAULT_KIND": kind, "FAULT_LOG": log})
                    words = open(log).read().split() if os.path.exists(log) else []
                    name = words[1] if len(words) > 1 else "?"
                    named[name] = named.get(name, 0) + 1
                    words = f"{run} {kind} call {step} of {calls} ({name})"
                    if kind in ("before", "after"):
                        # Two lanes do not make the same calls each time: the last may not come.
                        check(done.returncode in (-signal.SIGKILL, 0), "not killed", words)
                    elif done.returncode != 0:
                        check(done.returncode == 3, "status", done.returncode, done.stderr, words)
                        check("kbsearch: " in done.stderr and len(done.stderr) < 600, words, done.stderr)
                    after_fault(place, before, after, words)
                    trials += 1
        finally:
            shutil.rmtree(place.root, ignore_errors=True)
            shutil.rmtree(pristine, ignore_errors=True)
    print(f"  {trials} trials: " + ", ".join(f"{count} {name}" for name, count in sorted(named.items())))


def killed_at_each_step():
    faults(["before", "after"], 10_000 if FULL else 24, 60 if FULL else 16)


def failing_calls():
    faults(["full", "io", "denied"], 200 if FULL else 8, 60 if FULL else 4)


def killed_at_random():
    count = 300 if FULL else 20
    kills = 0
    for run in ("first", "update", "rebuild"):
        place, pristine, before, after, _ = scenario(run)
        restore(place, pristine)
        start = time.time()
        place.index(*ARGUMENTS[run])
        length = time.time() - start
        for number in range(count // 3):
            restore(place, pristine)
            child = subprocess.Popen([BIN, "index", ".", "--quiet", *ARGUMENTS[run]], cwd=place.docs,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(random.random() * length * 1.1)
            child.kill()
            kills += child.wait() != 0
            after_fault(place, before, after, f"{run} {number}")
        shutil.rmtree(place.root)
        shutil.rmtree(pristine)
    print(f"  {count // 3 * 3} runs, {kills} killed before their end")


def a_full_disk():
    if os.geteuid() != 0:
        print("  left out: mounting a file system needs root")
        return
    tried = 0
    for size in (64, 128, 256, 512, 768, 1024, 1536, 2048, 3072, 4096):
        with Place() as place:
            os.mkdir(place.index_folder)
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", place.index_folder],
                                     capture_output=True)
            if mounted.returncode != 0:
                print("  left out: no file system can be mounted here")
                return
            try:
                last = None
                for round in range(1, 8):
                    done = place.index()
                    if done.returncode != 0:
                        check(done.returncode == 3 and "No space left" in done.stderr, size, done.returncode,
                              done.stderr)
                        tried += 1
                        if last is None:
                            check(place.run("x").returncode == 3)
                        else:
                            check(place.answers() == last, "a full disk changed the answers", size)
                    else:
                        last = place.answers()
                    place.edit(round)
            finally:
                subprocess.run(["umount", "-l", place.index_folder], check=True)
    check(tried > 3, "the disk was never full", tried)
    print(f"  {tried} runs met a full disk")


def no_permission():
    if os.geteuid() == 0:
        user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    else:
        user = []
    with Place() as place:
        check(place.index().returncode == 0)
        before = place.answers()
        place.edit(1)
        os.chmod(place.root, 0o755)
        subprocess.run(["chmod", "-R", "a+rX,a-w", place.root], check=True)
        done = subprocess.run([*user, BIN, "index", "."], cwd=place.docs, capture_output=True, text=True)
        check(done.returncode == 3 and "Permission denied" in done.stderr, done.returncode, done.stderr)
        found = subprocess.run([*user, BIN, "--json", "engineer"], cwd=place.docs, capture_output=True, text=True)
        check(found.returncode == 0 and json.loads(found.stdout)["total"]["value"] > 0, found.stderr)
        subprocess.run(["chmod", "-R", "u+w", place.root], check=True)
        check(place.answers() == before)
        for path in ("0.md", "3.md"):
            os.chmod(f"{place.docs}/{path}", 0)
        done = subprocess.run([*user, BIN, "index", ".", "--index", tempfile.mkdtemp(dir="/tmp") + "/i"],
                              cwd=place.docs, capture_output=True, text=True)
        if user:
            check(done.returncode in (3, 5), done.returncode, done.stderr)
        if done.returncode == 5:
            check("0.md" in done.stderr and "3.md" in done.stderr, done.stderr)
    print("  a folder that cannot be written is told, and still searched")


def damage():
    tried = 0
    with Place() as place:
        check(place.index().returncode == 0)
        place.edit(1)
        check(place.index().returncode == 0)
        expected = place.answers()
        pristine = place.root + "-pristine"
        shutil.copytree(place.root, pristine, symlinks=True)
        current = open(place.index_folder + "/current").read().strip()
        folder = f"{place.index_folder}/{current}"
        names = [os.path.relpath(os.path.join(base, name), folder)
                 for base, _, names in os.walk(folder) for name in names]
        for name in names + ["../current"]:
            for way in ("truncate", "empty", "overwrite", "remove"):
                restore(place, pristine)
                path = f"{folder}/{name}"
                size = os.path.getsize(path)
                if size == 0 and way != "remove":
                    continue
                if way == "remove":
                    os.remove(path)
                elif way == "overwrite":
                    with open(path, "r+b") as file:
                        file.seek(size // 2)
                        file.write(bytes(random.randrange(256) for _ in range(min(64, size - size // 2))))
                else:
                    os.truncate(path, size // 2 if way == "truncate" else 0)
                words = f"{way} {name}"
                for query in QUERIES:
                    done = place.run("search", "--json", "--limit", "1000", "--", query)
                    check(done.returncode == 3, words, done.returncode, done.stdout[:300])
                    message = json.loads(done.stdout)["error"]["message"]
                    check("kbsearch index" in message, words, message)
                    if name != "../current":
                        check("--generation" in message, words, message)
                        check(place.run("--generation", message.split("--generation ")[1].split(")")[0],
                                        "engineer").returncode == 0, words, message)
                check(place.run("check").returncode == 3, words)
                done = place.index()
                check(done.returncode == 0, words, done.stderr)
                check(place.answers() == expected, "not mended", words)
                tried += 1
        shutil.rmtree(pristine)
    print(f"  {tried} damages told with status 3, the older generation answering, the next run mending")


def many_writers():
    count = 20
    with Place(files=6) as place:
        check(place.index().returncode == 0)
        children = []
        for number in range(count):
            with open(f"{place.docs}/writer-{number}.md", "w") as file:
                file.write(f"# Writer {number}\n\nword{number}\n")
            children.append(subprocess.Popen([BIN, "index", ".", "--quiet", "--wait", "100"], cwd=place.docs,
                                             stderr=subprocess.PIPE, text=True))
        for child in children:
            _, errors = child.communicate(timeout=200)
            check(child.returncode == 0, child.returncode, errors)
        for number in range(count):
            check(place.run(f"word{number}").returncode == 0, f"word{number} was lost")
        holder = subprocess.Popen(["flock", place.index_folder + "/lock", "sleep", "3"])
        time.sleep(0.5)
        done = place.index()
        check(done.returncode == 4 and "--wait" in done.stderr, done.returncode, done.stderr)
        holder.kill()
        subprocess.run(["pkill", "-f", place.index_folder + "/lock"], check=False)
        holder.wait()
        check(not place.leftovers(), place.leftovers())
    print(f"  {count} writers at once: all done, nothing lost")


def readers():
    rebuilds, updates = (100, 500) if FULL else (6, 24)
    with Place(files=40) as place:
        check(place.index().returncode == 0)
        ended = threading.Event()
        problems = []
        counts = [0] * 8

        def read(lane):
            while not ended.is_set():
                done = place.run("search", "--json", "--limit", "1000", "--", "round")
                counts[lane] += 1
                if done.returncode != 0:
                    problems.append(f"status {done.returncode}: {done.stdout[:300]} {done.stderr[:300]}")
                    continue
                hits = json.loads(done.stdout)["hits"]
                rounds = {word for hit in hits for word in hit["snippet"].replace(".", " ").split()
                          if word.startswith("r") and word.endswith("x")}
                if len(rounds) != 1 or len(hits) != 80:
                    problems.append(f"mixed: {rounds}, {len(hits)} hits")

        lanes = [threading.Thread(target=read, args=(lane,)) for lane in range(8)]
        for lane in lanes:
            lane.start()
        published = 0
        for round in range(1, rebuilds + updates + 1):
            for number in range(40):
                place.write(number, round)
            done = place.index(*(["--rebuild"] if round % (1 + updates // rebuilds) == 0 else []))
            check(done.returncode == 0, done.stderr)
            published += 1
        ended.set()
        for lane in lanes:
            lane.join()
        check(not problems, len(problems), problems[:3])
        check(min(counts) > 0)
    print(f"  {sum(counts)} searches during {published} published generations: none failed, none mixed")


def watching():
    seconds = int(os.environ.get("KBSEARCH_WATCH_SECONDS", 3600 if FULL else 12))
    with Place(files=10) as place:
        child = subprocess.Popen([BIN, "index", ".", "--watch"], cwd=place.docs, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True)
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(child.stderr))
        reader.start()
        start = time.time()
        rounds = 0
        memory = []
        descriptors = []
        while time.time() - start < seconds:
            rounds += 1
            word = f"watched{rounds}"
            folder = f"{place.docs}/new{rounds % 5}/deep"
            os.makedirs(folder, exist_ok=True)
            with open(f"{folder}/{rounds % 7}.md", "w") as file:
                file.write(f"# Watched\n\n{word}\n")
            waited = time.time()
            while place.run("search", "--format", "paths", word).returncode != 0:
                check(time.time() - waited < 20, "not seen within 20 s:", word, lines[-3:])
                time.sleep(0.1)
            if rounds % 6 == 0:
                shutil.rmtree(f"{place.docs}/new{rounds % 5}")
            if seconds > 60:
                time.sleep(random.random() * 4)
            with open(f"/proc/{child.pid}/status") as status:
                memory.append(next(int(line.split()[1]) for line in status if line.startswith("VmRSS")))
            descriptors.append(len(os.listdir(f"/proc/{child.pid}/fd")))
        child.send_signal(signal.SIGTERM)
        check(child.wait(timeout=20) == 0)
        reader.join()
        # A look may fall into the end of a run; what leaks stays.
        check(min(descriptors[-5:]) <= min(descriptors[:5]) + 1, "descriptors", descriptors[-20:])
        half = len(memory) // 2
        check(max(memory[half:]) < 1.3 * max(memory[:half]) + 4000, "memory", memory)
    print(f"  {rounds} edits seen in {seconds} s; memory {max(memory)} KB at most, "
          f"{min(descriptors[-5:])} descriptors")


def main():
    checks = [killed_at_each_step, failing_calls, killed_at_random, a_full_disk, no_permission, damage,
              many_writers, readers, watching]
    only = [word for word in sys.argv[1:] if not word.startswith("--")]
    failed = 0
    random.seed(7)
    for one in checks:
        if only and one.__name__ not in only:
            continue
        start = time.time()
        try:
            print(f"{one.__name__.replace('_', ' ')}:", flush=True)
            one()
        except Failure as failure:
            failed += 1
            print(f"  FAILED: {failure}")
        print(f"  {time.time() - start:.0f} s", flush=True)
    sys.exit(1 if failed else 0)


main()
