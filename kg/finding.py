"""Finding a node by a name that a person typed, and what was meant when there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from kg.graph import KnowledgeGraph, Node

__all__ = ["UnknownName", "find", "suggest"]

LIKE = 0.6
"""Similarity of a near miss, of 1, at least."""

COMPARED = 50
"""Names that share most letter pairs with a near miss, and are compared with it in full."""


class UnknownName(LookupError):
    """No node goes by that name; ``suggestions`` are keys of nodes with names like it."""

    def __init__(self, name: str, kinds: Iterable[str], suggestions: Iterable[Node] = ()) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        hint = f"; did you mean {' or '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"no {' or '.join(kinds)} is called {name!r}{hint}")


def find(graph: KnowledgeGraph, name: str, kinds: Iterable[str] | None = None) -> list[Node]:
    """Nodes that go by a name, the best match first; of some kinds if asked. Empty when there are none.

    A node's key or IRI names it alone. Otherwise labels go before aliases, written alike before alike but
    for case, spaces and punctuation, and of equals the node with most edges.
    """
    wanted = None if kinds is None else frozenset(kinds)
    key = name.removeprefix(graph.base)
    if key in graph.nx and (wanted is None or graph.nx.nodes[key]["kind"] in wanted):
        return [key]
    folded = _fold(name)
    found = []
    for node, attributes in graph.nx.nodes(data=True):
        if wanted is not None and attributes["kind"] not in wanted:
            continue
        forms = (attributes["label"], *attributes.get("aliases", ()))
        places = [
            (form != name, place > 0)
            for place, form in enumerate(forms)
            if form == name or folded == _fold(form)
        ]
        if places and (folded or not places[0][0]):
            exact, alias = min(places, key=lambda p: (p[1], p[0]))
            found.append((alias, exact, -graph.nx.degree(node), node))
    return [node for *_, node in sorted(found)]


def suggest(
    graph: KnowledgeGraph, name: str, kinds: Iterable[str] | None = None, limit: int = 3
) -> list[Node]:
    """Nodes whose names are nearly the one asked for, the nearest first."""
    wanted = None if kinds is None else frozenset(kinds)
    folded = _fold(name)
    pairs = _pairs(folded)
    near = []
    for node, attributes in graph.nodes():
        if wanted is None or attributes["kind"] in wanted:
            for form in map(_fold, (attributes["label"], *attributes.get("aliases", ()))):
                theirs = _pairs(form)
                shared = len(pairs & theirs)
                if shared:
                    near.append((-2 * shared / (len(pairs) + len(theirs)), node, form))
    best: dict[Node, float] = {}
    for _, node, form in sorted(near)[:COMPARED]:
        likeness = SequenceMatcher(None, folded, form, autojunk=False).ratio()
        if likeness >= LIKE:
            best[node] = max(likeness, best.get(node, 0.0))
    return sorted(best, key=lambda node: (-best[node], node))[:limit]


def _fold(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold().replace("+", "plus"))


def _pairs(folded: str) -> frozenset[str]:
    return frozenset(folded[i : i + 2] for i in range(max(1, len(folded) - 1)))
