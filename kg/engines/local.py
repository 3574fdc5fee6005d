"""Extraction on this machine: in as many processes as there are cores, in order, with flat memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kg.engines.found import EXTRACTOR, Lost, attempt, extractor, unpack
from kg.engines.workers import Workers
from kg.records import Document, PaperRecord

if TYPE_CHECKING:
    from kg.sources import Report

__all__ = ["LIMIT", "ExtractionError", "Known", "cores", "extract"]

LIMIT = 60.0
"""Seconds after which a document is given up."""

_CHUNK, _LARGEST_CHUNK = 8, 32
"""Documents that a process is asked for at once: it stands still from one chunk to the next, so they grow."""
_SHARE = 64
"""A chunk is no larger than this part of what was asked for: a last one keeps the other processes waiting."""
_FEW = 200
"""Documents to extract up to which one process is done sooner than several would have started."""
_AHEAD = 1024
"""Documents read ahead of the record that is asked for."""
_HOPELESS = 20
"""Documents that fail before any does not, after which it is not the documents."""


class ExtractionError(ValueError):
    """Extraction itself does not work."""


class Known(Protocol):
    """What was found before (:class:`kg.engines.journal.Journal`)."""

    def get(self, document: Document) -> bytes | None:
        """What was found in a document, if that is known."""

    def put(self, document: Document, found: bytes) -> None:
        """Keep what was found."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def extract(
    documents: Iterable[Document],
    *,
    gazetteer: bool = True,
    jobs: int | None = None,
    limit: float = LIMIT,
    known: Known | None = None,
    report: Report | None = None,
    place: str = EXTRACTOR,
) -> Iterator[PaperRecord]:
    """Records of documents, in order and the same for any number of jobs; a document that fails is left out.

    Args:
        documents: read ahead of what is asked for, some hundreds.
        gazetteer: whether the vocabularies of models and datasets help to find names.
        jobs: how many processes; all cores when left out. Few documents are given to one. With 0 this process
            does it itself, where a document that hangs or crashes cannot be told from the rest.
        limit: seconds after which a document is given up.
        known: what was found before, which is not extracted again, and where what is found now is kept.
        report: told of documents that were left out.
        place: where the function lies that extracts.

    Raises:
        ExtractionError: all of the first documents failed.
        OSError: no process can be started, or what was found cannot be kept.
        ValueError: ``jobs`` or ``limit`` is out of range.
    """
    jobs = cores() if jobs is None else jobs
    if jobs < 0 or not limit > 0:
        raise ValueError(f"jobs are 0 or more and the limit is above 0, not {jobs} and {limit}")
    failures = _Failures(report)
    if jobs == 0:
        function = extractor(place, gazetteer)
        for document in documents:
            found = (known.get(document) if known else None) or attempt(function, document)
            if isinstance(found, bytes) and known:
                known.put(document, found)
            if (record := failures.sift(document, found)) is not None:
                yield record
        return

    def keep(document: Document, found: bytes) -> None:
        if known is not None:
            known.put(document, found)

    with Workers(jobs, place, gazetteer, limit, keep) as workers:
        waiting: deque[_Slot] = deque()
        chunk: list[_Slot] = []
        asked = 0
        for document in documents:
            slot = _Slot(document, known.get(document) if known else None)
            waiting.append(slot)
            if slot.found is None:
                chunk.append(slot)
                asked += 1
                if len(chunk) >= max(_CHUNK, min(_LARGEST_CHUNK, asked // _SHARE)):
                    _submit(chunk, workers)
                if asked > _FEW:
                    workers.many()
            while len(waiting) >= _AHEAD or (waiting and waiting[0].done):
                if waiting[0] in chunk:
                    _submit(chunk, workers)
                if (record := failures.sift(*waiting.popleft().answer)) is not None:
                    yield record
        _submit(chunk, workers)
        for slot in waiting:
            if (record := failures.sift(*slot.answer)) is not None:
                yield record


@dataclass(slots=True, eq=False)
class _Slot:
    """A document's place in the order, with what was found in it or where that will be."""

    document: Document
    found: bytes | Lost | None
    future: Future[list[bytes | Lost]] | None = None
    place: int = 0

    @property
    def done(self) -> bool:
        return self.found is not None or (self.future is not None and self.future.done())

    @property
    def answer(self) -> tuple[Document, bytes | Lost]:
        """The document and what was found; waits for it."""
        if self.found is None:
            assert self.future is not None
            self.found = self.future.result()[self.place]
        return self.document, self.found


def _submit(chunk: list[_Slot], workers: Workers) -> None:
    if chunk:
        future = workers.submit([slot.document for slot in chunk])
        for place, slot in enumerate(chunk):
            slot.future, slot.place = future, place
        chunk.clear()


class _Failures:
    """Sets aside what failed."""

    def __init__(self, report: Report | None) -> None:
        self._report = report
        self._count, self._any = 0, False

    def sift(self, document: Document, found: bytes | Lost) -> PaperRecord | None:
        """The record; none when the document is lost."""
        if isinstance(found, bytes):
            self._any = True
            return unpack(found, document)
        self._count += 1
        if self._count >= _HOPELESS and not self._any:
            raise ExtractionError(f"the first {self._count} papers all failed: the last one {found.reason}")
        if self._report is not None:
            from kg.sources.report import Failure

            self._report.read -= 1
            self._report.fail(Failure(document.source or document.id, f"paper {document.id}", found.reason))
        return None
