"""From a document to its record: what the paper names, uses, claims and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.records import Document, PaperRecord

__all__ = ["LONGEST", "extract"]

LONGEST = 20_000
"""Characters of a text that are read, more than any title and abstract have; what follows is left unread."""


def extract(documents: Iterable[Document]) -> Iterator[PaperRecord]:
    """Records of documents, one by one and in order; each depends on its own document alone.

    Args:
        documents: read as they are asked for, so a corpus need not fit in memory. Of a text longer than
            ``LONGEST`` the beginning is read.
    """
    from kg.extract.pipeline import pipeline
    from kg.extract.plain import to_plain
    from kg.extract.record import to_record

    nlp = pipeline()
    for document in documents:
        plain = to_plain(document.text[:LONGEST])
        yield to_record(document, plain, nlp(plain.text))
