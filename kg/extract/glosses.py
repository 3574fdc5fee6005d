"""What a text says that a name is: "X: A Large Dataset for …", "X is a model that …", "a corpus called X".

The telling noun ends a noun phrase, often far from the name, where a window of a few words cannot see it.
"""

from __future__ import annotations

from kg.extract.heads import HEADS
from kg.extract.words import Words

__all__ = ["gloss_features", "noun_of"]

ARTICLES = frozenset({"a", "an", "the", "our", "one"})
OPENERS = frozenset({":", "—", "–", "--", "-"})
EQUATES = frozenset({"is", "are", "was", "were", "as", "being"})
CALLS = frozenset("called named termed dubbed namely coined entitled titled denoted abbreviated i.e.".split())
LINKS = frozenset({"as", ",", '"', "“", "‘", "'", "``", "the", ":", "—", "–", "--", "(", "it"})
ENDS = frozenset(
    "for of with via using to from in on by that which who where when through over under towards toward at "
    "into without between across is are was were based trained built called named designed comprising "
    "containing consisting including , . ; : ( ) [ ] — – ?".split()
)
LONGEST = 14
"""Words of a noun phrase that are looked at; a name may follow its gloss by twice as many."""


def gloss_features(at: Words, i: int, j: int, in_title: bool) -> dict[str, float]:
    """What the text around one mention says that the name is.

    Args:
        at: the sentence of the mention.
        i: its first token.
        j: one past its last.
        in_title: whether the sentence is the title, where a colon may stand between name and gloss.
    """
    f: dict[str, float] = {}
    after = _after(at, j, in_title)
    if after is not None:
        f[f"gloss={HEADS[after]}"] = 1.0
        f[f"gloss word={after}"] = 1.0
    for which, noun in _before(at, i).items():
        f[f"called {which}={HEADS[noun]}"] = 1.0
        f[f"called word={noun}"] = 1.0
    return f


def noun_of(at: Words, start: int) -> str | None:
    """The last telling noun of the noun phrase that begins at a token, if it has one."""
    found = None
    for k in range(start, start + LONGEST):
        word = at(k)
        if k not in at or word in ENDS:
            break
        if word in HEADS:
            found = word
    return found


def _after(at: Words, j: int, in_title: bool) -> str | None:
    if at(j) == "(":  # a short form between
        j = next((k + 1 for k in range(j, j + 8) if at(k) == ")"), j)
    if in_title and at(j) in OPENERS:
        return noun_of(at, j + 1)
    if (at(j) in EQUATES or at(j) in {",", "—", "–", "("}) and at(j + 1) in ARTICLES:
        return noun_of(at, j + 2)
    return None


def _before(at: Words, i: int) -> dict[str, str]:
    k = i - 1
    while k in at and at(k) in LINKS:
        k -= 1
    if at(k) not in CALLS and (k == i - 1 or at(i - 1) not in {"(", ":", "—", "–", "--", ","}):
        return {}
    how = "" if at(k) in CALLS else "mark "
    nouns = [noun_of(at, n + 1) for n in range(max(at.start, i - 2 * LONGEST), i) if at(n) in ARTICLES]
    told = [noun for noun in nouns if noun is not None]
    return {f"{how}first": told[0], f"{how}last": told[-1]} if told else {}
