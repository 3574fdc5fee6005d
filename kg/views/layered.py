"""A lineage as a layered drawing in SVG: what came first at the left, each step a column, no script.

The drawing is a fragment for a page whose style sheet knows its classes (``assets/layered.css``). Arrows run
with time, from what is depended on to what depends on it. Names are escaped in :mod:`kg.views.cards` and
here, and nothing else in it comes from a text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import networkx as nx
from markupsafe import Markup

from kg.graph import DEPENDS_ON, Node
from kg.lineage.answer import EVALUATED, SIDES, Lineage
from kg.lineage.diagrams import ONWARD
from kg.lineage.tracing import Step, walk
from kg.lineage.tree import counted
from kg.views.cards import DRAWN, TALL, UNSURE, WIDE, card, fit, group, linked

__all__ = ["drawing"]

GAP, BETWEEN = 152, 16
"""From column to column, and from card to card in one."""
MARGIN = 14
HEADROOM = 12
"""Above the first row, for a link from a thing to itself."""
APART = 28
"""From the drawing to the group below it."""
MIDDLED = 12
"""Cards in a column up to which columns stand level by their middles; beyond, by their tops."""
SWEEPS = 4
"""Times that the columns are put in order by what their things are joined to."""

LEVEL, STEEP = 140, 36
"""How far a curve goes on level from the card further out, and from the other."""
HEAD = 7
"""Length of an arrow's head."""
PORTS, APIECE = 30, 9
"""Height of a card's side over which arrows are spread, and the room that one of them takes at most."""
LEGIBLE = 0.75
"""What a drawing that is wider than its place is made smaller to; beyond, it is scrolled."""

_SHIFTS = (-5, 13, -18, 26, -31, 39)
"""How far above or below a curve its name stands: the first, second … at one side of a card."""


@dataclass(frozen=True, slots=True)
class _Arrow:
    """All that one thing states of another."""

    subject: Node
    object: Node
    links: tuple[str, ...]
    papers: int
    """Papers behind the link that most papers state."""
    confidence: float
    """Of the surest link, 0 to 1."""
    closes: bool
    """Whether one of the links ends the tree as a cycle."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Where an arrow runs, and where its name stands."""

    curve: str
    at: Node
    """The thing beside which the name stands, the one further out."""
    x: int
    y: int
    rightward: bool
    """Whether the name runs to the right from there."""


def drawing(lineage: Lineage, href: Callable[[Node], str] | None = None) -> Markup:
    """The target in its column, what it depends on to the left, what depends on it to the right.

    An arrow leads from a thing to what was made with it; it is dotted where the papers are read with less
    confidence than :data:`kg.views.cards.UNSURE`. What was evaluated stands in a group of its own below.

    Args:
        lineage: what to draw; a limit of some dozens of links a thing keeps it legible.
        href: the address that a thing's card leads to; it leads nowhere when left out.

    Returns:
        An ``svg`` element; the same lineage gives the same one.
    """
    column, notes, undrawn = _columns(lineage)
    arrows = [arrow for arrow in _arrows(lineage) if arrow.subject in column and arrow.object in column]
    places = _places(column, arrows)
    names = lineage.graph.nx.nodes
    parts = list(_lines(arrows, column, places, names))
    for node, (x, y) in places.items():
        drawn = card(
            names[node]["label"], names[node]["kind"], notes.get(node, ""), "target" * (node == lineage.node)
        )
        parts.append(linked(drawn, x, y, None if href is None else href(node)))
    level = any(column[arrow.subject] == column[arrow.object] for arrow in arrows)
    width = max(x for x, _ in places.values()) + WIDE + (GAP // 2 if level else MARGIN)
    height = max(y for _, y in places.values()) + TALL
    if undrawn:
        said = Markup('<text class="kind" x="{}" y="{}">{:,} things further away are not drawn</text>')
        parts.append(said.format(MARGIN, MARGIN + 2, undrawn))
    if lineage.evaluated:
        more = lineage.traces[EVALUATED].more
        title = "evaluated on it" if lineage.kind == "dataset" else "it was evaluated on"
        across = (width - MARGIN) // (WIDE + BETWEEN)
        below, right, height = group(title, lineage.evaluated, more, MARGIN, height + APART, across, href)
        parts += below
        width = max(width, right + MARGIN)
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="layered" width="{0}" height="{1}" '
        'viewBox="0 0 {0} {1}" style="min-width: {2}px" role="group" aria-label="{3}">'
    ).format(width, height + MARGIN, round(LEGIBLE * width), f"Lineage of {fit(lineage.label, 80)}, drawn")
    return Markup("\n").join([head, _heads(), *parts, Markup("</svg>")])


