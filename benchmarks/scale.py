"""How time and memory grow with the number of papers: each stage of a build at several sizes.

    python benchmarks/scale.py PAPERS ... [--sizes 1000 10000 100000] [--json FILE]
    python benchmarks/scale.py PAPERS ... --extract [--jobs 2] [--keep DIR] [--sizes ...] [--json FILE]

The first measures linking and writing: records of the given papers are dealt again and again under fresh
names (``dealt.py``), and the stages run one after another. The second is ``kg build`` from a file to all
outputs: the sentences of the given papers are dealt anew, each abstract with a fresh name
(``recombined.py``). 100,000 of them take about 45 minutes of two cores. With --keep, the papers and what was
built stay in a folder; stopped, the same command goes on from the papers that were extracted (what is told of
such a build is marked ``resumed``, and its time is that of the rest).

Each size is a process of its own. Told are the seconds of each stage by the clock and of processor time, and
the peak of memory after it, of this process and of the largest that extracts; then how many times the
processor time for how many times the papers. --json adds one line a size to a file.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from dealt import deal
from recombined import parts, write

__all__ = ["deal"]

SIZES = (1_000, 10_000)

Figures = dict[str, dict[str, float]]
"""What was measured, by stage."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", type=Path, nargs="+", help="papers, as for kg build")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--extract", action="store_true", help="build from abstracts, extraction included")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes to extract in")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where papers and outputs stay")
    parser.add_argument("--json", type=Path, metavar="FILE", help="a file to add the figures to")
    parser.add_argument("--stages", choices=("dealt", "built"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stages:
        place = arguments.inputs[0]
        told = _dealt(place) if arguments.stages == "dealt" else _built(place, arguments.jobs)
        print(json.dumps(told))
        return
    before: tuple[int, Figures] | None = None
    with ExitStack() as stack:
        folder = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in arguments.sizes:
            kind = "built" if arguments.extract else "dealt"
            place = folder / f"{kind}-{size}"
            place.mkdir(parents=True, exist_ok=True)
            _prepare(kind, arguments.inputs, size, place)
            command = [sys.executable, __file__, str(place), "--stages", kind, "--jobs", str(arguments.jobs)]
            said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            measured = json.loads(said.splitlines()[-1])
            if arguments.json:
                with arguments.json.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"papers": size, "kind": kind, **measured}) + "\n")
            _show(size, measured, before)
            before = size, measured["stages"]


def _prepare(kind: str, inputs: list[Path], size: int, place: Path) -> None:
    """Write the papers to build from; those of an earlier run stay."""
    if kind == "built":
        write(parts(inputs), size, place / "abstracts.jsonl")
    elif not (place / "papers.jsonl").exists():
        from kg.papers import papers_or_records, write_records

        write_records(deal(list(papers_or_records(inputs)), size), place / "papers.jsonl")


class _Clock:
    """Seconds and memory of stages that follow each other."""

    def __init__(self) -> None:
        self.figures: Figures = {}
        self._began, self._spent = self._next = time.perf_counter(), time.process_time()

    def end(self, stage: str) -> None:
        """Note the stage that ends now."""
        self.figures[stage] = {
            "seconds": time.perf_counter() - self._began,
            "processor seconds": time.process_time() - self._spent,
            "peak MiB": _peak(resource.RUSAGE_SELF),
        }
        self._began, self._spent = self._next = time.perf_counter(), time.process_time()

    def so_far(self, stage: str) -> None:
        """Note a stage that may end now; then the next one begins here."""
        began = self._began, self._spent
        self.end(stage)
        self._next = self._began, self._spent
        self._began, self._spent = began

    def over(self) -> None:
        """Say that the stage noted so far ended when it was noted last."""
        self._began, self._spent = self._next


def _dealt(folder: Path) -> dict[str, Any]:
    """Linking and writing, of records that are there."""
    from kg.export.formats import export
    from kg.link import link
    from kg.papers import read_records
    from kg.store import write_store
    from kg.views.core import write_core_page

    clock = _Clock()
    for _ in read_records(folder / "papers.jsonl"):
        continue
    clock.end("reading records")
    graph = link(read_records(folder / "papers.jsonl"))
    clock.end("linking, read again")
    writers: list[tuple[str, Callable[[Path], Any]]] = [
        ("graph.ttl", partial(export, graph, "turtle")),
        ("graph.graphml", partial(export, graph, "graphml")),
        ("graph.nq", partial(export, graph, "nquads")),
        ("graph.html", partial(write_core_page, graph)),
    ]
    for name, do in writers:
        do(folder / name)
        clock.end(name)
    write_store(folder)
    clock.end("store")
    return {"stages": clock.figures, **_counts(graph)}


def _built(folder: Path, jobs: int) -> dict[str, Any]:
    """A build, told by its stages."""
    from kg.building import build
    from kg.locking import HOME
    from kg.sources import Report

    output, report = folder / "output", Report()
    resumed = (output / HOME).exists()
    clock = _Clock()
    size, last = 0, "extracting"

    def take(stage: str, done: int, total: int | None = None, about: bool = False, /) -> None:
        nonlocal size, last
        size = done
        if stage == "reading":
            clock.so_far("extracting")
            if done % 1000 == 0:
                print(f"{done:,} papers, {_peak(resource.RUSAGE_SELF):,.0f} MiB", file=sys.stderr, flush=True)
            return
        if last == "extracting":
            clock.over()
            last = "linking"
        clock.end(last)
        last = stage

    graph = build([folder / "abstracts.jsonl"], output=output, jobs=jobs, report=report, progress=take)
    clock.end(last)
    extracting = clock.figures.get("extracting", {}).get("seconds")
    return {
        "stages": clock.figures,
        "resumed": resumed,
        "jobs": jobs,
        "failed": report.failed,
        "papers a second": None if not extracting or resumed else size / extracting,
        "largest process that extracts, MiB": _peak(resource.RUSAGE_CHILDREN),
        "output MiB": sum(file.stat().st_size for file in output.rglob("*") if file.is_file()) >> 20,
        **_counts(graph),
    }


def _counts(graph: Any) -> dict[str, int]:
    return {"nodes": graph.nx.number_of_nodes(), "edges": graph.nx.number_of_edges()}


def _peak(of: int) -> float:
    peak = resource.getrusage(of).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _show(size: int, measured: dict[str, Any], before: tuple[int, Figures] | None) -> None:
    """One size, and how many times the time of the size before it."""
    print(f"{size:,} papers, {measured['nodes']:,} nodes, {measured['edges']:,} edges")
    for stage, figures in measured["stages"].items():
        spent, times = figures["processor seconds"], ""
        if before and before[1].get(stage, {}).get("processor seconds"):
            grown = spent / before[1][stage]["processor seconds"]
            times = f"   {grown:.1f} times for {size / before[0]:.0f} times the papers"
        print(
            f"  {stage:<20}{figures['seconds']:>9.1f} s{spent:>9.1f} s of processor"
            f"{figures['peak MiB']:>9.0f} MiB{times}"
        )
    for name, value in measured.items():
        if name not in ("stages", "nodes", "edges"):
            print(f"  {name}: {f'{value:,.1f}' if isinstance(value, float) else value}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
