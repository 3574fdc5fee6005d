"""Plain text and Markdown: a title, and an abstract under its heading or as the first prose after the title.

A Markdown file may hold several papers, each under a heading of one level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from kg.records import Document
from kg.sources.metadata import arxiv_id, doi
from kg.sources.opened import LIMIT, OpenFile, weight
from kg.sources.papers import document
from kg.sources.sections import ends_abstract, is_abstract, is_section, opens_abstract

__all__ = ["NAME", "read", "sniff"]

NAME = "plain text or Markdown"

_PROSE = 120
"""A paragraph of at least so many characters is prose; shorter ones before it are authors and dates."""
_TITLE = 300
"""A first paragraph of at most so many characters is a title."""
_PLAIN = 7
"""The level of a heading without Markdown's signs: below all of Markdown's six."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffd]")
_TABLE_CELL = re.compile(r"[,;\t|]")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*)")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*")
_UNFINISHED = re.compile(r"(?:[-:,–—]|\b(?i:a|an|and|by|for|from|in|of|on|the|to|using|via|with))\s*$")
_FIELD = re.compile(r"title:(.*)", re.IGNORECASE)
_MARKUP = re.compile(
    r"!?\[([^\[\]]*+)\]\((?:[^()\s]++|\([^()\s]*+\))*+\)|\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)"
)


@dataclass(slots=True)
class _Section:
    """A heading and the paragraphs under it; level 0 and no heading for what stands before the first."""

    line: int
    level: int
    heading: str
    paragraphs: list[str] = field(default_factory=list)

    def prose(self) -> list[str]:
        """The paragraphs from the first long one on."""
        start = next((i for i, p in enumerate(self.paragraphs) if len(p) >= _PROSE), len(self.paragraphs))
        return self.paragraphs[start:]


def sniff(head: str) -> bool:
    """Whether it is text at all, and neither tags nor the head of a table."""
    start = head.lstrip()
    cells = {cell.strip(" \"'").lower() for cell in _TABLE_CELL.split(start.partition("\n")[0])}
    is_table = len(cells) > 1 and bool(cells & {"title", "abstract", "id", "doi"})
    is_text = len(_CONTROL.findall(head)) <= 0.02 * len(head) and any(map(str.isalpha, head))
    return is_text and not is_table and not re.match(r"<[!?a-zA-Z]", start)


def read(file: OpenFile) -> Iterator[Document]:
    """The paper of a text, or the papers of a Markdown file.

    Raises:
        ValueError: the text is longer than a record may be.
    """
    sections = _sections(file)
    starts = _papers(sections)
    for start, stop in zip(starts, [*starts[1:], len(sections)], strict=True):
        yield _paper(file, sections[start:stop])


def _sections(file: OpenFile) -> list[_Section]:
    sections: list[_Section] = []
    size = 0
    for number, lines in file.paragraphs():
        size += sum(map(weight, lines))
        if size > LIMIT:
            raise ValueError(f"a text longer than {LIMIT >> 20} MiB")
        for offset, level, words in _parts(lines if sections else _opening(lines)):
            if level or not sections:
                sections.append(_Section(number + offset, level, words if level else ""))
            if not level:
                sections[-1].paragraphs.append(words)
    return sections or [_Section(1, 0, "")]


