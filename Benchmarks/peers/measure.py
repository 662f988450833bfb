"""Measures kbsearch beside its peers; see Benchmarks/peers/run."""
import argparse
import json
import math
import os
import random
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BIN = os.environ.get("KBSEARCH_BIN", f"{ROOT}/.build-static/release")
TOOLS = f"{ROOT}/.build-bench"
QUERIES = [json.loads(line) for line in open(f"{HERE}/queries.jsonl")]


# MARK: Processes

def tree(pid):
    """The process and those below it."""
    found = [pid]
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in open(f"/proc/{pid}/task/{task}/children").read().split():
                found += tree(int(child))
    except OSError:
        pass
    return found


def memory(pid):
    """Proportional memory of a process and those below it, in MB."""
    total = 0
    for one in tree(pid):
        try:
            for line in open(f"/proc/{one}/smaps_rollup"):
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            pass
    return total / 1024


def cpu_of(pid, name):
    """CPU seconds so far of the processes below one that are named so, by number."""
    spent = {}
    for one in tree(pid)[1:]:
        try:
            words = open(f"/proc/{one}/stat").read()
            if name in words.split(")")[0]:
                fields = words.rsplit(")", 1)[1].split()
                spent[one] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            pass
    return spent


def spend(command, watches=True, ok=(0,), stdin=None, **environment):
    """Wall and CPU seconds and peak megabytes of a command, and the CPU seconds of kbsearch's workers."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.time()
    child = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, stdin=stdin)
    peak = [0.0]
    workers = {}
    ended = threading.Event()

    def watch():
        while not ended.wait(0.1):
            peak[0] = max(peak[0], memory(child.pid))
            workers.update(cpu_of(child.pid, "kbsearch-extrac"))
    watcher = threading.Thread(target=watch) if watches else None
    if watcher:
        watcher.start()
    errors = child.stderr.read()
    status = child.wait()
    wall = time.time() - start
    ended.set()
    if watcher:
        watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status not in ok:
        raise SystemExit(f"{command}: {status}: {errors[-800:].decode(errors='replace')}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "workers": sum(workers.values()), "peak": peak[0]}


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(base, name)) for base, _, names in os.walk(path) for name in names)


# MARK: Peers

SPLIT = re.compile(r"^#{1,6} .*$", re.M)


def split_markdown(folder):
    """Sections as a script would make them: at headings."""
    for base, _, names in os.walk(folder):
        for name in sorted(names):
            if name.endswith(".md"):
                path = os.path.join(base, name)
                text = open(path, encoding="utf-8", errors="replace").read()
                places = [match.start() for match in SPLIT.finditer(text)]
                for start, end in zip([0] + places, places + [len(text)]):
                    if start < end:
                        yield path, text[start:end]


def tantivy_schema():
    import tantivy
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True, tokenizer_name="en_stem", index_option="position")
    builder.add_text_field("raw", stored=False, tokenizer_name="default", index_option="basic")
    builder.add_text_field("path", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("module", "locale"):
        builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", stored=False, indexed=True, fast=True)
    return builder.build()


def tantivy_index(folder, source):
    """Runs in a process of its own: two threads, words as written beside stems so that prefixes are complete."""
    import tantivy
    index = tantivy.Index(tantivy_schema(), path=folder)
    writer = index.writer(heap_size=200_000_000, num_threads=2)
    if os.path.isdir(source):
        rows = ({"path": path, "body": text} for path, text in split_markdown(source))
    else:
        rows = map(row_of, open(source))
    for row in rows:
        document = tantivy.Document(body=row["body"], raw=row["body"], path=row["path"])
        for name in ("module", "locale"):
            if row.get(name):
                document.add_text(name, row[name])
        if row.get("day") is not None:
            document.add_integer("day", row["day"])
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def row_of(line):
    section = json.loads(line)
    return {"path": section["path"], "body": "\n".join(section["headings"]) + "\n" + section["text"],
            "module": section.get("module-name", "").lower(), "locale": section.get("locale", "").lower(),
            "day": section.get("ms-date")}


def fts_index(path, source):
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=OFF")
    database.execute("CREATE VIRTUAL TABLE s USING fts5(body, path UNINDEXED, tokenize='porter unicode61', prefix='4 6')")
    database.execute("CREATE TABLE v(id INTEGER PRIMARY KEY, module TEXT, locale TEXT, day INTEGER)")
    rows = [row_of(line) for line in open(source)]
    database.executemany("INSERT INTO s(rowid, body, path) VALUES (?,?,?)",
                         ((n, row["body"], row["path"]) for n, row in enumerate(rows)))
    database.executemany("INSERT INTO v VALUES (?,?,?,?)",
                         ((n, row["module"], row["locale"], row["day"]) for n, row in enumerate(rows)))
    database.execute("CREATE INDEX day ON v(day)")
    database.execute("INSERT INTO s(s) VALUES ('optimize')")
    database.commit()


def lean_input(source, target):
    def clean(text):
        return re.sub(r"[\t\n\r]", " ", text)
    with open(target, "w") as out:
        for line in open(source):
            section = json.loads(line)
            out.write("\t".join([section["id"], clean(section["path"]), clean(" ".join(section["headings"])),
                                 clean(section["text"])]) + "\n")


# MARK: Searches of peers

def tantivy_searches(folder, rounds):
    import tantivy
    index = tantivy.Index.open(folder)
    searcher = index.searcher()
    schema = index.schema
    occur = tantivy.Occur
    query = tantivy.Query

    def build(spec):
        parts = []
        for word in spec.get("words", []):
            parts.append((occur.Must, index.parse_query(word, ["body"])))
        if "any" in spec:
            parts.append((occur.Must, index.parse_query(" ".join(spec["any"]), ["body"])))
        if "phrase" in spec:
            parts.append((occur.Must, index.parse_query('"' + " ".join(spec["phrase"]) + '"', ["body"])))
        if "prefix" in spec:
            parts.append((occur.Must, query.regex_query(schema, "raw", spec["prefix"] + ".*")))
        for name in ("module", "locale"):
            if name in spec:
                parts.append((occur.Must, query.term_query(schema, name, spec[name])))
        if "since" in spec or "until" in spec:
            parts.append((occur.Must, query.range_query(
                schema, "day", tantivy.FieldType.Integer, spec.get("since", -10**9),
                spec.get("until", 10**9), True, False)))
        for word in spec.get("not", []):
            parts.append((occur.MustNot, index.parse_query(word, ["body"])))
        return query.boolean_query(parts)

    results = []
    for number in range(rounds + 1):
        for place, spec in enumerate(QUERIES):
            start = time.perf_counter()
            asked = build(spec)
            found = searcher.search(asked, limit=10, count=True)
            maker = tantivy.SnippetGenerator.create(searcher, asked, schema, "body")
            maker.set_max_num_chars(280)
            for _, address in found.hits:
                maker.snippet_from_doc(searcher.doc(address)).to_html()
            taken = (time.perf_counter() - start) * 1e6
            if number == 0:
                results.append({"total": found.count, "microseconds": []})
            else:
                results[place]["microseconds"].append(taken)
    return results


def fts_searches(path, rounds):
    database = sqlite3.connect(path)

    def build(spec):
        words = [f'"{word}"' for word in spec.get("words", [])]
        if "phrase" in spec:
            words.append('"' + " ".join(spec["phrase"]) + '"')
        if "any" in spec:
            words.append("(" + " OR ".join(spec["any"]) + ")")
        if "prefix" in spec:
            words.append(spec["prefix"] + "*")
        match = " AND ".join(words)
        if match and spec.get("not"):
            match = f"({match}) NOT " + " NOT ".join(spec["not"])
        where, values = [], []
        if match:
            where.append("s MATCH ?")
            values.append(match)
        elif spec.get("not"):
            where.append("s.rowid NOT IN (SELECT rowid FROM s WHERE s MATCH ?)")
            values.append(" OR ".join(spec["not"]))
        for name in ("module", "locale"):
            if name in spec:
                where.append(f"v.{name} = ?")
                values.append(spec[name])
        if "since" in spec:
            where.append("v.day >= ?")
            values.append(spec["since"])
        if "until" in spec:
            where.append("v.day < ?")
            values.append(spec["until"])
        join = "s" if all("v." not in one for one in where) else "s JOIN v ON v.id = s.rowid"
        if not match:
            join = "v JOIN s ON v.id = s.rowid"
        return join, " AND ".join(where), values, bool(match)

    results = []
    for number in range(rounds + 1):
        for place, spec in enumerate(QUERIES):
            start = time.perf_counter()
            join, where, values, ranked = build(spec)
            total = database.execute(f"SELECT count(*) FROM {join} WHERE {where}", values).fetchone()[0]
            shown = "snippet(s, 0, '[', ']', '...', 40)" if ranked else "substr(s.body, 1, 280)"
            order = "ORDER BY rank" if ranked else ""
            database.execute(f"SELECT s.path, {shown} FROM {join} WHERE {where} {order} LIMIT 10", values).fetchall()
            taken = (time.perf_counter() - start) * 1e6
            if number == 0:
                results.append({"total": total, "microseconds": []})
            else:
                results[place]["microseconds"].append(taken)
    return results


def kbsearch_searches(index, rounds, queries=None):
    asked = queries or [spec["kb"] for spec in QUERIES]
    done = subprocess.run([f"{BIN}/kbsearch-bench", "search", index, str(rounds)], text=True, check=True,
                          stdout=subprocess.PIPE, input="".join(query + "\n" for query in asked))
    return [json.loads(line) for line in done.stdout.splitlines()]


# MARK: The table

ROWS = []


def row(what, *cells):
    ROWS.append((what,) + cells)
    print("| " + " | ".join((what,) + cells) + " |", flush=True)


def spread(values, digits=2):
    middle = statistics.median(values)
    return f"{middle:.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def indexing(docs, work, rounds):
    index, omega, recoll = f"{work}/index", f"{work}/omega", f"{work}/recoll"
    os.makedirs(f"{work}/rc", exist_ok=True)
    open(f"{work}/rc/recoll.conf", "w").write(f"topdirs = {docs}\ndbdir = {recoll}\n")
    kbsearch = [f"{BIN}/kbsearch", "index", "--corpus", docs, "--index", index, "--quiet"]
    spend(kbsearch, ok=(0, 5))
    sections = f"{work}/sections.jsonl"
    with open(sections, "w") as out:
        subprocess.run([f"{BIN}/kbsearch-bench", "sections", index], stdout=out, check=True)
    lean_input(sections, f"{work}/sections.tsv")
    me = [sys.executable, os.path.abspath(__file__)]
    jobs = {
        "kbsearch": (kbsearch, [index], {}),
        "omindex": (["omindex", "--db", omega, "--url", "/", "--mime-type", "md:text/plain", docs], [omega], {}),
        "recollindex": (["recollindex", "-c", f"{work}/rc"], [recoll], {"HOME": work}),
        "tantivy-py, its own splitting": (me + ["--peer-index", "tantivy", f"{work}/tantivy-own", docs],
                                          [f"{work}/tantivy-own"], {}),
        "tantivy-py, same sections": (me + ["--peer-index", "tantivy", f"{work}/tantivy", sections],
                                      [f"{work}/tantivy"], {}),
        "FTS5, same sections": (me + ["--peer-index", "fts", f"{work}/fts.db", sections], [f"{work}/fts.db"], {}),
        "lean C++, same sections": ([f"{TOOLS}/lean-index", f"{work}/sections.tsv", f"{work}/lean"],
                                    [f"{work}/lean/db"], {}),
    }
    spent = {}
    for _ in range(rounds):
        for name, (command, places, environment) in jobs.items():
            for place in [*places, f"{work}/lean"] if name.startswith("lean") else places:
                if os.path.isdir(place):
                    shutil.rmtree(place)
                elif os.path.exists(place):
                    os.remove(place)
            if "tantivy" in name or name.startswith("lean"):
                os.makedirs(places[0] if "tantivy" in name else f"{work}/lean")
            spent.setdefault(name, []).append(spend(command, ok=(0, 5), **environment))
    bytes_of_documents = size(docs)
    table = {}
    print("\n| full index | wall s | CPU s | peak MB | index MB | × documents |\n| --- | --- | --- | --- | --- | --- |")
    for name, runs in spent.items():
        bytes_used = sum(size(place) for place in jobs[name][1])
        table[name] = {key: statistics.median(run[key] for run in runs)
                       for key in ("wall", "cpu", "workers", "peak")}
        table[name]["bytes"] = bytes_used
        row(name, spread([run["wall"] for run in runs]), spread([run["cpu"] for run in runs]),
            f"{table[name]['peak']:.0f}", f"{bytes_used / 1e6:.1f}", f"{bytes_used / bytes_of_documents:.2f}")
    unchanged = {}
    for _ in range(max(5, rounds)):
        for name in ("kbsearch", "omindex", "recollindex"):
            command, _, environment = jobs[name]
            unchanged.setdefault(name, []).append(spend(command, ok=(0, 5), **environment)["cpu"])
    print("\n| nothing changed | CPU s |\n| --- | --- |")
    for name, values in unchanged.items():
        row(name, spread(values, 3))
    return index, table, {name: statistics.median(values) for name, values in unchanged.items()}


def cold(index, work, docs):
    generation = open(f"{index}/current").read().split()[0]
    where = "SELECT path, snippet(s,0,'[',']','...',40) FROM s WHERE s MATCH 'certificate' ORDER BY rank LIMIT 10"
    commands = {
        "kbsearch": [f"{BIN}/kbsearch", "--index", index, "--format", "plain", "certificate"],
        "raw C++ Xapian": [f"{TOOLS}/raw-search", f"{index}/{generation}/db", "certificate"],
        "sqlite3, FTS5": ["sqlite3", f"{work}/fts.db", where],
        "quest": ["quest", "-d", f"{work}/omega", "-m", "10", "certificate"],
        "recollq": ["recollq", "-c", f"{work}/rc", "-n", "10", "certificate"],
        "ripgrep": ["rg", "-il", "certificate", docs],
    }
    spent = {}
    order = list(commands)
    for turn in range(45):
        # In changing order: who comes after the same libraries were in use finds them in the processor's caches.
        random.Random(turn).shuffle(order)
        for name in order:
            command = commands[name]
            if name == "ripgrep" and turn > 10:
                continue
            cost = spend(command, watches=False, ok=(0, 1), HOME=work)["cpu"]
            if turn >= 5:
                spent.setdefault(name, []).append(cost * 1000)
    print("\n| one cold search | CPU ms |\n| --- | --- |")
    for name, values in spent.items():
        row(name, spread(values))
    return {name: statistics.median(values) for name, values in spent.items()}


def search_memory(index):
    """Peak resident megabytes of one cold search, libraries and mapped files counted in. A process counts what its
    parent had when it was made, so a small one starts it."""
    code = ("import os, sys\n"
            "child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, "
            "file_actions=[(os.POSIX_SPAWN_OPEN, 1, '/dev/null', os.O_WRONLY, 0)])\n"
            "print(os.wait4(child, 0)[2].ru_maxrss / 1024)")
    command = [f"{BIN}/kbsearch", "--index", index, "--format", "plain", "certificate"]
    return statistics.median(float(subprocess.run([sys.executable, "-I", "-S", "-c", code, *command],
                                                  stdout=subprocess.PIPE, check=True).stdout) for _ in range(5))


def match_alone(index, rounds=40):
    """The engine's match beside a C++ loop with the same queries on the same index: geometric mean of the ratios."""
    queries = "".join(spec["kb"] + "\n" for spec in QUERIES)
    made = subprocess.run([f"{BIN}/kbsearch-bench", "match", index, str(rounds)], input=queries, text=True,
                          stdout=subprocess.PIPE, check=True).stdout
    mine = [json.loads(line) for line in made.splitlines()]
    generation = open(f"{index}/current").read().split()[0]
    raw = subprocess.run([f"{TOOLS}/raw-search", "--loop", f"{index}/{generation}/db", str(rounds)],
                         input="".join(one["xapian"] + "\n" for one in mine), text=True, stdout=subprocess.PIPE,
                         check=True).stdout
    ratios = []
    print("\n| match alone | kbsearch µs | raw C++ µs | ratio |\n| --- | --- | --- | --- |")
    for one, line in zip(mine, raw.splitlines()):
        times = statistics.median(one["microseconds"]), statistics.median(map(float, line.split()))
        ratios.append(times[0] / times[1])
        row(f"`{one['query']}`", f"{times[0]:.0f}", f"{times[1]:.0f}", f"{ratios[-1]:.2f}")
    return math.exp(statistics.mean(map(math.log, ratios)))


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def warm(index, work, rounds=30):
    peers = {
        "kbsearch": kbsearch_searches(index, rounds),
        "tantivy-py": tantivy_searches(f"{work}/tantivy", rounds),
        "FTS5": fts_searches(f"{work}/fts.db", rounds),
    }
    print("\n| warm search, ten hits, snippets, totals | p50 µs | p99 µs | geometric mean of medians µs |\n| --- | --- | --- | --- |")
    figures = {}
    for kind in ["all"] + list(dict.fromkeys(spec["kind"] for spec in QUERIES)):
        for name, results in peers.items():
            chosen = [one for one, spec in zip(results, QUERIES) if kind in ("all", spec["kind"])]
            times = [time for one in chosen for time in one["microseconds"]]
            mean = math.exp(statistics.mean(math.log(statistics.median(one["microseconds"])) for one in chosen))
            figures[name, kind] = (quantile(times, .5), quantile(times, .99), mean)
            row(f"{kind}: {name}", f"{quantile(times, .5):.0f}", f"{quantile(times, .99):.0f}", f"{mean:.0f}")
    print("\n| query | kbsearch hits, µs | tantivy-py hits, µs | FTS5 hits, µs |\n| --- | --- | --- | --- |")
    for place, spec in enumerate(QUERIES):
        row(f"`{spec['kb']}`", *(f"{results[place]['total']}, {statistics.median(results[place]['microseconds']):.0f}"
                                 for results in peers.values()))
    return figures


