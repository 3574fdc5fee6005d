"""How far a command is, shown where someone watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kg.papers import Progress

__all__ = ["described", "progress"]


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
    began: dict[str, float] = {}
    with bar:
        task = bar.add_task("starting", total=None)

        def show(stage: str, done: int, total: int | None = None, /) -> None:
            seconds = time.perf_counter() - began.setdefault(stage, time.perf_counter())
            bar.update(task, description=described(stage, done, total, seconds, counted))

        yield show


def described(stage: str, done: int, total: int | None, seconds: float, counted: str) -> str:
    """What a line of progress says: ``reading 1,200 of 5,000 papers, 41 a second, 1:32 left``.

    Args:
        stage: what is being done.
        done: how many are done with.
        total: of how many, if that is known.
        seconds: since the stage began.
        counted: what is counted.
    """
    said = [f"{stage} {done:,} {f'of {total:,} ' if total else ''}{counted}"]
    if done > 1 and seconds >= 1:
        rate = done / seconds
        said.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
        said.append(f"{_clock((total - done) / rate)} left" if total else _clock(seconds))
    return ", ".join(said)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
