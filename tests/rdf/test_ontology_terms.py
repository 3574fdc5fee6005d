"""The ontology defines every term that the program writes, and says where it belongs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import rdflib
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS

from kg.graph import BASE, DEPENDS_ON, KnowledgeGraph
from kg.rdf import quads, terms
from kg.resources import ontology


def load() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ("ontology", "modalities", "metrics", "tasks"):
        graph.parse(ontology(f"{name}.ttl"))
    return graph


def test_every_term_of_ours_in_the_graph_is_in_the_ontology(small_graph: KnowledgeGraph) -> None:
    defined = {str(subject) for subject in load().subjects()}
    written = {
        term.value
        for quad in quads(small_graph)
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(terms.KG)
    }
    assert len(written) > 15
    assert written - defined == set()


def test_every_term_of_others_in_the_graph_is_declared_in_the_ontology(small_graph: KnowledgeGraph) -> None:
    declared = {str(subject) for subject in load().subjects()}
    written = {quad.predicate.value for quad in quads(small_graph)}
    written |= {q.object.value for q in quads(small_graph) if q.predicate.value == str(RDF.type)}
    assert len(written) > 40
    assert written - declared == {str(RDF.type)}


def test_the_shapes_know_exactly_the_properties_of_the_ontology() -> None:
    shapes = ontology("shapes.ttl").read_text(encoding="utf-8")
    known = re.search(r"shape:knownTerms a .*?NOT IN \((.*?)\)\)", shapes, re.DOTALL)
    assert known
    listed = {terms.KG + name for name in re.findall(r"kg:(\w+)", known[1])}
    assert listed == {str(s) for s in load().subjects(RDFS.domain) if str(s).startswith(terms.KG)}
    named = {terms.KG + name for name in re.findall(r"kg:(\w+)", shapes)}
    assert named - {str(subject) for subject in load().subjects()} == set()


def test_every_property_of_ours_in_the_vocabularies_is_in_the_ontology() -> None:
    graph = load()
    used = {str(property_) for property_ in graph.predicates() if str(property_).startswith(terms.KG)}
    assert terms.KG + "betterWhen" in used
    assert used - {str(subject) for subject in graph.subjects(RDFS.domain)} == set()


def test_every_property_of_ours_has_label_comment_domain_and_range() -> None:
    graph = load()
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    ours = [s for kind in kinds for s in graph.subjects(RDF.type, kind) if str(s).startswith(terms.KG)]
    assert ours
    lacking = [
        (str(term), str(needed))
        for term in ours
        for needed in (RDFS.label, RDFS.comment, RDFS.domain, RDFS.range)
        if len(list(graph.objects(term, needed))) != 1
    ]
    assert lacking == []


def test_claims_are_statements_and_stated_superproperties_are_superproperties() -> None:
    graph = load()
    assert (rdflib.URIRef(terms.KG + "Claim"), RDFS.subClassOf, RDF.Statement) in graph
    for predicate, implied in terms.IMPLIED.items():
        # PROV's own property joins more than datasets, so it is no subproperty of ours.
        if predicate != "derivedFrom":
            narrow, wide = rdflib.URIRef(terms.PREDICATES[predicate]), rdflib.URIRef(implied)
            assert wide in set(graph.transitive_objects(narrow, RDFS.subPropertyOf)), predicate


def test_the_predicates_of_lineage_are_those_stated_as_dependencies() -> None:
    assert {p for p, implied in terms.IMPLIED.items() if implied.endswith("dependsOn")} == DEPENDS_ON


def test_the_json_context_has_a_short_name_for_every_predicate_and_attribute() -> None:
    context = json.loads(ontology("context.jsonld").read_text(encoding="utf-8"))["@context"]
    spaces = {name: space for name, space in context.items() if isinstance(space, str)}

    def expanded(name: str) -> str:
        term = context[name]["@id"] if isinstance(context[name], dict) else context[name]
        prefix, _, local = term.partition(":")
        return str(spaces[prefix]) + local

    for name, property_ in terms.PREDICATES.items():
        assert expanded(name) == property_, name
    for name, attribute in {**terms.ATTRIBUTES, **terms.TUPLES}.items():
        assert expanded(name) == attribute.property, name


def test_the_page_on_the_graph_explains_every_term_written(small_graph: KnowledgeGraph) -> None:
    page = (Path(__file__).parents[2] / "docs" / "graph.md").read_text(encoding="utf-8")
    general = {"rdf:type", "dcterms:conformsTo", "prov:wasAssociatedWith", "schema:softwareVersion"}
    for property_ in {quad.predicate.value for quad in quads(small_graph)}:
        prefix, space = next(item for item in terms.NAMESPACES.items() if property_.startswith(item[1]))
        short = f"{prefix}:{property_.removeprefix(space)}"
        assert short in page or short in general, short


def test_the_page_of_terms_joins_each_name_of_the_python_graph_with_its_property() -> None:
    page = (Path(__file__).parents[2] / "docs" / "graph.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"\| `(\w+)` \| `(\w+:\w+)` (?=\|)", page))
    spaces = terms.prefixes(BASE)
    whole = {name: spaces[term.partition(":")[0]] + term.partition(":")[2] for name, term in shown.items()}
    assert whole == terms.PREDICATES
