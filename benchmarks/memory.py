"""How much memory extraction takes as papers stream through it.

    python benchmarks/memory.py PAPERS.jsonl ... [--papers 20000]

Abstracts are made by dealing the sentences of the given ones anew, the same ones every time; each also says a
name and a number that occur nowhere else, since new papers bring new words and a store of words that only
grows would show. Prints the peak resident memory of the process, which never falls, and what the last papers
cost each.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.extract import extract
from kg.records import Document
from kg.sentences import sentences

MARKS = (1_000, 2_000, 5_000, 10_000, 20_000)
SENTENCES = 8
"""Of an abstract, about the usual number."""
SYLLABLES = "ba co dri fel gan hu jo kra lim no pex qui ras tol vu wen xi yor zam".split()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, help="JSON Lines with a title and an abstract")
    parser.add_argument("--papers", type=int, default=MARKS[-1], help="how many to stream")
    arguments = parser.parse_args()
    titles, said = _read(arguments.files)
    marks = {*(mark for mark in MARKS if mark < arguments.papers), arguments.papers}
    names = before = 0
    last = (0, _peak())
    start = time.perf_counter()
    print(f"{'papers':>8}{'peak MiB':>10}{'KiB a paper since':>20}{'papers a second':>18}{'names':>9}")
    for done, record in enumerate(extract(_papers(titles, said, arguments.papers)), 1):
        names += len(record.models) + len(record.datasets)
        if done in marks:
            peak, rate = _peak(), (done - before) / (time.perf_counter() - start)
            growth = (peak - last[1]) / (done - last[0]) if before else float("nan")
            print(f"{done:>8}{peak / 1024:>10.1f}{growth:>20.2f}{rate:>18.1f}{names:>9}", flush=True)
            last, before, start = (done, peak), done, time.perf_counter()


def _read(files: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Titles, and the sentences of all abstracts."""
    titles, said = [], []
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                titles.append(record["title"])
                said += [record["abstract"][a:b] for a, b in sentences(record["abstract"])]
    return titles, said


def _papers(titles: Sequence[str], said: Sequence[str], count: int) -> Iterator[Document]:
    dealt = random.Random(0)
    for i in range(count):
        name = "".join(dealt.choices(SYLLABLES, k=3)).capitalize() + f"Net-{i}"
        own = f"We propose {name}, which reaches an accuracy of {dealt.uniform(50, 100):.5f}%."
        abstract = " ".join([own, *dealt.choices(said, k=SENTENCES)])
        yield Document(f"p{i}", f"{name}: {dealt.choice(titles)}", abstract)


def _peak() -> float:
    """Peak resident memory of this process so far, in KiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "darwin" else peak


if __name__ == "__main__":
    main()
