"""GraphML, as NetworkX writes it."""

from __future__ import annotations

from typing import BinaryIO

from networkx.readwrite.graphml import write_graphml_xml

from kg.export.flat import flat
from kg.graph import KnowledgeGraph

__all__ = ["write"]


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write nodes and edges with all attributes, several values joined by ``SEPARATOR``."""
    # write_graphml takes lxml where it is installed and then writes other bytes.
    write_graphml_xml(flat(graph), stream)
