"""Attacks: what reaches outside the graph, and requests made to break the server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
import pytest
from serving import Served


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address that nobody may call, and what came in nevertheless."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = listening.accept()
                except TimeoutError:
                    continue
                with connection:
                    heard.append(b"called")

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", heard
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "SELECT * {SERVICE<URL>{?s ?p ?o}}",
        "SELECT * { SERVICE # <a:b>\n<URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE\t\r\n#\r<URL> { ?s ?p ?o } }",
        "PREFIX e: <URL> SELECT * { SERVICE e: { ?s ?p ?o } }",
        "PREFIX e: <URL> SELECT * { SERVICE SILENT e:x { ?s ?p ?o } }",
        "SELECT * { BIND(<URL> AS ?url) SERVICE ?url { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SER\\U00000056ICE <URL> { ?s ?p ?o } }",
        'SELECT * { ?x ?y "\\"" SERVICE <URL> { ?s ?p "" } }',
        "SELECT * { { SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } } } }",
        "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
        "LOAD <URL>",
        "SELECT * FROM <URL> { ?s ?p ?o }",
        "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
        "DESCRIBE <URL>",
    ],
)
def test_no_query_reaches_the_network(
    client: httpx.Client, listener: tuple[str, list[bytes]], query: str
) -> None:
    url, heard = listener
    reply = client.post("/sparql", data={"query": query.replace("URL", url)})
    named_only = "FROM" in query or "DESCRIBE" in query
    assert reply.status_code == 200 if named_only else reply.status_code in (400, 403)
    assert not heard
    if named_only:
        assert url not in reply.text


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:9/", "ftp://localhost/x"])
def test_graphs_of_the_protocol_are_never_fetched(client: httpx.Client, graph: str) -> None:
    asked = {"query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"}
    reply = client.post("/sparql", data=asked | {"default-graph-uri": graph, "named-graph-uri": graph})
    assert reply.json()["results"]["bindings"] == []


def test_a_query_that_only_speaks_of_services_is_answered(client: httpx.Client) -> None:
    reply = client.get("/sparql", params={"query": "SELECT ?service { ?service a schema:Service }"})
    assert reply.status_code == 200


@pytest.mark.parametrize("depth", [500, 100_000])
@pytest.mark.parametrize("pair", ["{}", "()"])
def test_deep_nesting_harms_nobody_else(client: httpx.Client, depth: int, pair: str) -> None:
    inside = "?s ?p ?o" if pair == "{}" else "1"
    nested = pair[0] * depth + inside + pair[1] * depth
    query = f"ASK {{ {nested} }}" if pair == "{}" else f"ASK {{ FILTER({nested}) }}"
    reply = client.post("/sparql", data={"query": query})
    assert reply.status_code in (200, 400, 507)
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_request_that_is_too_long_is_refused_and_not_kept(client: httpx.Client, endpoint: Served) -> None:
    reply = client.post("/sparql", data={"query": "ASK {}" + " " * 2_000_000})
    assert reply.status_code == 413
    fields = client.post(
        "/sparql", content="a&" * 200_000, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert fields.status_code == 400
    for length, answered in ((100_000, True), (5_000_000, False)):
        with suppress(ConnectionError):
            request = f"GET /sparql?query=ASK%7B%7D{'+' * length} HTTP/1.1\r\nHost: localhost\r\n"
            reply = _raw(endpoint, request + "Connection: close\r\n\r\n")
            assert reply.startswith(b"HTTP/1.1 200 ") == answered
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/../../../../etc/passwd", "/sparql/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd"],
)
def test_no_path_leads_to_a_file(endpoint: Served, path: str) -> None:
    assert b"root:" not in _raw(
        endpoint, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )


def test_a_host_made_up_by_the_client_gets_into_no_header_or_markup(endpoint: Served) -> None:
    evil = 'evil.example"><script>alert(1)</script>'
    reply = _raw(
        endpoint, f"GET /sparql HTTP/1.1\r\nHost: {evil}\r\nAccept: text/turtle\r\nConnection: close\r\n\r\n"
    )
    assert b"<script>" not in reply
    assert reply.startswith(b"HTTP/1.1 ")
    assert not reply.startswith(b"HTTP/1.1 5")


def test_browsers_are_told_to_run_nothing_and_guess_nothing(client: httpx.Client) -> None:
    query = 'CONSTRUCT { <a:a> <http://www.w3.org/1999/xhtml/script> "alert(1)" } WHERE {}'
    for asked in ({"query": query, "format": "xml"}, {"query": "<script>alert(1)</script>"}, {}):
        reply = client.get("/sparql", params=asked)
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "html" not in reply.headers["content-type"]
        if reply.status_code == 200:
            assert "sandbox" in reply.headers["content-security-policy"]


def _raw(endpoint: Served, request: str) -> bytes:
    host = urlsplit(endpoint.address)
    with socket.create_connection((host.hostname or "", host.port or 0), timeout=20) as connection:
        connection.sendall(request.encode())
        received = b""
        while data := connection.recv(65536):
            received += data
    return received
