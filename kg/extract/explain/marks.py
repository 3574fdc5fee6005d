"""A text cut where marks begin and end, so that each piece lies wholly within or without each mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.explain.explanation import Finding

__all__ = ["Mark", "Piece", "marks", "pieces"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that was found to be something; offsets count characters, ``end`` is exclusive."""

    start: int
    end: int
    label: str
    """The kind of finding in capitals."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and the marks around it, the outermost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks(findings: Iterable[Finding]) -> list[Mark]:
    """The marks of findings, each once: the earliest first, of those the longest."""
    found = {Mark(*place, finding.kind.upper()) for finding in findings for place in finding.places}
    return sorted(found, key=_order)


def pieces(start: int, end: int, marks: Iterable[Mark]) -> list[Piece]:
    """The pieces of a stretch of text, in order; marks may overlap, and are cut where the stretch ends."""
    within = [Mark(max(m.start, start), min(m.end, end), m.label) for m in marks]
    waiting = sorted((m for m in within if m.start < m.end), key=_order, reverse=True)
    cuts = sorted({start, end, *(m.start for m in waiting), *(m.end for m in waiting)})
    around: list[Mark] = []
    found = []
    for a, b in pairwise(cuts):
        around = [m for m in around if m.end > a]
        while waiting and waiting[-1].start == a:
            around.append(waiting.pop())
        found.append(Piece(a, b, tuple(around)))
    return found


def _order(mark: Mark) -> tuple[int, int, str]:
    return mark.start, -mark.end, mark.label