def _opening(lines: list[str]) -> list[str]:
    """A file's first lines, the title made a heading where something tells it from what follows.

    That is front matter, a long second line, or, in a short paragraph, a line that starts anew: with a
    capital, after a line that does not ask for more.
    """
    if lines[0].strip() == "---":
        stop = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), len(lines))
        named = [_unquoted(found[1]) for line in lines[1:stop] if (found := _FIELD.fullmatch(line))]
        return [f"# {title}" for title in named] + lines[stop + 1 :]
    if (
        len(lines) > 1
        and len(lines[1]) >= max(_PROSE, len(lines[0]) * 3 // 2)
        and not _HEADING.fullmatch(lines[0])
    ):
        return [f"# {lines[0]}", *lines[1:]]
    stop = 1
    while stop < len(lines) and (_UNFINISHED.search(lines[stop - 1]) or lines[stop][:1].islower()):
        stop += 1
    if stop < len(lines) and sum(map(len, lines)) <= _TITLE and not any(map(_is_heading, lines[: stop + 1])):
        return [f"# {' '.join(lines[:stop])}", *lines[stop:]]
    return lines


def _unquoted(value: str) -> str:
    """A value of front matter without its quotation marks."""
    value = value.strip()
    value = value[1:] if value[:1] in ("'", '"') else value
    return value[:-1] if value[-1:] in ("'", '"') else value


def _without_hashes(heading: str) -> str:
    """A heading without the signs that may close it."""
    end = len(heading)
    while end and (heading[end - 1] == "#" or heading[end - 1].isspace()):
        end -= 1
    return heading[:end]


def _is_heading(line: str) -> bool:
    return bool(_HEADING.fullmatch(line) or _UNDERLINE.fullmatch(line) or is_section(line))


def _parts(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """The headings and paragraphs of a run of lines: offset, level (0 for a paragraph) and text."""
    body: list[str] = []
    first = 0
    for i, line in enumerate(lines):
        hashes = _HEADING.fullmatch(line)
        underline = _UNDERLINE.fullmatch(lines[i + 1]) if i + 1 < len(lines) and not body else None
        opened = None if body else opens_abstract(line)
        level = 0
        if hashes:
            level, words = len(hashes[1]), _without_hashes(hashes[2])
        elif underline:
            level, words = (1 if "=" in underline[1] else 2), line
        elif opened is not None:
            level, words = _PLAIN, "Abstract"
        elif not body and is_section(line):
            level, words = _PLAIN, line
        if level:
            if body:
                yield first, 0, _text(body)
            yield i, level, _text([words])
            body, first = ([opened] if opened else []), i
        elif not _UNDERLINE.fullmatch(line):
            first = first if body else i
            body.append(line)
    if body:
        yield first, 0, _text(body)


def _text(lines: list[str]) -> str:
    """One line without Markdown's emphasis and links."""
    return " ".join(_MARKUP.sub(r"\1", " ".join(lines)).split())


def _papers(sections: list[_Section]) -> list[int]:
    """Where papers start: at headings of the first level under which stands prose, or a paper's sections."""
    named = [i for i, s in enumerate(sections) if 0 < s.level < _PLAIN and not is_section(s.heading)]
    for level in sorted({sections[i].level for i in named}):
        starts = [i for i in named if sections[i].level == level]
        if full := [
            i
            for i in starts
            if sections[i].prose() or any(is_section(s.heading) for s in _below(sections, i))
        ]:
            return full
    return [0]


def _below(sections: list[_Section], i: int) -> list[_Section]:
    after = (sections[j] for j in range(i + 1, len(sections)))
    return list(takewhile(lambda s: s.level > sections[i].level, after))


def _paper(file: OpenFile, sections: list[_Section]) -> Document:
    top, paragraphs = sections[0], list(sections[0].paragraphs)
    title = "" if is_section(top.heading) else top.heading
    alone = len(paragraphs) == 1 and len(sections) == 1
    if not top.heading and paragraphs and len(paragraphs[0]) <= (_PROSE if alone else _TITLE):
        title = paragraphs.pop(0)
    own = _Section(top.line, top.level, title, paragraphs)
    abstract = next((s.paragraphs for s in sections if is_abstract(s.heading)), None)
    if abstract is None:
        abstract = next((s.prose() for s in (own, *sections[1:]) if s.prose()), paragraphs)
    taken = set(abstract)
    front = " ".join(p for p in paragraphs if len(p) < _PROSE and p not in taken)
    return document(
        title=title,
        abstract=" ".join(takewhile(lambda p: not ends_abstract(p), abstract)),
        arxiv_id=arxiv_id(front),
        doi=doi(front),
        source=file.at(top.line),
    )
