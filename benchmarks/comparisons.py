"""What is measured: something of ours beside something of others, both in the same run."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Comparison", "medians", "seconds", "tables", "tell"]


@dataclass(frozen=True)
class Comparison:
    """How long two ways to do something take."""

    group: str
    what: str
    """Of ours."""
    seconds: float
    peer: str
    peer_seconds: float
    at_least: bool = False
    """Whether the peer was stopped then, unfinished."""
    papers: int | None = None
    """That ours reads, if it reads any."""
    peak_mib: float | None = None
    """Of the largest process of ours, where that was watched."""

    @property
    def times(self) -> float:
        """How many times as fast as the peer ours is."""
        return self.peer_seconds / self.seconds

    @property
    def ratio(self) -> str:
        """The same as text: ``1.4``, or ``≥ 250`` of a peer that was stopped."""
        return ("≥ " if self.at_least else "") + _number(self.times)


def medians(runs: Mapping[str, Callable[[], float]], repeat: int) -> dict[str, float]:
    """The median of each run's seconds over some rounds.

    All are run in turn, so that what else the machine does meanwhile slows all of them.

    Args:
        runs: each does something and returns how many seconds it counts.
        repeat: rounds, at least one.
    """
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeat):
        for name, run in runs.items():
            taken[name].append(run())
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def seconds(run: Callable[[], object]) -> float:
    """How long it takes, by the clock."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def tell(text: str) -> None:
    """Say on standard error what is being done."""
    print(text, file=sys.stderr, flush=True)


def tables(comparisons: Iterable[Comparison]) -> str:
    """Markdown, a table a group."""
    groups: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        groups.setdefault(comparison.group, []).append(comparison)
    return "\n".join(_table(name, rows) for name, rows in groups.items())


def _table(group: str, rows: Iterable[Comparison]) -> str:
    rows = list(rows)
    columns: dict[str, Callable[[Comparison], str]] = {
        "": lambda row: row.what,
        "takes": lambda row: _time(row.seconds),
        "beside": lambda row: row.peer,
        "takes ": lambda row: ("> " if row.at_least else "") + _time(row.peer_seconds),
        "times as fast": lambda row: row.ratio,
    }
    if any(row.papers for row in rows):
        columns["papers a second"] = lambda row: f"{row.papers / row.seconds:,.1f}" if row.papers else ""
    if any(row.peak_mib for row in rows):
        columns["peak MiB"] = lambda row: f"{row.peak_mib:,.0f}" if row.peak_mib else ""
    lines = [list(columns), ["---"] * len(columns), *([of(row) for of in columns.values()] for row in rows)]
    return f"### {group}\n\n" + "".join("| " + " | ".join(map(str.strip, line)) + " |\n" for line in lines)


def _time(seconds: float) -> str:
    return f"{_number(seconds)} s" if seconds >= 1 else f"{_number(1000 * seconds)} ms"


def _number(value: float) -> str:
    """Two or three digits that matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2g}"
