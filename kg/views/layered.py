"""A lineage as a layered drawing in SVG: what came first at the left, each step a column, no script.

The drawing is a fragment for a page whose style sheet knows its classes (``assets/layered.css``). Names are
escaped here, and nothing else in it comes from a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import networkx as nx
from markupsafe import Markup

from kg.graph import Node
from kg.lineage.answer import EVALUATED, Lineage
from kg.lineage.filters import LINKS
from kg.lineage.tracing import Step, walk

__all__ = ["drawing", "fit"]

WIDE, TALL = 200, 46
"""A thing's card."""
GAP, BETWEEN = 152, 16
"""From column to column, and from card to card in one."""
MARGIN = 14
LETTERS = 21
"""Small letters of a name that a card has room for."""
HEADROOM = 12
"""Above the first row, for a link from a thing to itself."""
DRAWN = 60
"""Things that are drawn at most, those nearest to the target."""
MIDDLED = 12
"""Cards in a column up to which columns stand level by their middles; beyond, by their tops."""
SWEEPS = 4
"""Times that the columns are put in order by what their things are joined to."""

LEVEL, STEEP = 140, 36
"""How far a curve goes on level from the card further out, and from the other."""
HEAD = 7
"""Length of an arrow's head."""

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

    What was evaluated stands at the right as well, joined by a broken line. An arrow points from the
    dependent thing to what it depends on.

    Args:
        lineage: what to draw; a limit of some dozens of links a thing keeps it legible.
        href: the address that a thing's card leads to; it leads nowhere when left out.

    Returns:
        An ``svg`` element; the same lineage gives the same one.
    """
    column, notes, undrawn = _columns(lineage)
    arrows = [arrow for arrow in _arrows(lineage) if arrow.subject in column and arrow.object in column]
    places = _places(column, arrows)
    width = max(x for x, _ in places.values()) + WIDE + GAP // 2
    height = max(y for _, y in places.values()) + TALL + MARGIN
    names = lineage.graph.nx.nodes
    parts = [
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="layered" width="{0}" height="{1}" '
            'viewBox="0 0 {0} {1}" role="group" aria-label="{2}">'
        ).format(width, height, f"Lineage of {fit(lineage.label, 80)}, drawn")
    ]
    parts.append(_heads())
    standing: Counter[tuple[Node, bool]] = Counter()
    for arrow in arrows:
        line = _line(arrow, column, places)
        parts.append(_drawn(arrow, line, _SHIFTS[standing[line.at, line.rightward] % len(_SHIFTS)]))
        standing[line.at, line.rightward] += 1
    for node, place in places.items():
        card = _card(names[node]["label"], names[node]["kind"], notes.get(node, ""), node == lineage.node)
        moved = Markup('<g transform="translate({} {})">{}</g>').format(*place, card)
        parts.append(moved if href is None else Markup('<a href="{}">{}</a>').format(href(node), moved))
    if undrawn:
        said = Markup('<text class="kind" x="{}" y="{}">{:,} things further away are not drawn</text>')
        parts.append(said.format(MARGIN, MARGIN + 2, undrawn))
    return Markup("\n").join([*parts, Markup("</svg>")])


def fit(label: str, letters: int = LETTERS) -> str:
    """A name on one line, cut to so many small letters, without marks that turn text round."""
    # Half of a surrogate pair has no UTF-8; controls have no place in XML.
    name = re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", " ".join(label.split()))
    name = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", name)
    room = float(letters)
    for place, letter in enumerate(name):
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1.2 if letter.isupper() else 1
        if room < 0:
            return name[: max(place - 1, 1)] + "…"
    return name


def _columns(lineage: Lineage) -> tuple[dict[Node, int], dict[Node, str], int]:
    """The column of each thing, the target's being 0; what its card adds to its kind; things left out."""
    column = {lineage.node: 0}
    for side, outward in (("upstream", -1), ("downstream", 1), (EVALUATED, 1)):
        found = lineage.traces[side].steps if side in lineage.traces else ()
        for node, away in _distances(lineage.node, found).items():
            column.setdefault(node, outward * away)
    more = sum(trace.more for trace in lineage.traces.values())
    notes = {lineage.node: f"{more:,} more not drawn"} if more else {}
    for *_, step in lineage:
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
    for _, subject, object_, step in lineage:
        found.setdefault((subject, object_), {}).setdefault(step.predicate, step)
    return [
        _Arrow(
            *pair,
            tuple(steps),
            max(len(step.claims) for step in steps.values()),
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


def _line(arrow: _Arrow, column: Mapping[Node, int], places: Mapping[Node, tuple[int, int]]) -> _Line:
    """A curve from the facing side of one card to that of the other; round the right side within a column."""
    (x, y), (to_x, to_y) = places[arrow.subject], places[arrow.object]
    y, to_y = y + TALL // 2, to_y + TALL // 2
    if arrow.subject == arrow.object:
        top = y - TALL // 2
        curve = f"M{x + 150} {top} C{x + 150} {top - 30} {x + 110} {top - 30} {x + 110} {top - HEAD}"
        return _Line(curve, arrow.subject, x + WIDE + 8, y, True)
    leftward = x > to_x
    start = x if leftward else x + WIDE
    end = to_x - HEAD if x < to_x else to_x + WIDE + HEAD
    # The curve leaves the thing further out level, so that its name stands on a line and crosses none.
    from_outer = abs(column[arrow.subject]) >= abs(column[arrow.object])
    bends = (LEVEL, STEEP) if from_outer else (STEEP, LEVEL)
    first = start - bends[0] if leftward else start + bends[0]
    last = end + bends[1] if x >= to_x else end - bends[1]
    curve = f"M{start} {y} C{first} {y} {last} {to_y} {end} {to_y}"
    if from_outer:
        return _Line(curve, arrow.subject, start + (-8 if leftward else 8), y, not leftward)
    return _Line(curve, arrow.object, end + (8 if x >= to_x else -8), to_y, x >= to_x)


def _drawn(arrow: _Arrow, line: _Line, shift: int) -> Markup:
    """The curve and its name, moved up or down where others stand there already."""
    papers = f" ×{arrow.papers}" if arrow.papers > 1 else ""
    said = f"{'↺ ' * arrow.closes}{', '.join(arrow.links)}{papers}"
    return Markup(
        '<path class="arrow {0}{1}" marker-end="url(#head-{0})" d="{2}"><title>{3}</title></path>'
        '<text class="link" x="{4}" y="{5}" text-anchor="{6}">{3}</text>'
    ).format(
        arrow.links[0],
        " closes" * arrow.closes,
        line.curve,
        said,
        line.x,
        line.y + shift,
        "start" if line.rightward else "end",
    )


def _card(label: str, kind: str, note: str, target: bool) -> Markup:
    return Markup(
        '<title>{label}</title><rect class="card {kind}{target}" width="{wide}" height="{tall}" rx="9"/>'
        '<rect class="stripe {kind}" x="1" y="9" width="4" height="{stripe}" rx="2"/>'
        '<text class="name" x="14" y="20">{name}</text><text class="kind" x="14" y="36">{said}</text>'
    ).format(
        label=fit(label, 200),
        kind=kind,
        target=" target" * target,
        wide=WIDE,
        tall=TALL,
        stripe=TALL - 18,
        name=fit(label),
        said=f"{kind} · {note}" if note else kind,
    )


def _heads() -> Markup:
    """The heads of the arrows, one for each link, in its colour."""
    head = Markup(
        '<marker id="head-{0}" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" '
        'markerUnits="userSpaceOnUse" orient="auto"><path class="head {0}" d="M0 0L8 4L0 8z"/></marker>'
    )
    return Markup("<defs>{}</defs>").format(Markup("").join(head.format(link) for link in LINKS))
