"""Where everything stands on the page, worked out beforehand so that the browser need not.

Levels, each packed without overlap: a **piece** is a connected component of the skeleton (a large one is
split into its communities); one large piece or several small ones of one modality make a **community**;
communities of one modality make a **region**; regions make the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.graph import Node
from kg.views.packing import pack
from kg.views.pieces import Piece, pieces, undirected

__all__ = ["Community", "Layout", "Region", "lay_out"]

_GAP = 6.0
_REGION_MARGIN, _REGION_GAP = 14.0, 14.0
_STRETCH = 1.05
_GATHERED = 90
"""Nodes of a community of small pieces, about, when small pieces are gathered."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Region:
    """A disc that holds what is of one modality."""

    modality: Node | None
    """Key of the modality that most papers here name; None when no modality is named by most of them."""
    several: bool
    """Whether the papers name modalities, but no one that most of them name."""
    share: float
    """Share of the papers here that name the modality, 0 to 1."""
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class Community:
    """A disc inside a region."""

    region: int
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A place for every node, and the discs around them."""

    positions: dict[Node, tuple[int, int]]
    homes: dict[Node, int]
    """Which of the communities a node stands in."""
    communities: tuple[Community, ...]
    regions: tuple[Region, ...]


def lay_out(skeleton: nx.MultiDiGraph[Node], *, gather: bool = False) -> Layout:
    """Positions for the nodes of a skeleton; the same skeleton always gives the same ones.

    Args:
        skeleton: see :func:`kg.views.skeleton.skeleton`.
        gather: whether small pieces are gathered, so that there are fewer communities.
    """
    flat = undirected(skeleton)
    found = pieces(flat)
    fields: dict[_Field, list[Piece]] = {}
    for piece, field in zip(found, _fields(skeleton, found), strict=True):
        fields.setdefault(field, []).append(piece)
    packed = [(field, _pack_region(flat, members, gather)) for field, members in fields.items()]
    # The largest region stands in the middle, those of no modality outside.
    packed.sort(key=lambda region: (region[0].modality is None, -region[1].radius, region[0].order))
    centres = pack(
        [region.radius for _, region in packed],
        _pull(flat, [region.homes for _, region in packed]),
        gap=_REGION_GAP,
        stretch=_STRETCH,
    )
    positions: dict[Node, tuple[int, int]] = {}
    homes: dict[Node, int] = {}
    communities: list[Community] = []
    regions: list[Region] = []
    for (field, region), centre in zip(packed, centres, strict=True):
        for disc, middle in zip(region.discs, region.centres + centre, strict=True):
            for node, place in zip(disc.members, disc.places, strict=True):
                homes[node] = len(communities)
                positions[node] = _rounded(middle + place)
            communities.append(Community(len(regions), *_rounded(middle), round(disc.radius)))
        share = _share(skeleton, field.modality, region.homes)
        place = _rounded(centre)
        regions.append(Region(field.modality, field.several, share, *place, round(region.radius)))
    return Layout(positions, homes, tuple(communities), tuple(regions))


@dataclass(frozen=True, slots=True)
class _Field:
    modality: Node | None
    several: bool = False

    @property
    def order(self) -> tuple[bool, str]:
        return (not self.several, self.modality or "")


@dataclass(frozen=True, slots=True)
class _PackedRegion:
    discs: list[Piece]
    centres: Points
    radius: float

    @property
    def homes(self) -> set[Node]:
        return {node for disc in self.discs for node in disc.members}


def _fields(skeleton: nx.MultiDiGraph[Node], found: Sequence[Piece]) -> list[_Field]:
    """The modality that at least half of a piece's papers have; of two the one of more papers overall."""
    modalities = {node: attributes["modalities"] for node, attributes in skeleton.nodes(data=True)}
    papers = {node for node, attributes in skeleton.nodes(data=True) if attributes["kind"] == "paper"}
    overall = Counter(modality for node in papers for modality in modalities[node])
    fields: list[_Field] = []
    for piece in found:
        speakers = [node for node in piece.members if node in papers] or piece.members
        count = Counter(modality for node in speakers for modality in modalities[node])
        if not count:
            fields.append(_Field(None))
            continue
        top = min(count, key=lambda m: (-count[m], -overall[m], m))
        naming = sum(bool(modalities[node]) for node in speakers)
        fields.append(_Field(top) if 2 * count[top] >= naming else _Field(None, several=True))
    return fields


