"""What two different names have to do with each other: acronym and long form, or versions of one family."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.link.names import drop_v, words
from kg.link.wordlists import ARTICLES, CLASS_ACRONYMS, CLASS_WORDS, FILLERS, ROMAN, SIZE_WORDS
from kg.spelling import common_letters

__all__ = ["alike", "are_versions", "content", "is_generic", "is_part", "is_short_for", "numbers"]

SAME_LONG_FORM = 0.6
"""Share of the shorter long form's words that two spellings of one long form have in common, at least."""

_RUN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|\++")
_STEM = 5
_CLASS = CLASS_WORDS | CLASS_ACRONYMS
_LINKING = FILLERS | ARTICLES


@lru_cache(maxsize=1 << 13)
def is_short_for(short: str, long: str) -> bool:
    """Whether ``short`` can be an acronym of ``long``: its letters in order, the first opening a word.

    The matching is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
    definitions in biomedical text" (PSB 2003), with the first letter held to the long form's first word.

    >>> is_short_for("SAM", "Segment Anything Model"), is_short_for("SAM2", "Segment Anything Model")
    (True, False)
    """
    letters = [c for c in short.lower() if c.isalnum()]
    long_words = words(long)
    capitals = sum(c.isupper() or c.isdigit() for c in short)
    if capitals < 2 or not 2 <= len(long_words) <= 3 * len(letters) or len(words(short)) > 3:
        return False
    text = long.lower()
    if is_part(short, long):
        return False  # "Foo" and "Foo Plus" are two names, not an acronym and what it stands for
    if not letters or text[:1] != letters[0] or len(letters) >= sum(c.isalnum() for c in text):
        return False
    # A letter that opens a part of the short form ("DA-Net": D, N) must open a word of the long form.
    opens = [part for word in words(short) for part in [True] + [False] * (len(word) - 1)]
    place = len(text)
    for letter, is_opening in zip(reversed(letters), reversed(opens), strict=False):
        place = text.rfind(letter, 0, place)
        while is_opening and place > 0 and text[place - 1].isalnum():
            place = text.rfind(letter, 0, place)
        if place < 0:
            return False
    # Letters from the insides of words are a coincidence: more than half must open words.
    openings = "".join(word[0] for word in re.findall(r"[^\W_]+", text))
    return common_letters(openings, "".join(letters)) * 2 > min(len(letters), len(long_words))


def alike(one: str, other: str, share: float = SAME_LONG_FORM) -> bool:
    """Whether two long forms are spellings of one: enough of their telling words agree by stem."""
    mine, theirs = content(one), content(other)
    if not mine or not theirs:
        return one.lower() == other.lower()
    together = "".join(c for c in one.lower() if c.isalnum()) == "".join(
        c for c in other.lower() if c.isalnum()
    )
    return together or len(mine & theirs) >= share * min(len(mine), len(theirs))


@lru_cache(maxsize=1 << 13)
def content(long: str) -> frozenset[str]:
    """Stems of the words that tell which long form it is."""
    return frozenset(w.lower()[:_STEM] for w in words(long) if w.lower() not in FILLERS)


def is_generic(name: str) -> bool:
    """Whether a name is only a class of things: "vision transformer", "VLM", "our model"."""
    parts = [word.lower() for word in re.findall(r"[^\W_]+", name)]
    return all(part in _CLASS or (part in _LINKING and len(parts) > 1) for part in parts)


def is_part(one: str, other: str) -> bool:
    """Whether the words of one name are among the other's: a part of it, or a variant, but not it."""
    mine, theirs = ({word.lower() for word in words(name)} for name in (one, other))
    return mine < theirs or theirs < mine


def are_versions(one: str, other: str) -> bool:
    """Whether two names are different versions, sizes or editions of one family (or family and member).

    >>> are_versions("GPT-4", "GPT-4V"), are_versions("ResNet-18", "ResNet 18")
    (True, False)
    """
    (stem, marks), (other_stem, other_marks) = _version(one), _version(other)
    return stem == other_stem and marks != other_marks


@lru_cache(maxsize=1 << 13)
def numbers(name: str) -> frozenset[str]:
    """The numbers in a name; a year counts by its last two digits, so that '19 and 2019 agree."""
    found = re.findall(r"\d+(?:\.\d+)?", name)
    return frozenset(n[2:] if re.fullmatch(r"(?:19|20)\d\d", n) else n.lstrip("0") or "0" for n in found)


@lru_cache(maxsize=1 << 13)
def _version(name: str) -> tuple[str, tuple[str, ...]]:
    """Split a name into the family's letters and the marks of version, size and edition, in order."""
    stem, marks = [], []
    for run in _RUN.findall(drop_v(name)):
        lower = run.lower()
        if run[0].isdigit() or run[0] == "+" or len(run) == 1 or lower in SIZE_WORDS or run in ROMAN:
            marks.append(lower)
        else:
            stem.append(lower)
    return "".join(stem), tuple(marks)
