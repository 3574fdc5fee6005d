"""Stands in for extraction where a test is about what comes before or after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord

__all__ = ["extract"]


def extract(documents: Iterable[Document]) -> Iterator[PaperRecord]:
    """Every paper trains AlphaNet on Omega-12 for segmentation of CT; the whole text is the evidence."""
    for document in documents:
        evidence = Evidence(0, len(document.text), document.text)
        yield PaperRecord(
            document,
            models=(Entity("AlphaNet", "introduced", mentions=(evidence,)),),
            datasets=(Entity("Omega-12", "used", mentions=(evidence,)),),
            concepts=(Concept("modality", "CT"), Concept("task", "segmentation")),
            relations=(Claim("AlphaNet", "trainedOn", "Omega-12", evidence, method="stand-in"),),
        )
