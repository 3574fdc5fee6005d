"""Commands that keep a graph up to date: add, remove, diff."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.output import GraphFolder, Inputs, guarded, say, say_json
from kg.cli.reading import DocTimeout, Jobs, Strict, reading, summary

__all__ = ["add", "diff", "remove"]


class DiffFormat(StrEnum):
    """How differences are printed."""

    text = "text"
    json = "json"


@guarded
def add(
    inputs: Inputs,
    graph: GraphFolder = "output",
    jobs: Jobs = None,
    doc_timeout: DocTimeout = 60.0,
    strict: Strict = False,
) -> None:
    """Add papers to a graph. The files are those that a build of all the papers gives.

    The options are those of the build, corrections included. Papers that are there already are skipped.

    \b
    Example:
      kg add new.bib
      kg add articles/2025 --graph output
    """
    from kg.increments import add as add_papers

    start = time.perf_counter()
    with reading() as (report, shown):
        made = add_papers(
            inputs, graph, strict=strict, jobs=jobs, doc_timeout=doc_timeout, report=report, progress=shown
        )
    say(summary(made, report))
    say(f"in {graph}, took {time.perf_counter() - start:.1f} s")


@guarded
def remove(
    papers: Annotated[
        list[str],
        typer.Argument(metavar="PAPER", help="Papers by id, key, IRI, DOI, arXiv id, address or title."),
    ],
    graph: GraphFolder = "output",
    jobs: Jobs = None,
    doc_timeout: DocTimeout = 60.0,
) -> None:
    """Take papers out of a graph, with every claim and thing that only they support.

    The files are those that a build of the other papers gives. To build from the same inputs again brings the
    papers back.

    \b
    Example:
      kg remove arxiv-2401.00001
      kg remove 10.1000/xyz "A paper that was withdrawn" --graph output
    """
    from kg.increments import remove as remove_papers

    start = time.perf_counter()
    with reading() as (report, shown):
        made = remove_papers(papers, graph, jobs=jobs, doc_timeout=doc_timeout, report=report, progress=shown)
    say(f"removed {len(set(papers))}\n{summary(made, report).partition(chr(10))[2]}")
    say(f"in {graph}, took {time.perf_counter() - start:.1f} s")


@guarded
def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="A folder that 'kg build' wrote, or an RDF file.")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Another.")],
    format: Annotated[DiffFormat, typer.Option("--format", "-f", help="How to print.")] = DiffFormat.text,
) -> None:
    """Say what appeared, vanished and changed from one graph to another.

    Compares papers, the things they name, claims (with the papers behind each) and results.

    \b
    Example:
      kg diff output.old output
      kg diff monday/graph.nq tuesday/graph.nq --format json
    """
    from kg.building import load
    from kg.differences import differences

    found = differences(load(old), load(new))
    if format is DiffFormat.json:
        say_json(found.to_json())
    else:
        say(found.to_text())
