"""Of a query that answers nothing, the terms that the graph does not have are named, with near ones."""

from __future__ import annotations

import pytest

from kg.absent import absent_terms
from kg.graph import KnowledgeGraph
from kg.query import named_queries
from kg.store import Store


@pytest.fixture
def store(small_graph: KnowledgeGraph) -> Store:
    return Store.of(small_graph)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "SELECT * { ?m fair4ml:trainOn ?d }",
            "fair4ml:trainOn is not in the graph; did you mean fair4ml:trainedOn?",
        ),
        (
            "SELECT * { ?m kg:trainedOn ?d }",
            "kg:trainedOn is not in the graph; did you mean fair4ml:trainedOn?",
        ),
        ("ASK { ?m a fair4ml:Model }", "fair4ml:Model is not in the graph; did you mean fair4ml:MLModel?"),
        (
            "SELECT * { ?m ?p dataset:Gamma_CXR }",
            "dataset:Gamma_CXR is not in the graph; did you mean dataset:gamma?",
        ),
        ("SELECT * { ?m ?p dataset:gama }", "dataset:gama is not in the graph; did you mean dataset:gamma?"),
        (
            "SELECT * FROM <http://nowhere> { ?s ?p ?o }",
            "<http://nowhere>: the graph of no paper has this name",
        ),
        (
            "SELECT * FROM NAMED paper:p9 { GRAPH ?g { ?s ?p ?o } }",
            "paper:p9: the graph of no paper has this name",
        ),
        (
            "SELECT * { ?m a <https://schema.org/Dataset> }",
            "<https://schema.org/Dataset> is in another namespace: here it is <http://schema.org/>",
        ),
        (
            "PREFIX s: <https://schema.org/> SELECT * { ?m a s:Dataset }",
            "PREFIX s: <https://schema.org/> is another namespace: here it is <http://schema.org/>",
        ),
        (
            "PREFIX kg: <http://a/> SELECT * { ?m kg:x ?y }",
            "PREFIX kg: <http://a/> is another namespace: here it is <https://w3id.org/biomed-kg/ontology#>",
        ),
        (
            "SELECT * { ?m fair4ml:fineTunedFrom ?d }",
            "fair4ml:fineTunedFrom is a term of the ontology, but nothing in the graph has it",
        ),
        ("SELECT * { VALUES ?x { <urn:x> } ?x ?p ?o }", "<urn:x> is not in the graph"),
    ],
)
def test_a_wrong_term_is_named_with_what_may_be_meant(store: Store, query: str, said: str) -> None:
    assert absent_terms(query, store) == [said]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?m fair4ml:trainedOn dataset:delta ; a fair4ml:MLModel }",
        "CONSTRUCT { ?m kg:none <urn:none> } WHERE { ?m a schema:Person }",
        "SELECT * { ?m rdfs:label 'kg:none <urn:none>' } # kg:none",
        "PREFIX a: <urn:none> BASE <http://none/> SELECT * { ?m rdfs:label ?l }",
        "SELECT * { ?m kg:confidence '2'^^xsd:decimal FILTER(xsd:integer(?m) = kg:none(1)) }",
        "SELECT * { GRAPH paper:p1 { ?m ?p 'x' } }",
        "SELECT * FROM paper:p1 { ?m ?p 'x' }",
        "SELECT * { \\ } <not an iri> {",
    ],
)
def test_terms_that_the_graph_has_or_that_are_not_looked_for_are_not_named(store: Store, query: str) -> None:
    assert absent_terms(query, store) == []


def test_the_queries_that_ship_name_no_term_that_is_unknown(store: Store) -> None:
    for query in named_queries().values():
        assert not [line for line in absent_terms(query.sparql, store) if "not in the graph" in line], (
            query.name
        )


def test_a_list_of_wrong_terms_ends_somewhere(store: Store) -> None:
    assert (
        len(absent_terms("SELECT * { " + " ".join(f"?s <urn:{n}> ?o ." for n in range(99)) + "}", store))
        == 20
    )


def test_a_term_cannot_break_out_of_the_look_up(store: Store) -> None:
    query = "SELECT * { ?s <urn:a\\u003E> ?o ; <urn:a\\u003E%20;DROP> ?x ; dataset:a\\> ?y }"
    assert all("\n" not in line for line in absent_terms(query, store))
