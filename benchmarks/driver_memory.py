"""How much memory linking takes on the driver of a cluster, a paper, a name and a concept.

    python benchmarks/driver_memory.py PAPERS.jsonl [--papers 20000]

Papers are the given records dealt again and again under other ids. What a paper presents gets a name of its
own each time, so that there are as many new things as in real literature; what it uses keeps its name. Three
processes link them: without names and concepts, with concepts, and with both. Prints bytes and papers a
second; :mod:`kg.engines.naming` keeps the bytes, rounded up.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.engines.naming import name_nodes
from kg.graph import BASE
from kg.papers import read_records
from kg.records import Entity, PaperRecord

KINDS = ("papers", "concepts", "names")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("records", type=Path, help="the papers.jsonl of a build")
    parser.add_argument("--papers", type=int, default=20_000)
    arguments = parser.parse_args()
    before = 0.0
    for held in range(len(KINDS)):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            size, seconds, counts = pool.apply(_linked, (arguments.records, arguments.papers, held))
        kind = KINDS[held]
        each = (size - before) / counts[kind]
        print(f"{kind}: {counts[kind]:,}, {each:,.0f} bytes each; {arguments.papers / seconds:,.0f} papers/s")
        before = size


def _linked(records: Path, papers: int, held: int) -> tuple[float, float, dict[str, int]]:
    """Peak memory that so many papers added, the time they took, and how much there was of each kind."""
    given = list(read_records(records))
    counts = dict.fromkeys(KINDS, 0)
    with tempfile.TemporaryDirectory() as folder:
        name_nodes(_rows(given, 200, 2, dict(counts)), BASE, Path(folder) / "warm.parquet")
        start, before = time.perf_counter(), _peak()
        name_nodes(_rows(given, papers, held, counts), BASE, Path(folder) / "nodes.parquet")
    return _peak() - before, time.perf_counter() - start, counts


def _rows(
    given: list[PaperRecord], papers: int, held: int, counts: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for number in range(papers):
        record = given[number % len(given)]
        concepts = [{"kind": c.kind, "name": c.name} for c in record.concepts] if held else []
        models, datasets = (
            [_entity(entity, number) for entity in entities] if held > 1 else []
            for entities in (record.models, record.datasets)
        )
        counts["papers"] += 1
        counts["concepts"] += len(concepts)
        counts["names"] += len(models) + len(datasets)
        yield {
            "id": f"doi-10.{number % 9000 + 1000}-journal.{number}",
            "issued": record.document.issued,
            "source": f"abstracts-{number % 100:04}.jsonl:{number}",
            "models": models,
            "datasets": datasets,
            "concepts": concepts,
            "measured": [],
        }


def _entity(entity: Entity, number: int) -> dict[str, Any]:
    own = f"{number:x}" if entity.role == "introduced" else ""
    return {"name": entity.name + own, "role": entity.role, "aliases": list(entity.aliases)}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
