"""PDF: title and abstract from the first pages.

The title is the largest print at the top of the first page, unless the file states a usable one; the
abstract stands under its heading. Where there is none, the first page's prose stands in, and the
report says so.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.records import Document
from kg.sources.authors import names
from kg.sources.metadata import arxiv_id, date, doi
from kg.sources.opened import OpenFile
from kg.sources.papers import document
from kg.sources.sections import ends_abstract, is_abstract, opens_abstract
from kg.sources.text import normal, printable

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["NAME", "read", "sniff"]

NAME = "PDF"

_BYTES = 1 << 27
"""The largest PDF that is opened: it has to be held whole."""
_PAGES = 3
_ABSTRACT = 6000
"""No abstract is longer; reaching so far means that its end was not seen."""
_PROSE = 60
"""A line of at least so many characters belongs to a paragraph."""

_STAMP = re.compile(r"arXiv:(\S+)\s+\[[\w.-]+\]\s+(\d{1,2} \w{3} \d{4})")
_DOI_KEYS = ("/doi", "/DOI", "/WPS-ARTICLEDOI", "/Subject")
_DOI_LINE = re.compile(r"(?:doi\.org/|\bdoi:?\s*)10\.", re.IGNORECASE)
# What programs write as a title of their own accord.
_NO_TITLE = re.compile(
    r"untitled|microsoft |.*\.(?:docx?|tex|pdf|dvi|indd|qxd)$|arxiv:|doi:|pii:|\d+\s*\.\.\s*\d+|main$",
    re.IGNORECASE,
)
_RUN_IN = re.compile(r"\s*Abstract\s+(?=[A-Z])")
_BROKEN_WORD = re.compile(r"(\w+)-\n(?=[a-z])")
# Compounds whose hyphen stays at the end of a line.
_FIRST_PARTS = (
    "self semi multi cross non pre post co inter intra zero one few low high large small long short fine "
    "coarse deep well end real state data domain image text vision language task class time open"
)
_PREFIXES = frozenset(_FIRST_PARTS.split())


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    """Height of its print in points."""


def sniff(head: str) -> bool:
    """Whether a PDF header stands in the first thousand bytes, as the standard has it."""
    return "%PDF-" in head[:1024]


def read(file: OpenFile) -> Iterator[Document]:
    """The one paper of the file.

    Raises:
        ValueError: the file is too large, encrypted, or holds no text.
        pypdf.errors.PyPdfError: it is broken.
    """
    from pypdf import PdfReader

    raw = file.stream.read(_BYTES + 1)
    if len(raw) > _BYTES:
        raise ValueError(f"larger than {_BYTES >> 20} MiB")
    logging.getLogger("pypdf").addHandler(
        logging.NullHandler()
    )  # its remarks on broken files are not the user's
    reader = PdfReader(io.BytesIO(raw), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("it is locked by a password; save it without one")
    pages = []
    for number, page in enumerate(reader.pages[:_PAGES], start=1):
        file.place = f"page {number}"
        pages.append(_lines(page))
    if not any(pages):
        raise ValueError("no text in the first pages: scanned images need text recognition (OCR) first")
    lines = [line for page in pages for line in page]
    title, stop = _title(reader, pages[0])
    heading, abstract = _abstract([line.text for line in lines], stop)
    if not abstract:
        abstract = _prose([line.text for line in pages[0][stop:]])
        stood_in = "the first page's text stands in" if abstract else "only the title was read"
        file.note("page 1", f"no abstract found in the PDF; {stood_in}")
    front = "\n".join(line.text for line in pages[0])
    stamp = _STAMP.search(front)
    yield document(
        title=title,
        abstract=abstract,
        authors=names(_stated(reader, "/Author")),
        issued=date(stamp[2]) if stamp else None,
        arxiv_id=arxiv_id(stamp[0]) if stamp else None,
        doi=_doi(reader, [line.text for line in lines[:heading]]),
        source=file.at(""),
    )


def _lines(page: Any) -> list[_Line]:
    """The lines of a page in reading order, each with the size of its largest print."""
    found: list[list[Any]] = [["", 0.0]]

    def visit(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        height = abs(size * (matrix[3] or matrix[1] or 1.0))
        for i, part in enumerate(text.split("\n")):
            if i:
                found.append(["", 0.0])
            found[-1][0] += part
            if part.strip():
                found[-1][1] = max(found[-1][1], round(height, 1))

    page.extract_text(visitor_text=visit)
    return [_Line(printable(text).strip(), size) for text, size in found if text.strip()]


def _title(reader: PdfReader, lines: list[_Line]) -> tuple[str, int]:
    """The title, and the line after it."""
    top = lines[: max(len(lines) // 2, 10)]
    # print that runs up the margin, like a preprint server's stamp, is not the title
    candidates = [
        line for line in top if sum(map(str.isalpha, line.text)) >= 8 and not _STAMP.search(line.text)
    ]
    if not candidates:
        return _stated_title(reader), 0
    largest = max(line.size for line in candidates)
    start = next(i for i, line in enumerate(lines) if line in candidates and line.size == largest)
    stop = start + 1
    while stop < len(lines) and lines[stop].size == largest and stop - start < 6:
        stop += 1
    shown = _joined([line.text for line in lines[start:stop]])
    stated = _stated_title(reader)
    is_shown = normal(stated) in normal(" ".join(line.text for line in lines[:30]))
    uniform = all(line.size == largest for line in candidates) and len(candidates) > stop - start
    if stated and (is_shown or uniform):
        return stated, stop
    return (candidates[0].text, lines.index(candidates[0]) + 1) if uniform else (shown, stop)


def _stated_title(reader: PdfReader) -> str:
    title = _stated(reader, "/Title")
    return "" if _NO_TITLE.match(title) or len(title.split()) < 2 else title


def _stated(reader: PdfReader, key: str) -> str:
    value = reader.metadata.get(key) if reader.metadata else None
    return printable(value).strip() if isinstance(value, str) else ""


def _doi(reader: PdfReader, front: list[str]) -> str | None:
    """The DOI that the file states, or that stands above the abstract; further down it may be another's."""
    stated = next((value for key in _DOI_KEYS if (value := _stated(reader, key)) and doi(value)), "")
    return doi(stated) or next((doi(line) for line in front if _DOI_LINE.search(line)), None)


