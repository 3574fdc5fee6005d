"""How near a metric's name stands to numbers that could be its values, as features of the metric."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from kg.extract.numbers import Number, find_numbers
from kg.vocabulary import Match

__all__ = ["measured_features"]

FAR = 15
"""Words from which a number counts as far away."""
SHARES = frozenset({"%", "percent", "percentage point", "percentage points", "point", "points", "pp"})


def measured_features(doc: Doc, mentions: Sequence[Sequence[Match]]) -> list[dict[str, float]]:
    """Features of each metric of a document.

    Args:
        doc: the document.
        mentions: for each metric where it is named.
    """
    numbers = find_numbers(doc)
    bounds = [s.end_char for s in doc.sents]
    places = sorted({(m.start, m.end) for matches in mentions for m in matches})
    nearest = {_nearest(number, places, doc.text, bounds) for number in numbers if _is_value(number)}
    return [_features(doc.text, matches, numbers, bounds, nearest) for matches in mentions]


def _features(
    text: str,
    matches: Sequence[Match],
    numbers: Sequence[Number],
    bounds: Sequence[int],
    nearest: set[tuple[int, int] | None],
) -> dict[str, float]:
    gaps: dict[str, float] = {"any": FAR, "share after": FAR, "share before": FAR, "change": FAR}
    for match in matches:
        for number in numbers:
            gap = _gap((match.start, match.end), number, text, bounds)
            if gap is None:
                continue
            gaps["any"] = min(gaps["any"], gap)
            if _is_value(number):
                side = "share after" if number.start >= match.end else "share before"
                gaps[side] = min(gaps[side], gap)
                if number.value[:1] in "+-" or text[max(0, number.start - 4) : number.start].strip() == "by":
                    gaps["change"] = min(gaps["change"], gap)
    f = {f"gap {name}": gap for name, gap in gaps.items()}
    share = min(gaps["share after"], gaps["share before"])
    for reach in (2, 5, 9):
        f[f"share within {reach}"] = float(share <= reach)
        f[f"share after within {reach}"] = float(gaps["share after"] <= reach)
    f["nearest metric"] = float(any((m.start, m.end) in nearest for m in matches))
    return f


def _is_value(number: Number) -> bool:
    """Whether it looks like a score: a share, or a number with decimals and no unit."""
    return number.unit in SHARES or ("." in number.value and not number.unit)


def _gap(place: tuple[int, int], number: Number, text: str, bounds: Sequence[int]) -> int | None:
    """Words between a name and a number of the same sentence; none in another sentence."""
    if bisect_left(bounds, place[1]) != bisect_left(bounds, number.end):
        return None
    low, high = (place[1], number.start) if number.start >= place[1] else (number.end, place[0])
    return min(FAR, len(text[low:high].split()))


def _nearest(
    number: Number, places: Iterable[tuple[int, int]], text: str, bounds: Sequence[int]
) -> tuple[int, int] | None:
    """The name that stands nearest to a number, the earlier of two as near."""
    gaps = [(gap, p) for p in places if (gap := _gap(p, number, text, bounds)) is not None and gap < FAR]
    return min(gaps)[1] if gaps else None
