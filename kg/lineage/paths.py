"""Ways from one node to another, the shortest first, on a NetworkX graph of the shape of :mod:`kg.graph`."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
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


@dataclass(frozen=True, slots=True)
class Hop:
    """Two neighbours on a way, and all that joins them."""

    start: Node
    end: Node
    forward: tuple[Link, ...]
    """What is stated of the first, with the second as object."""
    backward: tuple[Link, ...]
    """What is stated of the second, with the first as object."""


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one node to another that visits none twice."""

    hops: tuple[Hop, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes on it, both ends included."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))

    def __len__(self) -> int:
        return len(self.hops)


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
) -> list[Path]:
    """The shortest ways from one node to another; none when they are not connected.

    Yen's algorithm as networkx has it, on what can be reached from the source.

    Args:
        graph: a graph of the shape that :mod:`kg.graph` describes.
        source: a node of it.
        target: another node of it.
        wanted: which claims count; every statement of a dependency when left out.
        way: whether claims are followed from subject to object, from object to subject, or both ways.
        around: kinds of node that no way leads through; its ends may be of them.
        limit: how many ways at most.
        max_length: how many steps a way may have; any number when left out.

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
    found = []
    for nodes in islice(nx.shortest_simple_paths(reach, source, target), limit):
        if max_length is not None and len(nodes) > max_length + 1:
            break
        found.append(Path(tuple(_hop(graph, *pair, counted, way) for pair in pairwise(nodes))))
    return found


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
        for other in sorted(set(_neighbours(graph, node, wanted, way))):
            reach.add_edge(node, other)
            if other not in distance:
                distance[other] = distance[node] + 1
                waiting.append(other)
    return reach


def _neighbours(graph: nx.MultiDiGraph[Node], node: Node, wanted: Filter, way: Way) -> Iterator[Node]:
    for up, barred in ((True, "down"), (False, "up")):
        if way != barred:
            yield from (other for other, _ in claims(graph, node, wanted, up=up))


def _hop(graph: nx.MultiDiGraph[Node], start: Node, end: Node, wanted: Filter, way: Way) -> Hop:
    forward = links_between(graph, start, end, wanted) if way != "down" else ()
    backward = links_between(graph, end, start, wanted) if way != "up" else ()
    return Hop(start, end, tuple(forward), tuple(backward))
