"""Linking on the driver of a cluster: the names of all papers become nodes, in the memory of one machine.

Only what has to be seen of all papers at once is here: identifiers, dates, names and concepts. What it takes
is estimated before, and refused where it would not fit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.engines import arrow
from kg.engines.partitions import light
from kg.graph import KnowledgeGraph
from kg.link.concepts import Concepts
from kg.papers import BuildError

__all__ = ["Named", "check_memory", "default_limit", "memory", "name_nodes", "rows_of"]

PER_PAPER, PER_NAME, PER_CONCEPT = 1_500, 1_500, 200
"""Bytes that linking takes for a paper, a name in it and a concept of it: ``benchmarks/driver_memory.py``."""

FIXED = 250 << 20
"""Bytes that the process takes without any paper."""

SHARE = 0.7
"""Of the machine's memory that is used unless the user says otherwise: the Java process needs some too."""

ROWS = 20_000
"""Of a batch of the nodes that papers and names became."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the names of all papers became."""

    graph: KnowledgeGraph
    """Things and concepts, without papers."""
    concepts: Concepts
    papers: int


def name_nodes(rows: Iterable[dict[str, Any]], base: str, to: Path) -> Named:
    """Link papers by their names (as :func:`kg.link.link` does) and write the node of each paper and name.

    Args:
        rows: one a paper, of the shape that :func:`kg.engines.partitions.light` takes.
        base: the IRI that node keys are relative to.
        to: the Parquet file to write, of the schema :func:`kg.engines.arrow.nodes_of_names`.

    Raises:
        ValueError: two papers have one id.
    """
    import pyarrow.parquet as pq

    from kg.link.linking import resolve
    from kg.link.occurrences import read

    graph = KnowledgeGraph(base=base)
    papers = read(light(_shared(row)) for row in rows)
    concepts = resolve(papers, graph)
    schema = arrow.nodes_of_names()
    with pq.ParquetWriter(to, schema) as file:  # type: ignore[no-untyped-call]
        for batch in arrow.batches((_nodes(paper) for paper in papers), schema, ROWS):
            file.write_batch(batch)
    return Named(graph, concepts, len(papers))


def rows_of(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Rows of Parquet files, one after the other."""
    import pyarrow.parquet as pq

    for path in files:
        with pq.ParquetFile(path) as file:  # type: ignore[no-untyped-call]
            for batch in file.iter_batches(1_000):
                yield from batch.to_pylist()


def memory(papers: int, names: int, concepts: int) -> int:
    """Bytes that linking so many papers, names in them and concepts of them takes, about."""
    return FIXED + papers * PER_PAPER + names * PER_NAME + concepts * PER_CONCEPT


def default_limit() -> float:
    """GiB that linking may take unless the user says otherwise."""
    return SHARE * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)


def check_memory(papers: int, names: int, concepts: int, limit: float) -> None:
    """See to it that linking fits.

    Args:
        papers: their number.
        names: the number of models and datasets in all of them, a name counted once a paper.
        concepts: the same of modalities, metrics and tasks.
        limit: GiB that it may take.

    Raises:
        BuildError: it takes more.
    """
    needed = memory(papers, names, concepts) / (1 << 30)
    if needed > limit:
        raise BuildError(
            f"linking {papers:,} papers with {names:,} names takes about {needed:.1f} GiB on the driver, "
            f"more than the {limit:.1f} of --driver-limit: give the driver a machine with more memory and "
            "raise the limit, or build from fewer papers; what was extracted is kept for the next run"
        )


def _shared(row: dict[str, Any]) -> dict[str, Any]:
    """The row with one object for each concept's name: few names stand in very many papers."""
    for concept in row["concepts"]:
        concept["name"] = sys.intern(concept["name"])
    row["measured"] = [sys.intern(metric) for metric in row["measured"] if metric]
    return row


def _nodes(paper: Any) -> dict[str, Any]:
    things = ({"kind": o.kind, "key": o.key, "node": o.node} for o in paper.occurrences if o.node)
    return {"id": paper.record.document.id, "node": paper.node, "things": list(things)}
