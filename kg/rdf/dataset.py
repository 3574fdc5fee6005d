"""The graph as an rdflib dataset, for those who work with rdflib; exports and the store do without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph
import rdflib

from kg.graph import KnowledgeGraph
from kg.rdf.reading import from_quads
from kg.rdf.statements import quads
from kg.rdf.terms import prefixes

__all__ = ["from_dataset", "from_rdflib", "to_dataset", "to_rdflib"]


def to_dataset(graph: KnowledgeGraph) -> rdflib.Dataset:
    """One named graph a paper, named by the paper's IRI; a query without ``GRAPH`` sees the union of all.

    Raises:
        ValueError: the graph breaks its contract (see :func:`kg.rdf.quads`).
    """
    dataset = rdflib.Dataset(default_union=True)
    for prefix, namespace in prefixes(graph.base).items():
        dataset.bind(prefix, namespace, replace=True)
    for quad in quads(graph):
        default = isinstance(quad.graph_name, pyoxigraph.DefaultGraph)
        home = dataset.default_graph if default else dataset.graph(to_rdflib(quad.graph_name))
        home.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return dataset


def from_dataset(dataset: rdflib.Dataset, base: str | None = None) -> KnowledgeGraph:
    """The inverse of :func:`to_dataset`; the same arguments and errors as :func:`kg.rdf.from_quads`."""
    return from_quads(_quads(dataset), base)


def to_rdflib(term: Any) -> Any:
    """A pyoxigraph term, other than a blank node, as rdflib's: a literal keeps its spelling."""
    if isinstance(term, pyoxigraph.Literal):
        string = term.datatype.value == str(rdflib.XSD.string) or term.language
        datatype = None if string else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return rdflib.URIRef(term.value)


def from_rdflib(term: Any) -> Any:
    """The inverse of :func:`to_rdflib`, blank nodes included."""
    if isinstance(term, rdflib.Literal):
        if term.language:
            return pyoxigraph.Literal(str(term), language=term.language)
        return pyoxigraph.Literal(
            str(term), datatype=pyoxigraph.NamedNode(str(term.datatype or rdflib.XSD.string))
        )
    if isinstance(term, rdflib.BNode):
        return pyoxigraph.BlankNode(str(term))
    return pyoxigraph.NamedNode(str(term))


def _quads(dataset: rdflib.Dataset) -> Iterator[pyoxigraph.Quad]:
    for subject, predicate, object_, home in dataset.quads():
        default = home in (None, dataset.default_graph.identifier)
        name = pyoxigraph.DefaultGraph() if default else from_rdflib(home)
        yield pyoxigraph.Quad(from_rdflib(subject), from_rdflib(predicate), from_rdflib(object_), name)
