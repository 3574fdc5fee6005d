"""Discs are packed close and never overlap."""

import itertools

import numpy as np
import pytest

from kg.views.packing import pack


@pytest.mark.parametrize(
    "radii", [[1.0], [3.0, 3.0], [9, 5, 5, 4, 3, 3, 3, 1, 1], [1, 2, 40, 3, 0.5], [2] * 60, [50, *[1] * 400]]
)
def test_no_two_discs_overlap(radii: list[float]) -> None:
    centres = pack(radii, gap=0.5)
    for a, b in itertools.combinations(range(len(radii)), 2):
        assert np.hypot(*(centres[a] - centres[b])) >= radii[a] + radii[b] + 0.5 - 1e-3


def test_equal_discs_fill_most_of_their_hull() -> None:
    centres = pack([1.0] * 60)
    reach = np.hypot(*centres.T).max() + 1
    assert 60 / reach**2 > 0.6


def test_linked_discs_stand_side_by_side() -> None:
    links = np.zeros((6, 6))
    links[4, 5] = links[5, 4] = 3
    together = pack([4, 3, 3, 3, 3, 1], links)
    distances = np.hypot(*(together - together[5]).T)
    assert np.argmin(distances[1:5]) + 1 == 4


def test_stretch_makes_the_whole_wider_than_tall() -> None:
    width, height = np.ptp(pack([1.0] * 80, stretch=2.0), axis=0)
    assert width > 1.3 * height


def test_nothing_to_pack_is_no_error() -> None:
    assert pack([]).shape == (0, 2)


def test_links_may_be_sparse() -> None:
    sparse = pytest.importorskip("scipy.sparse")
    links = np.zeros((6, 6))
    links[4, 5] = links[5, 4] = 3
    radii = [4, 3, 3, 3, 3, 1]
    assert (pack(radii, sparse.csr_array(links)) == pack(radii, links)).all()
