"""The whole way through: files in, papers extracted and linked, a graph out and on disk.

What a build writes into its folder: ``papers.jsonl`` (one record a paper, written as they come),
``graph.ttl``, ``graph.nq``, ``graph.graphml`` and ``graph.html``; all of them, or none when it fails. Then
the folder ``store``, which answers queries (:mod:`kg.store`). The hidden folder ``.kg`` keeps the lock that
holds other builds off, what was extracted (:mod:`kg.engines.journal`) and the options.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import BASE, KnowledgeGraph
from kg.locking import HOME, held
from kg.options import Options
from kg.papers import DOC_TIMEOUT, BuildError, Extract, Progress, open_records, papers, written
from kg.staging import explained, staged

if TYPE_CHECKING:
    from kg.corrections import Corrections
    from kg.engines.journal import Journal
    from kg.records import Document
    from kg.sources import Report

__all__ = ["PAGE", "PAPERS", "build", "build_held", "load", "written_files"]

PAPERS, PAGE = "papers.jsonl", "graph.html"
_JOURNAL = "extracted.sqlite"


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
    jobs: int | None = None,
    doc_timeout: float = DOC_TIMEOUT,
    extract: Extract | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Read papers, extract what they say and link it into one graph.

    A build into a folder where one was before, or where one was killed, extracts only what is not known from
    then. What it writes is the same to the byte as if the folder had been empty.

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
        jobs: processes to extract in (:func:`kg.engines.extract`); all cores when left out.
        doc_timeout: seconds after which a paper is given up; it counts as failed, and the rest goes on.
        extract: what to extract with, in this process and anew every time; by default
            :func:`kg.extract.extract` in others.
        report: filled in with what was read, skipped and failed.
        progress: called as papers are done with.

    Raises:
        BuildError: no paper was found, or ``strict`` and something could not be read.
        ValueError: ``min_confidence`` is not from 0 to 1, or the file of corrections is wrong.
        BlockingIOError: another build into the folder is under way.
        OSError: the folder cannot be written.
    """
    if isinstance(corrections, str | Path):
        from kg.corrections import read

        corrections = read(corrections)
    file = None if corrections is None else str(Path(corrections.file).absolute())
    options = Options(base, page, min_confidence, gazetteer, file)
    with ExitStack() as stack:
        if output is not None:
            from kg.store import check_place

            check_place(output)
            stack.enter_context(held(Path(output)))
        return build_held(
            inputs,
            options,
            corrections=corrections,
            output=None if output is None else Path(output),
            strict=strict,
            jobs=jobs,
            doc_timeout=doc_timeout,
            extract=extract,
            report=report,
            progress=progress,
        )


def build_held(
    inputs: str | Path | Sequence[str | Path],
    options: Options,
    *,
    before: Iterable[Document] = (),
    corrections: Corrections | None = None,
    output: Path | None = None,
    strict: bool = False,
    jobs: int | None = None,
    doc_timeout: float = DOC_TIMEOUT,
    extract: Extract | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Build into a folder that the caller holds (:func:`kg.locking.held`); see :func:`build`.

    Args:
        before: papers that come before those of the inputs, read already.
    """
    from kg.link import link

    inputs = [inputs] if isinstance(inputs, str | Path) else inputs

    def tell(stage: str) -> None:
        if progress is not None:
            progress(stage, count)

    with ExitStack() as stack:
        journal = None
        if output is not None and extract is None:
            journal = stack.enter_context(_journal(output, options, report))
        found = papers(
            inputs,
            before=before,
            strict=strict,
            min_confidence=options.min_confidence,
            gazetteer=options.gazetteer,
            jobs=jobs,
            doc_timeout=doc_timeout,
            extract=extract,
            known=journal,
            report=report,
            progress=progress,
        )
        records = stack.enter_context(closing(found))
        if output is not None:
            folder = stack.enter_context(staged(output))
            with open_records(folder / PAPERS) as file:
                graph = link(written(records, file), options.base)
        else:
            graph = link(records, options.base)
        count = graph.counts()["paper"]
        nothing_new = bool(inputs) and report is not None and report.failed and not report.read
        if not count or nothing_new:
            raise BuildError(
                f"no papers in {', '.join(map(str, inputs))}: give files or folders that hold some"
            )
        if corrections is not None:
            _correct(graph, corrections, report)
        if output is not None:
            tell("writing")
            graph.save(folder)
            if options.page:
                from kg.views.core import write_core_page

                tell("drawing")
                write_core_page(graph, folder / PAGE)
            options.write(output / HOME)
        if journal is not None:
            journal.forget_unused()
    if output is not None:
        tell("storing")
        _store(output, report)
    return graph


def written_files(output: str | Path, page: bool = True) -> list[str]:
    """Names of what a build wrote into a folder, in order, whatever else lies there.

    Args:
        output: the folder.
        page: whether it drew ``graph.html``.
    """
    from kg.export import saved_files
    from kg.store import STORE

    names = [PAPERS, *saved_files(), STORE, *([PAGE] if page else [])]
    return sorted(name for name in names if Path(output, name).exists())


def load(directory: str | Path = "output") -> KnowledgeGraph:
    """The graph that :func:`build` wrote into a folder, or one RDF file of it.

    Raises:
        FileNotFoundError: there is no graph; the message says how to make one.
        ValueError: the file is broken.
    """
    from kg.export import load as load_graph

    return load_graph(Path(directory))


def _journal(output: Path, options: Options, report: Report | None) -> Journal:
    from kg.engines.journal import Journal
    from kg.sources.report import Failure

    path = output / HOME / _JOURNAL

    def remark(text: str) -> None:
        if report is not None:
            report.note(Failure(str(path), "", text))

    return Journal(path, gazetteer=options.gazetteer, remark=remark)


def _correct(graph: KnowledgeGraph, corrections: Corrections, report: Report | None) -> None:
    """Apply corrections, and note those that match nothing."""
    from kg.corrections import apply
    from kg.sources.report import Failure

    for remark in apply(graph, corrections):
        if report is not None:
            report.note(Failure(remark.file, f"line {remark.line}", remark.reason))


def _store(output: Path, report: Report | None) -> None:
    """Make the store; what is whole without it stays where there is no room for it."""
    from kg.sources.report import Failure
    from kg.store import STORE, write_store

    try:
        with explained(output):
            write_store(output)
    except OSError as error:
        if report is None:
            raise
        reason = error.strerror or str(error)
        report.note(
            Failure(str(output / STORE), "", f"not made, so that queries are slow to begin: {reason}")
        )
