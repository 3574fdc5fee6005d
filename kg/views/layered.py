"""A lineage as a layered drawing in SVG: what came first at the left, each step a column, no script.

The drawing is a fragment for a page whose style sheets know its classes (``assets/lineage/layered.css``).
Arrows run with time, from what is depended on to what depends on it. Names are escaped in
:mod:`kg.views.cards` and here, and nothing else in it comes from a text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kg.graph import DEPENDS_ON, Node
from kg.lineage.answer import EVALUATED, SIDES, Lineage
from kg.lineage.copies import COPIED
from kg.lineage.diagrams import ONWARD
from kg.lineage.tracing import Step
from kg.lineage.tree import counted
from kg.views.cards import BETWEEN, TALL, UNSURE, WIDE, card, fit, group, linked
from kg.views.columns import GAP, MARGIN, columns, places

__all__ = ["drawing"]

APART = 28
"""From the drawing to the group below it."""
LEVEL, STEEP = 140, 36
"""How far a curve goes on level from the card further out, and from the other."""
UNDER = 36
"""Below the lowest card, for links that lead back."""
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
    copy: bool
    """Whether all of them are said of a copy of the paper's own; see :mod:`kg.lineage.copies`."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Where an arrow runs, and where its name stands."""

    curve: str
    at: Node
    """The thing beside which the name stands, the one further out."""
    x: int
    y: int
    anchor: str
    """Which part of the name stands there: its start, middle or end."""


def drawing(lineage: Lineage, href: Callable[[Node], str] | None = None) -> Markup:
    """The target in its column, what it depends on to the left, what depends on it to the right.

    An arrow leads from a thing to what was made with it; it is dotted where the papers are read with less
    confidence than :data:`kg.views.cards.UNSURE`, and dashed where they speak of a copy of their own
    (:mod:`kg.lineage.copies`). What was evaluated stands in a group of its own below.

    Args:
        lineage: what to draw; a limit of some dozens of links a thing keeps it legible.
        href: the address that a thing's card leads to; it leads nowhere when left out.

    Returns:
        An ``svg`` element; the same lineage gives the same one.
    """
    (column, undrawn), notes = columns(lineage), _notes(lineage)
    arrows = [arrow for arrow in _arrows(lineage) if arrow.subject in column and arrow.object in column]
    corners = places(column, ((arrow.subject, arrow.object) for arrow in arrows))
    names = lineage.graph.nx.nodes
    parts = list(_lines(arrows, column, corners, names))
    for node, (x, y) in corners.items():
        drawn = card(
            names[node]["label"], names[node]["kind"], notes.get(node, ""), "target" * (node == lineage.node)
        )
        parts.append(linked(drawn, x, y, None if href is None else href(node)))
    level = any(column[arrow.subject] == column[arrow.object] for arrow in arrows)
    width = max(x for x, _ in corners.values()) + WIDE + (GAP // 2 if level else MARGIN)
    back = any(corners[arrow.object][0] > corners[arrow.subject][0] for arrow in arrows)
    height = max(y for _, y in corners.values()) + TALL + UNDER * back
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


def _notes(lineage: Lineage) -> dict[Node, str]:
    """What the cards of things add to their kinds."""
    more = sum(lineage.traces[side].more for side in SIDES if side in lineage.traces)
    notes = {lineage.node: f"{more:,} more not drawn"} if more else {}
    for side, *_, step in lineage:
        if side == EVALUATED:
            continue
        note = f"{step.more:,} more not drawn" if step.more else "goes on" * (step.end == "cut")
        if note:
            notes.setdefault(step.node, note)
    return notes


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
            all(step.copy for step in steps.values()),
        )
        for pair, steps in found.items()
    ]


def _lines(
    arrows: Sequence[_Arrow],
    column: Mapping[Node, int],
    corners: Mapping[Node, tuple[int, int]],
    names: Mapping[Node, Mapping[str, Any]],
) -> Iterator[Markup]:
    """Every arrow with its name, which is moved up or down where others stand there already."""
    standing: Counter[tuple[Node, str]] = Counter()
    for arrow, ports in zip(arrows, _ports(arrows, corners), strict=True):
        line = _line(arrow, column, corners, ports)
        shift = _SHIFTS[standing[line.at, line.anchor] % len(_SHIFTS)]
        standing[line.at, line.anchor] += 1
        subject, object_ = (fit(names[end]["label"], 60) for end in (arrow.subject, arrow.object))
        said = f"{subject} {', '.join(arrow.links)} {object_}"
        yield _drawn(arrow, line, shift, said)


