"""When two names, or two numbers, written differently are the same: the keys they are compared by.

Extraction groups the mentions of one paper by these keys, and evaluation compares with annotated papers by
them. Linking across papers compares more closely (:mod:`kg.link.names`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["common_letters", "name_key", "result_value"]

_GENERIC = re.compile(
    r"\s+(?:(?:dataset|model|network|framework|benchmark|challenge|architecture|method)s?|family|families)$",
    re.IGNORECASE,
)
"""Words after a name that say what it is and are no part of it."""


def name_key(name: str) -> str:
    """What is left of a name when spelling is put aside: lower-case letters, digits, ``+``; no plural s."""
    name = name.replace("\\", "")
    while _GENERIC.search(name):
        name = _GENERIC.sub("", name)
    name = re.sub(r"[^a-z0-9+]", "", name.lower())
    return name[:-1] if len(name) > 4 and name.endswith("s") else name


def result_value(value: str) -> float | str:
    """The number that a value states, without sign of gain, percent or thousands; else its name key."""
    text = str(value).replace("%", "").replace(",", "").strip().lstrip("+")
    try:
        return round(float(text), 6)
    except ValueError:
        return name_key(text)


def common_letters(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence of two short strings or lists of letters."""
    row = [0] * (len(other) + 1)
    for a in one:
        diagonal = 0
        for j, b in enumerate(other, 1):
            diagonal, row[j] = row[j], diagonal + 1 if a == b else max(row[j], row[j - 1])
    return row[-1]
