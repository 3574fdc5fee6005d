"""What commands that read papers share: their options, and telling what came of the reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import note
from kg.cli.progress import progress

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.papers import Progress
    from kg.sources import Report

__all__ = ["DocTimeout", "Gazetteer", "Jobs", "MinConfidence", "Strict"]
__all__ += ["counted", "outcome", "reading", "summary"]

MinConfidence = Annotated[
    float,
    typer.Option(
        metavar="P",
        min=0,
        max=1,
        help="Leave out what is less sure than this, from 0 to 1; relations and results go with their names.",
    ),
]
Gazetteer = Annotated[
    bool,
    typer.Option(help="Let the vocabularies of models and datasets that ship help to find names."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Fail when a file or an entry cannot be read.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=0,
        envvar="KG_JOBS",
        show_default=False,
        help="Processes to extract in; all cores when left out. 0: this process itself, without the guard of "
        "--doc-timeout.",
    ),
]
DocTimeout = Annotated[
    float,
    typer.Option(
        metavar="SECONDS", min=0.1, help="Leave a paper out, and name it, when extraction takes longer."
    ),
]

_SHOWN = 20
"""Remarks of one sort printed one by one; of more only the number is told."""
_PLURALS = {"modality": "modalities"}


@contextmanager
def reading(prints: bool = False) -> Iterator[tuple[Report, Progress | None]]:
    """Lend a report to fill in and a progress bar to move; at the end name what could not be read.

    Args:
        prints: whether data go to standard output meanwhile.
    """
    from kg.sources import Report

    report = Report()
    try:
        with progress(prints=prints) as shown:
            yield report, shown
    finally:
        _tell(report)


def summary(graph: KnowledgeGraph, report: Report) -> str:
    """Two lines: what was read, and what the graph holds."""
    return counted(graph.counts(), report)


def counted(counts: Mapping[str, int], report: Report) -> str:
    """The same, given how many nodes of each kind the graph holds."""
    from kg.graph import KINDS

    plurals = {kind: _PLURALS.get(kind, f"{kind}s") for kind in KINDS}
    found = ", ".join(f"{counts[kind]} {kind if counts[kind] == 1 else plurals[kind]}" for kind in KINDS)
    return f"{outcome(report)}\nfound {found}"


def outcome(report: Report) -> str:
    """One line: how many papers were read, skipped and failed."""
    why = ", ".join(f"{reason} {count}" for reason, count in report.why_skipped().items())
    return f"read {report.read}, skipped {report.skipped}{f' ({why})' if why else ''}, failed {report.failed}"


def _tell(report: Report) -> None:
    """Name what could not be read, or not wholly."""
    for what, remarks, count in (
        ("cannot read", report.failures, report.failed),
        ("note:", report.notes, len(report.notes)),
    ):
        for remark in remarks[:_SHOWN]:
            note(f"{what} {remark}")
        if count > _SHOWN:
            note(f"{what} {count - _SHOWN} more")