def _ports(arrows: Sequence[_Arrow], corners: Mapping[Node, tuple[int, int]]) -> list[tuple[float, float]]:
    """How far from the middle of a card's side each arrow leaves it, and reaches the other.

    Arrows at one side, the left one or not, are spread over it in the order of where they lead, so that heads
    stand apart.
    """
    ends: dict[tuple[Node, bool], list[tuple[int, int, int]]] = defaultdict(list)
    for number, arrow in enumerate(arrows):
        (x, y), (to_x, to_y) = corners[arrow.object], corners[arrow.subject]
        if arrow.subject == arrow.object or x > to_x:
            continue
        ends[arrow.object, False].append((to_y, number, 0))
        ends[arrow.subject, x < to_x].append((y, number, 1))
    ports = [[0.0, 0.0] for _ in arrows]
    for found in ends.values():
        room = min(APIECE, PORTS / max(len(found) - 1, 1))
        for place, (_, number, end) in enumerate(sorted(found)):
            ports[number][end] = round((place - (len(found) - 1) / 2) * room, 1)
    return [(leaves, reaches) for leaves, reaches in ports]


def _line(
    arrow: _Arrow,
    column: Mapping[Node, int],
    corners: Mapping[Node, tuple[int, int]],
    ports: tuple[float, float],
) -> _Line:
    """A curve from the right side of a card to the left of the other; against time it runs below all between.

    Within a column it goes round the right side, and from a thing to itself over the top.
    """
    (x, top), (to_x, to_top) = corners[arrow.object], corners[arrow.subject]
    middle, to_middle = top + TALL // 2, to_top + TALL // 2
    if arrow.subject == arrow.object:
        curve = f"M{x + 150} {top} C{x + 150} {top - 30} {x + 110} {top - 30} {x + 110} {top - HEAD}"
        return _Line(curve, arrow.subject, x + WIDE + 8, middle, "start")
    if x > to_x:
        return _line_back(arrow, corners)
    y, to_y = middle + ports[0], to_middle + ports[1]
    start, onward = x + WIDE, x < to_x
    end = to_x - HEAD if onward else to_x + WIDE + HEAD
    # The curve leaves the thing further out level, so that its name stands on a line and crosses none.
    from_outer = abs(column[arrow.object]) >= abs(column[arrow.subject])
    bends = (LEVEL, STEEP) if from_outer else (STEEP, LEVEL)
    last = end - bends[1] if onward else end + bends[1]
    curve = f"M{start} {y:g} C{start + bends[0]} {y:g} {last} {to_y:g} {end} {to_y:g}"
    if from_outer:
        return _Line(curve, arrow.object, start + 8, middle, "start")
    beside, anchor = (-8, "end") if onward else (8, "start")
    return _Line(curve, arrow.subject, end + beside, to_middle, anchor)


def _line_back(arrow: _Arrow, corners: Mapping[Node, tuple[int, int]]) -> _Line:
    """From below one card to below another further left."""
    (x, top), (to_x, to_top) = corners[arrow.object], corners[arrow.subject]
    lowest = max(y for place, y in corners.values() if to_x <= place <= x) + TALL + UNDER // 2
    higher = min(top, to_top) + TALL
    # A curve of this kind comes three quarters as far down as what draws it.
    depth = round(higher + (lowest - higher) / 0.75)
    ends = (x + WIDE // 2, to_x + WIDE // 2)
    curve = f"M{ends[0]} {top + TALL} C{ends[0]} {depth} {ends[1]} {depth} {ends[1]} {to_top + TALL + HEAD}"
    return _Line(curve, arrow.subject, sum(ends) // 2, lowest + UNDER // 2, "middle")


def _drawn(arrow: _Arrow, line: _Line, shift: int, said: str) -> Markup:
    """The curve with its name on it, and all that is behind it when pointed at."""
    unsure = arrow.confidence < UNSURE
    onward = ", ".join(ONWARD[link] for link in arrow.links)
    papers = f" ×{arrow.papers}" if arrow.papers > 1 else ""
    sure = f" {arrow.confidence:.2f}" if unsure else ""
    return Markup(
        "<g><title>{said}, {papers}, confidence {confidence:.2f}{copied}</title>"
        '<path class="arrow {kind}{marks}" marker-end="url(#head-{kind})" d="{curve}"/>'
        '<text class="link" x="{x}" y="{y}" text-anchor="{anchor}">{name}</text></g>'
    ).format(
        said=said,
        papers=counted(arrow.papers, "paper"),
        confidence=arrow.confidence,
        copied=f", {COPIED}" * arrow.copy,
        kind=arrow.links[0],
        marks=" unsure" * unsure + " copy" * arrow.copy + " closes" * arrow.closes,
        curve=line.curve,
        x=line.x,
        y=line.y + shift,
        anchor=line.anchor,
        name=f"{'↺ ' * arrow.closes}{onward}{papers}{sure}{' (copy)' * arrow.copy}",
    )


def _heads() -> Markup:
    """The heads of the arrows, one for each link, in its colour."""
    head = Markup(
        '<marker id="head-{0}" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" '
        'markerUnits="userSpaceOnUse" orient="auto"><path class="head {0}" d="M0 0L8 4L0 8z"/></marker>'
    )
    return Markup("<defs>{}</defs>").format(Markup("").join(head.format(link) for link in sorted(DEPENDS_ON)))
