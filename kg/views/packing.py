"""Discs packed close together without touching."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["pack"]

Points = NDArray[np.float64]

_ANGLES = np.linspace(0.0, 2.0 * np.pi, 36, endpoint=False)
_SLACK = 1e-6
_AT_ONCE = 256


def pack(
    radii: Sequence[float], links: Points | None = None, *, gap: float = 0.0, stretch: float = 1.0
) -> Points:
    """Centres of discs, the first at the origin, each next one near to it and to those it is linked to.

    Discs are placed in the order given (largest first packs best). The free places tried for a disc are
    those where it touches a disc already placed; of these the one nearest to its target is taken: half-way
    between the origin and the centroid of its links, or the origin when it has none. Cubic in the number of
    discs, vectorised.

    Args:
        radii: one radius a disc, above 0.
        links: square matrix of the strength of the pull between two discs; none when left out.
        gap: free space between two discs, in the unit of the radii.
        stretch: above 1 the whole becomes wider than tall.

    Returns:
        An array of shape (discs, 2).
    """
    size = np.asarray(radii, dtype=np.float64)
    centres = np.zeros((len(size), 2))
    for disc in range(1, len(size)):
        placed, reach = centres[:disc], size[:disc] + size[disc] + gap
        target = _centroid(placed, None if links is None else links[disc, :disc])
        around = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=-1)
        places = (placed[:, None] + reach[:, None, None] * around).reshape(-1, 2)
        distance = np.hypot((places[:, 0] - target[0]) / stretch, places[:, 1] - target[1])
        # Rounded, so that ties fall the same way whatever the last bit of a cosine is.
        ordered = places[np.argsort(np.round(distance, 3), kind="stable")]
        ordered = np.vstack([ordered, _outside(placed, size[:disc], reach)])
        centres[disc] = _first_free(ordered, placed, reach - _SLACK)
    return centres


def _first_free(places: Points, placed: Points, reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first place that keeps its distance from every disc; the last one is known to."""
    for start in range(0, len(places), _AT_ONCE):
        some = places[start : start + _AT_ONCE]
        apart = np.hypot(*(some[:, None] - placed).transpose(2, 0, 1))
        free = np.flatnonzero((apart >= reach).all(axis=1))
        if len(free):
            return np.asarray(some[free[0]])
    return np.asarray(places[-1])


def _outside(placed: Points, size: NDArray[np.float64], reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """A place that is always free: straight beyond the disc that reaches farthest from the origin."""
    distance = np.hypot(*placed.T)
    farthest = int(np.argmax(distance + size))
    if not distance[farthest]:
        return np.array([reach[farthest], 0.0])
    return np.asarray(placed[farthest] * (1 + reach[farthest] / distance[farthest]))


def _centroid(placed: Points, pull: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Half-way between the centroid of the links and the origin, so that the whole stays round."""
    if pull is None or not pull.sum():
        return np.zeros(2)
    return np.asarray(pull @ placed / pull.sum() / 2, dtype=np.float64)
