"""The server and its page; see Scripts/check-http."""
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

BIN = os.path.abspath(os.environ["KBSEARCH_BIN"]) + "/kbsearch"
passed = failed = 0

QUERIES = [
    "pytorch", "pytorch salary>150000", "salary>300000", "salary:120k..150k", "salary>£60k", "salary>75/hr",
    "location:austin salary>200k", "skill:(python OR r) -java", "\"machine learning\"", "engin*", "role:engineer",
    "experience<=3", "has:salary", "missing:level", "sort:-salary python", "group:title python", "scope:section salary>1",
    "c++", "R&D", "401(k)", "*", "-python", "python OR java", "learning NEAR/3 models", "\"data team\"~4", "level:senior^2 data",
    "role=\"Climate Data Scientist\"", "path:corpus/careers/*", "modified>2000", "nosuchwordanywhere", "zürich", "日本",
    # wrong ones
    "salry>150000", "(open", "\"open", "salary>abc", "*x", "python AND", "skill:", "x" * 9000,
]


def check(name, holds, *words):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("FAILED:", name, *(str(word)[:3000] for word in words))


class Running:
    """A server on a free port."""

    def __init__(self, *options, folder=None):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([BIN, "serve", "--port", "0", *options], stderr=self.log, cwd=folder)
        end = time.time() + 20
        while time.time() < end:
            found = re.search(r"answering on http://[^ ]*:(\d+)/", self.lines())
            if found:
                self.port = int(found[1])
                return
            time.sleep(0.05)
        raise SystemExit("the server does not start: " + self.lines())

    def lines(self):
        self.log.seek(0)
        return self.log.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=20)

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer, text

    def search(self, query, **more):
        answer, text = self.ask("/v1/search?" + urllib.parse.urlencode({"q": query, **more}))
        return answer.status, json.loads(text)


def without_chance(answer):
    answer.pop("generation", None)
    return answer


