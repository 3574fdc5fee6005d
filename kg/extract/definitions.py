"""Short forms and what they stand for, where scispaCy's detector does not look or is too strict.

It wants every letter of the short form in the long one, and brackets between them. Names of models are
freer: "DyMix-Net: Dynamic Mixing Network", "Versatile Multimodal Fox System (MFox-Net)".
"""

from __future__ import annotations

import re

from kg.spelling import common_letters

__all__ = ["abbreviates"]

WORD = re.compile(r"[^\W_]+")
# What may stand between the two when one defines the other, long form first and short form first.
LONG_THEN_SHORT = re.compile(r"\s*[(\[]\s*$")
SHORT_THEN_LONG = re.compile(
    r"\s*(?:[:(\[–—]|--|,\s+(?:an?|the|our)\s)\s*(?:an?\s|the\s)?(?:novel\s|new\s)?$"
)


def abbreviates(short: str, long: str, between: str | None = None, long_first: bool = True) -> bool:
    """Whether ``short`` can stand for ``long``.

    Args:
        short: one word, with two capitals at least.
        long: two words at least.
        between: the text between them where they stand side by side; there less agreement is enough.
        long_first: which of them stands first.
    """
    letters = [c for c in short.lower() if c.isalnum()]
    words = [word.lower() for word in WORD.findall(long)]
    if " " in short or sum(c.isupper() for c in short) < 2 or len(letters) < 3 or len(words) < 2:
        return False
    if "".join(letters) in "".join(words):
        return False  # "Foo-Net" and "Foo-Net Large" are two names
    shared = common_letters(letters, [c for word in words for c in word]) / len(letters)
    opened = common_letters(letters, [word[0] for word in words]) / len(words)
    if between is not None and (LONG_THEN_SHORT if long_first else SHORT_THEN_LONG).fullmatch(between):
        return shared >= 0.75 and opened >= 0.5
    return shared >= 0.85 and opened >= 0.7 and len(words) >= 3 and letters[0] == words[0][0]
