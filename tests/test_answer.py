"""Answers are written for people and for programs, whatever the texts in them hold."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import RdfFormat, parse

from kg.graph import KnowledgeGraph
from kg.store import Store

MODELS = "SELECT ?model ?label ?alias WHERE { ?model a fair4ml:MLModel ; rdfs:label ?label \
OPTIONAL { ?model skos:altLabel ?alias } } ORDER BY ?label ?alias"


@pytest.fixture
def store(small_graph: KnowledgeGraph) -> Store:
    return Store.of(small_graph)


def test_a_table_shortens_iris_and_leaves_unbound_cells_empty(store: Store) -> None:
    lines = store.query(MODELS).to("table").splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["model:alphanet", "Alphanet", "AN"],
        ["model:alphanet", "Alphanet", "Alpha", "network"],
        ["model:betanet", "Betanet"],
    ]


def test_a_table_keeps_to_the_width_and_loses_nothing(store: Store) -> None:
    table = store.query(MODELS).to("table", width=24)
    assert max(map(len, table.splitlines())) <= 24
    assert len(table.splitlines()) > 5


def test_no_text_moves_the_cursor_or_turns_the_direction() -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("model/x", kind="model", label="a\x1b[2J\u202eb [bold]c[/bold]\nd")
    table = Store.of(graph).query("SELECT ?l WHERE { ?m rdfs:label ?l }").to("table")
    assert "\x1b" not in table and "\u202e" not in table
    assert r"a\u001b[2J\u202eb [bold]c[/bold] d" in table


def test_csv_is_standard(store: Store) -> None:
    rows = list(csv.reader(io.StringIO(store.query(MODELS).to("csv"))))
    assert rows[0] == ["model", "label", "alias"]
    assert rows[3] == ["https://w3id.org/biomed-kg/id/model/betanet", "Betanet", ""]


def test_json_is_standard(store: Store) -> None:
    page = json.loads(store.query(MODELS).to("json"))
    assert page["head"]["vars"] == ["model", "label", "alias"]
    assert page["results"]["bindings"][2].keys() == {"model", "label"}


def test_tsv_and_xml_are_written(store: Store) -> None:
    assert store.query(MODELS).to("tsv").splitlines()[0] == "?model\t?label\t?alias"
    assert '<variable name="model"/>' in store.query(MODELS).to("xml")


def test_yes_and_no(store: Store) -> None:
    yes = store.query("ASK { model:alphanet a fair4ml:MLModel }")
    no = store.query("ASK { model:nobody a fair4ml:MLModel }")
    assert (yes.boolean, no.boolean) == (True, False)
    assert (yes.to("table"), no.to("table")) == ("yes\n", "no\n")
    assert json.loads(no.to("json"))["boolean"] is False
    assert yes.to("csv") == "true\n"


def test_a_constructed_graph_is_rdf(store: Store) -> None:
    answer = store.query("CONSTRUCT { ?m kg:dependsOn ?d } WHERE { ?m kg:dependsOn+ ?d }")
    triples = {(str(s), str(p), str(o)) for s, p, o in answer.rows}
    assert len(triples) == len(answer.rows) == 6
    for format, rdf in (
        ("turtle", RdfFormat.TURTLE),
        ("ntriples", RdfFormat.N_TRIPLES),
        ("json", RdfFormat.JSON_LD),
    ):
        read = parse(answer.to(format), format=rdf)
        assert {(str(q.subject), str(q.predicate), str(q.object)) for q in read} == triples
    assert "model:alphanet" in answer.to("table")


def test_a_format_that_does_not_fit_names_those_that_do(store: Store) -> None:
    with pytest.raises(
        ValueError, match=r"SELECT answer cannot be written as 'turtle'.*table, csv, tsv, json, xml"
    ):
        store.query(MODELS).to("turtle")
    with pytest.raises(ValueError, match=r"CONSTRUCT answer.*'csv'.*table, turtle, ntriples, json"):
        store.query("DESCRIBE model:alphanet").to("csv")
