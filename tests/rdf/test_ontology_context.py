"""The JSON-LD context has a short name for every term, and loses nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import OWL, RDF

from kg.graph import KnowledgeGraph
from kg.rdf import from_dataset, from_quads, terms
from kg.resources import ontology

SHORT = {
    **terms.PREDICATES,
    **{name: attribute.property for name, attribute in {**terms.ATTRIBUTES, **terms.TUPLES}.items()},
    "authors": terms.SCHEMA + "author",
    "position": terms.SCHEMA + "position",
    "identifier": terms.SCHEMA + "identifier",
    "order": terms.KG + "order",
    "dependsOn": terms.KG + "dependsOn",
    "hasEvaluation": terms.FAIR4ML + "hasEvaluation",
    "subject": terms.RDF + "subject",
    "predicate": terms.RDF + "predicate",
    "object": terms.RDF + "object",
    "fineTunedFrom": terms.FAIR4ML + "fineTunedFrom",
}
"""Names of the program, and the terms that they stand for."""
UNSTATED = {"schema:CreativeWork", "schema:about", "prov:Entity", "prov:wasInfluencedBy", "rdf:Statement"}
"""Terms that no graph states."""


def context() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(ontology("context.jsonld").read_text(encoding="utf-8"))["@context"]
    return loaded


def expanded(name: str, value: object = "x") -> str:
    """The property that a JSON-LD processor makes of a short name."""
    document = json.dumps({"@context": context(), "id": "urn:x", name: value})
    found = list(parse(document.encode(), format=RdfFormat.JSON_LD))
    assert len(found) == 1, name
    return found[0].predicate.value


def shortened(term: str) -> str:
    return next(f"{p}:{term.removeprefix(s)}" for p, s in terms.NAMESPACES.items() if term.startswith(s))


@pytest.mark.parametrize("name", SHORT)
def test_a_short_name_expands_to_the_term_that_the_program_writes(name: str) -> None:
    assert expanded(name, {"id": "urn:y"} if name in terms.PREDICATES else "x") == SHORT[name]


def test_names_of_classes_expand_to_the_classes_of_the_program() -> None:
    names = ("Paper", "Model", "Dataset", "Concept", "Result", "Claim", "Person")
    document = json.dumps({"@context": context(), "id": "urn:x", "type": names})
    types = {quad.object.value for quad in parse(document.encode(), format=RdfFormat.JSON_LD)}
    assert types == {*terms.CLASSES.values(), terms.KG + "Claim", terms.SCHEMA + "Person"}


def test_every_term_of_the_ontology_has_a_short_name() -> None:
    graph = rdflib.Graph().parse(ontology("ontology.ttl"))
    named = {value["@id"] if isinstance(value, dict) else value for value in context().values()}
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in graph.subjects(RDF.type, kind):
            if isinstance(term, rdflib.URIRef) and (short := shortened(term)) not in UNSTATED:
                assert short in named, short


def test_prefixes_are_those_of_the_program() -> None:
    for prefix, space in context().items():
        if prefix in terms.NAMESPACES:
            assert space == terms.NAMESPACES[prefix]
    assert {"kg", "fair4ml", "schema", "skos", "prov", "oa"} <= context().keys()


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_a_graph_shortened_with_the_context_and_read_again_is_the_same(small_graph: KnowledgeGraph) -> None:
    text = small_graph.rdf().serialize(format="json-ld", context=context())
    assert '"trainedOn"' in text
    assert terms.FAIR4ML + "trainedOn" not in text
    assert from_quads(parse(text.encode(), format=RdfFormat.JSON_LD)) == small_graph
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="json-ld")
    assert from_dataset(dataset) == small_graph


def test_json_written_by_hand_with_short_names_is_read() -> None:
    document = {
        "@context": context(),
        "@graph": [
            {"id": "model/a", "type": "Model", "label": "A", "trainedOn": ["dataset/d"], "aliases": ["AA"]},
            {"id": "dataset/d", "type": "Dataset", "label": "D"},
        ],
    }
    graph = from_quads(parse(json.dumps(document).encode(), format=RdfFormat.JSON_LD))
    assert [edge[:2] for edge in graph.edges("trainedOn")] == [("model/a", "dataset/d")]
    assert graph.nx.nodes["model/a"]["aliases"] == ("AA",)
    assert NamedNode(graph.base + "model/a").value.startswith("https://")
