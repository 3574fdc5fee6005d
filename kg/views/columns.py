"""Places for the cards of a layered drawing: columns by distance from the target, rows by neighbours.

This is for the one drawing of ``kg lineage``, on a page without a script. The pages of ``kg view`` place
theirs in the browser (``assets/site/layers.js``): there any thing may be opened and more of it asked for, and
places for all of them would be far more data than the links that they follow from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean

import networkx as nx

from kg.graph import Node
from kg.lineage.answer import SIDES, Lineage
from kg.lineage.tracing import Step, walk
from kg.views.cards import BETWEEN, DRAWN, TALL, WIDE

__all__ = ["GAP", "MARGIN", "columns", "places"]

GAP = 152
"""From column to column, in pixels."""
MARGIN = 14
"""Around the drawing."""
HEADROOM = 12
"""Above the first row, for a link from a thing to itself."""
MIDDLED = 12
"""Cards in a column up to which columns stand level by their middles; beyond, by their tops."""
SWEEPS = 4
"""Times that the columns are put in order by what their things are joined to."""


def columns(lineage: Lineage) -> tuple[dict[Node, int], int]:
    """The column of each thing, the target's being 0, and how many things are left out.

    What the target depends on has columns below 0. Of more than :data:`kg.views.cards.DRAWN` things those
    nearest to the target stay.
    """
    column = {lineage.node: 0}
    for side, outward in zip(SIDES, (-1, 1), strict=True):
        found = lineage.traces[side].steps if side in lineage.traces else ()
        for node, away in _distances(lineage.node, found).items():
            column.setdefault(node, outward * away)
    nearest = sorted(column, key=lambda node: abs(column[node]))[:DRAWN]
    return {node: column[node] for node in nearest}, len(column) - len(nearest)


def places(column: Mapping[Node, int], joined: Iterable[tuple[Node, Node]]) -> dict[Node, tuple[int, int]]:
    """The upper left corner of each card, in pixels; in a column things stand near what they are joined to.

    Args:
        column: of each thing.
        joined: pairs of them with an arrow between.
    """
    layers: dict[int, list[Node]] = {number: [] for number in sorted(set(column.values()))}
    for node, number in column.items():
        layers[number].append(node)
    beside: dict[Node, list[Node]] = {node: [] for node in column}
    for one, other in joined:
        beside[one].append(other)
        beside[other].append(one)
    row = {node: place for layer in layers.values() for node, place in _rows(layer)}
    for _ in range(SWEEPS):
        for layer in layers.values():
            layer.sort(key=lambda node: fmean(row[other] for other in beside[node] or [node]))
            row |= dict(_rows(layer))
    first, highest = min(layers), min(row.values())
    # A page shows the upper part of a tall drawing first; the target should be on it.
    level = highest < -MIDDLED / 2
    return {
        node: (
            MARGIN + (number - first) * (WIDE + GAP),
            MARGIN + HEADROOM + round((place if level else row[node] - highest) * (TALL + BETWEEN)),
        )
        for number, layer in layers.items()
        for place, node in enumerate(layer)
    }


def _distances(target: Node, steps: tuple[Step, ...]) -> dict[Node, int]:
    """How far from the target each thing stands: the longest way, so that all arrows point one way.

    What closes a cycle is left aside; without it the links of a tree have none.
    """
    outward: nx.DiGraph[Node] = nx.DiGraph()
    outward.add_node(target)
    outward.add_edges_from((node, step.node) for node, step in walk(target, steps) if step.end != "cycle")
    away: dict[Node, int] = {}
    for node in nx.lexicographical_topological_sort(outward):
        away[node] = 1 + max((away[inner] for inner in outward.predecessors(node)), default=-1)
    return away


def _rows(layer: Sequence[Node]) -> Iterator[tuple[Node, float]]:
    """The row of each thing, counted from the middle, so that columns of any height compare."""
    for place, node in enumerate(layer):
        yield node, place - (len(layer) - 1) / 2
