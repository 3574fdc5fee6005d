"""Tracing: the tree of what a node depends on, or of what depends on it.

Plain functions on a NetworkX graph of the shape that :mod:`kg.graph` describes. A tree is laid out breadth
first and unfolds each thing once, so that it is linear in the edges reached, however many ways lead through
them; a link that closes a cycle ends there and says so. What papers say only of copies of their own
(:mod:`kg.lineage.copies`) is not carried on: it is told of the model itself, and of what the same paper made
of the copy.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from kg.graph import Node
from kg.lineage.filters import Filter, year
from kg.lineage.links import Link, Support, claims, links

__all__ = ["DEEPEST", "Step", "Trace", "downstream", "trace", "upstream", "walk"]

DEEPEST = 100
"""Levels a tree has at most; what lies beyond is said to be cut."""

End = Literal["", "cycle", "repeated", "cut"]


@dataclass(frozen=True, slots=True)
class Step:
    """A link of a lineage tree: the thing it leads to, and what is behind that."""

    node: Node
    label: str
    kind: str
    predicate: str
    depth: int
    """1 for what is linked to the target itself."""
    claims: tuple[Support, ...]
    """The papers that state the link, the most confident first; at least one."""
    children: tuple[Step, ...] = ()
    end: End = ""
    """Why the tree goes no further although there is more: the thing leads back to where the link comes
    from (``cycle``), stands elsewhere in the tree (``repeated``), or lies at the depth asked for
    (``cut``)."""
    more: int = 0
    """Links of the thing that a limit left out."""
    copy: bool = False
    """Whether all papers state the link of a copy of their own; see :mod:`kg.lineage.copies`."""
    copies: int = 0
    """Links of the thing that are not followed, since they are of another copy of a model."""

    @property
    def confidence(self) -> float:
        """How sure the surest reading of the papers is, 0 to 1."""
        return self.claims[0].confidence


@dataclass(frozen=True, slots=True)
class Trace:
    """One side of a lineage, and what was left out of it."""

    steps: tuple[Step, ...]
    more: int = 0
    """Links of the target that a limit left out."""
    held_back: int = 0
    """Links of things in the tree that no claim which passes the filter states."""
    undated: frozenset[Node] = frozenset()
    """Papers behind such links whose year is not known, when the filter goes by years."""
    copies: int = 0
    """Links of things in the tree that are not followed, since they are of another copy of a model."""
    things: int = 0
    """Things there are, those that a limit left out included."""
    furthest: int = 0
    """Steps to the furthest of them."""


def trace(
    graph: nx.MultiDiGraph[Node],
    node: Node,
    *,
    up: bool,
    depth: int | None = None,
    wanted: Filter | None = None,
    limit: int | None = None,
    copies: bool = False,
) -> Trace:
    """What a node depends on (``up``), or what depends on it, as a tree.

    Args:
        graph: a graph of the shape that :mod:`kg.graph` describes.
        node: a node of it.
        up: whether to go from the dependent thing to what it depends on.
        depth: how many steps to follow; all (up to :data:`DEEPEST`) when left out.
        wanted: which claims count; every statement of a dependency when left out.
        limit: how many links of one thing to follow, those of most papers first; all when left out.
        copies: whether to carry on what papers say of copies of their own.

    Raises:
        ValueError: ``depth`` or ``limit`` is less than 1.
    """
    for name, number in (("depth", depth), ("limit", limit)):
        if number is not None and number < 1:
            raise ValueError(f"{name} is {number}; it must be at least 1")
    counted = Filter() if wanted is None else wanted
    deepest = min(depth or DEEPEST, DEEPEST)
    tree = _grow(graph, node, up, deepest, counted, limit, copies)
    held_back, undated = _left_out(graph, tree.opened, counted, up)
    whole = _grow(graph, node, up, deepest, counted, None, copies) if any(tree.more.values()) else tree
    return Trace(
        _steps(graph, tree, counted, up),
        tree.more[node],
        held_back,
        undated,
        sum(tree.copies.values()),
        len(whole.level) - 1,
        max((whole.level[opened] + 1 for opened, found in whole.opened.items() if found), default=0),
    )


def upstream(
    graph: nx.MultiDiGraph[Node], node: Node, depth: int | None = None, wanted: Filter | None = None
) -> tuple[Step, ...]:
    """What a node depends on; see :func:`trace`."""
    return trace(graph, node, up=True, depth=depth, wanted=wanted).steps


def downstream(
    graph: nx.MultiDiGraph[Node], node: Node, depth: int | None = None, wanted: Filter | None = None
) -> tuple[Step, ...]:
    """What depends on a node; see :func:`trace`."""
    return trace(graph, node, up=False, depth=depth, wanted=wanted).steps


def walk(node: Node, steps: tuple[Step, ...]) -> Iterator[tuple[Node, Step]]:
    """Every step of a tree after the thing it hangs from, in the order in which a tree is printed."""
    for step in steps:
        yield node, step
        yield from walk(step.node, step.children)


@dataclass(frozen=True, slots=True)
class _Tree:
    """A tree laid out, before its steps are made."""

    opened: dict[Node, list[Link]]
    """Things that were unfolded, breadth first, with the links that are followed."""
    level: dict[Node, int]
    more: dict[Node, int]
    reached: dict[Node, Link]
    """The link by which each thing but the target was reached first; there it stands unfolded."""
    copies: dict[Node, int]
    """Links of each unfolded thing that are of another copy, and not followed."""


def _grow(
    graph: nx.MultiDiGraph[Node],
    root: Node,
    up: bool,
    deepest: int,
    wanted: Filter,
    limit: int | None,
    copies: bool,
) -> _Tree:
    tree = _Tree({}, {root: 0}, {}, {}, {})
    waiting = deque([root])
    arrivals: dict[Node, list[Link]] = {}
    while waiting:
        node = waiting.popleft()
        every = links(graph, node, wanted, up=up)
        found = every if copies else [link for link in every if _same_copy(arrivals.get(node), link, up)]
        tree.copies[node] = len(every) - len(found)
        tree.opened[node] = found[:limit]
        tree.more[node] = len(found) - len(tree.opened[node])
        below = tree.level[node] + 1
        for link in tree.opened[node]:
            arrivals.setdefault(link.node, []).append(link)
            if link.node not in tree.level:
                tree.level[link.node] = below
                tree.reached[link.node] = link
                if below < deepest:
                    waiting.append(link.node)
    return tree


def _same_copy(arrivals: list[Link] | None, link: Link, up: bool) -> bool:
    """Whether a link of a thing is of the copy by which the thing was reached; of the target any is."""
    if arrivals is None:
        return True
    return any(not (link if up else before).copy or link.shares_a_paper(before) for before in arrivals)


def _steps(graph: nx.MultiDiGraph[Node], tree: _Tree, wanted: Filter, up: bool) -> tuple[Step, ...]:
    """The steps below the target, made from the leaves up."""
    rings = _rings(tree)
    made: dict[Node, tuple[Step, ...]] = {}

    def goes_on(node: Node) -> bool:
        if node in tree.opened:
            return bool(tree.opened[node] or tree.copies[node])
        return any(True for _ in claims(graph, node, wanted, up=up))

    def step(node: Node, link: Link) -> Step:
        target, end = link.node, ""
        known = graph.nodes[target]
        unfolded = tree.reached.get(target) is link
        if unfolded:
            end = "" if target in tree.opened or not goes_on(target) else "cut"
        elif node == target or (node in rings and rings[node] == rings.get(target)):
            end = "cycle"
        elif goes_on(target):
            end = "repeated"
        return Step(
            target,
            known["label"],
            known["kind"],
            link.predicate,
            tree.level[node] + 1,
            link.claims,
            made.get(target, ()) if unfolded else (),
            end,  # type: ignore[arg-type]
            tree.more.get(target, 0) if unfolded else 0,
            link.copy,
            tree.copies.get(target, 0) if unfolded else 0,
        )

    for node in reversed(tree.opened):
        made[node] = tuple(step(node, link) for link in tree.opened[node])
    return made[next(iter(tree.opened))]


def _rings(tree: _Tree) -> dict[Node, int]:
    """The number of the cycle, or tangle of cycles, that a thing is on; other things are left out."""
    # Only a link to what was reached already can close a cycle; a tree has none, and most lineages are one.
    if all(tree.reached.get(link.node) is link for found in tree.opened.values() for link in found):
        return {}
    flat = nx.DiGraph((node, link.node) for node, found in tree.opened.items() for link in found)
    rings = (members for members in nx.strongly_connected_components(flat) if len(members) > 1)
    return {node: number for number, members in enumerate(rings) for node in members}


def _left_out(
    graph: nx.MultiDiGraph[Node], opened: dict[Node, list[Link]], wanted: Filter, up: bool
) -> tuple[int, frozenset[Node]]:
    """How many links of the things unfolded the filter keeps back, and papers of no year behind them."""
    if not wanted.narrows:
        return 0, frozenset()
    held_back, undated = 0, set[Node]()
    for node in opened:
        passing = {(link.node, link.predicate) for link in links(graph, node, wanted, up=up)}
        for link in links(graph, node, Filter(wanted.predicates), up=up):
            if (link.node, link.predicate) not in passing:
                held_back += 1
                undated |= {claim.paper for claim in link.claims if year(graph, claim.paper) is None}
    return held_back, frozenset(undated) if wanted.since is not None else frozenset()
