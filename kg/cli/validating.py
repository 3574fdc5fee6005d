"""The command that checks a graph: validate."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.output import guarded, say, say_data, say_json
from kg.cli.progress import progress

__all__ = ["ReportFormat", "validate"]


_MOST = 5
"""Violations of a kind that are printed."""


class ReportFormat(StrEnum):
    """Formats of a report."""

    text = "text"
    json = "json"
    turtle = "turtle"


@guarded
def validate(
    graph: Annotated[
        str,
        typer.Argument(
            metavar="DIR|FILE", help="The folder that 'kg build' wrote, or a file: .nq, .ttl, .nt, .jsonld."
        ),
    ] = "output",
    format: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to print; turtle is a SHACL report.")
    ] = ReportFormat.text,
    all_: Annotated[
        bool, typer.Option("--all", help=f"Print every violation, not the first {_MOST} of a kind.")
    ] = False,
) -> None:
    """Check a graph against the shapes of the ontology.

    Prints the nodes that break one, with the property, the value and what to do. Exits with 1 if any does,
    or if nothing in the file is of a class of the ontology; a graph is valid with warnings.

    \b
    Example:
      kg validate output
      kg validate graph.ttl
      kg validate output --format turtle > report.ttl
    """
    from kg.rdf.validation import validate as check

    with progress(counted="nodes") as shown:
        report = check(graph, shown)
    if format is ReportFormat.json:
        say_json(report.to_json())
    elif format is ReportFormat.turtle:
        say_data(report.to_turtle())
    else:
        say(report.to_text(None if all_ else _MOST))
    if not report.valid:
        raise typer.Exit(1)