def the_same_everywhere(server):
    mcp = subprocess.Popen([BIN, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    library = os.environ.get("KBSEARCH_LIBRARY")
    index = None
    if library:
        sys.path.insert(0, "Examples/python")
        import kbsearch
        index = kbsearch.Index(os.getcwd())
    for number, query in enumerate(QUERIES):
        done = subprocess.run([BIN, "search", "--json", "--", query], capture_output=True)
        line = without_chance(json.loads(done.stdout))
        status, http_answer = server.search(query)
        check("HTTP is --json", without_chance(http_answer) == line, query, line, http_answer)
        check("HTTP status", status == {0: 200, 1: 200, 2: 400}[done.returncode], query, status)
        message = {"jsonrpc": "2.0", "id": number, "method": "tools/call",
                   "params": {"name": "search", "arguments": {"query": query}}}
        mcp.stdin.write(json.dumps(message).encode() + b"\n")
        mcp.stdin.flush()
        result = json.loads(mcp.stdout.readline())["result"]
        check("MCP is --json", without_chance(json.loads(result["content"][0]["text"])) == line, query)
        check("MCP marks errors", result["isError"] == (done.returncode == 2), query)
        if index:
            try:
                answer = without_chance(index.search(query))
                check("C is --json", answer == line, query)
            except kbsearch.Error as error:
                check("C has the same error", line.get("error", {}).get("code") == error.code
                      and line["error"].get("rewrite") == error.rewrite, query, error)
    mcp.stdin.close()
    check("MCP ends", mcp.wait(timeout=10) == 0)
    if index:
        index.close()


def requests(server):
    answer, text = server.ask("/v1/search?q=python+data&limit=2")
    check("a + is a space", json.loads(text)["query"] == "python data")
    tag = answer.headers["ETag"]
    again, text = server.ask("/v1/search?q=python+data&limit=2", If_None_Match=tag)
    check("not modified", again.status == 304 and not text)
    head, text = server.ask("/v1/search?q=python", method="HEAD")
    check("HEAD", head.status == 200 and not text and int(head.headers["Content-Length"]) > 100)
    for path in ("/v1/search", "/v1/search?q=", "/v1/search?q=a&q=b", "/v1/search?q=a&limit=0", "/v1/search?q=a&limit=101",
                 "/v1/search?q=a&nonsense=1", "/v1/search?q=%ff", "/v1/search?q=%zz", "/v1/facets", "/v1/facets?field=no",
                 "/v1/search?q=a&sort=nofield", "/v1/search?q=a&literal=yes", "/v1/suggest?at=-1"):
        answer, text = server.ask(path)
        check("wrong requests are told", answer.status == 400 and "message" in json.loads(text)["error"], path, text)
    for path in ("/v1/sections/none", "/v1/sections/..%2f..%2fetc%2fpasswd", "/v1/sections/%00", "/etc/passwd",
                 "/../../etc/passwd", "/page.js/../x"):
        answer, text = server.ask(path)
        check("nothing there", answer.status == 404, path, answer.status, text)
    _, answer = server.search("pytorch")
    hit = answer["hits"][0]
    for name in (hit["id"], urllib.parse.quote(f"{hit['path']}#{hit['anchor']}", safe="")):
        answer, text = server.ask("/v1/sections/" + name)
        check("a section", answer.status == 200 and json.loads(text)["id"] == hit["id"], name, text)
    answer, text = server.ask("/metrics")
    check("metrics", b'kbsearch_requests_total{route="/v1/search",status="200"}' in text and b"kbsearch_sections " in text)
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer, text = server.ask("/v1/search?q=a", method=method)
        check("other methods", answer.status == 405 and answer.headers["Allow"] == "GET, HEAD", method)
    answer, text = server.ask("/v1/search?q=a", body=b"x" * 100)
    check("a body", answer.status == 413)
    for headers in ({"Host": "evil.example"}, {"Host": "127.0.0.1.evil.example"}, {"Host": "127.0.0.1:1@evil.example"}, {"Host": "[::1].evil.example"},
                    {"Origin": "http://evil.example"},
                    {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
        answer, text = server.ask("/v1/search?q=a", **headers)
        check("strangers", answer.status == 403, headers, answer.status)
    answer, _ = server.ask("/v1/search?q=a", Origin=f"http://127.0.0.1:{server.port}")
    check("our own page", answer.status == 200)
    answer, text = server.ask("/")
    check("a policy", "script-src 'self'" in answer.headers["Content-Security-Policy"]
          and "unsafe" not in answer.headers["Content-Security-Policy"])


def hostile(server):
    address = ("127.0.0.1", server.port)

    def raw(data, seconds=15):
        answer = b""
        with socket.create_connection(address, timeout=seconds) as connection:
            try:
                connection.sendall(data)
                while chunk := connection.recv(65536):
                    answer += chunk
                    if len(answer) > 100_000:
                        break
            except OSError:
                pass
            return answer

    answer = raw(b"GET /v1/search?q=" + b"x" * 10_000_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    check("a query of 10 MB", b" 400 " in answer[:100] or b" 414 " in answer[:100] or b" 431 " in answer[:100]
          or answer == b"", answer[:200])
    for data in (b"\x00\x01\x02\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                 b"GET /v1/fields HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + b"y" * 200_000 + b"\r\n\r\n"):
        answer = raw(data)
        check("nonsense", b" 200 " not in answer[:20], data[:40], answer[:100])
    start = time.time()
    with socket.create_connection(address) as slow:
        slow.sendall(b"GET /v1/fields HTTP/1.1\r\nHost: localhost\r\n")
        closed = False
        while time.time() - start < 20 and not closed:
            try:
                slow.sendall(b"X")
                slow.settimeout(1)
                closed = slow.recv(10) == b""
            except TimeoutError:
                pass
            except OSError:
                closed = True
    check("a slow client is cut off", closed and time.time() - start < 15, time.time() - start)
    idle = [socket.create_connection(address) for _ in range(1000)]
    answer, _ = server.ask("/v1/search?q=python")
    check("1,000 idle connections", answer.status == 200)
    for connection in idle:
        connection.close()


def documents_are_text():
    root = tempfile.mkdtemp(prefix="kbsearch-hostile-")
    evil = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    with open(root + "/evil.md", "w") as file:
        file.write(f"# zebra {evil}\n\nzebra \x1b]0;owned\x07 \x1b[2J {evil} \u202e text\n")
    with open(root + "/evil.jsonl", "w") as file:
        file.write(json.dumps({"title": f"zebra {evil}", "owner": evil, "text": f"zebra {evil}"}) + "\n")
    subprocess.run([BIN, "index", ".", "--quiet"], cwd=root, check=True)
    with Running(folder=root) as server:
        _, text = server.ask("/v1/search?q=zebra")
        check("no control characters in JSON", not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", text)
              and "\u202e".encode() not in text)
        server.ask("/v1/search?q=%1b%5b2J%0aowned")
        check("none in the log", "\x1b" not in server.lines())
        with_browser(server, hostile_page)
    shutil.rmtree(root)


def updates(server_folder):
    """Requests while the index is rebuilt again and again."""
    root = tempfile.mkdtemp(prefix="kbsearch-updates-")
    shutil.copytree("corpus", root + "/corpus")
    subprocess.run([BIN, "index", ".", "--quiet"], cwd=root, check=True)
    with Running(folder=root) as server:
        problems, counted, ended = [], [0], threading.Event()

        def ask():
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            while not ended.is_set():
                connection.request("GET", "/v1/search?q=python+salary%3E1")
                answer = connection.getresponse()
                text = answer.read()
                counted[0] += 1
                if answer.status != 200 or json.loads(text)["total"]["value"] == 0:
                    problems.append(text[:200])

        lanes = [threading.Thread(target=ask) for _ in range(4)]
        for lane in lanes:
            lane.start()
        for _ in range(20):
            subprocess.run([BIN, "index", ".", "--quiet", "--rebuild"], cwd=root, check=True)
        ended.set()
        for lane in lanes:
            lane.join()
        check("no failed request during 20 rebuilds", not problems, problems[:2])
        _, health = server.ask("/healthz")
        check("it moved on", json.loads(health)["generation"].endswith("21"), health)
        print(f"  {counted[0]} requests during 20 rebuilds")
    shutil.rmtree(root)


def tokens():
    with tempfile.NamedTemporaryFile("w", suffix=".token") as file:
        file.write("abcdefghijklmnop0123\n")
        file.flush()
        with Running("--host", "0.0.0.0", "--token-file", file.name) as server:
            check("no token", server.ask("/v1/fields")[0].status == 401)
            check("a wrong token", server.ask("/v1/fields", Authorization="Bearer abcdefghijklmnop0124")[0].status == 401)
            check("the token", server.ask("/v1/fields", Authorization="Bearer abcdefghijklmnop0123")[0].status == 200)
            check("metrics need it too", server.ask("/metrics")[0].status == 401)
    done = subprocess.run([BIN, "serve", "--host", "0.0.0.0"], capture_output=True, text=True)
    check("other machines need a token", done.returncode == 2 and "--token-file" in done.stderr, done.stderr)


def handed_over():
    """A socket that was opened before the server began, as systemd does it."""
    def start(sockets, who=None):
        log = tempfile.TemporaryFile("w+")
        child = os.fork()
        if child == 0:
            os.dup2(log.fileno(), 2)
            copies = [os.dup(one.fileno()) for one in sockets]
            for number, copy in enumerate(copies):
                os.dup2(copy, 3 + number)
            os.environ.update(LISTEN_PID=str(who or os.getpid()), LISTEN_FDS=str(len(sockets)))
            os.execv(BIN, [BIN, "serve", "--port", "0"])
        return child, log

    def lines(log):
        log.seek(0)
        return log.read()

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        child, log = start([listening])
        # The first question waits in the socket until the server is there.
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for turn in range(3):
            connection.request("GET", "/v1/search?q=pytorch")
            answer = connection.getresponse()
            check("an answer on a socket that was handed over", answer.status == 200
                  and json.loads(answer.read())["total"]["value"] > 0 and answer.headers["Date"])
        foreign = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        foreign.request("GET", "/v1/fields", headers={"Host": "example.org"})
        check("the gate stands there too", foreign.getresponse().status == 403)
        foreign.close()
        connection.close()
        os.kill(child, 15)
        check("it ends when told, on that socket", os.waitpid(child, 0)[1] == 0, lines(log))
    with socket.socket() as far:
        far.bind(("0.0.0.0", 0))
        far.listen()
        child, log = start([far])
        check("a socket for other machines needs a token",
              os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2 and "--token-file" in lines(log), lines(log))
    with socket.socket() as idle:
        child, log = start([idle])
        check("no listening socket is an error",
              os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2 and "listens" in lines(log), lines(log))


def schema(server):
    done = subprocess.run(
        [".build-clients/bin/schemathesis", "run", f"http://127.0.0.1:{server.port}/openapi.json",
         "--max-examples", "60", "--checks", "all", "--seed", "7", "--no-color",
         "--exclude-checks", "positive_data_acceptance"],
        capture_output=True, text=True, timeout=600)
    words = "\n".join(line[:300] for line in done.stdout.split("\n") if line.strip())
    check("schemathesis", done.returncode == 0, words[-3000:], done.stderr[-500:])


# The page

def with_browser(server, body):
    from selenium import webdriver
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # The driver of the system: none is fetched, and nobody is told.
    os.environ.update(SE_OFFLINE="true", SE_AVOID_STATS="true")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    try:
        body(server, browser)
        problems = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"
                    and " 400 " not in entry["message"] and "status of 400" not in entry["message"]]
        check("the console is quiet", not problems, problems)
    finally:
        browser.quit()


def until(name, holds, seconds=10):
    end = time.time() + seconds
    while time.time() < end:
        try:
            if holds():
                return check(name, True)
        except Exception:  # the page changes under the question
            pass
        time.sleep(0.05)
    check(name, False)


def page(server, browser):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    def all(selector):
        return browser.find_elements(By.CSS_SELECTOR, selector)

    def click(found):
        browser.execute_script("arguments[0].click()", found)

    def text(selector):
        return browser.find_element(By.CSS_SELECTOR, selector).text

    def press(name, selector, words):
        """Clicks what begins with the words, once it is there: found and clicked in one step."""
        until(name, lambda: browser.execute_script(
            "const found = [...document.querySelectorAll(arguments[0])].find(one => one.textContent.startsWith(arguments[1]));"
            "found?.click(); return Boolean(found)", selector, words))

    browser.get(f"http://127.0.0.1:{server.port}/")
    query = browser.find_element(By.ID, "query")
    query.send_keys("pytorch salary>150000")
    until("hits as you type", lambda: len(all(".hit")) == 10)
    until("a count", lambda: text("#status").startswith("13 sections"))
    until("marks", lambda: any(mark.text == "PyTorch" for mark in all("mark")))
    until("the address says it", lambda: "q=pytorch" in browser.current_url)
    until("facets", lambda: len(all("aside section")) >= 3)
    until("a histogram", lambda: len(all("svg.histogram rect.bar")) >= 2)
    click(all(".more")[0])
    until("more hits", lambda: len(all(".hit")) == 13)
    button = next(one for one in all("aside button") if one.text.startswith("JAX"))
    click(button)
    until("a facet narrows", lambda: text("#status").startswith("2 sections"))
    query.clear()
    query.send_keys("pytorch salry>150000")
    until("an error with a caret", lambda: "^^^^^" in text("#problem pre"))
    click(next(one for one in all("#problem button") if "salary>150000" in one.text))
    until("its rewrite", lambda: text("#status").startswith("13 sections"))
    query.clear()
    query.send_keys("skill:pyto")
    until("completion", lambda: any("pytorch" in one.text.lower() for one in all("#completions li")))
    query.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    until("a completion is taken", lambda: "pytorch" in query.get_attribute("value").lower())
    until("hits of it", lambda: len(all(".hit")) > 0)
    query.send_keys(Keys.ESCAPE)
    query.send_keys(Keys.ESCAPE)
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("jj")
    until("keys choose", lambda: all(".hit")[1].get_attribute("aria-current") == "true")
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    until("a section to read", lambda: browser.find_element(By.ID, "reader").is_displayed() and len(text("#reader")) > 50)
    until("its address", lambda: "section=" in browser.current_url)
    until("its document's headings", lambda: len(all("#reader nav button")) > 1
          and len(all("#reader nav [aria-current=true]")) == 1)
    shared = browser.current_url
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    until("back to the hits", lambda: not browser.find_element(By.ID, "reader").is_displayed())
    browser.get(shared)
    until("a shared address", lambda: browser.find_element(By.ID, "reader").is_displayed() and len(all(".hit")) > 0)
    browser.set_window_size(400, 800)
    wide = browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check("no sideways scrolling on a phone", wide <= 0, wide)
    query = browser.find_element(By.ID, "query")
    query.clear()
    query.send_keys("nosuchwordanywhere pytorch")
    press("zero hits offer others", ".empty button", "any of the words")
    until("any of the words", lambda: len(all(".hit")) == 10 and "match=any" in browser.current_url)
    query.clear()
    query.send_keys("pytorch OR haskell sort:-salary")
    until("all words again", lambda: "match=" not in browser.current_url and "haskell+sort" in browser.current_url)
    time.sleep(0.5)  # its facets
    press("facets of alternatives", "aside button", "JAX")
    until("a facet narrows all alternatives",
          lambda: query.get_attribute("value").startswith("(pytorch OR haskell) skill:")
          and query.get_attribute("value").endswith(" sort:-salary"))
    unlabelled = browser.execute_script(
        "return [...document.querySelectorAll('input,button')].filter(one => !(one.labels && one.labels.length)"
        " && !one.textContent.trim() && !one.getAttribute('aria-label')).length")
    check("everything has a name", unlabelled == 0, unlabelled)


def hostile_page(server, browser):
    from selenium.webdriver.common.by import By
    browser.get(f"http://127.0.0.1:{server.port}/?q=zebra")
    until("hostile hits", lambda: len(browser.find_elements(By.CSS_SELECTOR, ".hit")) > 0)
    browser.find_element(By.CSS_SELECTOR, ".hit").click()
    until("a hostile section", lambda: "zebra" in browser.find_element(By.ID, "reader").text)
    time.sleep(0.5)
    check("markup of documents is text", browser.title != "owned"
          and not browser.find_elements(By.CSS_SELECTOR, "main img, main script, #reader img, #reader script"))


def main():
    with Running() as server:
        the_same_everywhere(server)
        requests(server)
        hostile(server)
        schema(server)
        with_browser(server, page)
        server.process.terminate()
        check("it ends when told", server.process.wait(timeout=20) == 0, server.process.returncode)
    tokens()
    handed_over()
    documents_are_text()
    updates(None)
    print(f"http: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
