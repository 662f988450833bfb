"""The Python module over the C library; see Scripts/check-library."""
import os
import sys
import threading

sys.path.insert(0, "Examples/python")
import kbsearch  # noqa: E402

with kbsearch.Index(".") as index:
    answer = index.search("pytorch salary>150000", limit=3, facets=["skill"])
    assert len(answer["hits"]) == 3 and answer["total"]["value"] == 13, answer
    assert answer["facets"]["skill"]["values"][0]["value"] == "PyTorch"
    section = index.section(answer["hits"][0]["id"])
    assert section["path"] == answer["hits"][0]["path"]
    assert index.search("nosuchwordanywhere")["hits"] == []
    assert {"role", "salary"} <= {field["name"] for field in index.fields()}
    assert index.facet("skill", "python")["values"]
    assert index.explain("python")["counts"]
    assert index.suggest("sal")["items"][0]["text"] == "salary:"
    for query in ("salry>1", "(open", "\"open"):
        try:
            index.search(query)
            raise AssertionError(query)
        except kbsearch.Error as error:
            assert error.message and error.rewrite and error.span, query
    try:
        index.section("nowhere")
        raise AssertionError
    except kbsearch.Error as error:
        assert error.code == "no-such-section"
    problems = []

    def ask():
        for _ in range(200):
            if index.search("python salary>1", limit=2)["total"]["value"] == 0:
                problems.append(1)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    descriptors = len(os.listdir("/proc/self/fd"))
    assert descriptors < 120, descriptors
try:
    kbsearch.Index("/nowhere")
    raise AssertionError
except kbsearch.Error as error:
    assert "/nowhere" in error.message
try:
    index.search("x")
    raise AssertionError
except ValueError:
    pass
