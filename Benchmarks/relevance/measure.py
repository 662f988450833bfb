"""Asks the questions of this folder and scores the answers; see Benchmarks/relevance/run."""
import fnmatch
import json
import math
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(os.environ["KBSEARCH_BIN"], "kbsearch")
DEPTH = 10
# Versions of one page are one answer, so more hits are fetched than are scored.
FETCHED = 80


class Question:
    def __init__(self, kind, text, judgements):
        self.kind, self.text = kind, text
        self.judgements = [(int(g), p) for g, p in (one.split(" ", 1) for one in judgements)]

    @property
    def is_whole(self):
        return self.text.endswith("?")

    def grade(self, place):
        """The best judgement a place meets, and its number."""
        met = [(g, -n) for n, (g, p) in enumerate(self.judgements) if fnmatch.fnmatchcase(place, p)]
        return max(met, default=(0, 1))


def read(path):
    """Questions, and the pattern of what makes two places versions of one."""
    questions, same = [], None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# same: "):
            same = re.compile(line[len("# same: "):])
        elif line and not line.startswith("#"):
            kind, text, *judgements = line.split("\t")
            questions.append(Question(kind, text, judgements))
    return questions, same


def ask(index, text, mode):
    command = [PROGRAM, "search", "--index", index, "--json", "--literal", "--match", mode,
               "--limit", str(FETCHED), "--", text]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if done.returncode > 1:
        sys.exit(f"{PROGRAM} ended with {done.returncode} on {text!r}: {done.stdout.decode()}")
    return [f"{hit['path']}#{hit['anchor']}" for hit in json.loads(done.stdout)["hits"]]


def distinct(places, same):
    seen, result = set(), []
    for place in places:
        key = same.sub("", place) if same else place
        if key not in seen:
            seen.add(key)
            result.append(place)
    return result[:DEPTH]


def ndcg(question, places):
    """Each judgement counts once: a second section of a page that is already there adds nothing."""
    gain, used = 0.0, set()
    for rank, place in enumerate(places):
        grade, number = question.grade(place)
        if grade and number not in used:
            used.add(number)
            gain += (2 ** grade - 1) / math.log2(rank + 2)
    grades = sorted((g for g, _ in question.judgements), reverse=True)
    # Of a known item, any one place that is accepted is the whole answer.
    grades = grades[:1] if question.kind == "known" else grades[:DEPTH]
    ideal = sum((2 ** g - 1) / math.log2(rank + 2) for rank, g in enumerate(grades))
    return min(1.0, gain / ideal)


def reciprocal_rank(question, places):
    return next((1 / (rank + 1) for rank, p in enumerate(places) if question.grade(p)[0]), 0.0)


def mean(numbers):
    return sum(numbers) / len(numbers) if numbers else float("nan")


def report(name, mode, scored):
    def line(label, chosen):
        if not chosen:
            return
        known = [rr for q, _, rr, _ in chosen if q.kind == "known"]
        empty = sum(1 for one in chosen if one[3] == 0)
        print(f"{name:16} {mode:4} {label:10} {len(chosen):4} {mean([g for _, g, _, _ in chosen]):8.4f}"
              f" {mean(known):8.4f} {empty:6}")
    line("all", scored)
    line("keywords", [one for one in scored if not one[0].is_whole])
    line("questions", [one for one in scored if one[0].is_whole])


def measure(name, folder, index, verbose):
    questions, same = read(os.path.join(HERE, name + ".tsv"))
    if not os.path.exists(os.path.join(index, "current")):
        subprocess.run([PROGRAM, "index", "--corpus", folder, "--index", index], check=True,
                       stdout=subprocess.DEVNULL)
    for mode in ["all", "any"]:
        scored = []
        for question in questions:
            places = distinct(ask(index, question.text, mode), same)
            scored.append((question, ndcg(question, places), reciprocal_rank(question, places),
                           len(places)))
            if verbose and mode == "any" and scored[-1][2] < 1:
                print(f"  {scored[-1][2]:.2f} {question.text}: {places[:3]}")
        report(name, mode, scored)


def main():
    root, folder = sys.argv[1], sys.argv[2]
    verbose = bool(os.environ.get("RELEVANCE_VERBOSE"))
    collections = [("corpus", os.path.join(root, "corpus"))]
    for name in ["powershell-docs", "remote-companies"]:
        if folder and os.path.isdir(os.path.join(folder, name)):
            collections.append((name, os.path.join(os.path.abspath(folder), name)))
    print(f"{'collection':16} mode {'asked':10}    n  nDCG@10      MRR  empty")
    with tempfile.TemporaryDirectory() as temporary:
        indexes = os.environ.get("RELEVANCE_INDEX") or temporary
        for name, documents in collections:
            measure(name, documents, os.path.join(indexes, name), verbose)


main()
