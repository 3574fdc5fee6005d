"""How much memory extraction takes as papers stream through it.

    python benchmarks/memory.py PAPERS ... [--papers 20000]

Abstracts are made by dealing the sentences of the given ones anew (``recombined.py``). Prints the peak
resident memory of the process, which never falls, and what the last papers cost each.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from recombined import abstracts, parts

from kg.extract import extract

MARKS = (1_000, 2_000, 5_000, 10_000, 20_000)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="+", type=Path, help="papers with abstracts, as for kg build")
    parser.add_argument("--papers", type=int, default=MARKS[-1], help="how many to stream")
    arguments = parser.parse_args()
    of = parts(arguments.inputs)
    marks = {*(mark for mark in MARKS if mark < arguments.papers), arguments.papers}
    names = before = 0
    last = (0, _peak())
    start = time.perf_counter()
    print(f"{'papers':>8}{'peak MiB':>10}{'KiB a paper since':>20}{'papers a second':>18}{'names':>9}")
    for done, record in enumerate(extract(abstracts(of, arguments.papers)), 1):
        names += len(record.models) + len(record.datasets)
        if done in marks:
            peak, rate = _peak(), (done - before) / (time.perf_counter() - start)
            growth = (peak - last[1]) / (done - last[0]) if before else float("nan")
            print(f"{done:>8}{peak / 1024:>10.1f}{growth:>20.2f}{rate:>18.1f}{names:>9}", flush=True)
            last, before, start = (done, peak), done, time.perf_counter()


def _peak() -> float:
    """Peak resident memory of this process so far, in KiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "darwin" else peak


if __name__ == "__main__":
    main()
