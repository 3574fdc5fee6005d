"""Things by the name that somebody typed, or by a name like it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from pyoxigraph import Literal

from kg.rdf.terms import CLASSES, SCHEMES
from kg.server.rows import Rows

__all__ = ["by_name", "near"]

LIKE = 0.5
"""Similarity of a near miss, of 1, at least."""
COMPARED = 300
"""Names that share a word with the one typed, and are compared with it."""

_LABELS = "rdfs:label|skos:altLabel|skos:prefLabel"
_NAMED = " ".join(f"<{class_}>" for class_ in sorted({*CLASSES.values()} - {CLASSES["result"]}))


async def by_name(name: str, rows: Rows, limit: int = 50) -> list[str]:
    """IRIs of the things that go by a name, whatever its case."""
    wanted = Literal(name.strip().lower())
    query = f"""SELECT DISTINCT ?thing WHERE {{ ?thing {_LABELS} ?label .
      FILTER(LCASE(STR(?label)) = {wanted}) VALUES ?class {{ {_NAMED} }} ?thing a ?class
    }} ORDER BY ?thing LIMIT {limit}"""
    return [row["thing"].value for row in await rows(query)]


async def near(name: str, rows: Rows, limit: int = 10, kinds: Sequence[str] = ()) -> list[str]:
    """IRIs of things with a name that holds the one typed, or is nearly it; the nearest first.

    Args:
        kinds: those of these kinds (``dataset``, ``metric`` …); of any when left out.
    """
    folded = _fold(name)
    words = sorted({word for word in folded.split() if len(word) > 1}, key=lambda word: (-len(word), word))[
        :4
    ]
    # The beginning of the longest word finds what was misspelt towards the end.
    parts = [*words, *(word[: max(3, len(word) // 2)] for word in words[:1])]
    if not parts:
        return []
    any_part = " || ".join(f"CONTAINS(?folded, {Literal(part)})" for part in parts)
    query = f"""SELECT ?thing ?folded WHERE {{
      {_of_kinds(kinds)} ?thing {_LABELS} ?label .
      BIND(LCASE(STR(?label)) AS ?folded) FILTER({any_part})
    }} ORDER BY STRLEN(?folded) ?folded ?thing LIMIT {COMPARED}"""
    best: dict[str, float] = {}
    for row in await rows(query):
        thing, label = row["thing"].value, _fold(row["folded"].value)
        likeness = SequenceMatcher(None, folded, label, autojunk=False).ratio()
        if folded in label:
            likeness = 1 + likeness
        best[thing] = max(likeness, best.get(thing, 0.0))
    return sorted((thing for thing in best if best[thing] >= LIKE), key=lambda t: (-best[t], t))[:limit]


def _of_kinds(kinds: Sequence[str]) -> str:
    """A pattern that holds of the things of these kinds."""
    if not kinds:
        return f"VALUES ?class {{ {_NAMED} }} ?thing a ?class ."
    alternatives = (
        f"{{ ?thing skos:inScheme <{SCHEMES[kind]}> }}"
        if kind in SCHEMES
        else f"{{ ?thing a <{CLASSES[kind]}> }}"
        for kind in kinds
    )
    return " UNION ".join(alternatives)


def _fold(name: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", name.lower()).split())
