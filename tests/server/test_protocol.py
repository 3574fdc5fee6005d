"""The cases of the W3C's SPARQL 1.1 Protocol tests for queries, against a server of our own graph."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest

ONE, TWO = "https://w3id.org/biomed-kg/id/paper/one", "https://w3id.org/biomed-kg/id/paper/two"
ASK = "ASK {}"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
TRAINED = "SELECT DISTINCT ?model { ?model fair4ml:trainedOn ?dataset } ORDER BY ?model"
TRAINED_IN = "SELECT DISTINCT ?model { GRAPH ?g { ?model fair4ml:trainedOn ?dataset } } ORDER BY ?model"


def models(reply: httpx.Response) -> list[str]:
    """The last part of the IRIs of the column ``model``."""
    assert reply.status_code == 200, reply.text
    return [row["model"]["value"].rpartition("/")[2] for row in reply.json()["results"]["bindings"]]


def test_query_get(client: httpx.Client) -> None:
    reply = client.get("/sparql", params={"query": ASK})
    assert reply.headers["content-type"] == "application/sparql-results+json"
    assert reply.json()["boolean"] is True


def test_query_post_form(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"query": ASK}).json()["boolean"] is True


def test_query_post_direct(client: httpx.Client) -> None:
    reply = client.post("/sparql", content=ASK, headers={"Content-Type": f"{DIRECT}; charset=UTF-8"})
    assert reply.json()["boolean"] is True


def test_query_dataset_default_graph(client: httpx.Client) -> None:
    assert models(client.get("/sparql", params={"query": TRAINED, "default-graph-uri": ONE})) == ["one"]
    assert models(client.get("/sparql", params={"query": TRAINED})) == ["one", "two"]


def test_query_dataset_default_graphs_get(client: httpx.Client) -> None:
    asked = {"query": TRAINED, "default-graph-uri": [ONE, TWO]}
    assert models(client.get("/sparql", params=asked)) == ["one", "two"]


def test_query_dataset_default_graphs_post(client: httpx.Client) -> None:
    asked = {"query": TRAINED, "default-graph-uri": [ONE, TWO]}
    assert models(client.post("/sparql", data=asked)) == ["one", "two"]
    graphs = {"default-graph-uri": [ONE, TWO]}
    direct = client.post("/sparql", params=graphs, content=TRAINED, headers={"Content-Type": DIRECT})
    assert models(direct) == ["one", "two"]


def test_query_dataset_named_graphs_get(client: httpx.Client) -> None:
    assert models(client.get("/sparql", params={"query": TRAINED_IN, "named-graph-uri": [TWO]})) == ["two"]
    both = {"query": TRAINED_IN, "named-graph-uri": [ONE, TWO]}
    assert models(client.get("/sparql", params=both)) == ["one", "two"]


def test_query_dataset_named_graphs_post(client: httpx.Client) -> None:
    assert models(client.post("/sparql", data={"query": TRAINED_IN, "named-graph-uri": [TWO]})) == ["two"]


def test_query_dataset_full(client: httpx.Client) -> None:
    unnamed = "FILTER NOT EXISTS { GRAPH ?g { ?model ?p ?o } }"
    query = f"SELECT ?model {{ ?model fair4ml:trainedOn dataset:one . {unnamed} }}"
    asked = {"query": query, "default-graph-uri": ONE, "named-graph-uri": TWO}
    assert models(client.post("/sparql", data=asked)) == ["one"]


def test_query_multiple_dataset(client: httpx.Client) -> None:
    """What the protocol names wins over what the query names."""
    query = TRAINED.replace("{", f"FROM <{ONE}> {{", 1)
    assert models(client.get("/sparql", params={"query": query})) == ["one"]
    assert models(client.get("/sparql", params={"query": query, "default-graph-uri": TWO})) == ["two"]


def test_a_dataset_of_graphs_that_are_not_there_is_empty(client: httpx.Client) -> None:
    asked = {"query": TRAINED, "default-graph-uri": "http://127.0.0.1:9/not-fetched"}
    assert models(client.get("/sparql", params=asked)) == []


@pytest.mark.parametrize(
    "accept",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ],
)
def test_query_content_type_select(client: httpx.Client, accept: str) -> None:
    query = "SELECT ?title { ?p a schema:ScholarlyArticle ; rdfs:label ?title } ORDER BY ?title"
    reply = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert reply.headers["content-type"].partition(";")[0] == accept
    assert _titles(accept, reply.content)[0] == "<script>alert(1)</script>"
    assert len(_titles(accept, reply.content)) == 2


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_query_content_type_ask(client: httpx.Client, accept: str) -> None:
    reply = client.get("/sparql", params={"query": "ASK { ?s ?p 'nothing' }"}, headers={"Accept": accept})
    assert reply.headers["content-type"] == accept
    assert b"false" in reply.content


@pytest.mark.parametrize("query", ["DESCRIBE model:one", "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }"])
@pytest.mark.parametrize(
    "accept",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/n-quads",
        "application/trig",
        "text/n3",
    ],
)
def test_query_content_type_describe_and_construct(client: httpx.Client, accept: str, query: str) -> None:
    reply = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert reply.headers["content-type"].partition(";")[0] == accept
    format = ox.RdfFormat.from_media_type(accept)
    assert format
    model = ox.NamedNode("https://w3id.org/biomed-kg/id/model/one")
    type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    said = {(quad.subject, quad.predicate, quad.object) for quad in ox.parse(reply.content, format=format)}
    assert (model, type_, ox.NamedNode("https://w3id.org/fair4ml#MLModel")) in said


def test_bad_multiple_queries(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": [ASK, "SELECT * {}"]}).status_code == 400
    headers = {"Content-Type": DIRECT}
    assert client.post("/sparql", params={"query": ASK}, content=ASK, headers=headers).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_bad_query_method(client: httpx.Client, method: str) -> None:
    reply = client.request(method, "/sparql", params={"query": ASK})
    assert reply.status_code == 405
    assert {name.strip() for name in reply.headers["allow"].split(",")} == {"GET", "HEAD", "POST", "OPTIONS"}


def test_bad_query_missing_form_type(client: httpx.Client) -> None:
    assert client.post("/sparql", content="query=ASK%20%7B%7D").status_code == 415


def test_bad_query_missing_direct_type(client: httpx.Client) -> None:
    assert client.post("/sparql", content=ASK).status_code == 415


def test_bad_query_wrong_media_type(client: httpx.Client) -> None:
    assert client.post("/sparql", content=ASK, headers={"Content-Type": "text/plain"}).status_code == 415


def test_bad_query_non_utf8(client: httpx.Client) -> None:
    headers = {"Content-Type": f"{DIRECT}; charset=UTF-16"}
    assert client.post("/sparql", content=ASK.encode("utf-16"), headers=headers).status_code == 400
    undeclared = client.post("/sparql", content=b"ASK { ?s ?p '\xff' }", headers={"Content-Type": DIRECT})
    assert undeclared.status_code == 400
    assert client.get("/sparql?query=ASK%7B%7D%FF").status_code == 400
    assert client.post("/sparql", content=b"query=%FF", headers={"Content-Type": FORM}).status_code == 400


def test_bad_query_syntax(client: httpx.Client) -> None:
    reply = client.get("/sparql", params={"query": "SELECT * {\n ?s ?p"})
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert "line 2" in reply.text


def test_a_form_without_a_query_is_told_so(client: httpx.Client) -> None:
    reply = client.post("/sparql", data={"default-graph-uri": ONE})
    assert reply.status_code == 400
    assert "query" in reply.text


@pytest.mark.parametrize(
    "update", ["CLEAR NONE", "INSERT DATA { <a:a> <a:b> <a:c> }", "LOAD <file:///etc/passwd>"]
)
def test_updates_are_refused_however_they_come(client: httpx.Client, update: str) -> None:
    direct = {"Content-Type": "application/sparql-update"}
    assert client.post("/sparql", data={"update": update}).status_code == 403
    assert client.post("/sparql", content=update, headers=direct).status_code == 403
    assert client.get("/sparql", params={"update": update}).status_code == 403
    assert client.post("/sparql", data={"query": update}).status_code == 403


def test_an_accept_header_that_cannot_be_met_is_406(client: httpx.Client) -> None:
    for query in (ASK, "DESCRIBE model:one"):
        reply = client.get("/sparql", params={"query": query}, headers={"Accept": "image/png"})
        assert reply.status_code == 406
        assert "application/json" in reply.text


def test_format_and_output_win_over_the_accept_header(client: httpx.Client) -> None:
    for name in ("format", "output"):
        for value, expected in (("csv", "text/csv"), ("text/csv", "text/csv"), ("XML", "+xml")):
            asked = {"query": "SELECT * {}", name: value}
            reply = client.get("/sparql", params=asked, headers={"Accept": "application/json"})
            assert expected in reply.headers["content-type"]
    graph = client.get("/sparql", params={"query": "DESCRIBE model:one", "format": "json"})
    assert graph.headers["content-type"] == "application/ld+json"
    assert client.get("/sparql", params={"query": "DESCRIBE model:one", "format": "csv"}).status_code == 406
    unknown = client.get("/sparql", params={"query": ASK, "format": "x\r\nSet-Cookie: a=b"})
    assert unknown.status_code == 400
    assert "set-cookie" not in unknown.headers


def test_head_gives_the_headers_alone(client: httpx.Client) -> None:
    asked = {"query": TRAINED}
    reply, whole = client.head("/sparql", params=asked), client.get("/sparql", params=asked)
    assert reply.status_code == 200
    assert reply.content == b""
    assert reply.headers["content-length"] == whole.headers["content-length"] == str(len(whole.content))


def test_what_a_client_has_already_is_not_sent_again(client: httpx.Client) -> None:
    asked = {"query": TRAINED}
    tag = client.get("/sparql", params=asked).headers["etag"]
    again = client.get("/sparql", params=asked, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params=asked, headers={"If-None-Match": tag, "Accept": "text/csv"})
    assert other.status_code == 200


def test_pages_of_other_origins_may_ask(client: httpx.Client) -> None:
    origin = {"Origin": "https://example.org"}
    assert (
        client.get("/sparql", params={"query": ASK}, headers=origin).headers["access-control-allow-origin"]
        == "*"
    )
    failed = client.get("/sparql", params={"query": "?"}, headers=origin)
    assert failed.headers["access-control-allow-origin"] == "*"
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = client.options("/sparql", headers=origin | asking)
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "content-type" in preflight.headers["access-control-allow-headers"].lower()
    plain = client.options("/sparql")
    assert plain.status_code == 204
    assert "GET" in plain.headers["allow"]


def _titles(accept: str, body: bytes) -> list[str]:
    if accept.endswith("json"):
        return [row["title"]["value"] for row in json.loads(body)["results"]["bindings"]]
    if accept.endswith("xml"):
        space = "{http://www.w3.org/2005/sparql-results#}"
        return [literal.text or "" for literal in ElementTree.fromstring(body).iter(f"{space}literal")]
    delimiter = "," if accept.endswith("csv") else "\t"
    rows = list(csv.reader(io.StringIO(body.decode(), newline=""), delimiter=delimiter))
    return [row[0].strip('"') for row in rows[1:]]
