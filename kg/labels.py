"""When a label of a vocabulary and words of a text are the same, and the forms they are compared in.

Plurals, hyphens, accents, possessives, capitals and British spellings make no difference, so a vocabulary
need not list them. A label that counts in its own case only is compared with its capitals.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["CASED", "SPELLINGS", "WORD", "fold", "form", "key"]

SPELLINGS = (
    (r"is(ation|ing|ed|e|er)$", r"iz\1"),  # localisation, harmonised
    (r"^(tum|col|behavi|fav)our", r"\1or"),
    (r"^(mod|lab|sign)ell(ing|ed)$", r"\1el\2"),
    (r"^artef", "artif"),
    (r"fibre", "fiber"),
    (r"centre", "center"),
    (r"^(h|an|leuk)aem", r"\1em"),
    (r"^indice$", "index"),  # what is left of indices
)
"""British spellings and irregular plurals, and what they are compared as."""

CASED = "="
"""Marks a form that keeps its capitals; no key begins with it."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[&+@%#]")
"""One word of a label or text; a sign that names use counts as one."""

_BRITISH = re.compile("|".join(pattern for pattern, _ in SPELLINGS))
_PLURAL = re.compile(r"(?<=..[^sui])s$")


def key(surface: str) -> str:
    """What a surface form is compared by: its words in lower case, without plural s, accents, hyphens,
    possessives and British spellings. Empty when it has no letter or digit."""
    return " ".join(fold(word)[1] for word in WORD.findall(surface))


def form(label: str, cased: bool) -> str:
    """What a label is indexed by: its key, or with its capitals where they count."""
    return CASED + " ".join(fold(word)[0] for word in WORD.findall(label)) if cased else key(label)


@lru_cache(maxsize=100_000)
def fold(word: str) -> tuple[str, str]:
    """A word without accents, possessive and plural s: with its capitals, and in lower case and American
    spelling."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = re.sub(r"['’]s?$", "", plain)
    lower = plain.casefold()
    if re.fullmatch(r"[A-Z0-9]{2,}s", plain):
        return plain[:-1], lower[:-1]
    cased = _PLURAL.sub("", plain)
    lower = _PLURAL.sub("", re.sub(r"(?<=..)ies$", "ys", lower))
    if _BRITISH.search(lower):
        for pattern, american in SPELLINGS:
            lower = re.sub(pattern, american, lower)
    return cased, lower
