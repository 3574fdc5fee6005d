"""From a document to its record: what the paper names, uses, claims and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kg.records import Document, PaperRecord

__all__ = ["LONGEST", "extract"]

LONGEST = 20_000
"""Characters of a text that are read, more than any title and abstract have; what follows is left unread."""
BATCH = 16
"""Documents after which spaCy forgets the words it met; else a corpus would fill memory with them."""


def extract(documents: Iterable[Document], gazetteer: bool = True) -> Iterator[PaperRecord]:
    """Records of documents, one by one and in order; each depends on its own document alone.

    Args:
        documents: read a few ahead of what is asked for, so a corpus need not fit in memory. Of a text
            longer than ``LONGEST`` the beginning is read.
        gazetteer: whether the vocabularies of models and datasets help to find names; without them the
            wording of a paper alone tells. Vocabularies of modalities, metrics and tasks are always used.
    """
    from kg.extract.pipeline import pipeline
    from kg.extract.plain import to_plain
    from kg.extract.record import to_record
    from kg.extract.weights import shipped

    nlp = pipeline(gazetteer)
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        records = []
        with nlp.memory_zone():
            for document in batch:
                plain = to_plain(document.text[:LONGEST])
                records.append(to_record(document, plain, nlp(plain.text), shipped()))
        yield from records
