"""Agents' questions over the Model Context Protocol; see Scripts/check-mcp."""
import asyncio
import json
import os
import subprocess
import sys

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

BIN = os.path.abspath(os.environ["KBSEARCH_BIN"]) + "/kbsearch"
passed = failed = 0


def check(name, holds, *words):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("FAILED:", name, *words)


async def converse(mode):
    server = stdio_client(StdioServerParameters(command=BIN, args=["mcp"]))
    async with Client(server, mode=mode) as client:
        tools = (await client.list_tools()).tools
        check(f"{mode}: tools", [tool.name for tool in tools]
              == ["search", "get_section", "list_fields", "facets"], tools)
        # The client checks structured content against the output schema.
        found = await client.call_tool("search", {"query": "pytorch salary>150000", "limit": 3})
        check(f"{mode}: search", not found.is_error and len(found.structured_content["hits"]) == 3, found)
        command = subprocess.run([BIN, "--json", "--limit", "3", "pytorch salary>150000"], capture_output=True)
        check(f"{mode}: the same as --json", json.loads(command.stdout) == found.structured_content)
        check(f"{mode}: text repeats it", json.loads(found.content[0].text) == found.structured_content)
        wrong = await client.call_tool("search", {"query": "pytorch salry>150000"})
        error = json.loads(wrong.content[0].text)["error"]
        check(f"{mode}: a wrong query teaches", wrong.is_error and error["rewrite"] and error["span"], wrong)
        for arguments in ({}, {"query": 3}, {"query": "x", "limit": 0}, {"query": "x", "nonsense": 1},
                          {"query": "x" * 20_000}, {"query": "x", "match": "some"}):
            bad = await client.call_tool("search", arguments)
            check(f"{mode}: bad arguments", bad.is_error and "error" in json.loads(bad.content[0].text), arguments)
        hit = found.structured_content["hits"][0]
        section = await client.call_tool("get_section", {"id": hit["id"]})
        check(f"{mode}: section", section.structured_content["path"] == hit["path"], section)
        by_place = await client.call_tool("get_section", {"id": f"{hit['path']}#{hit['anchor']}"})
        check(f"{mode}: section by place", by_place.structured_content["id"] == hit["id"])
        gone = await client.call_tool("get_section", {"id": "nowhere"})
        check(f"{mode}: no such section", gone.is_error)
        fields = await client.call_tool("list_fields", {})
        check(f"{mode}: fields", {"role", "skill", "salary"}
              <= {field["name"] for field in fields.structured_content["fields"]})
        facets = await client.call_tool("facets", {"field": "skill", "query": "salary>150000"})
        check(f"{mode}: facets", facets.structured_content["values"][0]["count"] > 0)
        resource = await client.read_resource(f"kbsearch://section/{hit['id']}")
        check(f"{mode}: resource", hit["headings"][0] in resource.contents[0].text)
        templates = await client.list_resource_templates()
        check(f"{mode}: templates", templates.resource_templates[0].uri_template.startswith("kbsearch://"))


def raw(lines):
    done = subprocess.run([BIN, "mcp"], input="".join(line + "\n" for line in lines).encode(), capture_output=True,
                          timeout=60)
    return done.returncode, [json.loads(line) for line in done.stdout.split(b"\n") if line]


def raw_messages():
    def request(method, **params):
        return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})

    status, answers = raw(["nonsense", "[]", '{"jsonrpc": "2.0"}', request("no/such"),
                           request("tools/call", name="no_such"), request("tools/call"),
                           '{"jsonrpc": "2.0", "method": "notifications/initialized"}', request("ping"),
                           "[" * 100_000, "x" * (5 << 20), request("ping"),
                           request("initialize", protocolVersion="1999-01-01"),
                           request("tools/list", _meta={"io.modelcontextprotocol/protocolVersion": "2030-01-01"})])
    codes = [answer.get("error", {}).get("code") for answer in answers]
    check("raw: codes", codes == [-32700, -32600, -32600, -32601, -32602, -32602, None, -32700, -32700, None, None,
                                  -32022], codes)
    check("raw: newest handshake", answers[10]["result"]["protocolVersion"] == "2025-11-25")
    check("raw: ends with its input", status == 0, status)
    done = subprocess.run([BIN, "mcp", "--kb", "/nowhere"], capture_output=True, text=True)
    check("raw: no knowledge base", done.returncode == 3 and "/nowhere" in done.stderr, done.stderr)


async def main():
    for mode in ("auto", "legacy", "2026-07-28"):
        await converse(mode)
    raw_messages()
    print(f"mcp: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


asyncio.run(main())
