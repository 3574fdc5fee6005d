"""Text in which each part is announced on its line: ``Abstract: …``, and perhaps ``Title: …`` before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.records import Document
from kg.sources.authors import names
from kg.sources.opened import OpenFile
from kg.sources.papers import Lines, document

__all__ = ["NAME", "read", "sniff"]

NAME = "labelled abstracts"

_LABELS = {
    "title": "title",
    "abstract": "abstract",
    "author": "authors",
    "authors": "authors",
    "date": "issued",
    "published": "issued",
    "doi": "doi",
    "arxiv": "arxiv",
    "url": "url",
    "keywords": "",
    "tags": "",
    "journal": "",
}
_LINE = re.compile(rf"\s*({'|'.join(_LABELS)})\s*[:：]\s*(.*)", re.IGNORECASE)
_ABSTRACT = re.compile(r"^[^\S\n]*+Abstract\s*+[:：]\s*+\S", re.MULTILINE | re.IGNORECASE)


def sniff(head: str) -> bool:
    """Whether the first line has a label, and an abstract follows its own."""
    return bool(_LINE.match(head.lstrip()) and _ABSTRACT.search(head))


def read(file: OpenFile) -> Iterator[Document]:
    """Papers one after another: one begins where a label comes that the one before has already."""
    parts: dict[str, Lines] = {}
    first, label = 1, ""
    for number, line in file.lines():
        found = _LINE.match(line)
        if found:
            label = _LABELS[found[1].lower()]
            begins = label in parts or (label == "title" and "abstract" in parts)
            if label and begins:
                yield _paper(parts, file.at(first))
                parts = {}
            first = number if not parts else first
            parts.setdefault(label, Lines()).append(found[2])
        elif line.strip():
            parts.setdefault(label, Lines()).append(line)
    if parts:
        yield _paper(parts, file.at(first))


def _paper(parts: dict[str, Lines], source: str) -> Document:
    text = {label: str(lines) for label, lines in parts.items()}
    return document(
        title=text.get("title", ""),
        abstract=text.get("abstract", ""),
        authors=names(text.get("authors", "")),
        issued=text.get("issued"),
        url=text.get("url"),
        doi=text.get("doi"),
        arxiv_id=text.get("arxiv"),
        source=source,
    )
