"""Another endpoint is asked like the store at hand; whatever it does ends in an answer or one clear line."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.endpoint import Endpoint, EndpointError
from kg.graph import BASE, KnowledgeGraph
from kg.query import QueryError, QueryRefused, named_queries
from kg.store import Store
from kg.things import with_values

MODELS = "SELECT ?label WHERE { ?model a fair4ml:MLModel ; rdfs:label ?label } ORDER BY ?label"
JSON = "application/sparql-results+json"


class Server(ThreadingHTTPServer):
    """A plain endpoint over a graph, and paths that misbehave; it knows no prefixes of its own."""

    graph: ox.Store
    seen: list[tuple[str, str, str, str]]
    """Path, content type, Accept and query of each request."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type_ = self.headers["Content-Type"]
        query = parse_qs(body)["query"][0] if "form" in type_ else body
        self.server.seen.append((self.path, type_, self.headers["Accept"], query))
        if self.path in ("/sparql", "/xml"):
            self.answer(query)
        elif self.path == "/ask-as-table":
            # What the select then answers is what Virtuoso answers to an ASK.
            self.answer(query.replace("ASK {", "SELECT (1 AS ?r) {") + " LIMIT 1")
        elif self.path == "/ask-as-zero":
            self.answer("SELECT (0 AS ?__ask_retval) { }")
        elif self.path == "/direct":
            if "form" in type_:
                self.say(415, "text/plain", b"send the query itself")
            else:
                self.answer(query)
        elif self.path.startswith("/moved"):
            self.say(int(self.path[6:] or 302), "text/plain", b"", Location="/sparql")
        elif self.path == "/to-file":
            self.say(302, "text/plain", b"", Location="file:///etc/hostname")
        elif self.path == "/round":
            self.say(307, "text/plain", b"", Location="/round")
        elif self.path == "/page":
            self.say(200, "text/html; charset=utf-8", b"<h1>Hello</h1>")
        elif self.path == "/refuses":
            self.say(400, "text/plain", b"no such\x1b[2J function \xe2\x80\xae" + b"x" * 9000)
        elif self.path == "/fails":
            self.say(500, "text/html", b"<style>p {}</style><h1>Out of  memory</h1><script>a()</script>")
        elif self.path == "/nothing":
            self.say(503, "", b"")
        elif self.path == "/broken":
            self.say(200, JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":')
        elif self.path == "/cut":
            self.say(200, JSON, b'{"head":', length=1000)
        elif self.path == "/bomb":
            zeros = gzip.compress(b'{"head":{"vars":["s"]},' + b" " * 30_000_000)
            self.say(200, JSON, zeros, **{"Content-Encoding": "gzip"})
        elif self.path == "/slow":
            self.say(200, JSON, b"", length=1000)
            for _ in range(100):
                self.wfile.write(b" ")
                time.sleep(0.05)

    def answer(self, query: str) -> None:
        try:
            results = self.server.graph.query(query)
        except SyntaxError as error:
            self.say(400, "text/plain", str(error).encode())
            return
        if isinstance(results, ox.QueryTriples):
            self.say(200, "text/turtle", results.serialize(format=ox.RdfFormat.TURTLE) or b"")
        else:
            format = ox.QueryResultsFormat.XML if self.path == "/xml" else ox.QueryResultsFormat.JSON
            self.say(200, format.media_type, results.serialize(format=format) or b"")

    def say(self, code: int, type_: str, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(code)
        if type_:
            self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(small_graph: KnowledgeGraph) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.graph, server.seen = Store.of(small_graph)._store, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def ask(
    server: Server, path: str, sparql: str = MODELS, timeout: float = 20, limit: int = 10**9
) -> list[str]:
    answer = Endpoint(server.address + path, timeout, limit).query(sparql)
    return [row[0] for row in answer.strings()]


def test_it_answers_like_the_store(server: Server, small_graph: KnowledgeGraph) -> None:
    endpoint, store = Endpoint(server.address + "/sparql"), Store.of(small_graph)
    questions = [query.sparql for query in named_queries().values()]
    questions += [
        "ASK { model:alphanet a fair4ml:MLModel }",
        "ASK { model:none a fair4ml:MLModel }",
        "CONSTRUCT { ?m kg:dependsOn ?d } WHERE { ?m kg:dependsOn+ ?d }",
        "DESCRIBE model:alphanet",
    ]
    for question in questions:
        theirs, ours = endpoint.query(question), store.query(question)
        assert (theirs.kind, theirs.strings(), theirs.boolean) == (ours.kind, ours.strings(), ours.boolean)


def test_an_endpoint_may_answer_in_xml(server: Server) -> None:
    assert ask(server, "/xml") == ["Alphanet", "Betanet"]


def test_only_prefixes_that_are_used_and_not_declared_are_sent(server: Server) -> None:
    ask(
        server,
        "/sparql",
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nSELECT ?s { ?s rdfs:label 'kg:a' }",
    )
    sent = server.seen[0][3]
    assert sent.count("PREFIX") == 1
    ask(server, "/sparql", MODELS)
    sent = next(query for *_, query in server.seen if "fair4ml" in query)
    assert sent.startswith("PREFIX fair4ml: <https://w3id.org/fair4ml#> PREFIX rdfs: <")
    assert "\n" not in sent.partition("SELECT")[0]  # lines are counted as the user does


def test_the_base_is_the_one_that_the_endpoints_graph_has(
    server: Server, hostile_graph: KnowledgeGraph
) -> None:
    server.graph = Store.of(hostile_graph)._store
    endpoint = Endpoint(server.address + "/sparql")
    assert endpoint.query("ASK { model:%3B a fair4ml:MLModel }").boolean is True
    assert endpoint.prefixes["model"] == "https://example.org/graph#model/"


def test_a_parameter_is_looked_up_there(server: Server) -> None:
    endpoint = Endpoint(server.address + "/sparql")
    for value in ("Gamma", "gAMMA", "GCXR", "dataset/gamma", "dataset:gamma", f"<{BASE}dataset/gamma>"):
        bound = with_values(named_queries()["dependents"].sparql, [f"dataset={value}"], endpoint)
        assert [row[1] for row in endpoint.query(bound).strings()] == ["Gamma", "Gamma"]
    with pytest.raises(LookupError, match=r"no dataset is called 'Gamma\" } #' at http"):
        with_values(named_queries()["dependents"].sparql, ['dataset=Gamma" } #'], endpoint)


def test_select_and_construct_ask_for_what_they_can_read(server: Server) -> None:
    ask(server, "/sparql", "SELECT ('CONSTRUCT' AS ?x) { }")
    ask(server, "/sparql", "# SELECT\nCONSTRUCT { <http://a/> <http://a/> ?x } WHERE { SELECT ?x { } }")
    accepted = [accept for _, _, accept, query in server.seen if "uriSpace" not in query]
    assert "sparql-results+json" in accepted[0] and "n-triples" in accepted[1]


def test_a_query_is_sent_the_other_way_where_forms_are_refused(server: Server) -> None:
    assert ask(server, "/direct") == ["Alphanet", "Betanet"]
    assert server.seen[-1][1] == "application/sparql-query"


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_query_follows_an_endpoint_that_moved(server: Server, code: int) -> None:
    assert ask(server, f"/moved{code}") == ["Alphanet", "Betanet"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/to-file", "'file:///etc/hostname' is no endpoint"),
        ("/round", "sends from address to address"),
        (
            "/page",
            "answered with 'text/html' instead of the results of a query; is that the address of a page",
        ),
        ("/fails", "answered 500 Internal Server Error: Out of memory$"),
        ("/nothing", "answered 503 Service Unavailable$"),
        ("/broken", "the answer is broken: .*"),
        ("/cut", "the request failed: .*|the answer is broken.*"),
    ],
)
def test_what_goes_wrong_is_one_line(server: Server, path: str, said: str) -> None:
    with pytest.raises((EndpointError, ValueError), match=said) as caught:
        ask(server, path)
    assert "\n" not in str(caught.value)


def test_a_refused_query_is_told_in_the_endpoints_words_without_tricks(server: Server) -> None:
    with pytest.raises(
        QueryError, match=r"refused the query \(400 Bad Request\): no such \[2J function x+…$"
    ):
        ask(server, "/refuses")
    with pytest.raises(QueryError, match=r"refused the query \(400.*error at 1:"):
        ask(server, "/sparql", "SELECT WHERE")


def test_an_endpoint_that_drips_runs_out_of_time(server: Server) -> None:
    start = time.monotonic()
    with pytest.raises(EndpointError, match=r"no whole answer within 0\.3 s"):
        ask(server, "/slow", timeout=0.3)
    assert time.monotonic() - start < 4  # it would go on for 5


def test_an_answer_that_unpacks_into_too_much_is_cut_off(server: Server) -> None:
    with pytest.raises(EndpointError, match="over 1,000,000 bytes; set a LIMIT"):
        ask(server, "/bomb", limit=1_000_000)


def test_nobody_there_is_told() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as gone:
        port = gone.server_port
    with pytest.raises(
        EndpointError, match=rf"http://127\.0\.0\.1:{port}/: cannot be reached: the conn.*refused"
    ):
        Endpoint(f"http://127.0.0.1:{port}/").query(MODELS)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "output", "ftp://a/", "http://", ""])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="is no endpoint: give an address like"):
        Endpoint(url)


@pytest.mark.parametrize("update", ["CLEAR GRAPH <http://a/>", "INSERT DATA { model:a a fair4ml:MLModel }"])
def test_an_update_is_refused_before_anything_is_sent(server: Server, update: str) -> None:
    with pytest.raises(QueryRefused, match="updates are refused and not sent"):
        ask(server, "/sparql", update)
    assert server.seen == []


def test_an_ask_answered_with_a_table_is_a_yes_or_no(server: Server) -> None:
    answer = Endpoint(server.address + "/ask-as-zero").query("ASK { ?s ?p ?o }")
    assert (answer.kind, answer.boolean, answer.to("table")) == ("ask", False, "no\n")
    yes = "ASK { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }"
    assert Endpoint(server.address + "/ask-as-table").query(yes).boolean is True
    with pytest.raises(EndpointError, match="answered an ASK with a table"):
        Endpoint(server.address + "/ask-as-table").query("ASK { ?s <http://none/> ?o }")
    # A SELECT of the same column stays a table.
    assert ask(server, "/ask-as-zero", "SELECT ?__ask_retval { }") == ["0"]