def _share(skeleton: nx.MultiDiGraph[Node], modality: Node | None, members: set[Node]) -> float:
    papers = [node for node in members if skeleton.nodes[node]["kind"] == "paper"]
    naming = sum(modality in skeleton.nodes[node]["modalities"] for node in papers)
    return round(naming / len(papers), 3) if papers else 1.0


def _pack_region(flat: nx.Graph[Node], members: Sequence[Piece], gather: bool) -> _PackedRegion:
    """A region's discs around its centre."""
    discs = _gathered(members) if gather else list(members)
    discs.sort(key=lambda piece: (-round(piece.radius, 3), piece.members))
    radii = np.array([piece.radius for piece in discs])
    centres = pack(list(radii), _pull(flat, [set(piece.members) for piece in discs]), gap=_GAP)
    centres = centres - _middle(centres, radii)
    return _PackedRegion(discs, centres, float((np.hypot(*centres.T) + radii).max()) + _REGION_MARGIN)


def _gathered(members: Sequence[Piece]) -> list[Piece]:
    """The pieces, small ones put together until a community is of a size worth opening."""
    large = [piece for piece in members if 2 * len(piece.members) > _GATHERED]
    bundle: list[Piece] = []
    for piece in members:
        if 2 * len(piece.members) > _GATHERED:
            continue
        if bundle and sum(len(some.members) for some in bundle) + len(piece.members) > _GATHERED:
            large.append(_together(bundle))
            bundle = []
        bundle.append(piece)
    return [*large, _together(bundle)] if bundle else large


def _together(bundle: Sequence[Piece]) -> Piece:
    """Several pieces as one, its nodes around the middle of their disc."""
    radii = np.array([piece.radius for piece in bundle])
    centres = pack(list(radii), gap=_GAP)
    centres = centres - _middle(centres, radii)
    places = [piece.places + centre for piece, centre in zip(bundle, centres, strict=True)]
    return Piece([node for piece in bundle for node in piece.members], np.concatenate(places))


def _middle(centres: Points, radii: NDArray[np.float64], rounds: int = 300) -> Points:
    """Nearly the centre of the smallest circle around discs: ever smaller steps to the farthest one.

    After Badoiu and Clarkson, "Smaller core-sets for balls", 2003.
    """
    middle = centres.mean(axis=0)
    for step in range(2, rounds):
        offset = centres - middle
        distance = np.hypot(*offset.T)
        farthest = int(np.argmax(distance + radii))
        if distance[farthest] > 0:
            reach = 1 + radii[farthest] / distance[farthest]
            middle = middle + offset[farthest] * reach / step
    return np.asarray(middle, dtype=np.float64)


def _pull(flat: nx.Graph[Node], groups: Sequence[set[Node]]) -> Any:
    """A sparse matrix: how many edges join each two groups."""
    from scipy.sparse import coo_array  # type: ignore[import-untyped]

    home = {node: i for i, group in enumerate(groups) for node in group}
    ends = [(home[a], home[b]) for a in home for b in flat[a] if b in home and home[a] != home[b]]
    rows, columns = zip(*ends, strict=True) if ends else ((), ())
    ones = np.ones(len(ends))
    return coo_array((ones, (rows, columns)), shape=(len(groups), len(groups))).tocsr()


def _rounded(place: Points) -> tuple[int, int]:
    return round(float(place[0])), round(float(place[1]))
