"""RDF that somebody else wrote with the ontology's terms is read as far as it goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from kg.export import load
from kg.graph import KnowledgeGraph
from kg.rdf import from_quads, prefixes, quads
from kg.resources import ontology

BASE = "https://example.org/mine/"


def read(text: str, format: RdfFormat = RdfFormat.TURTLE) -> KnowledgeGraph:
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in prefixes(BASE).items())
    return from_quads(parse(head + text, format=format), BASE)


def test_statements_without_claims_become_edges_without_a_sentence() -> None:
    graph = read(
        """model:a a fair4ml:MLModel ; schema:name "A" ;
          fair4ml:trainedOn dataset:d ; kg:dependsOn dataset:d .
        dataset:d a schema:Dataset ; rdfs:label "D" ; skos:altLabel "dd" ."""
    )
    assert list(graph.edges()) == [("model/a", "dataset/d", {"predicate": "trainedOn"})]
    assert graph.nx.nodes["model/a"]["label"] == "A"
    assert graph.nx.nodes["dataset/d"]["aliases"] == ("dd",)


def test_a_named_graph_is_the_paper_of_its_statements() -> None:
    graph = read(
        """model:a a fair4ml:MLModel . dataset:d a schema:Dataset .
        paper:p {
          paper:p a schema:ScholarlyArticle ; schema:author "Ann" .
          model:a fair4ml:trainedOn dataset:d
        }""",
        RdfFormat.TRIG,
    )
    assert graph.nx.get_edge_data("model/a", "dataset/d", "trainedOn|paper/p") is not None
    assert graph.nx.nodes["paper/p"]["authors"] == ("Ann",)


def test_what_a_paper_does_itself_is_said_by_that_paper() -> None:
    graph = read("paper:p a schema:ScholarlyArticle ; kg:introduces model:a . model:a a fair4ml:MLModel .")
    assert [edge[2]["paper"] for edge in graph.edges()] == ["paper/p"]


def test_fine_tuning_is_read_as_based_on() -> None:
    graph = read("model:a a fair4ml:MLModel ; fair4ml:fineTunedFrom model:b . model:b a fair4ml:MLModel .")
    assert [edge[2]["predicate"] for edge in graph.edges()] == ["basedOn"]


def test_mentions_that_only_repeat_a_narrower_property_are_no_edge_of_their_own() -> None:
    graph = read(
        """paper:p a schema:ScholarlyArticle ; kg:uses model:a ; schema:mentions model:a , model:b .
        model:a a fair4ml:MLModel . model:b a fair4ml:MLModel ."""
    )
    assert [(edge[1], edge[2]["predicate"]) for edge in graph.edges()] == [
        ("model/a", "uses"),
        ("model/b", "mentions"),
    ]


def test_things_outside_the_base_keep_their_whole_iri() -> None:
    graph = read("<http://other.example/m#x> a fair4ml:MLModel .")
    assert dict(graph.nodes()) == {"http://other.example/m#x": {"kind": "model", "label": "m#x"}}


def test_an_edge_to_something_without_a_type_is_named() -> None:
    with pytest.raises(ValueError, match="'dataset/d' has no type"):
        read("model:a a fair4ml:MLModel ; fair4ml:trainedOn dataset:d .")


def test_a_claim_without_its_parts_is_named() -> None:
    with pytest.raises(ValueError, match="claim/c>: needs rdf:subject"):
        read("claim:c a kg:Claim .")


def test_an_order_that_does_not_fit_its_values_is_named() -> None:
    with pytest.raises(ValueError, match="kg:order 'aliases 3'"):
        read('model:a a fair4ml:MLModel ; skos:altLabel "x" ; kg:order "aliases 3" .')


def test_a_number_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r"result/r>.*expected a number"):
        read('result:r a fair4ml:MLModelEvaluation ; schema:value "high" .')


def test_schema_org_may_be_written_with_https() -> None:
    graph = read(
        """@prefix s: <https://schema.org/> .
        paper:p a s:ScholarlyArticle ; s:name "P" ; s:url "https://schema.org/x" ; kg:uses dataset:d .
        dataset:d a s:Dataset ; s:name "D" ."""
    )
    assert [edge[2]["predicate"] for edge in graph.edges()] == ["uses"]
    assert graph.nx.nodes["paper/p"]["title"] == "P"
    assert graph.nx.nodes["paper/p"]["url"] == "https://schema.org/x"


def test_an_address_may_be_an_iri() -> None:
    graph = read("paper:p a schema:ScholarlyArticle ; schema:url <http://a/x> ; rdfs:seeAlso <http://a/y> .")
    assert graph.nx.nodes["paper/p"]["url"] == "http://a/x"
    assert graph.nx.nodes["paper/p"]["links"] == ("http://a/y",)


@pytest.mark.parametrize("property_", ["rdfs:label", "skos:prefLabel", "schema:name"])
def test_of_labels_in_several_languages_the_plain_or_english_one_is_taken(property_: str) -> None:
    german, english, plain = '"Aa"@de', '"Ab"@en', '"Ac"'
    for labels, taken in (((german, english), "Ab"), ((german, english, plain), "Ac"), ((german,), "Aa")):
        for order in (labels, labels[::-1]):
            graph = read(f"model:a a fair4ml:MLModel ; {property_} {', '.join(order)} .")
            assert graph.nx.nodes["model/a"]["label"] == taken


def test_nodes_without_a_name_are_read_and_saved() -> None:
    graph = read(
        """_:m a fair4ml:MLModel ; rdfs:label "M" ; fair4ml:trainedOn [ a schema:Dataset ; rdfs:label "D" ] .
        paper:p a schema:ScholarlyArticle ; schema:author [ schema:name "Ann" ; schema:position 1 ] .
        [] a kg:Claim ; rdf:subject _:m ; rdf:predicate fair4ml:evaluatedOn ; rdf:object dataset:e ;
          prov:wasDerivedFrom paper:p ; oa:exact "tested on E" .
        dataset:e a schema:Dataset ."""
    )
    assert sorted(edge[2]["predicate"] for edge in graph.edges()) == ["evaluatedOn", "trainedOn"]
    assert graph.nx.nodes["paper/p"]["authors"] == ("Ann",)
    assert from_quads(quads(graph)) == graph


@pytest.mark.parametrize(
    ("authors", "read_as"),
    [
        ('([ schema:name "B" ] [ schema:name "A" ] "C")', ("B", "A", "C")),
        ("()", None),
        ('_:l . _:l rdf:first "A" ; rdf:rest _:l', ("A",)),
    ],
)
def test_authors_may_be_a_list(authors: str, read_as: tuple[str, ...] | None) -> None:
    graph = read(f"paper:p a schema:ScholarlyArticle ; schema:author {authors} .")
    assert graph.nx.nodes["paper/p"].get("authors") == read_as


@pytest.mark.parametrize("format", ["turtle", "longturtle", "nt", "json-ld"])
def test_a_graph_that_went_through_other_software_is_the_same(
    small_graph: KnowledgeGraph, tmp_path: Path, format: str
) -> None:
    theirs = rdflib.Graph(bind_namespaces="none").parse(small_graph.save(tmp_path) / "graph.ttl")
    for number, space in enumerate((*prefixes(small_graph.base).values(), "https://w3id.org/")):
        theirs.bind(f"x{number}", space, override=True, replace=True)
    file = tmp_path / f"theirs.{ {'nt': 'nt', 'json-ld': 'jsonld'}.get(format, 'ttl') }"
    theirs.serialize(file, format=format, encoding="utf-8")
    assert load(file) == small_graph


def test_json_with_the_context_is_read_by_short_names() -> None:
    context = json.loads(ontology("context.jsonld").read_text(encoding="utf-8"))["@context"]
    document = {
        "@context": context,
        "@graph": [
            {"id": "model/x", "type": "Model", "label": "X", "trainedOn": ["dataset/y"]},
            {"id": "dataset/y", "type": "Dataset", "label": "Y", "aliases": ["why"]},
            {"id": "paper/p", "type": "Paper", "label": "P", "authors": [{"name": "Ann", "position": 1}]},
            {
                "id": "claim/1",
                "type": "Claim",
                "subject": "model/x",
                "predicate": "trainedOn",
                "object": "dataset/y",
                "derivedFrom": "paper/p",
                "exact": "X was trained on Y.",
                "start": 1,
                "end": 20,
                "confidence": 0.5,
            },
        ],
    }
    graph = from_quads(parse(json.dumps(document), format=RdfFormat.JSON_LD))
    expected = KnowledgeGraph()
    expected.nx.add_node("model/x", kind="model", label="X")
    expected.nx.add_node("dataset/y", kind="dataset", label="Y", aliases=("why",))
    expected.nx.add_node("paper/p", kind="paper", label="P", authors=("Ann",))
    evidence = {"exact": "X was trained on Y.", "start": 1, "end": 20, "confidence": 0.5}
    expected.add_claim("model/x", "trainedOn", "dataset/y", "paper/p", **evidence)
    assert graph == expected
