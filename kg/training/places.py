"""Where annotated names stand in a text, in characters and counted in letters and digits alone.

The second way of counting holds in every copy of a text, however a publisher sets spaces, dashes and quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Letters", "Places", "counted", "letters", "mentions_of", "places"]

Places = list[tuple[int, int]]
"""Stretches of a text: start and end, exclusive, in characters."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a text, and the character that each came from."""

    text: str
    origins: tuple[int, ...]


def letters(text: str) -> Letters:
    """What is counted of a text: ``a`` to ``z``, after lower-casing, and ``0`` to ``9``."""
    kept = [
        (letter, i)
        for i, character in enumerate(text)
        for letter in character.lower()
        if letter.isascii() and letter.isalnum()
    ]
    return Letters("".join(letter for letter, _ in kept), tuple(i for _, i in kept))


def mentions_of(names: Sequence[Iterable[str]], text: str) -> list[Places]:
    """Where each of several things, given by its surface forms, stands in a text.

    A name stands where its letters and digits do, in the same case, as whole words; up to three other
    characters may part or join its words, and a plural s may follow. Within the longer name of something
    else it is no mention.
    """
    found = [{place for form in forms for place in _occurrences(form, text)} for forms in names]
    longest = _outermost({place for stretches in found for place in stretches})
    return [sorted(stretches & longest) for stretches in found]


def counted(text: str, stretches: Places) -> list[list[int]]:
    """Stretches in letters and digits, from 0; :func:`places` leads back."""
    origins = letters(text).origins
    return [[bisect_left(origins, at) for at in stretch] for stretch in stretches]


def places(text: str, stretches: Iterable[Sequence[int]]) -> Places:
    """Where stretches counted in letters and digits (:func:`letters`) stand in a text, in characters.

    Raises:
        ValueError: a stretch is empty or goes beyond the text.
    """
    origins = letters(text).origins
    found = []
    for start, end in stretches:
        if not 0 <= start < end <= len(origins):
            raise ValueError(f"no stretch {start} to {end} in a text of {len(origins)} letters and digits")
        found.append((origins[start], origins[end - 1] + 1))
    return found


def _occurrences(form: str, text: str) -> Iterator[tuple[int, int]]:
    words = re.findall(r"[^\W_]+", form)
    if not words:
        return
    pattern = r"(?<![^\W_])" + r"[\W_]{0,3}".join(map(re.escape, words)) + r"(?=s?(?![^\W_]))"
    for match in re.finditer(pattern, text):
        if letters(match[0]).text:
            yield match.span()


def _outermost(spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The spans that lie in no other."""
    kept: set[tuple[int, int]] = set()
    reach = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reach:
            kept.add((start, end))
            reach = end
    return kept