# What a selective query finds: as many sections in any number of copies.
RARE = "kbsearchrarity"
RARE_FILES = 20
CHANGED = re.compile(rb"\b[a-z]{6,}\b")


def copies(docs, target, first, last):
    """Copies of the documents with some of their words changed, so that no two are alike. Some files of the first have a
    rare word at their end."""
    rare = 0
    for number in range(first, last):
        mark = str(number).encode()

        def change(match):
            word = match.group()
            return word + mark if hash(word) % 17 == number % 17 else word
        for base, _, names in os.walk(docs):
            for name in names:
                path = os.path.join(base, name)
                copy = os.path.join(target, f"copy{number}", os.path.relpath(path, docs))
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                with open(path, "rb") as file, open(copy, "wb") as out:
                    data = file.read()
                    out.write(CHANGED.sub(change, data) if number else data)
                    if number == 0 and name.endswith(".md") and rare < RARE_FILES:
                        rare += 1
                        out.write(f"\n\n{RARE}\n".encode())


def growth(docs, work, steps):
    print(f"\n| copies | sections | wall s | CPU s | peak MB | index MB | cold, CPU ms | selective: hits | p50 µs | `hyperlink`: hits "
          "| p50 µs | all queries: p50 | p99 |")
    print("| --- |" + " --- |" * 12)
    target = f"{work}/copies"
    made = 0
    figures = []
    for step in steps:
        copies(docs, target, made, step)
        made = step
        index = f"{work}/growth"
        shutil.rmtree(index, ignore_errors=True)
        spent = spend([f"{BIN}/kbsearch", "index", "--corpus", target, "--index", index, "--quiet"], ok=(0, 5))
        stats = json.loads(subprocess.run([f"{BIN}/kbsearch", "--index", index, "stats", "--json"], text=True,
                                          stdout=subprocess.PIPE, check=True).stdout)
        results = kbsearch_searches(index, 5)
        times = [time for one in results for time in one["microseconds"]]
        cold = [spend([f"{BIN}/kbsearch", "--index", index, "--format", "plain", "certificate"], watches=False)["cpu"]
                for _ in range(20)][5:]
        some = [f"{1000 * statistics.median(cold):.1f}"]
        for one in kbsearch_searches(index, 100, [RARE, "hyperlink"]):
            some += [str(one["total"]), f"{statistics.median(one['microseconds']):.0f}"]
        figures.append((step, spent["cpu"], size(index)))
        row(str(step), str(stats["sections"]), f"{spent['wall']:.1f}", f"{spent['cpu']:.1f}", f"{spent['peak']:.0f}",
            f"{size(index) / 1e6:.0f}", *some, f"{quantile(times, .5):.0f}", f"{quantile(times, .99):.0f}")
    if len(figures) > 1:
        (first, cpu, used), (last, more, larger) = figures[0], figures[-1]
        ratio = math.log(last / first)
        print(f"\nexponents: CPU {math.log(more / cpu) / ratio:.3f}, size {math.log(larger / used) / ratio:.3f}")


