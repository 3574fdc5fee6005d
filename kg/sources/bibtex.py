"""BibTeX, entry by entry, its LaTeX accents and braces turned into text."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kg.records import Document
from kg.sources.authors import name
from kg.sources.opened import OpenFile
from kg.sources.papers import ABSTRACT, cut, document

__all__ = ["NAME", "read", "sniff"]

NAME = "BibTeX"

_START = re.compile(r"\s*@\s*\w+\s*[{(]")
_ENTRY = re.compile(
    r"(?:^|\n)[^\S\n]*+@\s*+(?:string|preamble|comment|\w++\s*+[{(]\s*+[^\s,={}()\"]*+\s*+,)", re.IGNORECASE
)
_ABBREVIATIONS = 1 << 16
"""The most characters that all abbreviations of a file may have; those beyond are not known."""
_ABBREVIATION = re.compile(r"@\s*string\s*[{(]\s*([^\s={(]+)\s*=", re.IGNORECASE)
_NOT_PAPERS = re.compile(r"\s*@\s*(?:comment|preamble)\b", re.IGNORECASE)
_WORD = re.compile(r"[=#]\s*([A-Za-z][\w:.-]*)")
_ARXIV_FIELDS = ("eprint", "arxivid", "arxiv")

# What LaTeX would eat and people write as plain text: a percent sign in "95% of", "&" in "H&E", "#", "$5".
_BARE = re.compile(r"(?<!\\)([%&#])")
_DOLLAR = re.compile(r"(?<!\\)\$")
_PRICE = re.compile(r"(?<!\\)\$(?=\d)")
# LaTeX eats the blank after a macro's name; who writes "\\alpha and" in an abstract means the blank.
_EATEN_BLANK = re.compile(r"(\\[A-Za-z]{3,})[ ]+(?![{\[])")
_KEPT_ARGUMENT = re.compile(r"\\(?:url|path|texttt)\s*\{([^{}]*)\}")
_CITATION = re.compile(r"(?<![\s~])[\s~]*+\\(?:no)?cite[a-z]*+\*?\s*+(?:\[[^\]]{0,200}+\]){0,9}+\{[^{}]*+\}")


def sniff(head: str) -> bool:
    """Whether an entry starts somewhere at the beginning of a line, and no object or tag before it."""
    return head.lstrip()[:1] not in ("{", "[", "<") and bool(_ENTRY.search(head))


def read(file: OpenFile) -> Iterator[Document]:
    """Entries one after another; one with a syntax error is a failure, up to where the next starts."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry

    logging.getLogger("bibtexparser").addHandler(
        logging.NullHandler()
    )  # failures are told by us, not on stderr
    abbreviations: dict[str, str] = {}
    left = _ABBREVIATIONS
    for number, lines in file.records(_START):
        text = "\n".join(lines)
        if defined := _ABBREVIATION.search(text):
            left -= len(text)
            if left >= 0:
                abbreviations[defined[1].lower()] = text
            continue
        if _NOT_PAPERS.match(text):
            continue
        used = {word.lower() for word in _WORD.findall(text)} & abbreviations.keys()
        library = parse_string("\n".join([*(abbreviations[word] for word in sorted(used)), text]))
        failed = [block for block in library.failed_blocks if not isinstance(block.ignore_error_block, Entry)]
        if failed:
            error = failed[0].error
            reason = str(getattr(error, "abort_reason", error)).strip() or type(error).__name__
            file.fail(f"line {number}", f"not a BibTeX entry: {reason}")
        for entry in library.entries:
            fields = {field.key.lower(): str(field.value) for field in entry.fields}
            yield _paper(fields, file.at(number))


def _paper(fields: Mapping[str, Any], source: str) -> Document:
    people = " ".join((fields.get("author") or fields.get("editor") or "")[:ABSTRACT].split())
    eprint = next((fields[key] for key in _ARXIV_FIELDS if key in fields), None)
    return document(
        title=_text(fields.get("title", "")),
        abstract=_text(fields.get("abstract", "")),
        authors=[name(_text(person)) for person in people.split(" and ") if person != "others"],
        issued=fields.get("date") or f"{fields.get('year', '')} {fields.get('month', '')}".strip(),
        url=fields.get("url"),
        doi=fields.get("doi"),
        arxiv_id=eprint,
        source=source,
    )


def _text(value: str) -> str:
    """LaTeX as text: accents, quotes and escaped signs resolved, braces dropped, formulas left alone."""
    value = cut(value, ABSTRACT)
    if not ("\\" in value or "{" in value):
        return value
    for price in (_PRICE, _DOLLAR):
        if len(_DOLLAR.findall(value)) % 2:
            value = price.sub(r"\\$", value)
    value = _EATEN_BLANK.sub(r"\1{} ", value)
    value = _BARE.sub(r"\\\1", _CITATION.sub("", _KEPT_ARGUMENT.sub(r"\1", value)))
    try:
        return _converter().latex_to_text(value)  # type: ignore[no-any-return]
    except Exception:  # a text that LaTeX itself would refuse is better as written than not at all
        return value


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    return LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False)
