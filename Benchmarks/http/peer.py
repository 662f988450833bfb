"""SQLite's FTS5 behind uvicorn: what somebody would write in an afternoon, with the same answer's parts (total, ten hits
with snippets). Each process and thread has a connection of its own. FTS_DATABASE names the database."""
import os
import sqlite3
import threading

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

own = threading.local()


def search(request):  # no coroutine: starlette runs it in its thread pool
    match, limit = request.query_params["q"], 10
    if not hasattr(own, "database"):
        own.database = sqlite3.connect(f"file:{os.environ['FTS_DATABASE']}?mode=ro&immutable=1", uri=True)
    total = own.database.execute("SELECT count(*) FROM s WHERE s MATCH ?", (match,)).fetchone()[0]
    rows = own.database.execute("SELECT path, line, snippet(s, 0, '[', ']', '...', 40), rank FROM s WHERE s MATCH ? "
                                "ORDER BY rank LIMIT ?", (match, limit)).fetchall()
    return JSONResponse({"total": total, "hits": [
        {"path": path, "line": line, "snippet": snippet, "score": -rank} for path, line, snippet, rank in rows]})


app = Starlette(routes=[Route("/v1/search", search)])
