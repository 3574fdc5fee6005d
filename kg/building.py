"""The whole way through: files in, papers extracted and linked, a graph out and on disk.

What a build writes into its folder: ``papers.jsonl`` (one record a paper, written as they come),
``graph.ttl``, ``graph.nq``, ``graph.graphml`` and ``graph.html``; all of them, or none when it fails. Then
the folder ``store``, which answers queries (:mod:`kg.store`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import BASE, KnowledgeGraph
from kg.papers import BuildError, Extract, Progress, open_records, papers, written
from kg.staging import staged

if TYPE_CHECKING:
    from kg.corrections import Corrections
    from kg.sources import Report

__all__ = ["PAGE", "PAPERS", "build", "load"]

PAPERS, PAGE = "papers.jsonl", "graph.html"


def build(
    inputs: str | Path | Sequence[str | Path],
    *,
    output: str | Path | None = None,
    base: str = BASE,
    strict: bool = False,
    page: bool = True,
    min_confidence: float = 0.0,
    gazetteer: bool = True,
    corrections: str | Path | Corrections | None = None,
    extract: Extract | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Read papers, extract what they say and link it into one graph.

    Args:
        inputs: files, folders, or ``-`` for standard input; one alone needs no list.
        output: the folder to write; nothing is written when left out.
        base: the IRI that entities live under.
        strict: whether a file that cannot be read is an error; else it is noted in the report and left out.
        page: whether to draw ``graph.html`` too.
        min_confidence: what is less sure than this, from 0 to 1, is left out; a relation or result goes with
            its name. What carries no confidence stays.
        gazetteer: whether the vocabularies of models and datasets help to find names; linking uses neither.
        corrections: a file of corrections, or what :func:`kg.corrections.read` made of it; what in it matches
            nothing is noted in the report.
        extract: what to extract with; by default :func:`kg.extract.extract`.
        report: filled in with what was read, skipped and failed.
        progress: called as papers are done with.

    Raises:
        BuildError: no paper was found, or ``strict`` and something could not be read.
        ValueError: ``min_confidence`` is not from 0 to 1, or the file of corrections is wrong.
        OSError: the folder cannot be written.
    """
    from kg.link import link
    from kg.store import check_place, write_store

    inputs = [inputs] if isinstance(inputs, str | Path) else inputs
    tell: Progress = progress or (lambda stage, done: None)
    if output is not None:
        check_place(output)
    if isinstance(corrections, str | Path):
        from kg.corrections import read as read_corrections

        corrections = read_corrections(corrections)
    with ExitStack() as stack:
        records = papers(
            inputs,
            strict=strict,
            min_confidence=min_confidence,
            gazetteer=gazetteer,
            extract=extract,
            report=report,
            progress=progress,
        )
        if output is not None:
            folder = stack.enter_context(staged(Path(output)))
            with open_records(folder / PAPERS) as file:
                graph = link(written(records, file), base)
        else:
            graph = link(records, base)
        count = graph.counts()["paper"]
        if not count:
            raise BuildError(
                f"no papers in {', '.join(map(str, inputs))}: give files or folders that hold some"
            )
        if corrections is not None:
            _correct(graph, corrections, report)
        if output is not None:
            tell("writing", count)
            graph.save(folder)
            if page:
                from kg.views import write_graph_page

                tell("drawing", count)
                write_graph_page(graph, folder / PAGE)
    if output is not None:
        tell("storing", count)
        write_store(output)
    return graph


def load(directory: str | Path = "output") -> KnowledgeGraph:
    """The graph that :func:`build` wrote into a folder, or one RDF file of it.

    Raises:
        FileNotFoundError: there is no graph; the message says how to make one.
        ValueError: the file is broken.
    """
    from kg.export import load as load_graph

    return load_graph(Path(directory))


def _correct(graph: KnowledgeGraph, corrections: Corrections, report: Report | None) -> None:
    """Apply corrections, and note those that match nothing."""
    from kg.corrections import apply
    from kg.sources.report import Failure

    for remark in apply(graph, corrections):
        if report is not None:
            report.note(Failure(remark.file, f"line {remark.line}", remark.reason))
