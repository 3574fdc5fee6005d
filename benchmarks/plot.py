"""The comparisons as a picture: how many times as fast as its peer each is, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from comparisons import Comparison

from kg.training.svg import BLUE, dot, line, sheet, words

__all__ = ["plot"]

ROW, HEADING = 19, 34
LEFT, ACROSS, RIGHT = 400, 420, 280
"""Pixels for what was compared, for the points, and for the peers."""


def plot(comparisons: Sequence[Comparison], caption: str) -> str:
    """An SVG document with a point a comparison: right of the line of 1, ours is the faster.

    Args:
        comparisons: those of a group stand together.
        caption: below it, where it was measured.

    Raises:
        ValueError: there is nothing to draw.
    """
    if not comparisons:
        raise ValueError("nothing was compared: there is nothing to draw")
    decades = [math.log10(one.times) for one in comparisons]
    least, most = min(-1, math.floor(min(decades))), max(1, math.ceil(max(decades)))
    groups = [(name, list(rows)) for name, rows in groupby(comparisons, lambda one: one.group)]
    bottom = HEADING * len(groups) + ROW * len(comparisons) + 16

    def across(decade: float) -> float:
        return LEFT + ACROSS * (decade - least) / (most - least)

    parts = []
    for decade in range(least, most + 1):
        x = across(decade)
        parts.append(line(x, 22, x, bottom, stroke="#555" if decade == 0 else "#ddd"))
        parts.append(words(f"{10.0**decade:,.10g}", x, 16, anchor="middle"))
    y = 10.0
    for name, rows in groups:
        y += HEADING
        parts.append(words(name, 12, y - 8, fill="#000", bold=True))
        for row in rows:
            y += ROW
            parts.append(words(row.what, LEFT - 12, y - 4, anchor="end", fill="#000"))
            said = f"{row.what}: {row.ratio} times as fast as {row.peer}"
            colour = BLUE if row.times >= 1 else "#b35900"
            parts.append(dot(across(math.log10(row.times)), y - 8, 5, said, fill=colour))
            parts.append(words(f"{row.ratio} × {row.peer}", LEFT + ACROSS + 14, y - 4))
    parts.append(words(f"times as fast as the peer at the right; {caption}", 12, bottom + 20))
    return sheet(parts, LEFT + ACROSS + RIGHT, bottom + 32)
