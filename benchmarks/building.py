"""What a build costs beyond the extraction that is in it, at several sizes; part of ``all.py``.

Papers are dealt from the given ones under fresh names (``dealt.py``) and written as JSON Lines. ``kg build``
reads them, extracts, links, and writes all its files; its peer, a process too, only reads and extracts. Both
use one process. Then all cores, and the same build once more, when nothing has changed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from commands import KG, Cost, run
from comparisons import Comparison, tell
from dealt import deal

from kg.papers import papers_or_records
from kg.records import PaperRecord

__all__ = ["measure"]

BARE = """
import sys
from kg.extract import extract
from kg.sources import read
print(sum(1 for _ in extract(read(sys.argv[1:]))))
"""
ALONE = "extraction alone, one process"


def measure(inputs: Sequence[Path], sizes: Sequence[int], folder: Path) -> list[Comparison]:
    """Builds of so many papers beside their extraction.

    Args:
        inputs: papers to deal.
        sizes: how many, one after another; the second is also built on all cores, and again.
        folder: for what is read and written.
    """
    templates = list(papers_or_records(inputs))
    found = []
    for size in sizes:
        file = folder / f"{size}.jsonl"
        _write(templates, size, file)
        tell(f"build: {size:,} papers, extracted only")
        bare = run([sys.executable, "-c", BARE, file])
        tell(f"build: {size:,} papers")
        build = _build(file, folder / f"{size}", "--jobs", "0")
        found.append(_beside(f"{size:,} papers, one process", build, ALONE, bare, size))
        if size == list(islice(sizes, 2))[-1]:
            tell(f"build: {size:,} papers, on all cores")
            fast = _build(file, folder / f"{size}-all")
            found.append(_beside(f"{size:,} papers, all cores", fast, ALONE, bare, size))
            tell(f"build: {size:,} papers, nothing changed")
            again = _build(file, folder / f"{size}", "--jobs", "0")
            first = "the first build, one process"
            found.append(_beside(f"{size:,} papers again, nothing changed", again, first, build, size))
    return found


def _write(templates: Sequence[PaperRecord], size: int, file: Path) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for record in deal(templates, size):
            paper = {name: getattr(record.document, name) for name in ("id", "title", "abstract", "issued")}
            lines.write(json.dumps(paper) + "\n")


def _build(file: Path, output: Path, *options: str) -> Cost:
    return run([*KG, "build", file, "-o", output, *options])


def _beside(what: str, own: Cost, peer: str, other: Cost, papers: int) -> Comparison:
    return Comparison(
        "build", what, own.seconds, peer, other.seconds, papers=papers, peak_mib=round(own.peak_mib, 1)
    )
