"""PDF: title and abstract from the first pages.

The title is the largest print at the top of the first page, unless the file states a usable one; the
abstract stands under its heading. Where there is none, the first page's prose stands in, and the
report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.records import Document
from kg.sources.authors import names
from kg.sources.metadata import arxiv_id, date, doi
from kg.sources.opened import OpenFile
from kg.sources.papers import document
from kg.sources.pdf_pages import Line, Pages, pages_aside
from kg.sources.sections import ends_abstract, is_abstract, opens_abstract
from kg.sources.text import normal

__all__ = ["NAME", "read", "sniff"]

NAME = "PDF"

_BYTES = 1 << 27
"""The largest PDF that is opened: it has to be held whole."""
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


def sniff(head: str) -> bool:
    """Whether a PDF header stands in the first thousand bytes, as the standard has it."""
    return "%PDF-" in head[:1024]


def read(file: OpenFile) -> Iterator[Document]:
    """The one paper of the file.

    Raises:
        ValueError: the file is too large, locked or broken, takes too long, or holds no text.
        OSError: no process can be started to read it in.
    """
    raw = file.stream.read(_BYTES + 1)
    if len(raw) > _BYTES:
        raise ValueError(f"larger than {_BYTES >> 20} MiB")
    yield paper(pages_aside(raw), file)


def paper(found: Pages, file: OpenFile) -> Document:
    """The paper whose first pages these are.

    Raises:
        ValueError: there is no text on them.
    """
    pages = found.lines
    if not any(pages):
        raise ValueError("no text in the first pages: scanned images need text recognition (OCR) first")
    lines = [line for page in pages for line in page]
    title, stop = _title(found, pages[0])
    heading, abstract = _abstract([line.text for line in lines], stop)
    if not abstract:
        abstract = _prose([line.text for line in pages[0][stop:]])
        stood_in = "the first page's text stands in" if abstract else "only the title was read"
        file.note("page 1", f"no abstract found in the PDF; {stood_in}")
    front = "\n".join(line.text for line in pages[0])
    stamp = _STAMP.search(front)
    return document(
        title=title,
        abstract=abstract,
        authors=names(found.stated.get("/Author", "")),
        issued=date(stamp[2]) if stamp else None,
        arxiv_id=arxiv_id(stamp[0]) if stamp else None,
        doi=_doi(found, [line.text for line in lines[:heading]]),
        source=file.at(""),
    )


def _title(found: Pages, lines: Sequence[Line]) -> tuple[str, int]:
    """The title, and the line after it."""
    top = lines[: max(len(lines) // 2, 10)]
    # print that runs up the margin, like a preprint server's stamp, is not the title
    candidates = [
        (i, line)
        for i, line in enumerate(top)
        if sum(map(str.isalpha, line.text)) >= 8 and not _STAMP.search(line.text)
    ]
    if not candidates:
        return _stated_title(found), 0
    largest = max(line.size for _, line in candidates)
    start = next(i for i, line in candidates if line.size == largest)
    stop = start + 1
    while stop < len(lines) and lines[stop].size == largest and stop - start < 6:
        stop += 1
    shown = _joined([line.text for line in lines[start:stop]])
    stated = _stated_title(found)
    is_shown = normal(stated) in normal(" ".join(line.text for line in lines[:30]))
    uniform = all(line.size == largest for _, line in candidates) and len(candidates) > stop - start
    if stated and (is_shown or uniform):
        return stated, stop
    first, line = candidates[0]
    return (line.text, first + 1) if uniform else (shown, stop)


def _stated_title(found: Pages) -> str:
    title = found.stated.get("/Title", "")
    return "" if _NO_TITLE.match(title) or len(title.split()) < 2 else title


def _doi(found: Pages, front: list[str]) -> str | None:
    """The DOI that the file states, or that stands above the abstract; further down it may be another's."""
    stated = next((value for key in _DOI_KEYS if doi(value := found.stated.get(key, ""))), "")
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
