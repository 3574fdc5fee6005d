"""The command line: each command parses, calls one documented function, prints.

Data go to standard output, messages to standard error. Exit codes: 0 done, 1 it failed or the answer is no,
2 the command was not understood, 130 stopped with Ctrl-C. What commands need is imported inside them, so that
``kg --help`` is quick.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli import asking, auditing, extracting, keeping, making, serving, showing, tracing, validating

__all__ = ["app", "main"]

# Without markup mode rich is not imported and help is the same text in a terminal and in a pipe.
app = typer.Typer(
    name="kg",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _kg(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """From machine-learning papers in medicine to a graph to explore, query and trace.

    \b
    Example:
      kg build papers/ -o output
      kg lineage MIMIC-CXR
    """


for _command in (
    making.build,
    keeping.add,
    keeping.remove,
    keeping.diff,
    extracting.extract,
    asking.query,
    tracing.lineage,
    tracing.path,
    auditing.leaderboard,
    auditing.audit,
    asking.stats,
    validating.validate,
    showing.view,
    showing.export,
    serving.serve,
    extracting.evaluate,
):
    app.command()(_command)


def main() -> None:
    """The ``kg`` command."""
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal's encoding lacks is no reason to fail.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app()
