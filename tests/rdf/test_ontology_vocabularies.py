"""The SKOS vocabularies hold together, and say where what they map to was read."""

from __future__ import annotations

import rdflib
from rdflib import DCTERMS, RDF, RDFS, SKOS

from kg.rdf.terms import KG, SCHEMES
from kg.resources import ontology

NEUTRAL = "Neither direction is better"
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


def load(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names or ("modalities", "metrics", "tasks", "mappings"):
        graph.parse(ontology(f"{name}.ttl"))
    return graph


def test_each_concept_is_defined_and_in_one_scheme_with_one_label() -> None:
    graph = load()
    schemes = set(map(rdflib.URIRef, SCHEMES.values()))
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == schemes
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 300
    for concept in concepts:
        assert len(set(graph.objects(concept, SKOS.inScheme)) & schemes) == 1, concept
        assert len(list(graph.objects(concept, SKOS.inScheme))) == 1, concept
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1, concept
        assert len(list(graph.objects(concept, SKOS.definition))) == 1, concept


def test_a_label_is_of_one_sort_only() -> None:
    graph = load()
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        sorts = [
            set(graph.objects(concept, sort)) for sort in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        ]
        assert len(set.union(*sorts)) == sum(map(len, sorts)), concept


def test_the_hierarchy_stays_in_its_scheme_and_has_no_circle() -> None:
    graph = load()
    wider = list(graph.subject_objects(SKOS.broader))
    assert len(wider) > 40
    for concept, other in wider:
        assert graph.value(concept, SKOS.inScheme) == graph.value(other, SKOS.inScheme), concept
        assert concept not in set(graph.transitive_objects(other, SKOS.broader)), concept


def test_each_scheme_has_a_hierarchy() -> None:
    graph = load()
    for scheme in SCHEMES.values():
        inside = set(graph.subjects(SKOS.inScheme, rdflib.URIRef(scheme)))
        assert inside & set(graph.subjects(SKOS.broader)), scheme


def test_each_metric_says_which_way_is_better_or_that_neither_is() -> None:
    graph = load("metrics")
    for metric in graph.subjects(RDF.type, SKOS.Concept):
        directions = [str(way) for way in graph.objects(metric, rdflib.URIRef(KG + "betterWhen"))]
        note = str(graph.value(metric, SKOS.scopeNote) or "")
        assert directions in (["higher"], ["lower"]) or note.startswith(NEUTRAL), metric
        assert not (directions and note.startswith(NEUTRAL)), metric
        assert graph.value(metric, rdflib.URIRef(KG + "unit")), metric


def test_mappings_are_of_concepts_that_are_there() -> None:
    graph, mappings = load(), load("mappings")
    mapped = {concept for match in MATCHES for concept in mappings.subjects(match)}
    assert len(mapped) > 50
    assert mapped - set(graph.subjects(RDF.type, SKOS.Concept)) == set()


def test_each_identifier_has_the_name_it_has_there_and_a_dated_source() -> None:
    graph = load("mappings")
    targets = {target for match in MATCHES for target in graph.objects(None, match)}
    assert len(targets) > 80
    for target in targets:
        assert graph.value(target, RDFS.label), target
        source = graph.value(target, DCTERMS.source)
        assert graph.value(source, DCTERMS.title), target
        assert graph.value(source, DCTERMS.date), target
    assert set(graph.subjects(RDFS.label)) == targets


def test_an_identifier_is_the_same_as_one_concept_at_most_and_matched_in_one_way() -> None:
    graph = load("mappings")
    exact = list(graph.objects(None, SKOS.exactMatch))
    assert len(exact) == len(set(exact))
    pairs = [pair for match in MATCHES for pair in graph.subject_objects(match)]
    assert len(pairs) == len(set(pairs))
