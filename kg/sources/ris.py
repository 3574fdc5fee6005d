"""RIS, the exchange format of reference managers and publishers' sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.records import Document
from kg.sources.authors import names
from kg.sources.opened import OpenFile
from kg.sources.papers import document

__all__ = ["NAME", "read", "sniff"]

NAME = "RIS"

_START = re.compile(r"\s*TY  ?- ?")
_FIRST_LINES = re.compile(r"(?:[^\n]*\n){0,20}?\s*TY  - ?\w")


def sniff(head: str) -> bool:
    """Whether a reference starts within the first lines; some sites put a line of their own before."""
    return bool(_FIRST_LINES.match(head.replace("\r", "\n")))


def read(file: OpenFile) -> Iterator[Document]:
    """References one after another; one that the parser refuses is a failure."""
    import rispy  # type: ignore[import-untyped]

    for number, lines in file.records(_START):
        end = next((i for i, line in enumerate(lines) if line.startswith("ER  -")), len(lines))
        text = "\n".join([lines[0].lstrip(), *lines[1:end], "ER  - "])
        try:
            for fields in rispy.loads(text):
                yield _paper(fields, file.at(number))
        except Exception as error:  # rispy raises whatever a broken line makes Python raise
            file.fail(f"line {number}", f"not a RIS reference: {type(error).__name__}: {error}")


def _paper(fields: Mapping[str, Any], source: str) -> Document:
    return document(
        title=_first(fields, "title", "primary_title"),
        abstract=_first(fields, "abstract", "notes_abstract"),
        authors=names(fields.get("authors") or fields.get("first_authors") or ()),
        issued=_first(fields, "date", "publication_year", "year").strip("/ "),
        url=_first(fields, "urls", "url"),
        doi=_first(fields, "doi"),
        source=source,
    )


def _first(fields: Mapping[str, Any], *keys: str) -> str:
    for key in keys:
        value = fields.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return value
    return ""
