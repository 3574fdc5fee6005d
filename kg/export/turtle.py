"""Turtle: the merged graph with its claims, a block a subject, to be read by people as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import RdfFormat, Triple, serialize

from kg.graph import KnowledgeGraph
from kg.rdf import prefixes, quads

__all__ = ["merged", "pieces", "to_turtle", "write"]


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write subject by subject, in the order of :func:`kg.rdf.quads`, so memory does not grow."""
    for piece in pieces(merged(graph), prefixes(graph.base)):
        stream.write(piece)


def merged(graph: KnowledgeGraph) -> Iterator[Triple]:
    """The triples of all papers together, each once."""
    last: Triple | None = None
    for quad in quads(graph):
        triple = quad.triple
        # What several papers say stands side by side.
        if triple != last:
            yield triple
        last = triple


def to_turtle(triples: Iterable[Triple], names: Mapping[str, str]) -> str:
    """Turtle of any triples, those of one subject next to each other."""
    return b"".join(pieces(triples, names)).decode()


def pieces(triples: Iterable[Triple], names: Mapping[str, str]) -> Iterator[bytes]:
    """The same, a piece at a time."""
    yield _header(names)
    for block in _blocks(triples, names):
        yield b"\n" + block


def _header(names: Mapping[str, str]) -> bytes:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in names.items()).encode()


def _blocks(triples: Iterable[Triple], names: Mapping[str, str]) -> Iterator[bytes]:
    for _, group in groupby(triples, key=lambda triple: triple.subject):
        lines = serialize(group, format=RdfFormat.TURTLE, prefixes=dict(names)) or b""
        # The serialiser writes its prefixes in no fixed order: ours are at the top of the file.
        yield b"".join(line for line in lines.splitlines(True) if not line.startswith(b"@prefix "))
