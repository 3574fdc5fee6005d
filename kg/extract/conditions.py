"""Under what condition a number was measured, as far as the words after it say so.

"0.94 for advanced fibrosis", "0.43 (Whole Tumor)", "0.91 and 0.88 in external validation": the phrase after a
number, or after the run of numbers it stands in, is taken as written. What stands elsewhere is not sought.
"""

from __future__ import annotations

import re

from kg.extract.reported import Reported

__all__ = ["condition_of"]

BRACKET = re.compile(r"\s*%?\s*\(([^()\d]{3,60})\)")
PHRASE = re.compile(
    r"\s*(?:%|mm|cm|ms|dB|points?|pp|percentage points?)?\s*(?:respectively,?\s*)?"
    r"((?:for|in|at|under|across|over|with|without|using|when|within|during|by)\s"
    r"[^,.;:()\d]{3,80}?)(?=\s*(?:[,.;:()]|\d|\band\b|\bwhile\b|\bwhich\b|\bdemonstrat|\bshow|$))",
    re.I,
)
RUN = re.compile(r"[\s%,/&±+\-–()]*(?:and|to|vs\.?|versus|or)?[\s%,/&±+\-–]*$")
GENERIC = re.compile(r"(?:terms|order|addition|particular|total|average|detail|comparison)\b", re.I)
MOST_WORDS = 9


def condition_of(r: Reported) -> str | None:
    """The condition of a number as the text words it; None when the words after it give none."""
    place = r.numbers.index(r.number)
    last = r.number
    for following in r.numbers[place + 1 :]:
        if not RUN.fullmatch(r.text[last.end : following.start]):
            break
        last = following
    for end in dict.fromkeys((r.number.end, last.end)):
        for pattern in (BRACKET, PHRASE):
            found = pattern.match(r.text, end)
            if found and _says_something(found[1]):
                return " ".join(found[1].split())
    return None


def _says_something(phrase: str) -> bool:
    words = phrase.split()
    return 0 < len(words) <= MOST_WORDS and not any(GENERIC.match(word) for word in words[:2])
