"""Numbers and ranges as papers write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

__all__ = ["Number", "find_numbers"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number or range as it stands in the plain text."""

    start: int
    end: int
    value: str
    """As written, without percent sign and inner spaces of a broken number."""
    first: int
    """Token it begins in."""
    last: int
    """One past the token it ends in."""
    unit: str
    """What follows it: ``%``, ``mm``, … or nothing."""


# The last alternative but one is a number broken at its point ("94. 5%").
_N = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+\.\s\d+(?=\s?%)|\d+"
NUMBER = re.compile(
    rf"(?<![\w.@])(?<![A-Za-z\d][-–])(?P<about>[~∼≈<>≤≥]\s?)?(?P<sign>[+-]\s?)?(?P<a>{_N})(?![\d])(?:\s?%)?"
    rf"(?:\s?(?P<join>to|-|–|—)\s?(?P<b>{_N})(?![\d]))?"
)
UNIT = re.compile(
    r"\s?(%|mm|cm|ms|s\b|sec\w*|min\w*|h\b|hours?|days?|weeks?|months?|years?|dB|FPS|fps|GB|MB|[xX×]\b|×|"
    r"points?|pp\b|percentage points?|percent|[kK]\b|[mM]\b|[bB]\b|million|billion|"
    r"patients?|images?|cases?|samples?|subjects?|°)"
)
# A number after it is a spread and reports nothing by itself.
SPREAD = re.compile(r"(?:±|\+\s?/\s?[-–])\s?$")
# "from" before a change; after "ranging" it opens a range.
CHANGE = re.compile(r"(?<!ranging )(?<!ranges )(?<!ranged )(?<!range )(?<!varying )\bfrom\s\D{0,3}$")


def find_numbers(doc: Doc) -> list[Number]:
    """Numbers and ranges of the abstract, in order; those inside a name or a word are not."""
    text, found = doc.text, []
    position = 0
    while match := NUMBER.search(text, position):
        position = match.end("a")
        if SPREAD.search(text, max(0, match.start("a") - 6), match.start("a")):
            continue
        a, b, join = match["a"], match["b"], match["join"]
        if join == "to" and CHANGE.search(text, max(0, match.start() - 24), match.start()):
            b = None  # "improves from 0.71 to 0.78" reports two numbers, not a range
        end = match.end("b") if b else match.end("a")
        position = end
        if text[end : end + 1].isalpha() and not UNIT.match(text, end):
            continue
        span = doc.char_span(match.start("a"), end, alignment_mode="expand")
        if span is None:
            continue
        value = re.sub(r"\s", "", a)
        if b:
            value += f" {join} {re.sub(chr(92) + 's', '', b)}" if join == "to" else f"-{b}"
        elif match["sign"]:
            value = match["sign"].strip() + value
        if match["about"]:
            value = match["about"].strip() + value
        after = UNIT.match(text, end)
        unit = after[1] if after else ""
        found.append(Number(match.start("a"), end, value, span.start, span.end, unit))
    return found
