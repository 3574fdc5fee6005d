"""Identifiers, addresses and dates found in a text.

Each function takes any text and returns what it holds in one canonical form, or nothing; none raises.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter

__all__ = ["arxiv_id", "bare_arxiv_id", "date", "doi", "links"]

_ARXIV = r"(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]{2,16}(?:\.[A-Za-z]{2})?/\d{7})"
_BARE_ARXIV = re.compile(rf"({_ARXIV})(?:v\d+)?")
_NAMED_ARXIV = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|\barxiv\s*:\s*|10\.48550/arxiv\.)({_ARXIV})(?!\d)", re.IGNORECASE
)
_DOI = re.compile(r"""\b10\.\d{4,9}/[^\s"<>{}|\\^`]+""")

_HOSTS = (
    "github.com gitlab.com bitbucket.org huggingface.co zenodo.org kaggle.com physionet.org osf.io doi.org "
    "figshare.com synapse.org codeocean.com drive.google.com arxiv.org"
)
_PAGES = "github.io gitlab.io grand-challenge.org readthedocs.io hf.space"
_REST = r"""[^\s<>"{}|\\^`]"""
_LINK = re.compile(
    rf"\b(?:https?://{_REST}+|www\.{_REST}+|(?:{'|'.join(map(re.escape, _HOSTS.split()))})/{_REST}+"
    rf"|[\w-]{{1,63}}\.(?:{'|'.join(map(re.escape, _PAGES.split()))})(?:/{_REST}*)?)",
    re.IGNORECASE,
)
# Most texts have none of these, and looking for them is far quicker than the pattern.
_SIGNS = ("://", "www.", *_HOSTS.split(), *_PAGES.split())
_LATEX_ESCAPE = re.compile(r"\\([_%#&~])")
_PAIRS = {")": "(", "]": "["}

_MONTH_NAMES = (
    "jan january",
    "feb february",
    "mar march",
    "apr april",
    "may",
    "jun june",
    "jul july",
    "aug august",
    "sep sept september",
    "oct october",
    "nov november",
    "dec december",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORD = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
# Each line is one way of writing a date; what follows it (a time, a season, a range) is let go.
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)",  # 20250612
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?(?!\d)",  # 2025-06-12, 2025/06
        rf"(?:[A-Za-z]{{3,9}},?\s+)?{_DAY}\s+{_WORD},?\s+{_YEAR}\b",  # Thu, 12 Jun 2025
        rf"(?:[A-Za-z]{{3,9}},?\s+)?{_WORD}\s+{_DAY},?\s+{_YEAR}\b",  # June 12, 2025
        rf"{_WORD},?\s+{_YEAR}\b",  # June 2025
        rf"{_YEAR}[\s,;-]+{_WORD}(?:\s+{_DAY}(?!\d))?",  # 2025 Jun 12, 2025 Jun-Jul
        rf"\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}\b",  # 06/12/2025: day and month can't be told apart
        rf"{_YEAR}\b",  # 2025, 2025 Spring
    )
)


def arxiv_id(text: str) -> str | None:
    """The first arXiv identifier that an address, an ``arXiv:`` or a DOI names, without its version."""
    found = _NAMED_ARXIV.search(text)
    return found[1].lower() if found else None


def bare_arxiv_id(text: str) -> str | None:
    """The arXiv identifier that is the whole text (``2506.10573v2``), or one that it names."""
    found = _BARE_ARXIV.fullmatch(text.strip())
    return found[1].lower() if found else arxiv_id(text)


def doi(text: str) -> str | None:
    """The first DOI of a text, bare and lower-case, without the punctuation of the sentence around it."""
    found = _DOI.search(text)
    return _trim(found[0]).lower() if found else None


def links(text: str) -> tuple[str, ...]:
    """Web addresses in a text, in order, each once; bare ones (``github.com/a/b``) get ``https://``."""
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return ()
    found: dict[str, str] = {}
    for match in _LINK.finditer(_LATEX_ESCAPE.sub(r"\1", text)):
        address = _trim(match[0])
        if "://" not in address:
            address = f"https://{address}"
        key = address.split("://", 1)[1].lower().removeprefix("www.").rstrip("/").removesuffix(".git")
        if "." in key:
            found.setdefault(key, address)
    return tuple(found.values())


def date(text: str) -> str | None:
    """The date a text starts with, as exact as it says: ``2025``, ``2025-06`` or ``2025-06-12``.

    A day or month that no calendar has is dropped; so are both where their order can't be known.
    """
    text = text.strip()
    for pattern in _DATES:
        found = pattern.match(text)
        if found:
            part = {"month": "", "day": "", **found.groupdict()}
            month = _month(part["month"] or "")
            if month is None and (part["month"] or "").isalpha() and not text[0].isdigit():
                continue  # "Version 2020": the word is no month
            return _iso(int(part["year"]), month, int(part["day"] or 0))
    return None


def _month(word: str) -> int | None:
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    return _MONTHS.get(word.lower())


def _iso(year: int, month: int | None, day: int) -> str:
    if month is None:
        return f"{year:04}"
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"


def _trim(address: str) -> str:
    """Without the punctuation that ends the sentence, or a bracket that was opened before the address."""
    counts = Counter(sign for sign in address if sign in "()[]")
    end = len(address)
    while end:
        last = address[end - 1]
        unopened = last in _PAIRS and counts[last] > counts[_PAIRS[last]]
        if last not in ".,;:!?'’”*" and not unopened:
            break
        counts[last] -= 1
        end -= 1
    return address[:end]
