"""Faults in a query are explained where they are."""

from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph
from kg.query import QueryError
from kg.store import Store


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
