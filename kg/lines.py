"""Text for people on lines of their own: on one line, cut to a length, folded to a width."""

from __future__ import annotations

import re
from textwrap import wrap

__all__ = ["NARROWEST", "TURNING", "UNSEEN", "folded", "one_line", "shortened"]

NARROWEST = 20
"""Characters that text is folded to, at least, however narrow the terminal."""

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Marks that turn the direction of text round, as they stand between the brackets of a pattern."""

UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f{TURNING}]")
"""A character that is not seen but that a terminal obeys; tab and ends of lines are among them."""


def one_line(text: str) -> str:
    """Text on one line, so that a name or sentence cannot look like a line of its own."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """Text on one line of at most so many characters, with an ellipsis where some are gone."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1] + "…"


def folded(text: str, width: int | None, indent: str = "") -> list[str]:
    """Text on lines that each begin with an indent; names are not broken at their hyphens.

    Args:
        text: what to fold.
        width: characters of a line, the indent included, but never less than :data:`NARROWEST` beside it;
            without one the text stays on one line.
        indent: what each line begins with.
    """
    if width is None:
        return [indent + text]
    room = max(NARROWEST, width - len(indent))
    return [indent + part for part in wrap(text, room, break_on_hyphens=False)]
