"""The files of the ontology: standard tools read them, reasoning finds no contradiction, the page fits."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import owlrl
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, RDFS
from rdflib.namespace import VANN

from kg.graph import BASE, KnowledgeGraph
from kg.rdf import prefixes
from kg.rdf.documentation import page
from kg.rdf.terms import KG
from kg.resources import ontology

FILES = sorted(path.name for path in ontology().glob("*.ttl"))
SMALL = ["ontology.ttl", "modalities.ttl", "metrics.ttl", "tasks.ttl", "mappings.ttl"]
ABOUT = rdflib.URIRef(KG.rstrip("#"))


def errors(*graphs: rdflib.Graph) -> list[str]:
    """What an OWL 2 RL reasoner finds contradictory."""
    together = rdflib.Graph()
    for graph in graphs:
        for triple in graph.triples((None, None, None)):
            together.add(triple)
    reasoner = owlrl.OWLRL_Semantics(together, False, False, False)
    reasoner.closure()
    return list(reasoner.error_messages)


def read(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names:
        graph.parse(ontology(name))
    return graph


@pytest.mark.parametrize("name", FILES)
def test_rdflib_and_pyoxigraph_read_the_same_from_each_file(name: str) -> None:
    statements = set(parse(path=str(ontology(name)), format=RdfFormat.TURTLE))
    assert len(read(name)) == len(statements) > 50


@pytest.mark.skipif(not shutil.which("rapper"), reason="Redland's rapper is not installed")
@pytest.mark.parametrize("name", FILES)
def test_rapper_reads_each_file_without_complaint(name: str) -> None:
    result = subprocess.run(
        ["rapper", "--input", "turtle", "--output", "ntriples", str(ontology(name))],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    assert "warning" not in result.stderr.lower()
    assert len(set(result.stdout.splitlines())) == len(read(name))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_reasoning_over_ontology_vocabularies_and_a_graph_finds_no_contradiction(
    small_graph: KnowledgeGraph,
) -> None:
    assert errors(read(*SMALL), small_graph.rdf()) == []


@pytest.mark.parametrize(
    "turtle",
    [
        "<urn:a> kg:outperforms <urn:a> .",
        "<urn:a> a kg:Claim , schema:Dataset .",
        "<urn:a> rdf:predicate kg:uses . <urn:a> a kg:Claim . <urn:a> kg:introduces <urn:b> .",
    ],
)
def test_reasoning_finds_a_contradiction_that_is_planted(turtle: str) -> None:
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in prefixes(BASE).items())
    assert errors(read("ontology.ttl"), rdflib.Graph().parse(data=head + turtle, format="turtle"))


def test_the_ontology_says_its_version_prefix_licence_and_makers() -> None:
    graph = read("ontology.ttl")
    assert (ABOUT, RDF.type, OWL.Ontology) in graph
    version = str(graph.value(ABOUT, OWL.versionInfo))
    assert str(graph.value(ABOUT, OWL.versionIRI)) == f"{ABOUT}/{version}"
    assert str(graph.value(ABOUT, VANN.preferredNamespaceUri)) == KG
    assert str(graph.value(ABOUT, VANN.preferredNamespacePrefix)) == "kg"
    for needed in ("title", "description", "license", "creator", "contributor"):
        assert graph.value(ABOUT, rdflib.DCTERMS[needed]), needed


def test_terms_of_others_are_told_how_they_are_used_and_not_redefined() -> None:
    graph = read("ontology.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    theirs = {
        term
        for kind in kinds
        for term in graph.subjects(RDF.type, kind)
        if isinstance(term, rdflib.URIRef) and not str(term).startswith(KG)
    }
    assert len(theirs) > 40
    for term in theirs:
        assert graph.value(term, VANN.usageNote), term
        assert graph.value(term, RDFS.isDefinedBy), term
        for defining in (RDFS.domain, RDFS.range, RDFS.label, RDFS.comment):
            assert graph.value(term, defining) is None, (term, defining)


def test_the_page_on_the_ontology_is_made_from_the_files_as_they_are() -> None:
    file = Path(__file__).parents[2] / "docs" / "ontology.md"
    assert file.read_text(encoding="utf-8") == page(), (
        "the files changed: run python -m kg.rdf.documentation > docs/ontology.md"
    )


def test_the_page_is_a_table_row_a_term_whatever_its_text_holds() -> None:
    rows = [line for line in page().splitlines() if line.startswith("|")]
    graph = read(*SMALL)
    for term in graph.subjects(RDFS.isDefinedBy, ABOUT):
        if (term, RDFS.comment, None) in graph:
            assert sum(row.startswith(f"| `kg:{str(term).removeprefix(KG)}` |") for row in rows) == 1, term
