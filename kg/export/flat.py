"""The graph in the shape that graph formats and tables take: plain values, clean text, edges with an id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.rdf.iris import claim_iri, key

__all__ = ["SEPARATOR", "clean", "edge_id", "flat", "flat_edges", "flat_nodes"]

SEPARATOR = " | "
"""Between the values of an attribute that has several."""

_FLOATS = ("confidence", "maximum", "minimum", "value")
"""Attributes that are one type in every format, whether a value is whole or not."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not."""


def flat(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """A copy sorted by key; edges are keyed by their claim (``claim/…``), which is unique in the graph."""
    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in flat_nodes(graph):
        copy.add_node(node, **attributes)
    for subject, object_, name, attributes in flat_edges(graph):
        copy.add_edge(subject, object_, key=name, **attributes)
    return copy


def flat_nodes(graph: KnowledgeGraph) -> Iterator[tuple[str, dict[str, Any]]]:
    """The nodes of :func:`flat` one by one: key and attributes."""
    for node, attributes in graph.nodes():
        yield clean(node), _plain(attributes)


def flat_edges(graph: KnowledgeGraph) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """The edges of :func:`flat` one by one: ends, claim and attributes."""
    for subject, object_, attributes in graph.edges():
        name = edge_id(subject, object_, attributes)
        yield clean(subject), clean(object_), clean(name), _plain(attributes)


def edge_id(subject: str, object_: str, attributes: dict[str, Any]) -> str:
    """The path of an edge's claim under the base, as in the RDF."""
    base = "x:/"
    claim = claim_iri(subject, attributes["predicate"], object_, attributes.get("paper"), base)
    return key(claim.value, base)


def clean(text: str) -> str:
    """The text with U+FFFD for each character that XML forbids, as control characters are."""
    return _FORBIDDEN.sub("\ufffd", text)


def _plain(attributes: dict[str, Any]) -> dict[str, Any]:
    """Attributes sorted by name, with one type each."""
    plain: dict[str, Any] = {}
    for name, value in sorted(attributes.items()):
        if isinstance(value, tuple):
            plain[name] = clean(SEPARATOR.join(value))
        elif isinstance(value, str):
            plain[name] = clean(value)
        elif isinstance(value, int | float) and name in _FLOATS:
            plain[name] = float(value)
        else:
            plain[name] = value
    return plain
