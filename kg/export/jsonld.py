"""JSON-LD in its expanded form, with one named graph a paper.

``ontology/context.jsonld`` turns it into short names with any JSON-LD processor.
"""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from kg.graph import KnowledgeGraph
from kg.rdf import quads

__all__ = ["write"]


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write the statements graph by graph; they are held in memory to be sorted."""
    serialize(sorted(quads(graph), key=lambda quad: str(quad.graph_name)), stream, RdfFormat.JSON_LD)
