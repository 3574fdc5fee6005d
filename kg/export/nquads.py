"""N-Quads and N-Triples: a line a statement, streamed, in the order of :func:`kg.rdf.quads`."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from kg.export.turtle import merged
from kg.graph import KnowledgeGraph
from kg.rdf import quads

__all__ = ["write", "write_triples"]


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write N-Quads, with one named graph a paper."""
    serialize(quads(graph), stream, RdfFormat.N_QUADS)


def write_triples(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write N-Triples: what all papers say, merged."""
    serialize(merged(graph), stream, RdfFormat.N_TRIPLES)
