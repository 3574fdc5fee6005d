"""A page of a paper feed saved as text: the site's own lines, then a title and an abstract in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.records import Document
from kg.sources.opened import OpenFile
from kg.sources.papers import Lines, document
from kg.sources.sections import is_section

__all__ = ["NAME", "read", "sniff"]

NAME = "feed listing"

_TITLE = 300
"""A title has at most so many characters,"""
_ABSTRACT = 200
"""and an abstract at least so many, in sentences."""

_SHORT = 1000
"""So many short blocks in a row, and no title among them but perhaps the last."""

_SENTENCE_END = re.compile(r"[.!?][\"')\]]*(?:\s|$)")
Block = tuple[int, str]


def sniff(head: str) -> bool:
    """Whether two titles, none of them a heading within a paper, are each followed by an abstract."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", head.replace("\r\n", "\n"))]
    titles = [a for a, b in pairwise(blocks) if not _is_abstract(a) and _is_abstract(b)]
    return len(titles) >= 2 and not any(is_section(title) or title.startswith("#") for title in titles)


def read(file: OpenFile) -> Iterator[Document]:
    """Papers one after another.

    Short lines before a title are the site's and are left out, but for one that ends as a sentence does
    right after an abstract: it is the abstract's last. Once papers have begun, a line of four words or more
    that no abstract follows is reported as skipped, as it may be the title of a paper without one.
    """
    title: Block | None = None
    abstract = Lines()
    short: list[Block] = []
    for number, block in file.blocks():
        block = " ".join(block.split())
        if not _is_abstract(block):
            short.append((number, block))
            if len(short) > _SHORT:
                if title:
                    yield _paper(file, title, abstract, short[:-1])
                title, short = None, short[-1:]
            continue
        if not short and title:
            abstract.append(block)
            continue
        if title:
            yield _paper(file, title, abstract, short[:-1])
        title, abstract, short = (short[-1] if short else (number, "")), Lines(), []
        abstract.append(block)
    if title:
        yield _paper(file, title, abstract, short)


def _paper(file: OpenFile, title: Block, abstract: Lines, after: list[Block]) -> Document:
    """The paper; ``after`` holds the short lines between it and the next title."""
    while after and after[0][1].endswith("."):
        abstract.append(after.pop(0)[1])
    for number, line in after:
        if len(line.split()) >= 4:
            file.skip(f"line {number}", f"no abstract follows this line: {line[:80]!r}")
    return document(title=title[1], abstract=str(abstract), source=file.at(title[0]))


def _is_abstract(block: str) -> bool:
    return len(block) > _TITLE or (len(block) >= _ABSTRACT and len(_SENTENCE_END.findall(block)) >= 2)
