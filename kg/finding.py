"""Finding a node by a name that a person typed, and what was meant when there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.graph import KINDS, KnowledgeGraph, Node

__all__ = ["UnknownName", "find", "nearest", "suggest"]

LIKE = 75.0
"""Similarity of a near miss, of 100, at least: one letter in four may be wrong."""


class UnknownName(LookupError):
    """No node goes by that name; ``suggestions`` are keys of nodes with names like it.

    Args:
        name: what was asked for.
        kinds: the kinds of node that were looked at.
        suggestions: keys of nodes of these kinds with names like it.
        elsewhere: keys of nodes of other kinds that do go by the name.
        advice: how to ask for one of these, if there is a way.
    """

    def __init__(
        self,
        name: str,
        kinds: Iterable[str],
        suggestions: Iterable[Node] = (),
        elsewhere: Sequence[Node] = (),
        advice: str = "",
    ) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        self.elsewhere = tuple(elsewhere)
        said = f"no {' or '.join(kinds)} is called {_shortened(name)!r}"
        if self.elsewhere:
            said += f", but {self.elsewhere[0]} is" + (f" ({advice})" if advice else "")
        hint = f"; did you mean {' or '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(said + hint)


def find(graph: KnowledgeGraph, name: str, kinds: Iterable[str] | None = None) -> list[Node]:
    """Nodes that go by a name, the best match first; of some kinds if asked. Empty when there are none.

    A node's key or IRI names it alone, also when written as in a query (``dataset:mimic-cxr``, ``<…>``). A
    key that is no longer there finds what has the name that the key was made of, as after a rename or a
    merge. Otherwise labels go before aliases, written alike before alike but for case, spaces and
    punctuation, and of equals the node with most edges.
    """
    wanted = None if kinds is None else frozenset(kinds)
    for key in _keys(graph, name):
        if key in graph.nx and (wanted is None or graph.nx.nodes[key]["kind"] in wanted):
            return [key]
    if gone := _known_before(graph, name, wanted):
        return gone
    folded = _fold(name)

    def alike(form: str) -> bool:
        first = form[:1]
        # Most names are told apart by their first letter, which is quicker than folding them.
        if first.isalnum() and not folded.startswith(first.casefold()):
            return False
        return folded == _fold(form)

    found = []
    for node, attributes in graph.nx.nodes(data=True):
        if wanted is not None and attributes["kind"] not in wanted:
            continue
        forms = (attributes["label"], *attributes.get("aliases", ()))
        places = [
            (form != name, place > 0) for place, form in enumerate(forms) if form == name or alike(form)
        ]
        if places and (folded or not places[0][0]):
            exact, alias = min(places, key=lambda p: (p[1], p[0]))
            found.append((alias, exact, -graph.nx.degree(node), node))
    return [node for *_, node in sorted(found)]


def suggest(
    graph: KnowledgeGraph, name: str, kinds: Iterable[str] | None = None, limit: int = 3
) -> list[Node]:
    """Nodes whose names are nearly the one asked for, the nearest first.

    Letters may be wrong, missing or swapped (the share of letters left when one is edited into the other,
    but for case and punctuation), and words may stand in another order.
    """
    from rapidfuzz import fuzz, process

    wanted = None if kinds is None else frozenset(kinds)
    typed = name[:LONGEST]
    if not _fold(typed):
        return []
    nodes: list[Node] = []
    forms: list[str] = []
    for node, attributes in graph.nodes():
        if wanted is None or attributes["kind"] in wanted:
            for form in (attributes["label"], *attributes.get("aliases", ())):
                nodes.append(node)
                forms.append(form[:LONGEST])
    likeness: dict[Node, float] = {}
    for spell, compare in ((_fold, fuzz.ratio), (_words, fuzz.token_sort_ratio)):
        spelled = [spell(form) for form in forms]
        near = process.extract_iter(spell(typed), spelled, scorer=compare, score_cutoff=LIKE)
        for _, score, place in near:
            likeness[nodes[place]] = max(score, likeness.get(nodes[place], 0.0))
    return sorted(likeness, key=lambda node: (-likeness[node], node))[:limit]


def nearest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Of some names those that are nearly the one asked for, the nearest first; see :func:`suggest`."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        name[:LONGEST], list(names), scorer=fuzz.ratio, processor=_fold, score_cutoff=LIKE, limit=limit
    )
    return [near for near, *_ in found]


LONGEST = 200
"""Characters of a name that are compared; what is longer is no name, but may be in the graph."""

_KINDS = re.compile(r"(\w+):(?!//)(.+)", re.DOTALL)
_GONE = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) != "+"}


def _keys(graph: KnowledgeGraph, name: str) -> list[Node]:
    """The keys that a name may be."""
    from urllib.parse import unquote

    bare = name.strip().removeprefix("<").removesuffix(">").removeprefix(graph.base)
    keys = [name.removeprefix(graph.base), bare, unquote(bare)]
    if prefixed := _KINDS.fullmatch(bare):
        keys.append(f"{prefixed[1]}/{unquote(prefixed[2])}")
    return keys


def _known_before(graph: KnowledgeGraph, name: str, wanted: frozenset[str] | None) -> list[Node]:
    """Nodes with an alias of which a key, that no node has, was made."""
    from kg.link.names import slug

    found = set()
    for key in _keys(graph, name):
        kind, slash, made = key.partition("/")
        if slash and kind in KINDS and made and (wanted is None or kind in wanted):
            found |= {
                (-graph.nx.degree(node), node)
                for node, attributes in graph.nodes(kind)
                if any(slug(alias) == made for alias in attributes.get("aliases", ()))
            }
    return [node for _, node in sorted(found)]


def _fold(name: str) -> str:
    lower = name.casefold()
    if lower.isascii():  # as nearly all are; much quicker than the pattern
        return lower.translate(_GONE).replace("+", "plus")
    return re.sub(r"[\W_]+", "", lower.replace("+", "plus"))


def _words(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.casefold().replace("+", "plus")))


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
