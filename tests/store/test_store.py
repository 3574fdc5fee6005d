"""The store answers queries over everything, knows who says what, and lets nothing out or in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kg.export import save
from kg.graph import KnowledgeGraph
from kg.query import QueryError
from kg.store import Store


@pytest.fixture
def store(small_graph: KnowledgeGraph) -> Store:
    return Store.of(small_graph)


def test_a_saved_graph_answers_as_the_graph_itself_does(
    small_graph: KnowledgeGraph, store: Store, tmp_path: Path
) -> None:
    question = "SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    saved = Store.open(save(small_graph, tmp_path))
    assert saved.query(question).strings() == store.query(question).strings()
    assert Store.open(tmp_path / "graph.nq").query(question).strings() == store.query(question).strings()


def test_what_two_papers_say_is_one_statement(store: Store) -> None:
    assert store.query("SELECT ?m WHERE { ?m fair4ml:trainedOn dataset:gamma }").strings() == [
        ("https://w3id.org/biomed-kg/id/model/alphanet",)
    ]
    count = store.query("SELECT (COUNT(?m) AS ?n) WHERE { ?m fair4ml:trainedOn dataset:gamma }")
    assert count.strings() == [("1",)]


def test_graph_names_the_papers_that_say_it(store: Store) -> None:
    answer = store.query(
        "SELECT ?paper WHERE { GRAPH ?paper { ?m fair4ml:trainedOn dataset:gamma } } ORDER BY ?paper"
    )
    assert [paper.rpartition("/")[2] for (paper,) in answer.strings()] == ["p1", "p3"]


def test_from_restricts_the_query_to_a_paper(store: Store) -> None:
    answer = store.query(
        "SELECT ?m FROM <https://w3id.org/biomed-kg/id/paper/p3> WHERE { ?m fair4ml:evaluatedOn ?d }"
    )
    assert answer.rows == ()


def test_lineage_follows_models_and_datasets_without_a_reasoner(store: Store) -> None:
    answer = store.query("SELECT ?a WHERE { model:betanet kg:dependsOn+ ?a } ORDER BY ?a")
    assert [iri.partition("/id/")[2] for (iri,) in answer.strings()] == [
        "dataset/epsilon",
        "dataset/gamma",
        "model/alphanet",
    ]


def test_prefixes_follow_the_base_of_the_graph(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    store = Store.open(save(hostile_graph, tmp_path))
    assert store.prefixes["model"] == "https://example.org/graph#model/"
    assert store.query("ASK { model:%3B a fair4ml:MLModel }").boolean is True


def test_a_prefix_that_the_query_declares_wins(store: Store) -> None:
    query = "PREFIX model: <https://w3id.org/biomed-kg/id/dataset/> ASK { model:gamma a schema:Dataset }"
    assert store.query(query).boolean is True


def test_no_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match='run "kg build INPUT'):
        Store.open(tmp_path)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("nonsense", encoding="utf-8")
    with pytest.raises(ValueError, match=r"graph\.nq: not valid N-Quads"):
        Store.open(tmp_path)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { model:x a fair4ml:MLModel }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <http://a/> DROP ALL",
        "# SELECT\nCLEAR DEFAULT",
        "LOAD <file:///etc/hostname>",
        "SELECT * WHERE { ?s ?p ?o } ; DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_and_change_nothing(store: Store, update: str) -> None:
    before = store.query("SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o").strings()
    with pytest.raises(QueryError):
        store.query(update)
    assert store.query("SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o").strings() == before


@pytest.fixture
def requests() -> Iterator[list[str]]:
    """Requests that reach a server on this machine; the first item is its address."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(500)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    seen.append(f"http://127.0.0.1:{server.server_port}/")
    yield seen
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent <URL> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o FILTER(1<2)SERVICE<URL>{?s ?p ?o} }",
        "SELECT * WHERE { ?s ?p ?o.SERVICE # a comment\n<URL>{?s ?p ?o} }",
        "SELECT * WHERE { ?s ?p 1SERVICE<URL>{?s ?p ?o} }",
        "SELECT * WHERE { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
        "PREFIX u: <URL> SELECT * WHERE { SERVICE u: { ?s ?p ?o } }",
        "SELECT * WHERE { ?a ?b ?c FILTER(?a<?b)SERVICE\n#>\n<URL> {?s ?p ?o} }",
        'SELECT * WHERE { ?a ?b ?c FILTER(?a<?b#> "\n) SERVICE <URL> {?s ?p ?o} } # "',
        "SELECT * WHERE { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * FROM <URL> WHERE { ?s ?p ?o }",
        "DESCRIBE <URL>",
    ],
)
def test_no_query_sends_a_request(store: Store, requests: list[str], query: str) -> None:
    try:
        answer = store.query(query.replace("URL", requests[0]))
    except QueryError:
        pass
    else:
        assert answer.rows == ()
    assert requests[1:] == []


def test_the_refusal_of_a_service_says_where(store: Store) -> None:
    with pytest.raises(QueryError, match="line 2, column 3: SERVICE is refused"):
        store.query("SELECT * WHERE {\n  SERVICE <http://x/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?x WHERE { ?service ?p ?x }",
        "SELECT * WHERE { ?s rdfs:label ?l FILTER(CONTAINS(?l, 'service')) }",
        "PREFIX a: <http://a/> SELECT * WHERE { ?s a:service ?x }",
    ],
)
def test_the_word_service_in_a_name_or_text_is_no_service(store: Store, query: str) -> None:
    assert store.query(query).kind == "select"
