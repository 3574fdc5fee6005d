"""Extraction in two processes at once beside one, and beside what the machine itself gives to two.

    python benchmarks/processes.py PAPERS ... [--papers 600] [--rounds 3] [--json FILE]

Three rates of one process and of two, in turns, since what else the machine does counts for both alike: a
loop of plain Python, the bare extractor (two processes that know nothing of each other, each with all
papers), and the engine of ``kg build`` (``--jobs 1`` and ``--jobs 2``, the papers shared out). Two cores that
are threads of one give less than twice, and the engine cannot do better: the last line sets it against the
bare extractor. Papers are recombined from the given ones (``recombined.py``). The start of processes does not
count.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from recombined import parts, write

TURNS = 20_000_000
"""Of the loop; about a second."""
WARM = 50
"""Papers that are not counted: the engine's second process starts later than the first."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

LOOP = """
import sys, time
print(flush=True)
input()
start, total = time.perf_counter(), 0
for turn in range(int(sys.argv[1])):
    total += turn & 7
print(int(sys.argv[1]) / (time.perf_counter() - start))
"""
BARE = """
import sys, time
from kg.extract import extract
from kg.sources import read
papers = list(read(sys.argv[1:]))
list(extract(papers[:2]))
print(flush=True)
input()
start = time.perf_counter()
print(sum(1 for _ in extract(papers)) / (time.perf_counter() - start))
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="+", type=Path, help="papers with abstracts, as for kg build")
    parser.add_argument("--papers", type=int, default=600, help="how many to extract")
    parser.add_argument("--rounds", type=int, default=3, help="the median of so many is told")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the figures")
    arguments = parser.parse_args()
    os.environ.update(ONE_THREAD)
    with TemporaryDirectory() as folder:
        file = Path(folder, "papers.jsonl")
        write(parts(arguments.inputs), arguments.papers, file)
        measured = {
            "a loop of plain Python": lambda count: _together(LOOP, str(TURNS), count),
            "the bare extractor": lambda count: _together(BARE, str(file), count),
            "kg's engine": lambda count: _engine(file, count),
        }
        figures = {what: _ratio(what, rate, arguments.rounds) for what, rate in measured.items()}
    against = figures["kg's engine"] / figures["the bare extractor"]
    print(f"the engine gets {against:.0%} of what the machine gives to two extractors")
    if arguments.json:
        told = {"two processes against one": figures, "engine against bare extractor": against}
        arguments.json.write_text(json.dumps(told, indent=2) + "\n")


def _ratio(what: str, rate: Callable[[int], float], rounds: int) -> float:
    """How many times as much two processes do as one, in the median of some rounds."""
    found = [(rate(1), rate(2)) for _ in range(rounds)]
    one, two = (median(rates) for rates in zip(*found, strict=True))
    ratio = median(both / alone for alone, both in found)
    print(f"{what:<24}{one:>14,.1f} a second in one{two:>14,.1f} in two{ratio:>8.2f} times", flush=True)
    return ratio


def _together(program: str, argument: str, count: int) -> float:
    """What so many processes do a second in all, begun at one moment when each is ready."""
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", program, argument],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ended: Sequence[str] = [process.communicate()[0] for process in running]
    return sum(float(said) for said in ended)


def _engine(file: Path, jobs: int) -> float:
    """Papers a second, counted from when all processes are at work."""
    from kg.engines import extract
    from kg.sources import read

    found = extract(read([file]), jobs=jobs)
    warm = sum(1 for _ in islice(found, WARM))
    assert warm == WARM, f"fewer than {WARM} papers"
    start = time.perf_counter()
    return sum(1 for _ in found) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
