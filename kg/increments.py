"""Papers added to a graph in a folder, and taken out of it, with everything that hangs on them.

Both give the files that a build of the same papers gives, to the byte. What is not known of the papers from
earlier builds is extracted anew (:mod:`kg.engines.journal`); then everything is linked, since one paper may
decide what another's names mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.building import PAPERS, build_held
from kg.graph import KnowledgeGraph
from kg.locking import held
from kg.options import Options
from kg.papers import DOC_TIMEOUT, BuildError, Extract, Progress, read_records

if TYPE_CHECKING:
    from kg.corrections import Corrections
    from kg.records import Document
    from kg.sources import Report

__all__ = ["UnknownPaper", "add", "remove"]


class UnknownPaper(LookupError):
    """No paper goes by that name, or several do."""


def add(
    inputs: str | Path | Sequence[str | Path],
    directory: str | Path = "output",
    *,
    strict: bool = False,
    jobs: int | None = None,
    doc_timeout: float = DOC_TIMEOUT,
    extract: Extract | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Add papers to those of a graph, with the options it was built with; those it has are skipped.

    Args:
        inputs: files, folders, or ``-`` for standard input; one alone needs no list.
        directory: the folder that :func:`kg.build` wrote.
        strict, jobs, doc_timeout, extract, report, progress: as for :func:`kg.build`.

    Raises:
        FileNotFoundError: there is no graph.
        BuildError: none of the inputs could be read, or ``strict`` and something could not be.
        ValueError: it is not known what the graph was built with.
        BlockingIOError: another build into the folder is under way.
        OSError: the folder cannot be written.
    """
    from kg.sources import Report

    directory = Path(directory)
    report = Report() if report is None else report
    Options.of(directory)  # before anything is made in the folder
    with held(directory):
        options = Options.of(directory)
        return build_held(
            inputs,
            options,
            before=_documents(directory),
            corrections=_corrections(options),
            output=directory,
            strict=strict,
            jobs=jobs,
            doc_timeout=doc_timeout,
            extract=extract,
            report=report,
            progress=progress,
        )


def remove(
    papers: str | Sequence[str],
    directory: str | Path = "output",
    *,
    jobs: int | None = None,
    doc_timeout: float = DOC_TIMEOUT,
    extract: Extract | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Take papers out of a graph, with what only they say.

    Args:
        papers: ids, keys, IRIs, DOIs, arXiv ids or titles; one alone needs no list.
        directory: the folder that :func:`kg.build` wrote.
        jobs, doc_timeout, extract, report, progress: as for :func:`kg.build`.

    Raises:
        FileNotFoundError: there is no graph.
        UnknownPaper: a name is no paper's, or that of several.
        BuildError: no paper would be left.
        ValueError: it is not known what the graph was built with.
        BlockingIOError: another build into the folder is under way.
        OSError: the folder cannot be written.
    """
    directory = Path(directory)
    wanted = [papers] if isinstance(papers, str) else list(papers)
    Options.of(directory)
    with held(directory):
        options = Options.of(directory)
        gone, left = _find(wanted, directory, options.base)
        if not left:
            raise BuildError(f"no paper would be left: delete {directory} instead")
        return build_held(
            [],
            options,
            before=(document for document in _documents(directory) if document.id not in gone),
            corrections=_corrections(options),
            output=directory,
            jobs=jobs,
            doc_timeout=doc_timeout,
            extract=extract,
            report=report,
            progress=progress,
        )


def _documents(directory: Path) -> Iterator[Document]:
    return (record.document for record in read_records(directory / PAPERS))


def _corrections(options: Options) -> Corrections | None:
    if options.corrections is None:
        return None
    from kg.corrections import read

    return read(options.corrections)


def _find(wanted: Sequence[str], directory: Path, base: str) -> tuple[set[str], int]:
    """The ids of the papers that are meant, and how many others there are."""
    found: dict[str, dict[str, str]] = {name: {} for name in wanted}
    forms: dict[str, list[str]] = {}
    for name in wanted:
        forms.setdefault(_plain(name.removeprefix(base)), []).append(name)
    count = 0
    for document in _documents(directory):
        count += 1
        for form in _forms(document):
            for name in forms.get(form, ()):
                found[name][document.id] = document.title
    gone: set[str] = set()
    for name, ids in found.items():
        if name in ids:  # an id as it is written goes before all else
            ids = {name: ""}
        if not ids:
            raise UnknownPaper(f"no paper has the id, key, DOI, arXiv id or title {name!r}")
        if len(ids) > 1:
            raise UnknownPaper(
                f"{len(ids)} papers go by {name!r}: name one by its id, {' or '.join(sorted(ids))}"
            )
        gone |= ids.keys()
    return gone, count - len(gone)


def _forms(document: Document) -> set[str]:
    from kg.link.names import slug

    names = (
        document.id,
        f"paper/{slug(document.id)}",
        document.doi,
        document.arxiv_id,
        document.title,
        document.url,
    )
    return {_plain(name) for name in names if name}


def _plain(name: str) -> str:
    """A title or identifier put into one form."""
    lower = " ".join(name.split()).casefold()
    for start in (
        "https://doi.org/",
        "http://doi.org/",
        "https://arxiv.org/abs/",
        "doi:",
        "arxiv:",
        "paper:",
    ):
        lower = lower.removeprefix(start)
    return lower
