"""Things of a store by their labels and aliases, after the rules of :mod:`kg.finding`."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.finding import UnknownName, find, suggest
from kg.graph import KnowledgeGraph
from kg.rdf.iris import key
from kg.rdf.terms import RDFS, SKOS

__all__ = ["called"]

LABELS = (RDFS + "label", SKOS + "prefLabel")
ALIASES = (SKOS + "altLabel",)
UNNAMED = ("author", "claim", "result")
"""Kinds of thing whose labels are no names: nobody asks for "AUROC 0.91"."""


def called(store: ox.Store, name: str, base: str, kind: str | None = None) -> list[str]:
    """IRIs of the things that go by a name best; see :meth:`kg.things.Source.called`."""
    for properties in (LABELS, ALIASES):
        if found := _written(store, properties, name, base) or _alike(store, properties, name, base):
            return found
    names = _names(store, (*LABELS, *ALIASES), base)
    near = suggest(names, name, [kind]) if kind else []
    raise UnknownName(name, [kind or "thing"], near or suggest(names, name))


def _written(store: ox.Store, properties: Iterable[str], name: str, base: str) -> list[str]:
    """Things that go by exactly this name, which the index tells without a look at the others."""
    found = {
        quad.subject.value
        for property_ in properties
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(property_), ox.Literal(name), ox.DefaultGraph()
        )
        if isinstance(quad.subject, ox.NamedNode) and _kind(quad.subject.value, base) not in UNNAMED
    }
    return sorted(found)


def _alike(store: ox.Store, properties: Iterable[str], name: str, base: str) -> list[str]:
    """Things that go by this name but for case, spaces and punctuation."""
    graph = _names(store, properties, base)
    return [graph.nx.nodes[node]["iri"] for node in find(graph, name)]


def _names(store: ox.Store, properties: Iterable[str], base: str) -> KnowledgeGraph:
    """A graph of nothing but names, to look for one in."""
    forms: dict[str, dict[str, None]] = {}
    for property_ in properties:
        for quad in store.quads_for_pattern(None, ox.NamedNode(property_), None, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                forms.setdefault(quad.subject.value, {})[quad.object.value] = None
    graph = KnowledgeGraph(base=base)
    for thing, (label, *others) in forms.items():
        if (kind := _kind(thing, base)) not in UNNAMED:
            graph.nx.add_node(key(thing, base), kind=kind, label=label, aliases=tuple(others), iri=thing)
    return graph


def _kind(thing: str, base: str) -> str:
    return key(thing, base).partition("/")[0]
