"""Faults in a query are explained where they are; the named queries answer on a small graph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.query import QueryError, named_queries
from kg.rdf import prefixes, to_dataset
from kg.store import Store

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(
    ("query", "place", "explanation"),
    [
        ("SELECT * WHERE { ?s foo:p ?o }", (1, 26), "the prefix foo: is not declared; known .* fair4ml, kg,"),
        ("SELECT *\nWHERE { ?s ?p ?o", (2, 17), "1 } missing"),
        ("SELECT * WHERE { ?s ?p ?o }}", (1, 29), "1 { missing"),
        ("SELECT * WHERE { ?s ?p 'open }", (1, 31), "a string is not closed"),
        ("SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s ?p ?o }", (1, 47), "neither grouped nor aggregated"),
        ("SELECT * WHERE { ?s <p> ?o }", (1, 26), "<p> is not a whole IRI"),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT many", (1, 35), "not SPARQL 1.1 from here on"),
    ],
)
def test_a_fault_is_explained_where_it_is(
    small_graph: KnowledgeGraph, query: str, place: tuple[int, int], explanation: str
) -> None:
    with pytest.raises(QueryError, match=explanation) as caught:
        Store.of(small_graph).query(query)
    message = str(caught.value)
    assert message.startswith("line {}, column {}: ".format(*place))
    _, shown, caret = message.split("\n")
    assert shown.strip() == query.splitlines()[place[0] - 1].strip()
    assert caret.index("^") == place[1] + 1


@pytest.mark.parametrize(
    ("query", "explanation"),
    [
        ("PREFIX a: <http://a/> FIND a:b", "begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not 'FIND'"),
        ("# nothing yet\n", "the query is empty"),
    ],
)
def test_a_query_that_is_none_is_told_how_one_begins(
    small_graph: KnowledgeGraph, query: str, explanation: str
) -> None:
    with pytest.raises(QueryError, match=explanation):
        Store.of(small_graph).query(query)


def test_an_update_is_told_that_the_graph_is_read_only(small_graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="read-only"):
        Store.of(small_graph).query("PREFIX a: <http://a/> INSERT DATA { a:a a:b a:c }")


EXPECTED = {
    "dependents": [("Epsilon", "Betanet"), ("Gamma", "Alphanet"), ("Gamma", "Betanet")],
    "ancestry": [
        ("Alphanet", "Gamma"),
        ("Betanet", "Alphanet"),
        ("Betanet", "Epsilon"),
        ("Betanet", "Gamma"),
    ],
    "evidence": [
        ("Alphanet", "Gamma", "trained on Gamma", "0.9"),
        ("Alphanet", "Gamma", "Alphanet, trained on Gamma", "0.8"),
        ("Betanet", "Alphanet", "Betanet extends Alphanet.", "0.95"),
        ("Betanet", "Epsilon", "trained on Epsilon", "0.9"),
        ("Epsilon", "Gamma", "Epsilon re-labels Gamma", "0.9"),
        ("Epsilon", "Alphanet", "with Alphanet.", "0.6"),
    ],
    "leakage": [("Betanet", "Gamma")],
    "leaderboard": [
        ("Delta", "AUROC", "0.95", "Betanet", ""),
        ("Delta", "AUROC", "0.91", "Alphanet", "external"),
    ],
    "outperforms": [("Alphanet", "Betanet", "1", "0.6"), ("Betanet", "Alphanet", "1", "0.7")],
    "disagreements": [("Alphanet", "Betanet", "Alphanet beats Betanet.", "Betanet beats Alphanet.")],
    "datasets-by-modality": [
        ("Imaging", "Epsilon", "1"),
        ("Imaging", "Gamma", "1"),
        ("X-ray", "Epsilon", "1"),
        ("X-ray", "Gamma", "1"),
    ],
    "models-by-modality-and-task": [("X-ray", "classification", "Alphanet")],
    "introduced-datasets": [("2025", "Epsilon", "Betanet")],
}
"""The rows of each named query on the small graph, IRIs left out."""


def test_every_named_query_is_tested() -> None:
    assert named_queries().keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_named_query_answers_its_question(small_graph: KnowledgeGraph, name: str) -> None:
    answer = Store.of(small_graph).query(named_queries()[name].sparql)
    rows = [tuple(value for value in row if not value.startswith("http")) for row in answer.strings()]
    assert rows == EXPECTED[name]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", EXPECTED)
def test_a_named_query_answers_the_same_in_another_engine(small_graph: KnowledgeGraph, name: str) -> None:
    query = named_queries()[name].sparql
    rows = to_dataset(small_graph).query(query, initNs=prefixes(small_graph.base))
    theirs = [tuple("" if term is None else str(term) for term in row) for row in rows]
    assert theirs == Store.of(small_graph).query(query).strings()


def test_the_page_of_queries_shows_each_as_it_ships() -> None:
    page = (DOCS / "queries.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^## (\S+)\n.*?```sparql\n(.*?)```", page, re.DOTALL | re.MULTILINE))
    shipped = {
        name: re.sub(r"^(#.*\n)+", "", query.sparql).strip() + "\n" for name, query in named_queries().items()
    }
    assert shown == shipped
    text = " ".join(page.split())
    assert [name for name, query in named_queries().items() if query.question not in text] == []


def test_the_prefixes_on_the_page_are_the_ones_in_use(small_graph: KnowledgeGraph) -> None:
    page = (DOCS / "queries.md").read_text(encoding="utf-8")
    declared = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", page, re.MULTILINE))
    assert declared.items() <= prefixes(small_graph.base).items()
    used = {name for query in named_queries().values() for name in re.findall(r"\b(\w+):\w", query.sparql)}
    assert used - declared.keys() == set()
