"""Filling a store: each statement in the graph of its paper, and all of them merged in the default graph.

Oxigraph's own union of graphs gives a statement once for each paper that makes it, so counts would be wrong.
The merged copy gives each once, and takes paths faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pyoxigraph as ox

__all__ = ["load"]

BATCH = 150_000
"""Statements that are sorted and written together: about 200 MB of memory."""


def load(store: ox.Store, quads: Iterable[ox.Quad | ox.Triple]) -> None:
    """Put statements into a store, those of named graphs into the default graph as well; as a stream.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    statements = _both(quads)
    while (first := next(statements, None)) is not None:
        store.bulk_extend(chain((first,), islice(statements, BATCH - 1)))


def _both(quads: Iterable[ox.Quad | ox.Triple]) -> Iterator[ox.Quad]:
    merged = ox.DefaultGraph()
    for quad in quads:
        if isinstance(quad, ox.Quad):
            yield quad
            if quad.graph_name == merged:
                continue
        yield ox.Quad(quad.subject, quad.predicate, quad.object)
