"""When two names look like one, from their letters alone."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.link.forms import are_versions, content, numbers
from kg.link.names import words
from kg.link.wordlists import ARTICLES, FILLERS

__all__ = ["initials", "letters", "misspelt", "same_words"]

SHORTEST = 6
"""Letters and digits of a name that a misspelling is looked for in, at least; shorter ones are often near."""

FOR_TWO = 9
"""Letters and digits that names need to be one at two changes."""

_SMALL_WORDS = FILLERS | ARTICLES


def misspelt(one: str, other: str) -> bool:
    """Whether two names differ by one slip of the hand inside a word; by two where they are long.

    Names that differ on purpose differ by a number, a capital or a letter in front; a slip changes, adds or
    drops small letters, or swaps two neighbours.

    >>> misspelt("BioASQ", "BioaASQ"), misspelt("MedCL", "MedCLM"), misspelt("TransD", "TransE")
    (True, False, False)
    """
    from rapidfuzz.distance import OSA

    a, b = letters(one), letters(other)
    shortest = min(len(a), len(b))
    most = 2 if shortest >= FOR_TWO else 1
    if shortest < SHORTEST or not 1 <= OSA.distance(a.lower(), b.lower(), score_cutoff=most) <= most:
        return False
    return numbers(one) == numbers(other) and not are_versions(one, other) and _is_slip(a, b)


def letters(name: str) -> str:
    """The letters and digits of a name."""
    return re.sub(r"[\W_]+", "", name)


def same_words(name: str) -> tuple[str, ...]:
    """The stems of a phrase's telling words, sorted: phrases that share them are one. Empty for one word.

    >>> same_words("Token Imbalance Adapter") == same_words("token imbalance adaptation")
    True
    """
    stems = content(name)
    telling = [word for word in words(name) if word.lower() not in _SMALL_WORDS]
    return tuple(sorted(stems)) if 2 <= len(stems) == len(telling) else ()


@lru_cache(maxsize=65536)
def initials(name: str) -> frozenset[str]:
    """What the first letters of a phrase's words spell, in small letters, with and without the small words.

    >>> sorted(initials("The Cancer Genome Atlas"))
    ['cga', 'tcga']
    """
    parts = re.findall(r"[^\W\d_]+", name)
    telling = [part for part in parts if part.lower() not in _SMALL_WORDS]
    if len(telling) < 2:
        return frozenset()
    return frozenset("".join(part[0] for part in some).lower() for some in (parts, telling))


def _is_slip(a: str, b: str) -> bool:
    """Whether what differs is a swap of neighbours or small letters, and not where a name begins."""
    from rapidfuzz.distance import OSA, Levenshtein

    # Capitals are compared where only they tell which of two equal letters was added: BioASQ, BioaASQ.
    if Levenshtein.distance(a, b) > Levenshtein.distance(a.lower(), b.lower()):
        low_a, low_b = a.lower(), b.lower()
    else:
        low_a, low_b = a, b
    edits = [op for op in Levenshtein.opcodes(low_a, low_b) if op.tag != "equal"]
    if min(op.src_start for op in edits) == 0:
        return False
    if len(a) == len(b) and OSA.distance(low_a, low_b) < Levenshtein.distance(low_a, low_b):
        return True
    changed = "".join(a[op.src_start : op.src_end] + b[op.dest_start : op.dest_end] for op in edits)
    return changed.isalpha() and changed.islower()
