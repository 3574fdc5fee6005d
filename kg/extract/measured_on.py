"""The dataset that a number was measured on, by the order of numbers and names in its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.pair_features import Named
from kg.extract.reported import Reported, run_of

__all__ = ["measured_on"]

ON = frozenset({"on", "in", "for"})
BREAKS = frozenset({",", ";", "and", "while", "whereas", "but"})
"""After these, "on X" begins what is told of X."""
FORWARD = 12
"""Words from a number to the dataset named after it, at most."""

Place = tuple[int, int, int]
"""First and last token (exclusive) of a dataset, and which it is."""


def measured_on(r: Reported, names: Sequence[Named]) -> int | None:
    """Which of the names a number is of; None where its sentence names no dataset.

    In this order: the same place in a list of as many datasets ("0.91 and 0.88 on A and B"), what "on X"
    names after the number, what "on X" names before it, the nearest.
    """
    places = sorted(
        (*span, i)
        for i, name in enumerate(names)
        if name.kind == "dataset"
        for span in name.spans
        if span[0] in r.sentence
    )
    if not places:
        return None
    for told in (_in_order(r, places), _after(r, places), _before(r, places)):
        if told is not None:
            return told
    return min((abs(first - r.number.first), i) for first, _, i in places)[1]


def _in_order(r: Reported, places: Sequence[Place]) -> int | None:
    """Lists of numbers and of datasets of one length, the numbers with nothing told of each between them."""
    numbers = [(n.first, n.last) for n in r.numbers]
    at = r.numbers.index(r.number)
    index, size = run_of(numbers, at)
    if size < 2 or any(numbers[at - index][0] <= m.first < numbers[at - index + size - 1][0] for m in r.here):
        return None
    spans = [(first, last) for first, last, _ in places]
    for k in range(len(places)):
        inside, length = run_of(spans, k)
        listed = [i for _, _, i in places[k : k + length]]
        if inside == 0 and length == size == len(set(listed)):
            return listed[index]
    return None


def _after(r: Reported, places: Sequence[Place]) -> int | None:
    """The next dataset, if "on" leads to it and that does not begin a part of the sentence of its own."""
    following = next(((first, i) for first, _, i in places if first >= r.number.last), None)
    if following is None or following[0] - r.number.last > FORWARD:
        return None
    first, i = following
    # Of "0.91 on A, 0.88 on B" the first "on" is the number's; after a break "on" begins what is told of B.
    on = next((k for k in range(r.number.last, first) if r.sentence(k) in ON), None)
    return i if on is not None and first - on <= 3 and r.sentence(on - 1) not in BREAKS else None


def _before(r: Reported, places: Sequence[Place]) -> int | None:
    """The last dataset before the number that "on" leads to, unless another number comes between."""
    for first, last, i in reversed(places):
        crossed = any(last <= n.first < r.number.first for n in r.numbers)
        if first < r.number.first and not crossed and _on(r, first):
            return i
    return None


def _on(r: Reported, first: int) -> bool:
    return any(r.sentence(k) in ON for k in range(first - 3, first))
