"""Which node a correction means: names of a graph looked up strictly, while the graph changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress

from kg.graph import KnowledgeGraph, Node
from kg.link.names import key, slug

__all__ = ["Names", "NoMatch"]


HINTS = 50
"""Names that nothing goes by for which near misses are looked for, at most."""


MANY_KINDS = 4
"""Kinds that are not told one by one."""


class NoMatch(LookupError):
    """A name means nothing in the graph, or more than one thing."""


class Names:
    """The names of a graph's things and papers.

    Things that are renamed or merged are still found by what they were called before, so the order of
    corrections matters little.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._moved: dict[Node, Node] = {}
        self._merged: dict[Node, int] = {}
        # From what is written most exactly to what is only an alias like it.
        self._tables: tuple[defaultdict[str, list[Node]], ...] = tuple(defaultdict(list) for _ in range(4))
        self._papers: defaultdict[str, list[Node]] = defaultdict(list)
        self._missed = 0
        for node in sorted(graph.nx):
            self.learn(node)

    def learn(self, node: Node) -> None:
        """Take in the names that a node has now."""
        attributes = self._graph.nx.nodes[node]
        if attributes["kind"] == "paper":
            names = {attributes["label"], attributes.get("doi", ""), attributes.get("arxiv_id", "")}
            for name in {_plain(n) for n in names} - {""}:
                self._papers[name].append(node)
            return
        label, aliases = attributes["label"], attributes.get("aliases", ())
        labels, like_label, alias, like_alias = self._tables
        labels[label].append(node)
        like_label[key(label)].append(node)
        for form in aliases:
            alias[form].append(node)
            like_alias[key(form)].append(node)

    def move(self, old: Node, new: Node) -> None:
        """Remember that a node has become another."""
        if old != new:
            self._moved[old] = new

    def merged(self, node: Node, line: int) -> None:
        """Remember that a node is several things made one, and by which line."""
        self._merged[node] = line

    def merging(self, name: str, node: Node) -> int | None:
        """The line that made one thing of several, if a name is that of one of them and not of the whole."""
        label = self._graph.nx.nodes[node]["label"]
        if name.removeprefix(self._graph.base) == node or key(name) == key(label):
            return None
        return next((line for one, line in self._merged.items() if self._now(one) == node), None)

    def thing(self, name: str, kinds: Collection[str]) -> Node:
        """The one thing of these kinds that goes by a name: by its key, its label, then its aliases.

        Raises:
            NoMatch: there is none, or there are several.
        """
        if (found := self._now(name.removeprefix(self._graph.base))) and self._is(found, kinds):
            return found
        for table, form in zip(self._tables, (name, key(name)) * 2, strict=True):
            now = {self._now(node) for node in table.get(form, ())} if form else set()
            found_all = sorted(node for node in now if node and self._is(node, kinds))
            if len(found_all) > 1:
                raise NoMatch(
                    f"{len(found_all)} things go by {name!r}: name one by its key, {' or '.join(found_all)}"
                )
            if found_all:
                return found_all[0]
        what = "nothing" if len(kinds) >= MANY_KINDS else f"no {' or '.join(kinds)}"
        raise NoMatch(f"{what} is called {name!r}{self._hint(name, kinds)}")

    def is_key(self, name: str) -> bool:
        """Whether a name is the key or IRI of a thing, now or before it was moved."""
        return self._now(name.removeprefix(self._graph.base)) is not None

    def paper(self, name: str) -> Node:
        """The paper of this key, id, DOI, arXiv id or title.

        Raises:
            NoMatch: there is none, or there are several.
        """
        bare = name.removeprefix(self._graph.base)
        for node in (bare, f"paper/{slug(bare)}"):
            if node in self._graph.nx and self._is(node, ("paper",)):
                return node
        found = self._papers.get(_plain(name), [])
        if len(found) > 1:
            raise NoMatch(f"{len(found)} papers go by {name!r}: name one by its key, {' or '.join(found)}")
        if not found:
            raise NoMatch(f"no paper has the key, id, DOI, arXiv id or title {name!r}")
        return found[0]

    def any(self, name: str, kinds: Collection[str]) -> Node:
        """A thing or, where those may be meant too, a paper.

        Raises:
            NoMatch: there is none, or there are several.
        """
        things = [kind for kind in kinds if kind != "paper"]
        if not things:
            return self.paper(name)
        try:
            return self.thing(name, things)
        except NoMatch as error:
            if "paper" in kinds:
                with suppress(NoMatch):
                    return self.paper(name)
            raise error

    def _hint(self, name: str, kinds: Collection[str]) -> str:
        """What may have been meant; looked for only so often, since each time the whole graph is read."""
        from kg.finding import suggest

        self._missed += 1
        near = suggest(self._graph, name, kinds, limit=1) if self._missed <= HINTS else []
        return f"; did you mean {near[0]}?" if near else ""

    def _is(self, node: Node, kinds: Collection[str]) -> bool:
        return self._graph.nx.nodes[node]["kind"] in kinds

    def _now(self, node: Node) -> Node | None:
        """What a node has become; None when it is gone."""
        while node not in self._graph.nx and node in self._moved:
            node = self._moved[node]
        return node if node in self._graph.nx else None


def _plain(name: str) -> str:
    """A title or identifier put into one form."""
    lower = " ".join(name.split()).casefold()
    for start in ("https://doi.org/", "http://doi.org/", "https://arxiv.org/abs/", "doi:", "arxiv:"):
        lower = lower.removeprefix(start)
    return lower.strip()
