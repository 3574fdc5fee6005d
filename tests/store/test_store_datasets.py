"""A query may be told to see some graphs alone, in its own words or by the protocol."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.graph import KnowledgeGraph
from kg.query import QueryError
from kg.store import Store

P1, P2, P3 = (f"https://w3id.org/biomed-kg/id/paper/p{n}" for n in (1, 2, 3))
TRAINED = "model:alphanet fair4ml:trainedOn dataset:gamma"
"""What papers 1 and 3 both say."""


@pytest.fixture
def store(small_graph: KnowledgeGraph) -> Store:
    return Store.of(small_graph)


def rows(store: Store, sparql: str, defaults: Sequence[str] = (), named: Sequence[str] = ()) -> int:
    return sum(1 for _ in store.results(sparql, default_graphs=defaults, named_graphs=named))


def test_what_two_graphs_state_is_one_statement_when_they_are_merged(store: Store) -> None:
    question = f"SELECT (1 AS ?one) WHERE {{ {TRAINED} }}"
    assert rows(store, question, [P1, P3]) == 1
    assert rows(store, question.replace("WHERE", "FROM paper:p1 FROM paper:p3 WHERE")) == 1
    assert rows(store, question.replace("WHERE", f"FROM <{P1}> FROM <{P3}> FROM NAMED <{P2}> WHERE")) == 1


def test_graphs_that_are_not_chosen_are_not_seen(store: Store) -> None:
    everything = "SELECT * WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    graphs = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert rows(store, graphs, [P1]) == 0
    assert rows(store, graphs, [P1, P2], [P3]) == 1
    assert rows(store, "SELECT * WHERE { ?s ?p ?o }", [], [P3]) == 0
    assert 0 < rows(store, everything, [P1]) < rows(store, everything, [P1], [P2]) < rows(store, everything)
    assert rows(store, everything, ["https://example.org/none"]) == 0


def test_the_protocol_wins_over_the_query(store: Store) -> None:
    question = "SELECT * FROM paper:p2 FROM NAMED paper:p2 WHERE { { ?s a kg:Claim } UNION { GRAPH ?s { } } }"
    paper1 = rows(store, "SELECT * WHERE { GRAPH paper:p1 { ?s a kg:Claim } }")
    assert rows(store, question, [P1]) == paper1
    assert rows(store, question, [P1, "https://example.org/none"]) == paper1


def test_a_named_graph_and_a_merged_one_go_together(store: Store) -> None:
    question = (
        "PREFIX p: <https://w3id.org/biomed-kg/id/paper/> "
        "SELECT ?who FROM p:p1 FROM p:p3 FROM NAMED p:p3 "
        f"WHERE {{ {TRAINED} . GRAPH ?who {{ {TRAINED} }} }}"
    )
    assert store.query(question).strings() == [(P3,)]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?from WHERE { ?from a kg:Claim FILTER(STR(?from) != 'FROM <http://a/> FROM <http://b/>') }",
        "SELECT ?s # FROM <http://a/> FROM <http://b/>\nWHERE { ?s a kg:Claim }",
        "PREFIX from: <http://a/> SELECT ?s WHERE { ?s a kg:Claim FILTER(?s != from:from && ?s != from:b) }",
    ],
)
def test_what_only_looks_like_from_is_none(store: Store, text: str) -> None:
    assert rows(store, text) == rows(store, "SELECT ?s WHERE { ?s a kg:Claim }") > 0


def test_a_name_that_is_no_iri_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="'a b' is no name of a graph, since it is no IRI"):
        store.results("ASK { ?s ?p ?o }", default_graphs=["a b"])


def test_a_prefix_that_nobody_knows_is_told_as_ever(store: Store) -> None:
    with pytest.raises(QueryError, match="the prefix nope: is not declared"):
        store.results("SELECT * FROM nope:a FROM nope:b WHERE { ?s ?p ?o }")
