"""The server under load; see Benchmarks/http/run."""
import argparse
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BIN = os.path.abspath(os.environ.get("KBSEARCH_BIN", f"{ROOT}/.build-static/release"))

# The same questions in both languages.
QUERIES = [
    ("execution", "execution"), ("serialization", "serialization"), ("certificate", "certificate"),
    ("remote session", "remote AND session"), ("scheduled job trigger", "scheduled AND job AND trigger"),
    ("credential parameter secure string", "credential AND parameter AND secure AND string"),
    ("firewall OR proxy OR gateway", "firewall OR proxy OR gateway"),
    ("json OR xml OR csv OR yaml", "json OR xml OR csv OR yaml"),
    ('"execution policy"', '"execution policy"'), ('"error record"', '"error record"'),
    ("serializ*", "serializ*"), ("config* session", "config* AND session"),
    ("variable scope -global", "(variable AND scope) NOT global"),
]

LUA = """
local paths = {%s}
local next = 0
request = function()
  next = next %% #paths + 1
  return wrk.format("GET", paths[next])
end
done = function(summary, latency, requests)
  io.write(string.format("JSON {\\"requests\\": %%d, \\"seconds\\": %%f, \\"p50\\": %%f, \\"p99\\": %%f, \\"failed\\": %%d}\\n",
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end
"""


def load(work, port, column, connections, seconds):
    paths = ", ".join(json.dumps("/v1/search?q=" + urllib.parse.quote_plus(pair[column])) for pair in QUERIES)
    script = f"{work}/questions.lua"
    with open(script, "w") as file:
        file.write(LUA % paths)
    done = subprocess.run(["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "10s", "-s", script,
                           f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True)
    return json.loads(re.search(r"^JSON (.*)$", done.stdout, re.M)[1])


def processes(pid):
    found = [pid]
    for task in os.listdir(f"/proc/{pid}/task"):
        for child in open(f"/proc/{pid}/task/{task}/children").read().split():
            found += processes(int(child))
    return found


def memory(pid):
    """Megabytes of a process and those it started."""
    total = 0
    for one in processes(pid):
        for line in open(f"/proc/{one}/smaps_rollup"):
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def wait_for(port):
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nobody answers on port {port}")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def serve(index):
    port = free_port()
    process = subprocess.Popen([f"{BIN}/kbsearch", "serve", "--index", index, "--port", str(port)], stderr=subprocess.DEVNULL)
    wait_for(port)
    return process, port


def serve_peer(database):
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "uvicorn", "peer:app", "--app-dir", HERE, "--port", str(port),
                                "--workers", str(os.cpu_count()), "--log-level", "warning", "--no-access-log"],
                               env={**os.environ, "FTS_DATABASE": database})
    wait_for(port)
    time.sleep(2)  # the other workers
    return process, port


def end(process):
    process.terminate()
    process.wait(timeout=30)


def peer_database(path, docs):
    """The same sections, from the same splitter."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE s USING fts5(body, path UNINDEXED, line UNINDEXED, tokenize='porter unicode61', "
                     "prefix='4 6')")
    files = [os.path.join(base, name) for base, _, names in os.walk(docs) for name in sorted(names)
             if name.endswith((".md", ".txt", ".html"))]
    for start in range(0, len(files), 200):
        done = subprocess.run([f"{BIN}/kbsearch", "inspect", "--json", *files[start:start + 200]], stdout=subprocess.PIPE)
        rows = map(json.loads, done.stdout.splitlines())
        database.executemany("INSERT INTO s(body, path, line) VALUES (?,?,?)", (
            ("\n".join(row["headings"]) + "\n" + row["text"], row["path"], row["line"]) for row in rows if "text" in row))
    database.execute("INSERT INTO s(s) VALUES ('optimize')")
    database.commit()
    return database.execute("SELECT count(*) FROM s").fetchone()[0]


def throughput(work, index, database, seconds):
    print("\n| connections | kbsearch requests/s | p50 ms | p99 ms | FTS5 requests/s | p50 ms | p99 ms |\n"
          "| --- | --- | --- | --- | --- | --- | --- |")
    servers = [(serve(index), 0), (serve_peer(database), 1)]
    try:
        for connections in (1, 8, 64):
            cells = []
            for (process, port), column in servers:
                load(work, port, column, connections, 2)
                result = load(work, port, column, connections, seconds)
                if result["failed"]:
                    print(f"{result['failed']} failed", file=sys.stderr)
                cells += [f"{result['requests'] / result['seconds']:,.0f}", f"{result['p50']:.1f}", f"{result['p99']:.1f}"]
            print("| " + " | ".join([str(connections)] + cells) + " |", flush=True)
    finally:
        for (process, _), _ in servers:
            end(process)


def steady(work, index, wanted):
    """Memory as requests go by."""
    process, port = serve(index)
    try:
        print("\n| requests | memory, MB |\n| --- | --- |")
        made, failed, shown, last = 0, 0, 0, time.time() + 1800
        while made < wanted and time.time() < last:
            result = load(work, port, 0, 64, 5)
            made, failed = made + result["requests"], failed + result["failed"]
            if made >= shown + wanted / 10 or made >= wanted:
                shown = made
                print(f"| {made:,} | {memory(process.pid):.1f} |", flush=True)
        print(f"\n{failed} of {made:,} requests failed.")
        return failed
    finally:
        end(process)


def rebuilt(work, docs):
    """Requests while the index is rebuilt."""
    root = f"{work}/rebuilt"
    shutil.copytree(docs, f"{root}/docs")
    update = [f"{BIN}/kbsearch", "index", "--corpus", f"{root}/docs", "--index", f"{root}/index", "--quiet"]
    subprocess.run(update, check=True)
    process, port = serve(f"{root}/index")
    ended, results = threading.Event(), []

    def ask():
        while not ended.is_set():
            results.append(load(work, port, 0, 8, 2))

    asking = threading.Thread(target=ask)
    try:
        asking.start()
        for _ in range(20):
            subprocess.run(update + ["--rebuild"], check=True)
        ended.set()
        asking.join()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            generation = json.load(answer)["generation"]
        failed = sum(result["failed"] for result in results)
        print(f"\n{failed} of {sum(result['requests'] for result in results):,} requests failed during 20 rebuilds "
              f"(then {generation}).")
        return failed
    finally:
        ended.set()
        end(process)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", default=f"{ROOT}/corpus")
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--rebuilt", default=f"{ROOT}/corpus", help="documents for the rebuilds")
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="kbsearch-http-")
    try:
        index, database = f"{work}/index", f"{work}/fts.db"
        subprocess.run([f"{BIN}/kbsearch", "index", "--corpus", options.folder, "--index", index, "--quiet"], check=True)
        print(f"{peer_database(database, options.folder):,} sections")
        throughput(work, index, database, options.seconds)
        failed = steady(work, index, options.requests)
        failed += rebuilt(work, options.rebuilt)
        return 1 if failed else 0
    finally:
        shutil.rmtree(work)


sys.exit(main())
