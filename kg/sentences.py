"""Where sentences stand in a text as written, found without a language pipeline.

A full stop ends a sentence unless it stands after an abbreviation or an initial, inside a number, or before
a small letter. A blank line always does, so a title is a sentence of its own. Extraction splits tokens by
the same habits of writing (:mod:`kg.extract.sentences`).
"""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["ABBREVIATIONS", "Span", "sentence_at", "sentences"]

ABBREVIATIONS = frozenset(
    """
    e.g i.e vs cf al fig figs eq eqs sec ref refs no nos approx resp dr prof st etc incl ca sp spp
    """.split()
)
"""What stands before a name or number, its last stop aside, so that a capital after it begins nothing."""

LONGEST = 1000
"""Characters of a sentence at most: text without stops, as of a table in a PDF, is cut around the place."""

_GAP = re.compile(r"(?P<blank>\n[^\S\n]*\n\s*)|(?<=[.!?。])[)\]\"”'’]*\s+")
"""What may part two sentences: a blank line, or space after a stop with what closes it."""

_LAST_WORD = re.compile(r"[^\s(\[]{1,20}\Z")

Span = tuple[int, int]
"""Start and end in characters; the end is exclusive."""


def sentences(text: str) -> list[Span]:
    """Where the sentences of a text stand, in order, without the space around them."""
    spans, start = [], 0
    for gap in _GAP.finditer(text):
        if gap["blank"] or _parts(text, gap):
            spans.append((start, gap.end()))
            start = gap.end()
    trimmed = (_trimmed(text, *span) for span in [*spans, (start, len(text))])
    return [span for span in trimmed if span[0] < span[1]]


def sentence_at(text: str, spans: list[Span], start: int, end: int) -> Span:
    """The sentence that a stretch of the text stands in; from its first sentence to its last, if several.

    Args:
        text: what the offsets count in.
        spans: :func:`sentences` of the text.
        start: where the stretch begins.
        end: where it ends, exclusive.
    """
    first = max(bisect_right(spans, (start, len(text))) - 1, 0)
    last = max(bisect_right(spans, (end - 1, len(text))) - 1, 0)
    begin, stop = (spans[first][0], spans[last][1]) if spans else (start, end)
    # A stretch may reach into the space between sentences.
    begin, stop = min(begin, start), max(stop, end)
    if stop - begin > LONGEST:
        begin = max(begin, text.find(" ", max(0, start - LONGEST // 2), start) + 1)
        stop = min(stop, max(end, text.rfind(" ", end, end + LONGEST // 2)))
    return begin, stop


def _parts(text: str, gap: re.Match[str]) -> bool:
    """Whether a sentence ends before this gap, which follows a stop."""
    after = text[gap.end() : gap.end() + 2]
    if not after or after[0].islower():
        return False
    if text[gap.start() - 1] != ".":
        return True
    found = _LAST_WORD.search(text, max(0, gap.start() - 21), gap.start() - 1)
    word = found[0] if found else ""
    if word.lower() in ABBREVIATIONS:
        return False
    if len(word) == 1 and word.isupper() and after[1:].islower():
        return False  # an initial
    return not (word.replace(".", "").isdigit() and after[0].isdigit())  # a number broken at its point


def _trimmed(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, start + len(inner.strip())
