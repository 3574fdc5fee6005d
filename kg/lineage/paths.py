"""Ways from one node to another, the shortest first, on a NetworkX graph of the shape of :mod:`kg.graph`."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

import networkx as nx

from kg.graph import Node
from kg.lineage.filters import Filter
from kg.lineage.links import Link, claims, links_between

__all__ = ["Hop", "Path", "Way", "paths"]

Way = Literal["up", "down", "any"]
"""Along the statements, so from the dependent thing to what it depends on; against them; or either."""

LOOSE = {"uses": 2.0, "comparesWith": 2.0, "mentions": 4.0, "comparedWith": 2.0, "outperforms": 1.5}
"""Predicate → how long a step is that nothing but it makes; other steps are 1 long."""

TRIED = 200
"""Ways that are looked at before those that fit are counted as all there are."""


@dataclass(frozen=True, slots=True)
class Hop:
    """Two neighbours on a way, and all that joins them."""

    start: Node
    end: Node
    forward: tuple[Link, ...]
    """What is stated of the first, with the second as object."""
    backward: tuple[Link, ...]
    """What is stated of the second, with the first as object."""

    def __str__(self) -> str:
        """What joins them, one arrow for each direction, towards the object."""
        forward = "─" + "/".join(link.predicate for link in self.forward) + "→" if self.forward else ""
        backward = "←" + "/".join(link.predicate for link in self.backward) + "─" if self.backward else ""
        return " ".join(filter(None, (forward, backward)))


@dataclass(frozen=True, slots=True, repr=False)
class Path:
    """A way from one node to another that visits none twice."""

    hops: tuple[Hop, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes on it, both ends included."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))

    def __len__(self) -> int:
        return len(self.hops)

    def __repr__(self) -> str:
        steps = "".join(f" {hop} {hop.end}" for hop in self.hops)
        return f"<Path of {len(self)}: {self.hops[0].start}{steps}>"


def paths(
    graph: nx.MultiDiGraph[Node],
    source: Node,
    target: Node,
    *,
    wanted: Filter | None = None,
    way: Way = "any",
    around: Collection[str] = (),
    limit: int = 5,
    max_length: int | None = None,
    copies: bool = False,
) -> list[Path]:
    """The shortest ways from one node to another; none when they are not connected.

    Yen's algorithm as networkx has it, on what can be reached from the source. Steps by which papers only
    name a thing are longer than those by which a thing is made (:data:`LOOSE`). Of ways that turn round,
    those over the same things as a shorter one and more are left out, a paper being one with what it
    presents. A way along the statements, or against them, does not lead through what is said of another
    copy of a model.

    Args:
        graph: a graph of the shape that :mod:`kg.graph` describes.
        source: a node of it.
        target: another node of it.
        wanted: which claims count; every statement of a dependency when left out.
        way: whether claims are followed from subject to object, from object to subject, or both ways.
        around: kinds of node that no way leads through; its ends may be of them.
        limit: how many ways at most.
        max_length: how many steps a way may have; any number when left out.
        copies: whether it may lead through what is said of another copy; see :mod:`kg.lineage.copies`.

    Raises:
        ValueError: a number is less than 1, or source and target are the same node.
    """
    for name, number in (("limit", limit), ("max length", max_length)):
        if number is not None and number < 1:
            raise ValueError(f"{name} is {number}; it must be at least 1")
    if source == target:
        raise ValueError(f"both ends are {source}; a way leads from one thing to another")
    counted = Filter() if wanted is None else wanted
    reach = _reach(graph, source, target, counted, way, around, max_length)
    if target not in reach:
        return []
    found: dict[frozenset[Node], Path] = {}
    weights: set[float] = {step["length"] for *_, step in reach.edges(data=True)}
    ways = nx.shortest_simple_paths(reach, source, target, "length" if len(weights) > 1 else None)
    for nodes in islice(ways, TRIED):
        if max_length is not None and len(nodes) > max_length + 1:
            if len(weights) > 1:
                continue
            break
        path = Path(tuple(_hop(graph, *pair, counted, way) for pair in pairwise(nodes)))
        things = frozenset(_thing(graph, node) for node in nodes) if way == "any" else frozenset(nodes)
        # A way that goes round by more things than one already told says nothing new.
        told = way == "any" and any(fewer <= things for fewer in found)
        if not told and (copies or way == "any" or _of_one_copy(path, way)):
            found[things] = path
            if len(found) == limit:
                break
    return list(found.values())


def _reach(
    graph: nx.MultiDiGraph[Node],
    source: Node,
    target: Node,
    wanted: Filter,
    way: Way,
    around: Collection[str],
    furthest: int | None,
) -> nx.DiGraph[Node]:
    """What a way from the source can lead to, breadth first; edges point along the way."""
    reach: nx.DiGraph[Node] = nx.DiGraph()
    reach.add_node(source)
    waiting, distance = deque([source]), {source: 0}
    while waiting:
        node = waiting.popleft()
        if node == target or (furthest is not None and distance[node] >= furthest):
            continue
        if node != source and graph.nodes[node]["kind"] in around:
            continue
        for other, length in sorted(_neighbours(graph, node, wanted, way).items()):
            reach.add_edge(node, other, length=length)
            if other not in distance:
                distance[other] = distance[node] + 1
                waiting.append(other)
    return reach


def _neighbours(graph: nx.MultiDiGraph[Node], node: Node, wanted: Filter, way: Way) -> dict[Node, float]:
    """What a node is joined to, and how long the step there is."""
    found: dict[Node, float] = {}
    for up, barred in ((True, "down"), (False, "up")):
        if way != barred:
            for other, claim in claims(graph, node, wanted, up=up):
                length = LOOSE.get(claim["predicate"], 1.0)
                found[other] = min(length, found.get(other, length))
    return found


def _thing(graph: nx.MultiDiGraph[Node], node: Node) -> Node:
    """A node, or what stands for it: the model that a result is of, the first thing that a paper presents."""
    standing = {"paper": "introduces", "result": "evaluates"}.get(graph.nodes[node]["kind"])
    if standing is None:
        return node
    presented = (o for _, o, edge in graph.out_edges(node, data=True) if edge["predicate"] == standing)
    return min(presented, default=node)


def _of_one_copy(path: Path, way: Way) -> bool:
    """Whether no step of a way, seen from the step that depends on it, is of another copy of the model."""
    along = [hop.forward for hop in path.hops] if way == "up" else [h.backward for h in reversed(path.hops)]
    return all(
        any(not link.copy or any(link.shares_a_paper(one) for one in before) for link in links)
        for before, links in pairwise(along)
    )


def _hop(graph: nx.MultiDiGraph[Node], start: Node, end: Node, wanted: Filter, way: Way) -> Hop:
    forward = links_between(graph, start, end, wanted) if way != "down" else ()
    backward = links_between(graph, end, start, wanted) if way != "up" else ()
    return Hop(start, end, tuple(forward), tuple(backward))
