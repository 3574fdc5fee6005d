"""Faults in a query are explained where they are."""

from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph
from kg.query import QueryError, QueryRefused, check_form
from kg.store import Store


@pytest.mark.parametrize(
    ("query", "place", "explanation"),
    [
        ("SELECT * WHERE { ?s foo:p ?o }", (1, 21), "the prefix foo: is not declared; known .* fair4ml, kg,"),
        ("SELECT *\nWHERE { ?s ?p ?o", (2, 17), "1 } missing for the { at line 2, column 7"),
        ("SELECT * WHERE { ?s ?p ?o }}", (1, 28), "1 { missing"),
        ("SELECT * WHERE { ?s ?p 'open }", (1, 24), "a string is not closed"),
        ("SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s ?p ?o }", (1, 47), "neither grouped nor aggregated"),
        ("SELECT * WHERE { ?s <p> ?o }", (1, 21), "<p> is not a whole IRI"),
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


@pytest.mark.parametrize(
    "update",
    [
        "CLEAR GRAPH <http://a/>",
        "# SELECT\nDROP ALL",
        "PREFIX a: <http://a/> base <http://select/> insert data { a:a a:b a:c }",
        'DEFINE sql:select "SELECT" DELETE WHERE { ?s ?p ?o }',
        "SELECT * { ?s ?p ?o } ; LOAD <http://a/>",
        "SELECT * { ?s ?p ?o }} CLEAR ALL",
        "WITH <http://a/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_no_query_however_it_is_dressed(update: str) -> None:
    with pytest.raises(QueryRefused, match="updates are refused"):
        check_form(update)


@pytest.mark.parametrize("text", ["", "FIND ?x", "\\u0043LEAR ALL", "{ SELECT * { ?s ?p ?o } }"])
def test_what_is_neither_query_nor_update_is_told_how_one_begins(text: str) -> None:
    with pytest.raises(QueryError, match=r"begins with SELECT|the query is empty"):
        check_form(text)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ('CLEAR ALL' AS ?drop) { ?add ?clear <http://delete/> } # DROP ALL",
        "PREFIX insert: <http://a/> ASK { insert:load insert:drop ?x }",
        'define input:inference "x" SELECT * { ?s ?p ?o }',
        "DESCRIBE <http://a/>",
    ],
)
def test_words_of_updates_inside_a_query_are_not_held_against_it(query: str) -> None:
    check_form(query)