def _columns(lineage: Lineage) -> tuple[dict[Node, int], dict[Node, str], int]:
    """The column of each thing, the target's being 0; what its card adds to its kind; things left out."""
    column = {lineage.node: 0}
    for side, outward in zip(SIDES, (-1, 1), strict=True):
        found = lineage.traces[side].steps if side in lineage.traces else ()
        for node, away in _distances(lineage.node, found).items():
            column.setdefault(node, outward * away)
    more = sum(lineage.traces[side].more for side in SIDES if side in lineage.traces)
    notes = {lineage.node: f"{more:,} more not drawn"} if more else {}
    for side, *_, step in lineage:
        if side == EVALUATED:
            continue
        note = f"{step.more:,} more not drawn" if step.more else "goes on" * (step.end == "cut")
        if note:
            notes.setdefault(step.node, note)
    nearest = sorted(column, key=lambda node: abs(column[node]))[:DRAWN]
    return {node: column[node] for node in nearest}, notes, len(column) - len(nearest)


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


def _arrows(lineage: Lineage) -> list[_Arrow]:
    """One for each pair of subject and object, in the order of the trees."""
    found: dict[tuple[Node, Node], dict[str, Step]] = {}
    for side, subject, object_, step in lineage:
        if side != EVALUATED:
            found.setdefault((subject, object_), {}).setdefault(step.predicate, step)
    return [
        _Arrow(
            *pair,
            tuple(steps),
            max(len(step.claims) for step in steps.values()),
            max(step.confidence for step in steps.values()),
            any(step.end == "cycle" for step in steps.values()),
        )
        for pair, steps in found.items()
    ]


def _places(column: Mapping[Node, int], arrows: Iterable[_Arrow]) -> dict[Node, tuple[int, int]]:
    """The upper left corner of each card; in a column things stand near what they are joined to."""
    layers: dict[int, list[Node]] = {number: [] for number in sorted(set(column.values()))}
    for node, number in column.items():
        layers[number].append(node)
    joined: dict[Node, list[Node]] = {node: [] for node in column}
    for arrow in arrows:
        joined[arrow.subject].append(arrow.object)
        joined[arrow.object].append(arrow.subject)
    row = {node: place for layer in layers.values() for node, place in _rows(layer)}
    for _ in range(SWEEPS):
        for layer in layers.values():
            layer.sort(key=lambda node: fmean(row[other] for other in joined[node] or [node]))
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


def _rows(layer: Sequence[Node]) -> Iterator[tuple[Node, float]]:
    """The row of each thing, counted from the middle, so that columns of any height compare."""
    for place, node in enumerate(layer):
        yield node, place - (len(layer) - 1) / 2


def _lines(
    arrows: Sequence[_Arrow],
    column: Mapping[Node, int],
    places: Mapping[Node, tuple[int, int]],
    names: Mapping[Node, Mapping[str, Any]],
) -> Iterator[Markup]:
    """Every arrow with its name, which is moved up or down where others stand there already."""
    standing: Counter[tuple[Node, bool]] = Counter()
    for arrow, ports in zip(arrows, _ports(arrows, places), strict=True):
        line = _line(arrow, column, places, ports)
        shift = _SHIFTS[standing[line.at, line.rightward] % len(_SHIFTS)]
        standing[line.at, line.rightward] += 1
        subject, object_ = (fit(names[end]["label"], 60) for end in (arrow.subject, arrow.object))
        said = f"{subject} {', '.join(arrow.links)} {object_}"
        yield _drawn(arrow, line, shift, said)


def _leftward(x: int, to_x: int) -> tuple[bool, bool]:
    """Whether an arrow leaves a card at its left side, and whether it reaches the other at its left side."""
    return x > to_x, x < to_x


