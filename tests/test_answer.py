"""Answers are written for people and for programs, whatever the texts in them hold."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from kg.answer import Answer, size, write
from kg.graph import KnowledgeGraph
from kg.rdf import quads
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
        ("jsonld", RdfFormat.JSON_LD),
    ):
        read = parse(answer.to(format), format=rdf)
        assert {(str(q.subject), str(q.predicate), str(q.object)) for q in read} == triples
    assert "model:alphanet" in answer.to("table")


def test_short_names_of_json_are_those_of_the_context(store: Store) -> None:
    page = json.loads(store.query("DESCRIBE model:betanet").to("jsonld"))
    assert page["id"] == "https://w3id.org/biomed-kg/id/model/betanet"
    assert (page["type"], page["label"]) == ("Model", "Betanet")
    assert page["basedOn"] == ["https://w3id.org/biomed-kg/id/model/alphanet"]


@pytest.mark.parametrize("iri", ["http://a/p", "kg:looks-like-a-short-name"])
def test_json_keeps_every_statement_whatever_it_holds(hostile_graph: KnowledgeGraph, iri: str) -> None:
    linked = Triple(NamedNode("http://a/b"), NamedNode(iri), BlankNode("b"))
    others = [Triple(BlankNode("b"), NamedNode("http://a/p"), Literal("é</script>", language="de"))]
    for *_, attributes in hostile_graph.nx.edges(data=True):
        attributes.pop("confidence", None)  # 1e-30 comes back as 1.0E-30, the same number
    answer = Answer.of([*(quad.triple for quad in quads(hostile_graph)), linked, *others])
    read = Dataset(parse(answer.to("jsonld"), format=RdfFormat.JSON_LD))
    expected = Dataset(Quad(*row) for row in answer.rows)
    for dataset in (read, expected):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert read == expected


def test_json_is_the_same_in_every_process() -> None:
    program = (
        "from kg.answer import Answer; import pyoxigraph as o; n = o.NamedNode\n"
        "t = [o.Triple(n(f'http://a/{i % 5}'), n('http://a/p'), n(f'http://a/{i}')) for i in range(40)]\n"
        "print(Answer.of(t).to('jsonld'))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


QUESTIONS = [
    ("SELECT", MODELS, ("table", "csv", "tsv", "json", "xml")),
    ("ASK", "ASK { model:alphanet a fair4ml:MLModel }", ("table", "csv", "tsv", "json", "xml")),
    ("CONSTRUCT", "CONSTRUCT WHERE { ?s kg:basedOn ?o }", ("table", "turtle", "ntriples", "jsonld", "json")),
]


@pytest.mark.parametrize(
    ("sparql", "format"), [(sparql, format) for _, sparql, formats in QUESTIONS for format in formats]
)
def test_an_answer_is_streamed_as_it_is_written_whole(store: Store, sparql: str, format: str) -> None:
    stream = io.BytesIO()
    write(store.results(sparql), format, stream, store.prefixes)
    assert stream.getvalue().decode() == store.query(sparql).to(format)


def test_rows_are_written_before_all_are_known(store: Store) -> None:
    class Enough(Exception):
        pass

    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            if self.tell() > 100_000:
                raise Enough
            return super().write(data)

    # The whole answer has more rows than there are seconds in the age of the world.
    endless = f"SELECT * WHERE {{ {' '.join(f'?s{n} ?p{n} ?o{n} .' for n in range(9))} }}"
    for format in ("csv", "tsv", "json", "xml"):
        with pytest.raises(Enough):
            write(store.results(endless), format, Full())


def test_size_counts_rows(store: Store) -> None:
    assert size(store.results(MODELS)) == 3
    assert size(store.results("ASK { }")) == 1
    assert size(store.results("CONSTRUCT WHERE { ?s kg:basedOn ?o }")) == 1


def test_a_format_that_does_not_fit_names_those_that_do(store: Store) -> None:
    with pytest.raises(
        ValueError, match=r"the answer to a SELECT cannot be written as 'turtle'.*table, csv, tsv, json, xml"
    ):
        store.query(MODELS).to("turtle")
    with pytest.raises(
        ValueError, match=r"CONSTRUCT or DESCRIBE.*'csv'.*table, turtle, ntriples, rdfxml, jsonld"
    ):
        store.query("DESCRIBE model:alphanet").to("csv")
