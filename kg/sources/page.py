"""A paper's page saved as text from a reading site: title, date and authors, then sections under labels.

A label is a line of its own (``Abstract``, ``URL``, ``Tags``). What stands under a label that is not
the paper's own text, as its translation and the site's tags, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.records import Document
from kg.sources.authors import names
from kg.sources.metadata import date, links
from kg.sources.opened import OpenFile
from kg.sources.papers import Lines, document

__all__ = ["NAME", "read", "sniff"]

NAME = "paper page"

_LABELS = {
    "abstract": "abstract",
    "url": "url",
    "doi": "doi",
    "pdf": "",
    "tags": "",
    "comments": "",
    "subjects": "",
    "citation": "",
}
_TRANSLATED = re.compile(r"[\w ]+\((?:translated|translation)\)", re.IGNORECASE)
_SNIFFED = re.compile(r"^[^\S\n]*+(?:URL|PDF|Tags|DOI)[^\S\n]*+$", re.MULTILINE)
_ABSTRACT = re.compile(r"^[^\S\n]*+Abstract[^\S\n]*+$", re.MULTILINE)
_HEADING = 1000
"""Lines from the start among which the title is looked for."""


def sniff(head: str) -> bool:
    """Whether the labels of a page stand alone on their lines."""
    return bool(_ABSTRACT.search(head) and _SNIFFED.search(head))


def read(file: OpenFile) -> Iterator[Document]:
    """The one paper of the page."""
    before: list[tuple[int, str]] = []
    sections: dict[str, Lines] = {}
    label: str | None = None
    for number, line in file.lines():
        line = line.strip()
        found = _label(line)
        if found == "abstract" and "abstract" in sections:
            file.fail(f"line {number}", "a second abstract: save one page a file")
            break
        if found is not None:
            label = found
            sections.setdefault(label, Lines())
        elif not line:
            continue
        elif label is None:
            if len(before) < _HEADING:
                before.append((number, line))
        else:
            sections[label].append(line)
    number, title, issued, authors = _heading(before)
    yield document(
        title=title,
        abstract=str(sections.get("abstract", "")),
        authors=names(authors),
        issued=issued,
        url=next(iter(links(str(sections.get("url", "")))), None),
        doi=str(sections.get("doi", "")),
        source=file.at(number),
    )


def _label(line: str) -> str | None:
    """What a label line leads to, ``""`` for what is left out; None for any other line."""
    if _TRANSLATED.fullmatch(line):
        return ""
    return _LABELS.get(line.rstrip(":").lower())


def _heading(lines: list[tuple[int, str]]) -> tuple[int, str, str | None, str]:
    """Where the title is, title, date and authors: the date stands between the other two."""
    for i, (_, line) in enumerate(lines):
        issued = date(line)
        if i and issued and len(line) <= 40:
            return *lines[i - 1], issued, lines[i + 1][1] if i + 1 < len(lines) else ""
    return (*max(lines, key=lambda line: len(line[1]), default=(1, "")), None, "")
