"""How far a command is, shown where someone watches."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from kg.papers import Progress

__all__ = ["described", "progress"]

_RECENT = 60.0
"""Seconds over which the pace is told."""


@contextmanager
def progress(prints: bool = False, counted: str = "papers") -> Iterator[Progress | None]:
    """A line on standard error that tells stage, papers, rate and time; nothing when that is no terminal.

    Args:
        prints: whether data go to standard output meanwhile; in a terminal they show progress enough, and
            the line would run into them.
        counted: what the stages count.
    """
    if not sys.stderr.isatty() or (prints and sys.stdout.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    # By default the bar takes over what is printed: data for a file or pipe would end up on standard error.
    bar = Bar(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    paces: dict[str, _Pace] = {}
    with bar:
        task = bar.add_task("starting", total=None)

        def show(stage: str, done: int, total: int | None = None, about: bool = False, /) -> None:
            pace = paces.setdefault(stage, _Pace())
            rate = pace.rate(done)
            line = described(stage, done, total, pace.seconds, counted, about=about, rate=rate)
            bar.update(task, description=line)

        yield show


def described(
    stage: str,
    done: int,
    total: int | None,
    seconds: float,
    counted: str,
    *,
    about: bool = False,
    rate: float | None = None,
) -> str:
    """What a line of progress says: ``reading 1,200 of 5,000 papers, 41 a second, 1:32 left``.

    Args:
        stage: what is being done.
        done: how many are done with.
        total: of how many, if that is known.
        seconds: since the stage began.
        counted: what is counted.
        about: whether the total is an estimate.
        rate: how many a second; since the stage began when left out.
    """
    whole = f"of {f'about {_rounded(total)}' if about else f'{total:,}'} " if total else ""
    said = [f"{stage} {done:,} {whole}{counted}"]
    if done > 1 and seconds >= 1 and (rate := done / seconds if rate is None else rate):
        said.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
        said.append(f"{_clock(max(total - done, 0) / rate)} left" if total else _clock(seconds))
    return ", ".join(said)


class _Pace:
    """How fast it goes now: papers known from an earlier build pass at once, and tell nothing of others."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._marks: deque[tuple[float, int]] = deque()
        self.seconds = 0.0
        """Since the stage began."""

    def rate(self, done: int) -> float:
        """How many a second over the last minute, or since the stage began."""
        self.seconds = time.perf_counter() - self._began
        if not self._marks or self.seconds - self._marks[-1][0] >= 1:
            self._marks.append((self.seconds, done))
        while len(self._marks) > 2 and self.seconds - self._marks[1][0] >= _RECENT:
            self._marks.popleft()
        then, had = self._marks[0]
        return (done - had) / (self.seconds - then) if self.seconds > then else 0.0


def _rounded(total: int) -> str:
    """A number with no more figures than an estimate has."""
    return f"{round(total, 2 - len(str(total))):,}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
