"""GEXF, as NetworkX writes it."""

from __future__ import annotations

from typing import BinaryIO

from networkx.readwrite.gexf import GEXFWriter

from kg.export.flat import flat
from kg.graph import KnowledgeGraph

__all__ = ["write"]

_RENAMED = {"start": "text_start", "end": "text_end"}
"""GEXF takes ``start`` and ``end`` for times at which a thing exists; ours are places in a text."""


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write nodes and edges with all attributes; an edge's label is its predicate."""
    plain = flat(graph)
    for _, attributes in plain.nodes(data=True):
        _rename(attributes)
    for _, _, name, attributes in plain.edges(keys=True, data=True):
        _rename(attributes)
        attributes.update(id=name, label=attributes["predicate"])
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain)
    # The day of writing would make two builds of one input differ.
    writer.xml.find("meta").attrib.pop("lastmodifieddate", None)
    writer.write(stream)


def _rename(attributes: dict[str, object]) -> None:
    for old, new in _RENAMED.items():
        if old in attributes:
            attributes[new] = attributes.pop(old)
