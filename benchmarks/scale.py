"""How time and memory grow with the number of papers: each stage of a build at several sizes.

    python benchmarks/scale.py seeds [--sizes 1000 10000] [--extracted 1000] [--json FILE]

Papers are made from the given ones: their records are dealt again and again, every model and dataset in them
under a name of its own. Three names of four are new, the others were used before (popular ones more often),
so that names grow with the papers as they do in the field. Titles, abstracts and sentences change with the
names. Extraction itself is measured on as many such papers as --extracted says: each paper costs the same.

Each size is a process of its own. Told are the seconds of processor time of each stage (what else the machine
does meanwhile counts little), the peak of memory after it, and how many times the time for how many times the
papers; of extraction the papers a second by the clock, start included.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from kg.records import Document, Entity, Evidence, PaperRecord

__all__ = ["deal"]

FRESH = 0.75
"""Share of names that no earlier paper has."""
SYLLABLES = "ba co dri fel gan hu jo kra lim no pex qui ras tol vu wen xi yor zam ster".split()
SHAPES = {
    "model": ("{}Net", "{}Former", "{}-{n}", "{}SAM", "{} v{n}"),
    "dataset": ("{}-CXR", "{}{n}", "{}Bench"),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", type=Path, help="papers")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    parser.add_argument("--extracted", type=int, default=1_000, metavar="N", help="papers to extract")
    parser.add_argument(
        "--jobs", type=int, nargs="+", default=[1, 2], metavar="N", help="processes to extract in"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the figures")
    parser.add_argument("--stages", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stages:
        print(json.dumps(_stages(arguments.stages)))
        return
    figures: dict[str, Any] = {"sizes": {}, "extraction": {}}
    with tempfile.TemporaryDirectory() as folder:
        templates = _records(arguments.input)
        if arguments.extracted:
            documents = [record.document for record in deal(templates, arguments.extracted)]
            figures["extraction"] = _extraction(documents, arguments.jobs)
        for size in arguments.sizes:
            place = Path(folder, str(size))
            place.mkdir()
            _write(deal(templates, size), place / "papers.jsonl")
            command = [sys.executable, __file__, str(arguments.input), "--stages", str(place)]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            figures["sizes"][str(size)] = json.loads(told)
            _show(size, figures["sizes"])
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")


def deal(templates: Sequence[PaperRecord], count: int, seed: int = 0) -> Iterator[PaperRecord]:
    """Records made from others, the same ones every time, with names of their own.

    Args:
        templates: to deal.
        count: how many to make.
        seed: of what is dealt.
    """
    chance = random.Random(seed)
    used: dict[str, list[str]] = {kind: [] for kind in SHAPES}
    for number in range(count):
        template = chance.choice(templates)
        names: dict[str, str] = {}
        for kind, entities in (("model", template.models), ("dataset", template.datasets)):
            for entity in entities:
                for form in (entity.name, *entity.aliases):
                    if form not in names:
                        names[form] = _name(kind, used[kind], chance, number)
        yield _renamed(template, names, number)


def _name(kind: str, used: list[str], chance: random.Random, number: int) -> str:
    if used and chance.random() > FRESH:
        # Skewed towards the first: some names are in very many papers.
        return used[int(len(used) * chance.random() ** 4)]
    word = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
    name = chance.choice(SHAPES[kind]).format(word, n=number)
    used.append(name)
    return name


def _renamed(record: PaperRecord, names: dict[str, str], number: int) -> PaperRecord:
    forms = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)") if forms else None

    def text(old: str) -> str:
        return pattern.sub(lambda match: names[match[0]], old) if pattern else old

    def evidence(old: Evidence) -> Evidence:
        return replace(old, text=text(old.text))

    def entity(old: Entity) -> Entity:
        return replace(
            old,
            name=names[old.name],
            aliases=tuple(names[alias] for alias in old.aliases),
            mentions=tuple(map(evidence, old.mentions)),
        )

    def renamed(name: str | None) -> str | None:
        return None if name is None else names.get(name, name)

    document = record.document
    return PaperRecord(
        Document(
            id=f"paper-{number}",
            title=f"{text(document.title)} ({number})",
            abstract=text(document.abstract),
            authors=document.authors,
            issued=f"{2015 + number % 11}-{1 + number % 12:02}",
            source=f"papers.jsonl:{number + 1}",
        ),
        models=tuple(map(entity, record.models)),
        datasets=tuple(map(entity, record.datasets)),
        concepts=record.concepts,
        relations=tuple(
            replace(
                c,
                subject=names.get(c.subject, c.subject),
                object=names.get(c.object, c.object),
                evidence=evidence(c.evidence),
            )
            for c in record.relations
        ),
        results=tuple(
            replace(r, model=renamed(r.model), dataset=renamed(r.dataset), evidence=evidence(r.evidence))
            for r in record.results
        ),
    )


def _records(path: Path) -> list[PaperRecord]:
    from kg.papers import papers_or_records

    return list(papers_or_records([path]))


def _write(records: Iterable[PaperRecord], path: Path) -> None:
    from kg.papers import write_records

    write_records(records, path)


def _extraction(documents: Sequence[Document], jobs: Sequence[int]) -> dict[str, float]:
    """Papers a second by number of processes, their start included."""
    from kg.engines import extract

    rates = {}
    for count in jobs:
        start = time.perf_counter()
        done = sum(1 for _ in extract(documents, jobs=count))
        rates[str(count)] = done / (time.perf_counter() - start)
        print(f"extraction, {count} processes: {rates[str(count)]:.1f} papers a second", flush=True)
    return rates


def _stages(folder: Path) -> dict[str, dict[str, float]]:
    """Seconds and peak MiB of each stage, in this process."""
    from kg.export.formats import export
    from kg.link import link
    from kg.papers import read_records
    from kg.store import write_store

    figures: dict[str, dict[str, float]] = {}

    def timed(stage: str, do: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = do()
        figures[stage] = {"seconds": time.process_time() - start, "peak MiB": _peak()}
        return result

    timed("read", lambda: sum(1 for _ in read_records(folder / "papers.jsonl")))
    graph = timed("link", lambda: link(read_records(folder / "papers.jsonl")))
    for format, name in (("turtle", "graph.ttl"), ("graphml", "graph.graphml"), ("nquads", "graph.nq")):
        timed(name, partial(export, graph, format, folder / name))
    figures["graph"] = {"nodes": graph.nx.number_of_nodes(), "edges": graph.nx.number_of_edges()}
    timed("store", lambda: write_store(folder))
    return figures


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _show(size: int, sizes: dict[str, dict[str, dict[str, float]]]) -> None:
    """One size, and how many times the time of the size before it."""
    figures = sizes[str(size)]
    before = list(sizes.items())[-2] if len(sizes) > 1 else None
    print(f"{size:,} papers, {figures['graph']['nodes']:,} nodes, {figures['graph']['edges']:,} edges")
    for stage, measured in figures.items():
        if stage == "graph":
            continue
        times = ""
        if before:
            grown = measured["seconds"] / before[1][stage]["seconds"]
            times = f"   {grown:.1f} times the time for {size / int(before[0]):.0f} times the papers"
        print(
            f"  {stage:<14}{measured['seconds']:>9.2f} s{measured['peak MiB']:>9.0f} MiB{times}", flush=True
        )


if __name__ == "__main__":
    main()
