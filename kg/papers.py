"""Papers' records: extracted from what people have, and kept one a line in ``papers.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from kg.records import Document, PaperRecord
from kg.staging import staged_file

if TYPE_CHECKING:
    from kg.engines.local import Known
    from kg.sources import Report

__all__ = [
    "DOC_TIMEOUT",
    "BuildError",
    "Extract",
    "Progress",
    "open_records",
    "papers",
    "papers_or_records",
    "read_records",
    "write_records",
    "written",
]

Extract = Callable[[Iterable[Document]], Iterable[PaperRecord]]
"""What turns documents into records, one for one and in order."""

DOC_TIMEOUT = 60.0
"""Seconds after which a paper is given up."""


_TELLING = 1000
"""Papers from which it is told how many there will be about: files are read some way ahead of them."""


class Progress(Protocol):
    """Told how far a build is."""

    def __call__(self, stage: str, done: int, total: int | None = None, about: bool = False, /) -> None:
        """Take in the stage (``reading``, ``writing``, ``drawing``), papers done with, and of how many.

        How many there are is told once it is known; before that, of a large corpus, ``about`` how many, by
        the share of the files that was read.
        """


class BuildError(ValueError):
    """There is nothing to build from, or something could not be read and that was not to be passed over."""


def papers(
    inputs: str | Path | Sequence[str | Path],
    *,
    before: Iterable[Document] = (),
    strict: bool = False,
    min_confidence: float = 0.0,
    gazetteer: bool = True,
    jobs: int | None = None,
    doc_timeout: float = DOC_TIMEOUT,
    extract: Extract | None = None,
    known: Known | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> Generator[PaperRecord, None, None]:
    """Read papers and extract what each says, in the order of the inputs and some hundreds ahead.

    Args:
        inputs: files, folders, or ``-`` for standard input; one alone needs no list.
        before: papers that come before those of the inputs, read already.
        strict: whether a file that cannot be read is an error; else it is noted in the report and left out.
        min_confidence: what is less sure than this is left out (:func:`kg.extract.confidence.at_least`).
        gazetteer: whether the vocabularies of models and datasets help :func:`kg.extract.extract`.
        jobs: processes to extract in (:func:`kg.engines.extract`); all cores when left out.
        doc_timeout: seconds after which a paper is given up; it counts as failed.
        extract: what to extract with, in this process; by default :func:`kg.extract.extract` in others.
        known: what was found before; not with ``extract``.
        report: filled in with what was read, skipped and failed.
        progress: called as papers are done with.

    Raises:
        BuildError: ``strict``, and something could not be read. Raised last, so that the report is complete.
        ValueError: ``min_confidence`` is not from 0 to 1.
        OSError: no process to extract in can be started.
    """
    from kg.engines import extract as run
    from kg.extract.confidence import at_least, checked
    from kg.sources import Report, read
    from kg.sources.inputs import size

    checked(min_confidence)
    report = Report() if report is None else report
    count = _Count(read(inputs, report, before))
    expected = None if progress is None else size([inputs] if isinstance(inputs, str | Path) else inputs)
    records = (
        extract(count)
        if extract is not None
        else run(count, gazetteer=gazetteer, jobs=jobs, limit=doc_timeout, known=known, report=report)
    )
    for done, record in enumerate(records, 1):
        if progress is not None:
            progress("reading", done, *count.total(expected, report))
        yield at_least(record, min_confidence)
    if strict and report.failed:
        raise BuildError(
            f"{report.failed} files or entries could not be read: mend or remove them, or leave strict out"
        )


def papers_or_records(
    inputs: Sequence[str | Path],
    *,
    jobs: int | None = None,
    extract: Extract | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> Iterator[PaperRecord]:
    """Records of all inputs: those of a ``papers.jsonl`` as they are, of anything else extracted now.

    Raises:
        OSError, ValueError: as :func:`read_records`.
    """
    raw = []
    for path in inputs:
        if _holds_records(Path(path)):
            yield from read_records(path)
        else:
            raw.append(path)
    if raw:
        yield from papers(raw, jobs=jobs, extract=extract, report=report, progress=progress)


def read_records(path: str | Path) -> Iterator[PaperRecord]:
    """Records of a ``papers.jsonl``, in order.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is no record; the message names file and line.
    """
    with Path(path).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield PaperRecord.from_json(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise ValueError(f"{path}:{number}: not a paper's record: {error}") from error


def write_records(records: Iterable[PaperRecord], to: Path | IO[str]) -> None:
    """Write records one a line: a file whole or not at all, a stream (or pipe, or device) as they come.

    Raises:
        OSError: the file cannot be written.
    """
    with ExitStack() as stack:
        if isinstance(to, Path):
            to = stack.enter_context(open_records(stack.enter_context(staged_file(to))))
        for _ in written(records, to):
            pass


def open_records(path: Path) -> IO[str]:
    """Open a ``papers.jsonl`` to write."""
    # Half of a surrogate pair has no UTF-8; this error handler writes it as the escape that JSON has for it.
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")


def written(records: Iterable[PaperRecord], file: IO[str]) -> Iterator[PaperRecord]:
    """The same records, each written down as it passes, so that they need not all be in memory."""
    for record in records:
        file.write(json.dumps(record.to_json(), ensure_ascii=False) + "\n")
        yield record


class _Count:
    """The same documents, counted as they pass."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents, self._passed, self._ended = documents, 0, False

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self._passed += 1
            yield document
        self._ended = True

    def total(self, size: int | None, report: Report) -> tuple[int] | tuple[int, bool] | tuple[()]:
        """How many there are, and whether only about so many; nothing as long as too few were read.

        Args:
            size: bytes of all files, if known.
            report: how much of them was read, and how many papers that were.
        """
        if self._ended:
            return (self._passed,)
        if not size or report.read < _TELLING or report.taken >= size:
            return ()
        before = self._passed - report.read
        return round(before + report.read * size / report.taken), True


def _holds_records(path: Path) -> bool:
    """Whether the first line of a file is a record that went through extraction, not just a paper.

    Annotated papers have no ``concepts`` and count as papers: what is asked about them is extraction.
    """
    if not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8") as lines:
            first = json.loads(next((line for line in lines if line.strip()), "null"))
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and {"concepts", "relations"} <= first.keys()
