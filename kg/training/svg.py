"""Figures as SVG text: a white sheet, and what stands on it. Words are escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

__all__ = ["BLUE", "dot", "line", "sheet", "words"]

BLUE, GREY = "#1f6feb", "#666"


def sheet(parts: Iterable[str], width: float, height: float) -> str:
    """A whole SVG document, sizes in pixels.

    Args:
        parts: elements, each from a function of this module or as safe as theirs.
        width, height: of the sheet.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" '
        f'fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def words(
    text: str, x: float, y: float, *, anchor: str = "start", fill: str = GREY, bold: bool = False
) -> str:
    """Text that begins, is centred (``middle``) or ends (``end``) at a place."""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}"{weight}>{escape(text)}</text>'


def dot(x: float, y: float, radius: float, title: str, *, fill: str = BLUE) -> str:
    """A point that says more when it is pointed at."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}">'
        f"<title>{escape(title)}</title></circle>"
    )


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = "#999", dashed: bool = False) -> str:
    """A straight line."""
    dashes = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{stroke}"{dashes}/>'
