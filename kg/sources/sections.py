"""The headings that divide a paper, as text files and PDFs show them."""

from __future__ import annotations

import re

__all__ = ["ends_abstract", "is_abstract", "is_section", "opens_abstract"]

_NAMES = (
    "abstract|a b s t r a c t|summary|introduction|background|related works?|motivation|objectives?|aims?"
    "|purpose|methods?|methodology|materials? and methods?|methods? and materials?|experiments?"
    "|experimental (?:setup|results)|evaluation|results?|results and discussion|discussion|limitations?"
    "|conclusions?|conclusion and future work|references|bibliography|acknowledge?ments?|appendix"
    "|supplementary materials?|key ?words?|index terms|ccs concepts|(?:data|code) availability|data"
    "|datasets?|contents|funding|ethics"
)
_NUMBER = r"(?:(?:\d{1,2}|[IVX]{1,4}|[A-Z])(?:\.\d{1,2})*[.)]?\s+)?"
_AROUND = r"[#*\s]*"
_END = r"[\s:.*—–-]*"
_SECTION = re.compile(rf"{_AROUND}{_NUMBER}(?:{_NAMES}){_END}", re.IGNORECASE)
_FIRST_SECTION = re.compile(r"1\.?\s+[A-Z][\w\s-]{2,60}")
_ABSTRACT = re.compile(rf"{_AROUND}{_NUMBER}(?:abstract|a b s t r a c t|summary){_END}", re.IGNORECASE)
_OPENING = re.compile(
    r"\s*\**(?:abstract|ABSTRACT|Abstract|A B S T R A C T)\**\s*(?:[:.—–]+|-+\s)\**\s*(?=\S)"
)
_AFTER = re.compile(r"\W*(?:key ?words?|index terms|ccs concepts|general terms)\b", re.IGNORECASE)


def is_section(line: str) -> bool:
    """Whether a line is the heading of a part of a paper, and no title of one."""
    line = line.strip()
    return bool(_SECTION.fullmatch(line) or _FIRST_SECTION.fullmatch(line))


def is_abstract(line: str) -> bool:
    """Whether a line is the heading of an abstract, alone on its line."""
    return bool(_ABSTRACT.fullmatch(line.strip()))


def opens_abstract(line: str) -> str | None:
    """What follows ``Abstract:`` or ``Abstract—`` on its line; None where the line does not start so."""
    found = _OPENING.match(line)
    return line[found.end() :] if found else None


def ends_abstract(line: str) -> bool:
    """Whether a line is a heading, or the key words that stand under an abstract."""
    return is_section(line) or bool(_AFTER.match(line))
