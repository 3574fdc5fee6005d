"""MEDLINE text (``.nbib``), which PubMed writes for reference managers: tagged lines, long ones continued."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.records import Document
from kg.sources.authors import names
from kg.sources.opened import OpenFile
from kg.sources.papers import Lines, document

__all__ = ["NAME", "read", "sniff"]

NAME = "MEDLINE text"

_START = re.compile(r"PMID- ")
_TAG = re.compile(r"([A-Z]{2,4}) *- (.*)")
_DOI = re.compile(r"(\S+)\s*\[doi\]")


def sniff(head: str) -> bool:
    """Whether the first line that is not blank gives a PubMed identifier."""
    return bool(_START.match(head.lstrip()))


def read(file: OpenFile) -> Iterator[Document]:
    """Citations one after another."""
    for number, lines in file.records(_START):
        fields = _fields(lines)
        identifiers = " ".join(fields.get("LID", []) + fields.get("AID", []))
        own_doi = _DOI.search(identifiers)
        yield document(
            title=_text(fields, "TI", "BTI", "TT"),
            abstract=_text(fields, "AB"),
            authors=(*names(fields.get("FAU") or fields.get("AU") or []), *fields.get("CN", [])),
            issued=_text(fields, "DP"),
            url=f"https://pubmed.ncbi.nlm.nih.gov/{_text(fields, 'PMID')}/",
            doi=own_doi[1] if own_doi else None,
            source=file.at(number),
        )


def _fields(lines: list[str]) -> dict[str, list[str]]:
    """Values by tag; a line that starts with a space goes on with the one before."""
    fields: dict[str, list[Lines]] = {}
    values = list[Lines]()
    for line in lines:
        tagged = _TAG.match(line)
        if tagged:
            values = fields.setdefault(tagged[1], [])
            values.append(Lines())
            values[-1].append(tagged[2].strip())
        elif values and line.startswith(" "):
            values[-1].append(line.strip())
    return {tag: [str(value) for value in values] for tag, values in fields.items()}


def _text(fields: dict[str, list[str]], *tags: str) -> str:
    return next((fields[tag][0] for tag in tags if tag in fields), "")
