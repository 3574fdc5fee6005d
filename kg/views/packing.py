"""Discs packed close together without touching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["pack"]

Points = NDArray[np.float64]

_FINE = 4.0
"""Points of the lattice along the radius of the smallest disc, unless that makes too many."""
_POINTS = 150_000
"""Points of the lattice, at most; more when there are very many discs."""
_POINTS_A_DISC = 24
_CHUNK = 4096


def pack(radii: Sequence[float], links: Any = None, *, gap: float = 0.0, stretch: float = 1.0) -> Points:
    """Centres of discs, the first at the origin, each next one near to it and to those it is linked to.

    Discs are placed in the order given (largest first packs best), on the free point of a lattice that is
    nearest to its target: half-way between the origin and the centroid of its links, or the origin when it
    has none. The lattice knows of each point how far the nearest disc is, so that a disc costs no more when
    many are there already.

    Args:
        radii: one radius a disc, above 0.
        links: square matrix, dense or sparse, of the strength of the pull between two discs; none when left
            out.
        gap: free space between two discs, in the unit of the radii.
        stretch: above 1 the whole becomes wider than tall.

    Returns:
        An array of shape (discs, 2).
    """
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    size = np.asarray(radii, dtype=np.float64)
    centres = np.zeros((len(size), 2))
    if not len(size):
        return centres
    pulls = None if links is None else csr_array(links)
    lattice = _Lattice(size, gap, stretch)
    for disc in range(len(size)):
        target = None
        if pulls is not None:
            row = slice(pulls.indptr[disc], pulls.indptr[disc + 1])
            others, strength = pulls.indices[row], pulls.data[row]
            placed = (others < disc) & (strength > 0)
            if placed.any():
                pull = strength[placed] / strength[placed].sum()
                target = np.asarray(pull @ centres[others[placed]] / 2)
        centres[disc] = lattice.take(float(size[disc]), target)
    return centres


class _Lattice:
    """Points in the order of their distance from the origin, each with the room around it."""

    def __init__(self, size: NDArray[np.float64], gap: float, stretch: float) -> None:
        self.gap, self.stretch, self.largest = gap, stretch, float(size.max())
        area = float(((2 * size + gap) ** 2).sum())
        most = max(_POINTS, _POINTS_A_DISC * len(size))
        self.step = max((float(size.min()) + gap / 2) / _FINE, (3 * area / most) ** 0.5)
        self.discs: list[tuple[Points, float]] = []
        self._spread((1.4 * area) ** 0.5)

    def take(self, radius: float, target: Points | None) -> Points:
        """Put a disc on the free point nearest to the target, or to the origin; its centre."""
        while (point := self._nearest(radius, target)) is None:
            self._spread(1.5 * self.reach)
        centre: Points = np.array(self.points[point])
        self.discs.append((centre, radius))
        self._cover(centre, radius)
        return centre

    def _spread(self, reach: float) -> None:
        """Lay the points out, as far as ``reach`` from the origin."""
        self.reach = reach
        self.columns = int(np.ceil(reach * self.stretch / self.step))
        self.rows = int(np.ceil(reach / self.step))
        across, down = np.meshgrid(
            np.arange(-self.columns, self.columns + 1), np.arange(-self.rows, self.rows + 1)
        )
        # Whole numbers, so that ties fall the same way on every machine.
        order = np.argsort((across / self.stretch) ** 2 + down**2, axis=None, kind="stable")
        self.points = np.stack([across.ravel()[order], down.ravel()[order]], axis=-1) * self.step
        self.rank = np.empty(len(order), dtype=np.int64)
        self.rank[order] = np.arange(len(order))
        self.rank = self.rank.reshape(across.shape)
        self.room = np.full(len(order), np.inf)
        self.first, self.smallest = 0, np.inf
        for centre, radius in self.discs:
            self._cover(centre, radius)

    def _cover(self, centre: Points, radius: float) -> None:
        """Note that a disc stands here; points farther away than any disc reaches need not know."""
        reach = radius + self.largest + self.gap
        left, right = self._window(centre[0], reach, self.columns)
        top, bottom = self._window(centre[1], reach, self.rows)
        near = self.rank[top:bottom, left:right].ravel()
        apart = np.hypot(*(self.points[near] - centre).T) - radius
        self.room[near] = np.minimum(self.room[near], apart)

    def _window(self, middle: float, reach: float, half: int) -> tuple[int, int]:
        low = int(np.floor((middle - reach) / self.step)) + half
        return max(low, 0), max(int(np.ceil((middle + reach) / self.step)) + half + 1, 0)

    def _nearest(self, radius: float, target: Points | None) -> int | None:
        need = radius + self.gap
        if target is not None:
            free = np.flatnonzero(self.room >= need)
            if not len(free):
                return None
            apart = (self.points[free] - target) / (self.stretch, 1.0)
            return int(free[np.argmin(np.round((apart**2).sum(axis=1), 3))])
        # What was no place for a disc is none for one as large, now that there are more.
        start = self.first if radius >= self.smallest else 0
        self.smallest = radius
        for begin in range(start, len(self.room), _CHUNK):
            free = np.flatnonzero(self.room[begin : begin + _CHUNK] >= need)
            if len(free):
                self.first = begin + int(free[0])
                return self.first
        return None