def _ports(arrows: Sequence[_Arrow], places: Mapping[Node, tuple[int, int]]) -> list[tuple[float, float]]:
    """How far from the middle of a card's side each arrow leaves it, and reaches the other.

    Arrows at one side are spread over it in the order of where they lead, so that heads stand apart.
    """
    ends: dict[tuple[Node, bool], list[tuple[int, int, int]]] = defaultdict(list)
    for number, arrow in enumerate(arrows):
        if arrow.subject == arrow.object:
            continue
        (x, y), (to_x, to_y) = places[arrow.object], places[arrow.subject]
        leaves, reaches = _leftward(x, to_x)
        ends[arrow.object, leaves].append((to_y, number, 0))
        ends[arrow.subject, reaches].append((y, number, 1))
    ports = [[0.0, 0.0] for _ in arrows]
    for found in ends.values():
        room = min(APIECE, PORTS / max(len(found) - 1, 1))
        for place, (_, number, end) in enumerate(sorted(found)):
            ports[number][end] = round((place - (len(found) - 1) / 2) * room, 1)
    return [(leaves, reaches) for leaves, reaches in ports]


def _line(
    arrow: _Arrow,
    column: Mapping[Node, int],
    places: Mapping[Node, tuple[int, int]],
    ports: tuple[float, float],
) -> _Line:
    """A curve from the facing side of one card to that of the other; round the right side within a column."""
    (x, top), (to_x, to_top) = places[arrow.object], places[arrow.subject]
    middle, to_middle = top + TALL // 2, to_top + TALL // 2
    if arrow.subject == arrow.object:
        curve = f"M{x + 150} {top} C{x + 150} {top - 30} {x + 110} {top - 30} {x + 110} {top - HEAD}"
        return _Line(curve, arrow.subject, x + WIDE + 8, middle, True)
    y, to_y = middle + ports[0], to_middle + ports[1]
    leftward, at_left = _leftward(x, to_x)
    start = x if leftward else x + WIDE
    end = to_x - HEAD if at_left else to_x + WIDE + HEAD
    # The curve leaves the thing further out level, so that its name stands on a line and crosses none.
    from_outer = abs(column[arrow.object]) >= abs(column[arrow.subject])
    bends = (LEVEL, STEEP) if from_outer else (STEEP, LEVEL)
    first = start - bends[0] if leftward else start + bends[0]
    last = end - bends[1] if at_left else end + bends[1]
    curve = f"M{start} {y:g} C{first} {y:g} {last} {to_y:g} {end} {to_y:g}"
    if from_outer:
        return _Line(curve, arrow.object, start + (-8 if leftward else 8), middle, not leftward)
    return _Line(curve, arrow.subject, end + (-8 if at_left else 8), to_middle, not at_left)


def _drawn(arrow: _Arrow, line: _Line, shift: int, said: str) -> Markup:
    """The curve with its name on it, and all that is behind it when pointed at."""
    unsure = arrow.confidence < UNSURE
    papers = f" ×{arrow.papers}" if arrow.papers > 1 else ""
    sure = f" {arrow.confidence:.2f}" if unsure else ""
    return Markup(
        "<g><title>{said}, {papers}, confidence {confidence:.2f}</title>"
        '<path class="arrow {kind}{marks}" marker-end="url(#head-{kind})" d="{curve}"/>'
        '<text class="link" x="{x}" y="{y}" text-anchor="{anchor}">{name}</text></g>'
    ).format(
        said=said,
        papers=counted(arrow.papers, "paper"),
        confidence=arrow.confidence,
        kind=arrow.links[0],
        marks=" unsure" * unsure + " closes" * arrow.closes,
        curve=line.curve,
        x=line.x,
        y=line.y + shift,
        anchor="start" if line.rightward else "end",
        name=f"{'↺ ' * arrow.closes}{', '.join(ONWARD[link] for link in arrow.links)}{papers}{sure}",
    )


def _heads() -> Markup:
    """The heads of the arrows, one for each link, in its colour."""
    head = Markup(
        '<marker id="head-{0}" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" '
        'markerUnits="userSpaceOnUse" orient="auto"><path class="head {0}" d="M0 0L8 4L0 8z"/></marker>'
    )
    return Markup("<defs>{}</defs>").format(Markup("").join(head.format(link) for link in sorted(DEPENDS_ON)))
