"""How far a command is, shown where someone watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kg.papers import Progress

__all__ = ["progress"]


@contextmanager
def progress(prints: bool = False, counted: str = "papers") -> Iterator[Progress | None]:
    """A line on standard error that tells stage, papers and time; nothing when that is no terminal.

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
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed:.0f} " + counted),
        TimeElapsedColumn(),
    )
    # By default the bar takes over what is printed: data for a file or pipe would end up on standard error.
    bar = Bar(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task("starting", total=None)

        def show(stage: str, done: int) -> None:
            bar.update(task, description=stage, completed=done)

        yield show
