"""Cards that stand for things in a drawing: one by one, or as a group below it.

Names are escaped here, and nothing else on a card comes from a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from markupsafe import Markup

from kg.graph import Node
from kg.lineage.tracing import Step
from kg.lineage.tree import counted

__all__ = ["ACROSS", "BETWEEN", "DRAWN", "TALL", "UNSURE", "WIDE", "card", "fit", "group", "linked"]

WIDE, TALL = 200, 46
"""A thing's card, in pixels."""
LETTERS = 21
"""Small letters of a name that a card has room for."""
DRAWN = 60
"""Things that are drawn at most."""
ACROSS = 4
"""Cards in a row of a group, at least."""
BETWEEN = 16
"""From card to card in a group or a column."""
TITLE = 26
"""Height of a group's title."""

UNSURE = 0.5
"""Confidence below which a link is drawn as unsure."""


def card(label: str, kind: str, said: str = "", marks: str = "") -> Markup:
    """The card of one thing, at the origin.

    Args:
        label: its name, cut to the room there is; the whole of it shows when pointed at.
        kind: ``model`` or ``dataset``.
        said: what stands below the name beside the kind.
        marks: further classes of the card's frame.
    """
    return Markup(
        '<title>{label}</title><rect class="{classes}" width="{wide}" height="{tall}" rx="9"/>'
        '<rect class="stripe {kind}" x="1" y="9" width="4" height="{stripe}" rx="2"/>'
        '<text class="name" x="14" y="20">{name}</text><text class="kind" x="14" y="36">{said}</text>'
    ).format(
        label=fit(label, 200),
        kind=kind,
        classes=f"card {kind} {marks}".rstrip(),
        wide=WIDE,
        tall=TALL,
        stripe=TALL - 18,
        name=fit(label),
        said=f"{kind} · {said}" if said else kind,
    )


def linked(drawn: Markup, x: int, y: int, address: str | None) -> Markup:
    """A card moved to its place, and leading to an address if there is one."""
    moved = Markup('<g transform="translate({} {})">{}</g>').format(x, y, drawn)
    return moved if address is None else Markup('<a href="{}">{}</a>').format(address, moved)


def group(
    title: str,
    steps: Sequence[Step],
    more: int,
    x: int,
    y: int,
    across: int,
    href: Callable[[Node], str] | None,
) -> tuple[list[Markup], int, int]:
    """What stands beside a lineage and is no part of it, in rows below a title.

    Returns:
        The elements, and how far they reach to the right and down.
    """
    across = min(max(across, ACROSS), len(steps))
    shown = steps[:DRAWN]
    left_out = more + len(steps) - len(shown)
    said = f"{title} ({left_out:,} more not drawn)" if left_out else title
    parts = [Markup('<text class="group" x="{}" y="{}">{}</text>').format(x, y + 12, said)]
    for place, step in enumerate(shown):
        down, right = divmod(place, across)
        told = f"{counted(len(step.claims), 'paper')}, {step.confidence:.2f}"
        drawn = card(step.label, step.kind, told, "unsure" if step.confidence < UNSURE else "")
        at = (x + right * (WIDE + BETWEEN), y + TITLE + down * (TALL + BETWEEN))
        parts.append(linked(drawn, *at, None if href is None else href(step.node)))
    rows = -(-len(shown) // across)
    return (
        parts,
        x + across * (WIDE + BETWEEN) - BETWEEN,
        y + TITLE + rows * (TALL + BETWEEN) - BETWEEN,
    )


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