def _abstract(lines: list[str], start: int) -> tuple[int, str]:
    """Where the heading ``Abstract`` is, and what follows it on its line and below, to the next heading.

    Below the title, which may start with it, the word is the heading even where nothing divides it from
    the sentence that follows.
    """
    for i, line in enumerate(lines):
        run_in = _RUN_IN.match(line) if i >= start else None
        opened = line[run_in.end() :] if run_in else opens_abstract(line)
        if opened is None and not is_abstract(line):
            continue
        taken = [opened] if opened else []
        for following in lines[i + 1 :]:
            if ends_abstract(following) or sum(map(len, taken)) > _ABSTRACT:
                break
            taken.append(following)
        return i, _joined(taken)
    return 0, ""


def _prose(lines: list[str]) -> str:
    """The first run of long lines, as a paragraph has them."""
    start = next((i for i in range(len(lines) - 2) if all(len(s) >= _PROSE for s in lines[i : i + 3])), None)
    if start is None:
        return ""
    stop = next((i for i in range(start, len(lines)) if ends_abstract(lines[i])), len(lines))
    return _joined(lines[start:stop])[:_ABSTRACT]


def _joined(lines: list[str]) -> str:
    """Lines as running text: words broken at a line's end are made whole."""

    def whole(word: re.Match[str]) -> str:
        return f"{word[1]}-" if word[1].lower() in _PREFIXES else word[1]

    return _BROKEN_WORD.sub(whole, "\n".join(lines)).replace("\n", " ")