def answerable(index):
    """Queries whose fields the documents have; the others are named."""
    known = []
    for spec in QUERIES:
        done = subprocess.run([f"{BIN}/kbsearch", "search", "--index", index, "--count", "--", spec["kb"]],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if done.returncode < 2:
            known.append(spec)
        else:
            print(f"\nLeft out, for these documents lack its fields: `{spec['kb']}`")
    QUERIES[:] = known


def main():
    if len(sys.argv) > 1 and sys.argv[1] == "--peer-index":
        return {"tantivy": tantivy_index, "fts": fts_index}[sys.argv[2]](sys.argv[3], sys.argv[4])
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", default=f"{ROOT}/corpus")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--million", action="store_true")
    given = parser.parse_args()
    work = tempfile.mkdtemp(prefix="kbsearch-bench-")
    docs = f"{work}/docs"
    try:
        shutil.copytree(given.folder, docs)
        print(f"{os.path.basename(os.path.abspath(given.folder))}: {sum(len(names) for _, _, names in os.walk(docs))} "
              f"files, {size(docs) / 1e6:.1f} MB, {os.cpu_count()} processors, {time.strftime('%Y-%m-%d %H:%M')}")
        index, table, unchanged = indexing(docs, work, given.rounds)
        answerable(index)
        cold_times = cold(index, work, docs)
        times = warm(index, work)
        match = match_alone(index)
        mine = table["kbsearch"]
        print("\n| what | target | ratio |\n| --- | --- | --- |")
        for name, target in (("omindex", .4), ("recollindex", .4), ("tantivy-py, its own splitting", 2.0)):
            row(f"full index, wall: {name}", f"{target}", f"{mine['wall'] / table[name]['wall']:.2f}")
        lean = table["lean C++, same sections"]["cpu"]
        row("full index, CPU less workers: lean C++", "1.3", f"{(mine['cpu'] - mine['workers']) / lean:.2f}")
        row("reading and extracting (workers), CPU: lean C++", "–", f"{mine['workers'] / lean:.2f}")
        row("index size: documents", "2.2", f"{mine['bytes'] / size(docs):.2f}")
        row("peak memory of indexing, MB", "300", f"{mine['peak']:.0f}")
        row("unchanged run, CPU: omindex", "1.5", f"{unchanged['kbsearch'] / unchanged['omindex']:.2f}")
        row("one cold search, CPU: raw C++", "1.5", f"{cold_times['kbsearch'] / cold_times['raw C++ Xapian']:.2f}")
        row("one cold search, CPU: sqlite3", "1.0", f"{cold_times['kbsearch'] / cold_times['sqlite3, FTS5']:.2f}")
        for place, name, target in ((0, "p50", 1.0), (1, "p99", 2.0)):
            row(f"warm search, {name}: tantivy-py", f"{target}",
                f"{times['kbsearch', 'all'][place] / times['tantivy-py', 'all'][place]:.2f}")
            if ("kbsearch", "range") in times:
                row(f"warm search of ranges, {name}: tantivy-py", f"{target}",
                    f"{times['kbsearch', 'range'][place] / times['tantivy-py', 'range'][place]:.2f}")
        row("match alone: raw C++", "1.05", f"{match:.2f}")
        row("peak memory of a search, MB", "30", f"{search_memory(index):.0f}")
        if given.growth:
            growth(docs, work, [1, 2, 4, 8])
        if given.million:
            sections = sum(1 for _ in open(f"{work}/sections.jsonl"))
            growth(docs, work, [math.ceil(1_000_000 / sections)])
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
