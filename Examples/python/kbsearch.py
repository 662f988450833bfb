"""Search the sections of a knowledge base from Python, by libkbsearch and nothing else.

    import kbsearch

    with kbsearch.Index("handbook") as index:
        for hit in index.search("pytorch salary>150000")["hits"]:
            print(hit["path"], hit["line"], hit["snippet"])

The library is found as the system finds libraries, or where KBSEARCH_LIBRARY says.
"""
import ctypes
import ctypes.util
import json
import os

_ABI = 1
FOUND, NOTHING, WRONG, UNAVAILABLE = range(4)


class _Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("knowledge_base", ctypes.c_char_p), ("index", ctypes.c_char_p),
                ("corpus", ctypes.c_char_p)]


class _Question(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("query", ctypes.c_char_p), ("match_any", ctypes.c_int32),
                ("literal", ctypes.c_int32), ("limit", ctypes.c_uint32), ("offset", ctypes.c_uint32),
                ("sort", ctypes.c_char_p), ("facets", ctypes.c_char_p)]


class Error(Exception):
    """A question that is wrong, or an index that cannot be used.

    code, message, span (bytes of the query), suggestions and rewrite are those of the JSON error.
    """

    def __init__(self, error):
        super().__init__(error.get("message", ""))
        self.code = error.get("code")
        self.message = error.get("message")
        self.span = error.get("span")
        self.suggestions = error.get("suggestions", [])
        self.rewrite = error.get("rewrite")


def _load():
    name = os.environ.get("KBSEARCH_LIBRARY") or ctypes.util.find_library("kbsearch")
    if not name:
        raise ImportError("libkbsearch is not installed; KBSEARCH_LIBRARY may name it")
    library = ctypes.CDLL(name)
    library.kb_last_error.restype = ctypes.c_char_p
    library.kb_version.restype = ctypes.c_char_p
    library.kb_string_free.argtypes = [ctypes.c_void_p]
    library.kb_close.argtypes = [ctypes.c_void_p]
    if library.kb_abi_version() != _ABI:
        raise ImportError("libkbsearch is of another version than this module")
    return library


_library = _load()


def version():
    """The version of kbsearch."""
    return _library.kb_version().decode()


def _bytes(text):
    return None if text is None else os.fsencode(text) if isinstance(text, os.PathLike) else text.encode()


class Index:
    """An open index. Any number of threads may use it at once; it follows new generations by itself."""

    def __init__(self, knowledge_base=None, index=None, corpus=None):
        self._handle = ctypes.c_void_p()
        options = _Options(ctypes.sizeof(_Options), _bytes(knowledge_base), _bytes(index), _bytes(corpus))
        if _library.kb_open(ctypes.byref(options), ctypes.byref(self._handle)) != FOUND:
            raise Error(json.loads(_library.kb_last_error())["error"])

    def close(self):
        """Closes it; nothing may use it any more."""
        handle, self._handle = self._handle, ctypes.c_void_p()
        _library.kb_close(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _ask(self, function, *arguments):
        if not self._handle:
            raise ValueError("the index is closed")
        result = ctypes.c_void_p()
        status = function(self._handle, *arguments, ctypes.byref(result))
        if not result:
            raise Error(json.loads(_library.kb_last_error())["error"])
        try:
            answer = json.loads(ctypes.string_at(result))
        finally:
            _library.kb_string_free(result)
        if status in (WRONG, UNAVAILABLE) or "error" in answer:
            raise Error(answer["error"])
        return answer

    @staticmethod
    def _question(query, match="all", literal=False, limit=10, offset=0, sort=None, facets=()):
        return ctypes.byref(_Question(ctypes.sizeof(_Question), query.encode(), match == "any", literal, limit,
                                      offset, _bytes(sort), _bytes(",".join(facets) or None)))

    def search(self, query, **options):
        """The answer of `kbsearch --json`: match, literal, limit, offset, sort and facets as there."""
        return self._ask(_library.kb_search_json, self._question(query, **options))

    def section(self, name):
        """A whole section, by its id or path#anchor."""
        return self._ask(_library.kb_section_json, name.encode())

    def fields(self):
        """The fields that queries may use."""
        return self._ask(_library.kb_fields_json)["fields"]

    def facet(self, field, query="*", values=20, **options):
        """The values of a field over what a query finds, counted."""
        return self._ask(_library.kb_facet_json, field.encode(), self._question(query, **options),
                         ctypes.c_uint32(values))

    def explain(self, query, **options):
        """How a query is read and run."""
        return self._ask(_library.kb_explain_json, self._question(query, **options))

    def suggest(self, line, point=None, limit=50):
        """What may stand at `point` (bytes) of a line that somebody types."""
        line = line.encode()
        return self._ask(_library.kb_suggest_json, line, ctypes.c_size_t(len(line) if point is None else point),
                         ctypes.c_uint32(limit))
